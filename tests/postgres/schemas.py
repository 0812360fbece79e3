"""What a schema looks like, as pg_dump writes it, without the names that differ from one to the next."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import infrastructure.postgres.statements as files
from infrastructure.postgres.programs import find
from tests.servers import Database, programs

SCHEMA_SQL = Path(str(files.SQL.joinpath("schema.sql")))
HEADER = """-- What the migrations of a jurisdiction add up to, as pg_dump writes it. Not run: to be read, and compared by a test.
-- `make golden` writes it anew.
"""
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|)\n", re.MULTILINE)


def dump(database: Database, schema: str) -> str:
    """The schema with `{schema}` and `{app}` for the two names."""
    command = [
        str(find(programs()).folder / "pg_dump"),
        "--schema-only",
        "--no-owner",
        f"--schema={schema}",
        database.owner,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, place in ((schema, "{schema}"), (database.app_role, "{app}")):
        told = told.replace(f'"{name}"', place).replace(name, place)
    return _NOISE.sub("", told)
