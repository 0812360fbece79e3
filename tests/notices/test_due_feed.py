"""The due dates of a department as a calendar program reads them: the right days, stable, marked, and gone when they are over."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.v1.ical import Alarm, Item, calendar_text
from api.wiring import Place, Wiring, found_ledger
from application.handle import Command, Receipt, handle
from domain.cases.complaint.events import Subject
from domain.kernel import Actor
from domain.law.clock import CHINA
from infrastructure.administration import Administration
from tests.http.conftest import ORGANS, PROFILES
from tests.servers import Database

BEGUN = datetime(2025, 6, 2, 1, tzinfo=UTC)


@dataclass
class Calendars:
    """A rehearsal ledger whose present is what the test says."""

    wiring: Wiring
    place: Place
    client: FlaskClient
    token: str
    present: list[datetime]

    def take(self, step: str, at: str, *, by: str = "zjj", **said: Any) -> Receipt:
        """Take a step of a complaint at an instant, which is the present from then on."""
        now = self.present[0] = datetime.fromisoformat(f"{at}T10:00+08:00")
        command = Command(
            case_type="complaint", step=step, actor=Actor(by), occurred_at=now, recorded_at=now,
            case=said.pop("case", None), number=said.pop("number", None), arguments=said,
        )  # fmt: skip
        return handle(command, self.place.ledger, now=now, new_id=self.wiring.new_id)

    def complaint(self, at: str, number: str) -> Receipt:
        """Register a complaint."""
        return self.take(
            "register", at, number=number, subject=Subject.BIDDING, complainant="x", objection_needed=False
        )

    def ask(self, headers: dict[str, str] | None = None, **query: Any) -> Any:
        """The answer of the feed, once the lists show everything."""
        self.wiring.catch_up(self.place)
        authority = {"Authorization": f"Bearer {self.token}"} | (headers or {})
        return self.client.get("/api/v1/due.ics", query_string=query, headers=authority)

    def events(self, **query: Any) -> list[Any]:
        """The events that an independent reader finds."""
        return icalendar.Calendar.from_ical(self.ask(**query).data).events


@pytest.fixture
def calendars(database: Database) -> Iterator[Calendars]:
    present = [BEGUN]
    wiring = Wiring(database.app, now=lambda: present[0])
    with Administration(database.owner, app=database.app_role) as owner:
        name = f"t-{secrets.token_hex(5)}"
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        place = found_ledger(
            wiring, owner, name, kind="rehearsal", calendar="enshi", profiles=PROFILES, organs=organs, at=BEGUN
        )
        token = owner.create_token(jurisdiction=name, organ="zjj")
    yield Calendars(wiring, place, create_app(wiring).test_client(), token, present)
    wiring.close()


def only(events: list[Any], rule: str) -> Any:
    (found,) = (each for each in events if rule in each.categories)
    return found


def test_a_due_day_is_an_event_of_that_whole_day_with_its_citation(calendars: Calendars) -> None:
    calendars.complaint("2025-12-01", "TS-1")
    events = calendars.events()
    due = {each["rule"]: each["due"] for each in _due(calendars)}
    assert {each.categories[0]: each.start for each in events} == due
    assert due
    rule, day = next(iter(due.items()))
    event = only(events, rule)
    limit = next(each for each in calendars.place.ledger.rulebook.limits if each.id == rule)
    assert event["SUMMARY"] == f"{limit.title_zh} TS-1"
    assert limit.citation.clause in event["DESCRIPTION"]
    assert all(piece in event["DESCRIPTION"] for piece in limit.citation.quote)
    assert limit.title_en in event["DESCRIPTION"]
    assert event["URL"].endswith("/api/v1/cases/TS-1")
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CONFIRMED", 0, "TRANSPARENT")
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.astimezone(CHINA) == datetime(2025, 12, 3, 9, tzinfo=CHINA)
    assert day == date(2025, 12, 4)


def _due(calendars: Calendars) -> list[dict[str, Any]]:
    """The list of what is due, as the API answers it."""
    headers = {"Authorization": f"Bearer {calendars.token}"}
    rows = calendars.client.get("/api/v1/due?within=60&department=zjj", headers=headers).json["items"]
    return [{**row, "due": date.fromisoformat(row["due"])} for row in rows]


def test_what_is_done_drops_out_and_what_follows_comes_in_under_an_id_of_its_own(calendars: Calendars) -> None:
    opened = calendars.complaint("2025-12-01", "TS-1")
    before = {str(each["UID"]) for each in calendars.events()}
    calendars.take("accept", "2025-12-02", case=opened.case_id)
    after = {str(each["UID"]) for each in calendars.events()}
    assert before
    assert after
    assert before & after == set()
    assert all(uid.endswith(f"@{calendars.place.name}.anjuan") for uid in before | after)


def test_a_day_in_a_year_without_arrangement_is_tentative(calendars: Calendars) -> None:
    opened = calendars.complaint("2026-12-01", "TS-1")
    calendars.take("accept", "2026-12-02", case=opened.case_id)
    events = calendars.events()
    tentative = [each for each in events if each.start.year == 2027]
    assert tentative
    assert {each["STATUS"] for each in tentative} == {"TENTATIVE"}
    assert all("暂定" in each["SUMMARY"] and "Provisional" in each["DESCRIPTION"] for each in tentative)
    assert all(each["STATUS"] == "CONFIRMED" for each in events if each.start.year == 2026)


def test_what_is_overdue_stays_on_its_day_and_says_so_without_an_alarm(calendars: Calendars) -> None:
    calendars.complaint("2025-12-01", "TS-1")
    (uid,) = {str(each["UID"]) for each in calendars.events() if each.start == date(2025, 12, 4)}
    calendars.present[0] = datetime(2025, 12, 4, 23, 59, tzinfo=CHINA)
    assert not [each for each in calendars.events() if "已逾期" in each["SUMMARY"]]
    calendars.present[0] = datetime(2025, 12, 5, 0, 0, tzinfo=CHINA)
    (late,) = (each for each in calendars.events() if str(each["UID"]) == uid)
    assert (late.start, "已逾期" in late["SUMMARY"], late.walk("VALARM")) == (date(2025, 12, 4), True, [])


def test_the_same_dates_are_the_same_text_and_need_not_be_sent_again(calendars: Calendars) -> None:
    opened = calendars.complaint("2025-12-01", "TS-1")
    first = calendars.ask()
    assert (first.status_code, first.mimetype) == (200, "text/calendar")
    assert first.headers["Cache-Control"] == "private, no-cache"
    calendars.present[0] += timedelta(minutes=10)
    again = calendars.ask({"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    calendars.take("accept", "2025-12-02", case=opened.case_id)
    assert calendars.ask({"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_only_the_dates_of_the_department_that_is_asked_for(calendars: Calendars) -> None:
    calendars.complaint("2025-12-01", "TS-1")
    assert calendars.events(department="slj") == []
    assert len(calendars.events(department="zjj")) == len(calendars.events()) > 0
    assert calendars.ask(department="nobody").status_code == 422
    assert calendars.ask(within=0).status_code == 422


def test_a_calendar_program_gives_the_token_as_a_password(calendars: Calendars) -> None:
    def ask(authority: str | None) -> Any:
        return calendars.client.get("/api/v1/due.ics", headers={"Authorization": authority} if authority else {})

    def basic(name: str, password: str) -> str:
        return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()

    assert ask(basic("anything", calendars.token)).status_code == 200
    assert ask(f"Bearer {calendars.token}").status_code == 200
    assert ask(basic(calendars.token, "")).status_code == 401
    assert ask(basic("", calendars.token + "x")).status_code == 401
    assert ask("Basic ***").status_code == 401
    nobody = ask(None)
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"].split()[0]) == (401, "Basic")
    other = calendars.client.get("/api/v1/due", headers={"Authorization": basic("", calendars.token)})
    assert other.status_code == 401, "a password opens the feed and nothing else"
    assert calendars.client.get(f"/api/v1/due.ics?token={calendars.token}").status_code == 401


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)
instants = st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(
    summary=texts,
    description=texts,
    due=st.one_of(st.dates(date(2000, 1, 1)), instants),
    at=instants,
    sequence=st.integers(0, 99),
)
def test_whatever_is_written_is_read_back_alike(
    summary: str, description: str, due: date | datetime, at: datetime, sequence: int
) -> None:
    item = Item(
        "u@x", due, at, at, sequence, True, summary, f"{description}\nb", ("a", "b,c"), "https://x/", Alarm(at, summary)
    )
    text = calendar_text("名；称", [item, item])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    read = icalendar.Calendar.from_ical(text)
    assert read["NAME"] == "名；称"
    event, _ = read.events
    assert (event.start, event["SUMMARY"], event["DESCRIPTION"]) == (due, summary, f"{description}\nb")
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt, event["SEQUENCE"]) == (at, at, sequence)
    assert event.categories == ["a", "b,c"]
    (alarm,) = event.walk("VALARM")
    assert (alarm["TRIGGER"].dt, alarm["DESCRIPTION"]) == (at, summary)


def test_a_text_that_is_not_escaped_would_be_read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the reader notices what the writer must not forget."""
    monkeypatch.setattr("api.v1.ical._ESCAPES", {})
    at = datetime(2025, 1, 1, tzinfo=UTC)
    item = Item("u@x", at, at, at, 0, False, "a", "b\nATTENDEE:mailto:c", ("a",), "https://x/", None)
    (event,) = icalendar.Calendar.from_ical(calendar_text("n", [item])).events
    assert "ATTENDEE" in event
