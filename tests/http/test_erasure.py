"""Whose identity was erased is nobody's any more, killed or not; the case goes on, and is read and replayed as before."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from api.app import create_app
from api.wiring import Wiring, found_ledger
from application.erasing import erase_again
from domain.cases.jurisdiction.events import Duty
from domain.kernel import case_id
from infrastructure.administration import Administration
from infrastructure.keys.files import KeyFiles
from tests.http.client import Answer, Client, path_of
from tests.http.conftest import ORGANS, PROFILES, County
from tests.servers import Database
from tests.sites import answering

NAME = "张三丰"
THEN, CLOSED, LATER = (f"{day}T09:00:00+08:00" for day in ("2009-03-02", "2009-06-01", "2024-06-03"))


@dataclass
class Archive(County):
    """A county with keys of its own, which a test may take away or put back."""

    @property
    def keys(self) -> KeyFiles:
        found = self.wiring.keys
        assert isinstance(found, KeyFiles)
        return found

    def step(self, organ: str, path: str, body: Any, at: str) -> Answer:
        return self.client(organ).post(f"/api/v1/{path}", body, {"Anjuan-Business-Time": at})

    def closed(self, number: str) -> str:
        """A complaint of 2009 that was withdrawn by a report of it being handled: its file is closed. Its path."""
        body = {"number": number, "subject": "bidding", "complainant": NAME, "objection_needed": False}
        assert self.step("zjj", "complaint", body, THEN).status == 201
        rejected = self.step("zjj", f"complaint/{quote(number, safe='')}/reject", {"reason": "不符合条件"}, CLOSED)
        assert rejected.status == 200, rejected.json
        return path_of(number)

    def proposed(self, number: str, at: str = LATER) -> Answer:
        body = {"file_no": number, "about": number, "because": "保存期满"}
        return self.step("zwj", "erasure", body, at)

    def approved(self, number: str) -> str:
        """The erasure of a case, approved; its number."""
        proposed = self.proposed(number)
        assert proposed.status == 201, proposed.json
        erasure = str(proposed.json["number"])
        approved = self.step("jwjc", f"erasure/{quote(erasure, safe='')}/approve", {}, LATER)
        assert approved.status == 200, approved.json
        return erasure

    def topics(self, number: str) -> list[str]:
        return [each.topic for each in self.wiring.place(self.name).log.load_stream(case_id(number))]

    def name_of(self, number: str) -> str | None:
        """What the keys that are there give for the complainant."""
        log = self.wiring.place(self.name).log
        event: Any = log.load_stream(case_id(number))[0].event
        (found,) = log.reveal([event.complainant]).values()
        return found

    @contextmanager
    def without_keys(self) -> Iterator[None]:
        """As if whoever destroys keys were killed: none can be used, and none destroyed."""
        self.keys.path.chmod(0o755)
        try:
            yield
        finally:
            self.keys.path.chmod(0o700)

    def sweep(self) -> int:
        place = self.wiring.place(self.name)
        return self.wiring.sweep(place, datetime(2024, 6, 4, tzinfo=UTC)).erased


@pytest.fixture(scope="module")
def archive(
    database: Database, administration: Administration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """A rehearsal ledger with its keys in a folder of its own."""
    wiring = Wiring(database.app, keys=KeyFiles(tmp_path_factory.mktemp("home") / "keys"))
    name = f"t-{secrets.token_hex(5)}"
    organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
    officers = tuple(
        {"officer": f"{organ}-officer", "name": "经办人", "organ": organ, "duties": (Duty.HANDLER,)} for organ in ORGANS
    )
    founded = datetime(2009, 1, 1, tzinfo=UTC)
    found_ledger(
        wiring,
        administration,
        name,
        kind="rehearsal",
        calendar="enshi",
        profiles=PROFILES,
        organs=organs,
        officers=officers,
        at=founded,
    )
    with closing(wiring), answering(create_app(wiring)) as port:
        made = Archive(name, wiring, administration, port)
        yield made
        for client in made.clients.values():
            client.close()


def test_an_erasure_destroys_the_keys_and_leaves_everything_else(archive: Archive, number: str) -> None:
    path, client = archive.closed(number), archive.client("zjj")
    before = {more: client.get(path + more).json for more in ("/events", "/clocks", "/custody")}
    then = {"as_of": "2009-04-01T00:00:00+08:00"}
    known = client.get(path, **then).json
    assert archive.name_of(number) == NAME
    erasure = archive.approved(number)
    assert archive.topics(erasure) == ["erasure.proposed", "erasure.approved", "erasure.carried-out"]
    assert archive.name_of(number) is None
    assert {more: client.get(path + more).json for more in before} == before
    assert client.get(path, **then).json == known
    shown = client.get(path).json
    assert (shown["erased_on"], known["erased_on"]) == ("2024-06-03", None)
    assert archive.sweep() == 0


def test_before_the_time_of_keeping_is_over_nothing_is_proposed(archive: Archive, number: str) -> None:
    archive.closed(number)
    early = archive.proposed(number, "2024-06-01T23:00:00+08:00")
    assert (early.json["code"], early.json["facts"]["kept_until"]) == ("ERASURE_STILL_KEPT", "2024-06-01")
    assert archive.name_of(number) == NAME


def test_nobody_carries_an_erasure_out_by_hand(archive: Archive, number: str) -> None:
    archive.closed(number)
    erasure = str(archive.proposed(number).json["number"])
    for organ in ("zwj", "jwjc", "zjj"):
        assert archive.step(organ, f"erasure/{quote(erasure, safe='')}/carry-out", {}, LATER).status == 404
    assert archive.name_of(number) == NAME


def test_an_erasure_that_was_killed_before_the_keys_were_gone_is_made_good(archive: Archive, number: str) -> None:
    archive.closed(number)
    with archive.without_keys():
        erasure = archive.approved(number)
        assert archive.topics(erasure) == ["erasure.proposed", "erasure.approved"]
        assert archive.sweep() == 0, "it cannot be done yet, and stops nothing else"
    assert archive.name_of(number) == NAME
    assert [archive.sweep(), archive.sweep()] == [1, 0]
    assert (archive.name_of(number), archive.topics(erasure)[2:]) == (None, ["erasure.carried-out"])


def test_an_erasure_that_was_killed_after_the_keys_were_gone_is_made_good(archive: Archive, number: str) -> None:
    archive.closed(number)
    with archive.without_keys():
        erasure = archive.approved(number)
    assert archive.wiring.place(archive.name).log.erase(case_id(number), archive.wiring.now()) == 2
    assert [archive.sweep(), archive.sweep()] == [1, 0]
    assert archive.topics(erasure)[2:] == ["erasure.carried-out"]


def test_after_erasure_and_rotation_no_kept_key_decrypts(archive: Archive, number: str, tmp_path: Path) -> None:
    archive.closed(number)
    subjects, backup = archive.keys.path / "subjects", tmp_path / "backup"
    shutil.copytree(subjects, backup)

    def put_back() -> None:
        shutil.rmtree(subjects)
        shutil.copytree(backup, subjects)

    archive.approved(number)
    assert archive.name_of(number) is None
    put_back()
    assert archive.name_of(number) == NAME, "the control: a copy of the keys brings the name back"
    place = archive.wiring.place(archive.name)
    assert erase_again(place.ledger, place.log.approved_erasures(), at=archive.wiring.now()) == 2
    assert archive.name_of(number) is None
    archive.keys.rotate()
    put_back()
    with pytest.raises(Exception, match="missing: put it back"):
        archive.name_of(number)


def test_what_is_erased_is_one_case_and_not_the_others(archive: Archive, number: str) -> None:
    archive.closed(number)
    archive.closed(f"{number}-其二")
    archive.approved(number)
    assert (archive.name_of(number), archive.name_of(f"{number}-其二")) == (None, NAME)


def test_an_open_case_whose_keys_are_gone_goes_on(county: County, number: str) -> None:
    client: Client = county.client("zjj")
    client.open_complaint(number)
    assert county.wiring.place(county.name).log.erase(case_id(number), datetime.now(UTC)) == 2
    assert client.get(path_of(number)).status == 200
    assert client.post(f"/api/v1/complaint/{quote(number)}/accept", {}).status == 200
