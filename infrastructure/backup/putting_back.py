"""Puts a backup back (恢复) into an empty database, and checks that it is whole and that nothing newer was ever signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from domain.proof.findings import Finding
from infrastructure.administration import administration, roles_of
from infrastructure.backup import content
from infrastructure.backup.checking import check
from infrastructure.backup.content import Backup, NoBackup
from infrastructure.backup.dumps import load
from infrastructure.postgres.pool import connect
from infrastructure.postgres.programs import Programs, ServerFailed, find
from infrastructure.postgres.rights import make_roles
from infrastructure.postgres.server import database_url
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import KEPT, LogKeys, log_keys_of
from infrastructure.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, what is wrong with it, and the ledgers of which no checkpoint is kept here to compare with."""

    content: Backup
    findings: tuple[Finding, ...]
    unkept: tuple[str, ...]


def put_back(chosen: Settings, source: Path) -> Restored:
    """Restore into the database that the settings name, which must hold no ledger; raises NoBackup or ServerFailed."""
    held = content.read(source)
    if (roles := roles_of(chosen)) != held.roles:
        told = ", ".join(held.roles)
        raise NoBackup(f"the backup is for the roles {told}, and the settings name {', '.join(roles)}")
    url, programs = database_url(chosen, role="owner"), find(chosen.postgres_bin)
    _prepare(url, programs, held)
    load(programs, url, source / content.DUMP)
    with administration(chosen) as owner:
        owner.migrate()
    return _checked(chosen, url, held)


def _prepare(url: str, programs: Programs, held: Backup) -> None:
    with connect(url, name="anjuan restore") as owner:
        taken, version = owner.execute(statements()["holds_ledgers"]).fetchone() or (True, 0)
        if taken:
            raise NoBackup("the database holds ledgers already: a backup is restored into an empty one")
        if version // 10_000 < max(programs.major, held.postgresql // 10_000):
            raise ServerFailed(
                f"a backup of PostgreSQL {held.postgresql // 10_000} is put by the programs of {programs.major} into a server of no"
                f" older version, and this one is {version // 10_000}: name its own programs in ANJUAN_POSTGRES_BIN"
            )
        make_roles(owner, held.roles)


def _checked(chosen: Settings, url: str, held: Backup) -> Restored:
    findings: list[Finding] = []
    unkept = []
    for each in held.ledgers:
        keys = LogKeys(log_keys_of(chosen), UUID(hex=each.ledger), each.origin)
        findings += check(url, each, keys, chosen.law_dir)
        if not (keys.path / KEPT).exists():
            unkept.append(each.jurisdiction)
    return Restored(held, tuple(findings), tuple(unkept))
