"""A witness (见证) as a deployment of its own: its key and what it saw, in a folder that shares nothing with a ledger."""
