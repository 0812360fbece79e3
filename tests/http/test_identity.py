"""Who complains is shown to the officer it was granted to, after the view is on record, under a watermark, and to nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from api.v1.identity import VIEWS
from domain.kernel import case_id
from tests.http.client import Answer, Client, path_of
from tests.http.conftest import County
from tests.servers import Database

NAME, PHONE, TEXT = "张三丰", "13800138000", "围标串标，附录音"
MOTIVE = {"motive": "核实证据"}


def file(county: County, number: str) -> Client:
    """A complaint with all three kinds of values, held by zjj."""
    client = county.client("zjj")
    assert client.open_complaint(number, complainant=NAME, contact=PHONE, text=TEXT).status == 201
    return client


def ask(county: County, number: str, *values: str, organ: str = "zjj", **said: Any) -> Answer:
    body = {"file_no": number, "about": number, "values": values or ("identity", "contact", "text"), **MOTIVE, **said}
    return county.client(organ).post("/api/v1/identity-access", body)


def grant(county: County, number: str, *values: str, **said: Any) -> str:
    """A request that the inspectors granted; its number."""
    asked = ask(county, number, *values)
    assert asked.status == 201, asked.json
    found = str(asked.json["number"])
    approved = county.client("jwjc").post(f"/api/v1/identity-access/{quote(found, safe='')}/approve", said)
    assert approved.status == 200, approved.json
    return found


def view(client: Client, access: str, body: Any = None, **headers: str) -> Answer:
    return client.post(f"/api/v1/identity/{quote(access, safe='')}/view", {} if body is None else body, headers)


def topics(county: County, number: str) -> Sequence[str]:
    return [each.topic for each in county.wiring.place(county.name).log.load_stream(case_id(number))]


def test_the_officer_who_was_granted_it_sees_it_and_each_view_is_on_record(county: County, number: str) -> None:
    client = file(county, number)
    access = grant(county, number)
    assert access == f"{number}-CY1"
    shown = view(client, access, {"purpose": "约见投诉人"})
    assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store"), shown.json
    told = shown.json
    assert {each["field"]: each["text"] for each in told["values"]} == {
        "complainant": NAME, "contact": PHONE, "text": TEXT,
    }  # fmt: skip
    assert told["viewer"] == {"organ": "zjj", "officer": "zjj-officer"}
    for part in ("zjj-officer", told["event_id"], told["viewed_at"][:10]):
        assert part in told["watermark"]
    view(client, access)
    assert topics(county, access)[-2:] == ["identity.viewed", "identity.viewed"]
    events = client.get(f"{path_of(access)}/events").json["items"]
    assert events[2]["event_id"] == told["event_id"]
    assert events[2]["data"]["purpose"] == "约见投诉人"
    assert NAME not in json.dumps(events, ensure_ascii=False)


def test_only_what_is_asked_for_is_shown(county: County, number: str) -> None:
    client = file(county, number)
    access = grant(county, number, "identity", "text")
    told = view(client, access, {"values": ["text"]}).json["values"]
    assert [(each["value"], each["text"]) for each in told] == [("text", TEXT)]
    assert view(client, access, {"values": ["contact"]}).json["code"] == "IDENTITY_NOTHING_ASKED"


@pytest.mark.parametrize("organ", ["zwj", "slj", "jyzx", "gaj", "jwjc", "sjj"])
def test_nobody_else_sees_it(county: County, number: str, organ: str) -> None:
    file(county, number)
    access = grant(county, number)
    refused = view(county.client(organ), access)
    assert refused.status in (403, 404)
    assert NAME not in refused.raw.decode()
    assert "identity.viewed" not in topics(county, access)


def test_a_colleague_and_a_token_of_nobody_see_nothing(county: County, number: str) -> None:
    file(county, number)
    access = grant(county, number)
    for officer, code in (("zjj-colleague", "IDENTITY_NOT_YOURS"), ("", "IDENTITY_OFFICER_UNNAMED")):
        client = Client(county.port, county.token("zjj", officer))
        assert view(client, access).json.get("code") == code
        assert view(client, access, {"officer": "zjj-officer"}).status == 422, "nobody looks in another's name"
        client.close()


def test_the_view_is_no_step_that_the_general_routes_take(county: County, number: str) -> None:
    client = file(county, number)
    access = grant(county, number)
    assert client.post(f"/api/v1/identity-access/{quote(access, safe='')}/view", {}).status == 404
    command = {"type": "identity-access", "step": "view", "case": access, "if_match": "*"}
    many = client.send(
        "POST", "/api/v1/bulk", json.dumps({"commands": [command]}).encode(), {"Content-Type": "application/json"}
    )
    assert many.json["items"][0]["status"] == 422
    steps = client.get(path_of(access)).json["allowed_steps"]
    assert "view" not in [each["step"] for each in steps]


def test_after_the_last_day_it_is_asked_for_anew(county: County, number: str) -> None:
    client = file(county, number)
    access = grant(county, number, days=2)
    until = client.get(path_of(access)).json["summary"]["until"]
    late = {"Anjuan-Business-Time": f"{until}T23:59:59+08:00"}
    assert view(client, access, None, **late).status == 200
    after = {"Anjuan-Business-Time": f"{date.fromisoformat(until) + timedelta(days=1)}T00:00:00+08:00"}
    assert view(client, access, None, **after).json["code"] == "IDENTITY_EXPIRED"


def test_a_grant_is_not_moved_by_a_correction(county: County, number: str) -> None:
    file(county, number)
    access = grant(county, number)
    event = county.client("jwjc").get(f"{path_of(access)}/events").json["items"][1]["event_id"]
    body = {"event_id": event, "occurred_at": "2025-01-01T09:00:00+08:00", "reason": "误"}
    for organ in ("jwjc", "zwj"):
        refused = county.client(organ).post(f"/api/v1/identity-access/{quote(access, safe='')}/correct", body)
        assert refused.problem == "not-correctable"


def test_what_cannot_be_recorded_is_not_shown(county: County, number: str, owner: Any, database: Database) -> None:
    client = file(county, number)
    access, schema = grant(county, number), county.wiring.place(county.name).schema
    owner.execute(f"REVOKE INSERT ON {schema}.events FROM {database.app_role}")
    refused = view(client, access)
    owner.execute(f"GRANT INSERT ON {schema}.events TO {database.app_role}")
    assert (refused.status, NAME in refused.raw.decode(), "identity.viewed" in topics(county, access)) == (
        500,
        False,
        False,
    )
    assert view(client, access).json["values"][0]["text"] == NAME, "the control: what is recorded is shown"


def test_what_was_erased_is_shown_as_erased(county: County, number: str) -> None:
    client = file(county, number)
    access = grant(county, number)
    county.wiring.place(county.name).log.vault.erase(case_id(number), county.wiring.now())
    told = view(client, access).json["values"]
    assert {(each["text"], each["erased"]["zh"]) for each in told} == {(None, "【已销毁】")}


def test_an_officer_who_looks_and_looks_is_stopped_and_leaves_no_further_record(
    make_county: Callable[[str], County], number: str
) -> None:
    county = make_county("rehearsal")
    client = file(county, number)
    access = grant(county, number)
    answers = [view(client, access) for _ in range(VIEWS + 1)]
    assert [each.status for each in answers] == [200] * VIEWS + [429]
    assert NAME not in answers[-1].raw.decode()
    assert topics(county, access).count("identity.viewed") == VIEWS
