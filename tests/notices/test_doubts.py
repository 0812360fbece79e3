"""Whoever inspects and audits is told by the ledger itself that it is doubted, and no more once a verification finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import icalendar
import psycopg
import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.wiring import Wiring
from application.attesting import Result, attest, attest_law
from application.doubts import doubts_of
from domain.proof.findings import Cause, Finding
from infrastructure.administration import Administration
from infrastructure.postgres.statements import statements
from infrastructure.proof.signer import NAME
from tests.notices.conftest import Office

NIGHT = datetime(2025, 3, 1, 18, 30, tzinfo=UTC)
CHANGED = Finding(Cause.CHANGED, "position 7", "不是所签。", "It is not what was signed.")
REMOVED = Finding(Cause.REMOVED, "position 9", "不见了。", "It is gone.")
TOLD, UNTOLD = ("jjw", "jwjc", "sjj"), ("zjj", "zwj", "glk", "gaj", "jyzx")
"""Inspectors and the auditor, and everybody else."""


@pytest.fixture(scope="module")
def client(notices_wiring: Wiring) -> FlaskClient:
    """The application."""
    return create_app(notices_wiring).test_client()


def verified(office: Office, night: int, *findings: Finding) -> None:
    """What the scheduler records of a night."""
    causes = tuple(dict.fromkeys(each.cause.value for each in findings))
    result = Result(5, "00" * 32, 1, causes, len(findings), findings)
    slot, now = NIGHT + timedelta(days=night), datetime.now(UTC)
    assert attest(office.place.ledger, result, None, slot=slot, at=now, recorded=lambda events: frozenset())


Ask = Callable[..., Any]


@pytest.fixture
def ask(office: Office, client: FlaskClient) -> Ask:
    """Asks as an organ; the value of the answer, or a calendar."""
    tokens: dict[str, str] = {}

    def asked(organ: str, path: str = "/api/v1/notices") -> Any:
        if organ not in tokens:
            with Administration(office.database.owner, app=office.database.app_role) as owner:
                tokens[organ] = owner.create_token(jurisdiction=office.place.name, organ=organ)
        answer = client.get(path, headers={"Authorization": f"Bearer {tokens[organ]}"})
        assert answer.status_code == 200, answer.text
        return answer.json["items"] if answer.is_json else icalendar.Calendar.from_ical(answer.data)

    return asked


def reminders(calendar: Any) -> list[Any]:
    """The entries of a feed that are about the ledger itself."""
    return [each for each in calendar.walk("VEVENT") if "账目存疑" in str(each["SUMMARY"])]


def test_what_a_night_found_is_told_to_every_organ_that_inspects_or_audits_and_to_nobody_else(
    office: Office, ask: Ask
) -> None:
    verified(office, 1)
    assert [ask(organ) for organ in (*TOLD, *UNTOLD)] == [[]] * 8, "the control: nothing was found"
    verified(office, 2, CHANGED, REMOVED)
    for organ in TOLD:
        (notice,) = ask(organ)
        assert (notice["kind"], notice["causes"], notice["count"]) == ("verification", ["changed", "removed"], 2)
        assert (notice["findings"], sorted(notice["to"])) == (["changed position 7", "removed position 9"], [*TOLD])
        assert notice["case"] == "attestation" and "2" in notice["told"]["zh"] and "2" in notice["told"]["en"]
    assert [ask(organ) for organ in UNTOLD] == [[]] * 5


def test_it_is_taken_back_by_a_later_verification_that_finds_nothing_and_stands_until_then(
    office: Office, ask: Ask
) -> None:
    verified(office, 1, CHANGED)
    (first,) = ask("sjj")
    verified(office, 2, REMOVED)
    (second,) = ask("sjj")
    assert (second["since"], second["causes"]) == (first["since"], ["removed"]), (
        "doubted since the first, as the last says"
    )
    assert second["event_id"] != first["event_id"]
    verified(office, 3)
    assert ask("sjj") == []
    verified(office, 4, CHANGED)
    assert ask("sjj")[0]["since"] > first["since"]


def test_it_stands_in_their_calendar_with_an_alarm_and_in_no_other(office: Office, ask: Ask) -> None:
    feed = "/api/v1/due.ics"
    assert reminders(ask("jwjc", feed)) == []
    verified(office, 1, CHANGED)
    office.wiring.catch_up(office.place)
    (entry,) = reminders(ask("jwjc", feed))
    assert entry["UID"].startswith("verification-") and entry["UID"].endswith(f"@{office.place.name}.anjuan")
    assert "changed position 7" in str(entry["DESCRIPTION"])
    assert len(entry.walk("VALARM")) == 1
    assert reminders(ask("zjj", feed)) == reminders(ask("jwjc", f"{feed}?department=zjj")) == []
    assert reminders(ask("zjj", f"{feed}?department=jwjc")) == [], "who is not told reads it in no other organ's"
    verified(office, 2)
    assert reminders(ask("jwjc", feed)) == []


def test_a_signer_that_stopped_is_told_as_well_until_it_goes_on(
    office: Office, ask: Ask, owner: psycopg.Connection[Any]
) -> None:
    named = statements(office.place.schema)
    owner.execute(named["note_stoppage"], (NAME, 3, "forked: a tile in the database is another"))
    (notice,) = ask("sjj")
    assert (notice["kind"], notice["event_id"], notice["case"]) == ("signing", None, None)
    assert notice["findings"] == ["forked: a tile in the database is another"]
    assert len(reminders(ask("sjj", "/api/v1/due.ics"))) == 1
    assert ask("zwj") == []
    owner.execute(named["forget_stoppage"], (NAME,))
    assert ask("sjj") == []


def test_where_nobody_inspects_or_audits_the_office_is_told(office: Office, ask: Ask) -> None:
    verified(office, 1, CHANGED)
    assert ask("zwj") == []
    for organ in TOLD:
        office.take("dissolve_organ", by="system", organ=organ, successor="zwj")
    assert [each["to"] for each in ask("zwj")] == [["zwj"]]


def test_that_the_law_is_another_is_told_for_thirty_days_with_its_parts(office: Office, ask: Ask) -> None:
    ledger, now = office.place.ledger, datetime.now(UTC)
    parts = [f"rules/any {'0' * 64}", f"statutory {'0' * 64}"]
    attested = partial(attest_law, ledger, at=now, new_id=office.wiring.new_id)
    assert attested(parts, "1.0") and ask("sjj") == [], "the first law is no other than before"
    assert attested([parts[0].replace("0", "1"), parts[1], f"text/new.txt {'2' * 64}"], "2.0")
    (notice,) = ask("sjj")
    assert (notice["kind"], notice["findings"], notice["count"]) == ("law", ["rules/any", "text/new.txt"], 2)
    assert "2.0" in notice["told"]["zh"] and "2.0" in notice["told"]["en"]
    assert (ask("zjj"), len(reminders(ask("jwjc", "/api/v1/due.ics")))) == ([], 1)
    signing = office.place.proofs.signing()
    left = [len(doubts_of("sjj", ledger, signing, now + timedelta(days=each))) for each in (29, 31)]
    assert left == [1, 0]
