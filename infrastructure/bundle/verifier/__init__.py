"""The program `verify.py` (核验程序) in its parts, which are joined into one file: plain Python and `cryptography`, nothing of ours."""
