"""What only commands ask of infrastructure (命令装配): the one module beside `api.wiring` that meets it for a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

from api.wiring import Place, Wiring
from application.attesting import attest_beginning
from application.ports import Unavailable
from domain.proof.note import VerifierKey
from infrastructure.agenda import PostgresAgenda
from infrastructure.backup.content import Backup as Backup
from infrastructure.backup.content import NoBackup as NoBackup
from infrastructure.backup.putting_back import Restored
from infrastructure.backup.putting_back import put_back as put_back_into
from infrastructure.backup.taking import take
from infrastructure.bundle.exporting import FORMATS as FORMATS
from infrastructure.bundle.exporting import Exports
from infrastructure.bundle.exporting import NoParquet as NoParquet
from infrastructure.bundle.exporting import NoSuchStretch as NoSuchStretch
from infrastructure.demo_files import demonstration_county as demonstration_county
from infrastructure.demo_files import demonstration_scenarios as demonstration_scenarios
from infrastructure.keys.files import keys_of
from infrastructure.keys.store import KeyStore
from infrastructure.plan_files import read_plan as read_plan
from infrastructure.plan_files import shipped_plans as shipped_plans
from infrastructure.plan_files import shipped_registers as shipped_registers
from infrastructure.postgres.server import database_address as address_for
from infrastructure.postgres.server import database_url
from infrastructure.proof.alone import sequence_alone as sequence_alone
from infrastructure.proof.anew import Anew
from infrastructure.proof.anew import Begun as Begun
from infrastructure.proof.anew import Led as Led
from infrastructure.proof.anew import NothingLost as NothingLost
from infrastructure.proof.growing import Diverged as Diverged
from infrastructure.proof.losing import KeysUnknown as KeysUnknown
from infrastructure.proof.losing import Loss
from infrastructure.proof.losing import Tampered as Tampered
from infrastructure.proof.rotation import LastKey as LastKey
from infrastructure.proof.rotation import LogKeyring
from infrastructure.proof.rotation import NoSuchKey as NoSuchKey
from infrastructure.rebuild import Rebuilt, rebuild
from infrastructure.settings import settings
from infrastructure.verifying.place import verify_ledger as verify_ledger
from infrastructure.verifying.resuming import BadState as BadState
from infrastructure.verifying.subject import Verified as Verified


def keys_here() -> KeyStore:
    """The keys of protected values of this installation."""
    return keys_of(settings())


def database_address(role: LiteralString) -> str:
    """Where the role `app` or `owner` finds the database that the environment names; nothing is started."""
    return address_for(settings(), role=role)


def rebuild_lists(place: Place, *, workers: int, told: Callable[[int, int], None]) -> Rebuilt:
    """Build the lists of a jurisdiction anew; `told` how many of how many parts are done. Raises Unavailable."""
    try:
        return rebuild(
            database_url(settings(), role="owner"), place.schema, workers=workers, told=told, own=settings().law_dir
        )
    except TimeoutError as error:
        raise Unavailable(str(error)) from error


def take_backup(into: Path) -> Backup:
    """Back up the database that the environment names into a new folder; raises NoBackup."""
    return take(settings(), into, now=datetime.now(UTC))


def put_back(source: Path) -> Restored:
    """Restore a backup into the database that the environment names, which must be empty; raises NoBackup."""
    return put_back_into(settings(), source)


def exports_of(wiring: Wiring, place: Place) -> Exports:
    """The log of a jurisdiction as files to take along."""
    return Exports(wiring.pool, place.schema, place.proofs)


def begin_log_anew(wiring: Wiring, place: Place, *, because: str, given: Sequence[VerifierKey]) -> Begun:
    """Have the log of a jurisdiction begin anew; raises what `Anew.begin` does, and Unavailable."""
    works, log = wiring.works, place.log

    def record(loss: Loss) -> None:
        told = loss._asdict() | {"because": because}
        on_record = PostgresAgenda(works.roles.pool, log).recorded
        attest_beginning(place.ledger, loss.volume, told, at=wiring.now(), recorded=on_record)
        wiring.sequence(place)

    wiring.sequence(place)
    return Anew(
        works.roles.sequence_url,
        place.schema,
        wiring.log_keys(place),
        rehearsal=place.ledger.rehearsal,
        given=given,
        record=record,
        remembered=lambda: (theirs for _, theirs in place.anchors.remembered()),
    ).begin()


def keyring_of(wiring: Wiring, place: Place) -> LogKeyring:
    """The keys that sign the log of a jurisdiction here."""
    return LogKeyring(wiring.works.roles.sequencepool, place.schema, wiring.log_keys(place))
