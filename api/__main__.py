"""Lets `python -m api` be what the command `anjuan` is."""

from __future__ import annotations

from api.cli import main

if __name__ == "__main__":
    main()
