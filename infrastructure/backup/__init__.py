"""Backup and restore (备份与恢复): the whole database in one file, what it was signed as beside it, and a check when it is back."""
