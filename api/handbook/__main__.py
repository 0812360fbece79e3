"""Writes the handbook: `python -m api.handbook [FOLDER]`, into docs/ if no folder is named."""

from __future__ import annotations

import sys
from pathlib import Path

from api.handbook import write

for path in write(Path(*sys.argv[1:2] or ["docs"])):
    print(path)
