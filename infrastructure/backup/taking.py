"""Takes a backup (备份): dump and description of one and the same instant, while everything goes on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection, IsolationLevel

from infrastructure.administration import roles_of
from infrastructure.backup import content
from infrastructure.backup.content import Backup, Held
from infrastructure.backup.dumps import dump
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import connect
from infrastructure.postgres.programs import find
from infrastructure.postgres.registry import REGISTRY, Jurisdiction, jurisdictions
from infrastructure.postgres.server import database_url
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import name_of
from infrastructure.settings import Settings


def take(chosen: Settings, into: Path, *, now: datetime) -> Backup:
    """Back up the database that the settings name into a new folder; raises NoBackup or ServerFailed."""
    url, folder = database_url(chosen, role="owner"), content.new_folder(into)
    programs = find(chosen.postgres_bin)
    with connect(url, name="anjuan backup", idle_ms=0) as owner:
        owner.isolation_level, owner.read_only = IsolationLevel.REPEATABLE_READ, True
        with owner.transaction():
            snapshot, version = owner.execute(statements()["export_snapshot"]).fetchone() or ("", 0)
            found = jurisdictions(owner)
            held = tuple(_held(owner, each) for each in found)
            dump(programs, url, [REGISTRY, *(each.schema for each in found)], snapshot, folder / content.DUMP)
    sha256 = content.sha256(folder / content.DUMP)
    made = Backup(content.FORM, now, version, roles_of(chosen), sha256, held)
    content.write(folder, made)
    return made


def _held(owner: Connection[Any], of: Jurisdiction) -> Held:
    named, ledger = statements(of.schema), ledger_id(owner, of.schema)
    _, events, signed = owner.execute(named["tree_and_log"]).fetchone() or (0, 0, 0)
    row = owner.execute(named["checkpoint_of"], (signed,)).fetchone()
    note = None if row is None else str(row[0])
    return Held(of.name, of.schema, of.kind, ledger.hex, name_of(of.name, ledger), events, note)
