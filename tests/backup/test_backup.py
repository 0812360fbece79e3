"""A backup brings everything back that was in the database, and nothing of the keys; what is not as it was signed is told by its cause."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from infrastructure.backup.content import CONTENT, DUMP
from infrastructure.postgres.pool import connect
from infrastructure.postgres.readiness import missing_guards, pending_migrations
from infrastructure.postgres.registry import REGISTRY
from tests.backup.conftest import Office
from tests.command_line.processes import Anjuan, Done
from tests.servers import Database

TABLES = (
    """select c.relname::text from pg_class c where c.relnamespace = %s::regnamespace and c.relkind = 'r' order by 1"""
)


def contents(database: Database, schema: str) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and what they hash to."""
    with connect(database.owner) as owner:
        names = [name for (name,) in owner.execute(TABLES, [schema])]
        asked = "select count(*), coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {}.{} t"
        found = {name: owner.execute(asked.format(schema, name).encode()).fetchone() or (0, "") for name in names}
    return {name: (rows, digest) for name, (rows, digest) in found.items()}


def rights(database: Database, schema: str) -> list[Any]:
    """What each role may do with each table and function."""
    asked = """select c.relname::text, c.relacl::text from pg_class c where c.relnamespace = %s::regnamespace and c.relacl is not null
        union all select p.proname::text, p.proacl::text from pg_proc p where p.pronamespace = %s::regnamespace order by 1"""
    with connect(database.owner) as owner:
        return owner.execute(asked, [schema, schema]).fetchall()


def test_everything_comes_back_with_its_rights_and_guards_and_work_goes_on(
    office: Office, empty: Database, tmp_path: Path
) -> None:
    token = office.anjuan.run("token", "add", "zjj", "--jurisdiction", "kept", "--json").json["token"]
    source = office.backup(tmp_path / "backup")
    done = office.elsewhere(empty).run("restore", str(source), "--json")
    assert (done.code, done.json["findings"], done.json["unkept"]) == (0, [], []), done
    for schema in (office.place.schema, REGISTRY):
        assert contents(empty, schema) == contents(office.database, schema)
        assert rights(empty, schema) == rights(office.database, schema)
    assert contents(empty, office.place.schema)["events"][0] > 3
    back = office.over(empty)
    with connect(empty.app) as app:
        assert (missing_guards(app), pending_migrations(app)) == ((), ())
    caller = back.wiring.door.bearer(token)
    assert caller is not None and caller.organ == "zjj"
    back.report("JB-5")
    back.wiring.sequence(back.place)
    assert back.place.log.last_position() > office.place.log.last_position()
    back.wiring.close()


def test_no_key_and_no_protected_value_is_in_a_backup_and_nobody_else_may_open_it(
    office: Office, tmp_path: Path
) -> None:
    source = office.backup(tmp_path / "backup")
    assert {each.name for each in source.iterdir()} == {"backup.json", "database.dump"}
    assert {each.stat().st_mode & 0o777 for each in (source, *source.iterdir())} == {0o700, 0o600}
    plain = (source / "database.dump").read_bytes() + (source / "backup.json").read_bytes()
    secret = [each.read_bytes() for each in (office.anjuan.home / "log").rglob("signing-*.key")]
    assert secret
    assert not any(each.strip() in plain for each in secret)
    assert "张三丰".encode() not in plain


def test_an_old_backup_is_reported_as_rolled_back_by_what_is_kept_outside(
    office: Office, empty: Database, source: Path
) -> None:
    (held,) = json.loads((source / "backup.json").read_text())["ledgers"]
    before = held["events"]
    office.report(f"JB-{uuid4()}")
    after = office.sign()
    done = office.elsewhere(empty).run("restore", str(source), "--json")
    assert done.code == 1
    assert [each["cause"] for each in done.json["findings"]] == ["rolled back"]
    assert f"{after} entries were signed, the log has {before}." in done.json["findings"][0]["en"]


def test_without_what_is_kept_outside_nothing_tells_an_old_backup_from_a_new_one_and_that_is_said(
    office: Office, empty: Database, source: Path, tmp_path: Path
) -> None:
    """The control of the one before."""
    office.report(f"JB-{uuid4()}")
    office.sign()
    done = office.elsewhere(empty, tmp_path / "another home").run("restore", str(source), "--json")
    assert (done.code, done.json["findings"], done.json["unkept"]) == (0, [], ["kept"])


def test_a_database_that_was_changed_before_the_backup_does_not_come_back_as_if_it_were_whole(
    office: Office, empty: Database, tmp_path: Path
) -> None:
    office.sign()
    forge(office, "'nobody'")
    source = office.backup(tmp_path / "backup")
    forge(office, "'zjj-officer'")
    done = office.elsewhere(empty).run("restore", str(source), "--json")
    assert done.code == 1
    assert "changed" in {each["cause"] for each in done.json["findings"]}


def forge(office: Office, officer: str) -> None:
    """Say of the first report that somebody else received it, as an owner of the tables can."""
    with connect(office.database.owner) as owner:
        events = f"{office.place.schema}.events"
        owner.execute(f"alter table {events} disable trigger stays".encode())
        owner.execute(
            f"update {events} set officer = {officer} where topic = 'report.received' and version = 1".encode()
        )
        owner.execute(f"alter table {events} enable always trigger stays".encode())


def refused(done: Done) -> str:
    assert (done.code, done.error["error"]) == (3, "no-backup"), done
    return str(done.error["detail"])


def flipped(folder: Path) -> None:
    whole = bytearray((folder / DUMP).read_bytes())
    whole[len(whole) // 2] ^= 1
    (folder / DUMP).write_bytes(whole)


def of_another_form(folder: Path) -> None:
    said = json.loads((folder / CONTENT).read_text())
    (folder / CONTENT).write_text(json.dumps(said | {"form": "anjuan backup/v9"}))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a byte": flipped,
    "cut off": lambda folder: (folder / DUMP).write_bytes((folder / DUMP).read_bytes()[:-1]),
    "no description": lambda folder: (folder / CONTENT).unlink(),
    "half a description": lambda folder: (folder / CONTENT).write_bytes((folder / CONTENT).read_bytes()[:200]),
    "no dump": lambda folder: (folder / DUMP).unlink(),
    "another form": of_another_form,
}


def test_a_damaged_backup_is_refused_and_leaves_the_database_empty(
    office: Office, empty: Database, source: Path, tmp_path: Path
) -> None:
    for name, damage in DAMAGE.items():
        copied = shutil.copytree(source, tmp_path / name)
        damage(copied)
        refused(office.elsewhere(empty).run("restore", str(copied), "--json"))
    with connect(empty.owner) as owner:
        asked = "select nspname from pg_namespace where nspname like 'j\\_%' or nspname = 'anjuan'"
        assert owner.execute(asked).fetchall() == []


def test_nothing_is_written_over(office: Office, source: Path) -> None:
    assert "is not empty" in refused(office.anjuan.run("backup", str(source), "--json"))
    before = contents(office.database, office.place.schema)
    assert "holds ledgers already" in refused(office.anjuan.run("restore", str(source), "--json"))
    assert contents(office.database, office.place.schema) == before


def test_a_backup_for_other_roles_is_refused(office: Office, empty: Database, source: Path) -> None:
    other = office.elsewhere(empty)
    fewer = {name: url for name, url in other.more.items() if name != "ANJUAN_SEQUENCER_URL"}
    assert "for the roles" in refused(Anjuan(other.home, fewer).run("restore", str(source), "--json"))


def test_a_backup_that_is_taken_while_others_write_is_of_one_instant(
    office: Office, empty: Database, tmp_path: Path
) -> None:
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            office.report(f"JB-{uuid4()}")
            office.sign()

    writer = threading.Thread(target=write)
    writer.start()
    source = office.backup(tmp_path / "backup")
    enough.set()
    writer.join()
    shutil.copytree(office.anjuan.home, tmp_path / "then", ignore=shutil.ignore_patterns("log"))
    done = office.elsewhere(empty, tmp_path / "then").run("restore", str(source), "--json")
    assert (done.code, done.json["findings"]) == (0, [])
    (ledger,) = done.json["ledgers"]
    assert ledger["events"] == contents(empty, office.place.schema)["log"][0] > 3
