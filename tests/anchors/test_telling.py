"""What became of anchoring is told to whoever looks: readiness, metrics, and the command; and it never stops the service."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from api.observing import Lags
from api.place import Place
from api.wiring import Wiring, found_ledger
from application.anchors import Outcome
from domain.proof.findings import Cause
from infrastructure.administration import Administration
from infrastructure.anchors.chosen import Chosen
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.place import verify_ledger
from tests.anchors.conftest import Office
from tests.command_line.processes import Anjuan
from tests.http.conftest import ORGANS
from tests.http.fake_lists import FakeLists
from tests.servers import Database
from tests.waiting import until


@pytest.fixture(scope="module")
def wiring(database: Database, office: Office) -> Iterator[Wiring]:
    """A process whose logs are to be witnessed."""
    made = Wiring(database.app, lists=lambda *_: FakeLists(), anchors=Chosen((office.at,), every=1))
    yield made
    made.close()


@pytest.fixture(scope="module")
def place(wiring: Wiring, database: Database, office: Office) -> Place:
    """A real ledger that was witnessed by what runs in the background."""
    with Administration(database.owner, app=database.app_role) as owner:
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        name = f"t-{secrets.token_hex(4)}"
        place = found_ledger(wiring, owner, name, kind="real", calendar="enshi", profiles=("national",), organs=organs)
    background = wiring.background()
    background.start()
    until(lambda: place.proofs.head() is not None)
    (key,) = LogKeys(wiring.works.log_keys, place.log.ledger_id, place.proofs.origin).signing()
    office.trust(key.public)
    until(lambda: place.anchors.standings()[0].outcome is Outcome.ANCHORED)
    background.stop()
    return place


@pytest.fixture
def refusing(place: Place, database: Database) -> Iterator[None]:
    """As if the witness had just refused."""
    noted = statements(place.schema)["note_standing"]
    (name,) = place.anchors.chosen.names
    with connect(database.app, name="test") as connection:
        connection.execute(noted, (name, Outcome.FORKED.value, "HTTP 422", place.proofs.origin))
        yield
        connection.execute(noted, (name, Outcome.ANCHORED.value, "", place.proofs.origin))


@pytest.fixture
def check(place: Place, database: Database, office: Office, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs the command."""
    file = tmp_path / "anchors.toml"
    file.write_text(f'[[witness]]\nurl = "{office.url}"\nvkey = "{office.key}"\n', encoding="utf-8")
    told = {"DATABASE_URL": database.app, "ANJUAN_OWNER_URL": database.owner, "ANJUAN_ANCHORS": str(file)}

    def run(*words: str) -> tuple[int, str]:
        done = Anjuan(tmp_path, told).run("anchors", "check", "--jurisdiction", place.name, *words)
        return done.code, done.out

    return run


def shown(wiring: Wiring) -> Mapping[str, Any]:
    """What readiness says of the anchors."""
    return next(each for each in wiring.checks() if each["name"] == "anchors")


def test_what_was_witnessed_is_told(
    wiring: Wiring, place: Place, office: Office, check: Callable[..., tuple[int, str]]
) -> None:
    size = place.anchors.newest()
    assert size and shown(wiring)["sizes"] == {office.key.name: size}
    assert shown(wiring)["refused"] == shown(wiring)["away"] == {}
    assert check() == (0, f"{office.key.name}  {size}  attested\n")


def test_who_refuses_is_told_of_and_the_service_goes_on(
    wiring: Wiring, place: Place, office: Office, refusing: None, check: Callable[..., tuple[int, str]]
) -> None:
    found = shown(wiring)
    assert (found["ok"], found["refused"]) == (True, {office.key.name: "forked: HTTP 422"})
    code, told = check("--offline")
    assert code == 1 and f"! 被分叉 forked  witness {office.key.name}" in told
    assert check("--offline", "--lang", "zh")[1].startswith(f"{office.key.name}  {place.anchors.newest()}  拒绝见证")


def test_who_refuses_is_a_finding_of_verification(wiring: Wiring, place: Place, refusing: None) -> None:
    found = verify_ledger(wiring, place, keys=(), state=None, lists=False, told=lambda what, done, of: None)
    assert [each[:2] for each in found.findings] == [(Cause.FORKED, f"witness {place.anchors.chosen.names[0]}")]


def test_metrics_have_both(wiring: Wiring, place: Place, office: Office, refusing: None) -> None:
    labels = {"jurisdiction": place.name, "anchor": office.key.name}
    told = {
        each.name: each.value for metric in Lags(wiring).collect() for each in metric.samples if each.labels == labels
    }
    assert told == {"anjuan_anchored_size": place.anchors.newest(), "anjuan_anchor_refused": 1}


def test_a_wrong_file_stops_the_start(database: Database, tmp_path: Path) -> None:
    told = {"DATABASE_URL": database.app, "ANJUAN_OWNER_URL": database.owner, "ANJUAN_ANCHORS": str(tmp_path / "none")}
    done = Anjuan(tmp_path, told).run("anchors", "check")
    assert done.code == 2 and "ANJUAN_ANCHORS=" in done.err
