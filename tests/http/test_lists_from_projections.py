"""Lists over HTTP as they are in service: written here, sequenced and projected behind, and waited for by a token."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import pytest

from api.app import create_app
from api.scenario.command import listing
from api.wiring import Wiring, found_ledger, lists_of
from infrastructure.administration import Administration
from tests.http.client import Client, path_of
from tests.http.conftest import OFFICERS, ORGANS, PROFILES, County
from tests.servers import Database
from tests.sites import answering

DAY = {"Anjuan-Business-Time": "2025-01-02T09:00:00+08:00"}


@pytest.fixture(scope="module")
def served(database: Database, administration: Administration) -> Iterator[County]:
    """A rehearsal ledger behind a server with its workers running."""
    wiring = Wiring(database.app, lists=lists_of)
    name = f"t-{secrets.token_hex(5)}"
    organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
    found_ledger(wiring, administration, name, kind="rehearsal", calendar="enshi", profiles=PROFILES, organs=organs,
                 officers=OFFICERS)  # fmt: skip
    with closing(wiring), listing(wiring), answering(create_app(wiring)) as port:
        county = County(name, wiring, administration, port)
        yield county
        for client in county.clients.values():
            client.close()


def ok(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"/api/v1{path}", **query)
    assert answer.status == 200, answer.raw
    return answer.json


def test_a_written_case_is_found_by_its_token_number_and_department(served: County, number: str) -> None:
    client = served.client("zjj")
    token = client.open_complaint(number, project="高罗镇堤坝").json["token"]
    found = ok(client, "/cases", q=number[8:], after=token)["items"]
    assert [each["number"] for each in found] == [number]
    assert found[0]["holder"] == "zjj"
    assert number in [each["number"] for each in ok(client, "/cases", department="zjj", limit=200)["items"]]
    assert number in [each["number"] for each in ok(client, "/holdings", department="zjj", limit=200)["items"]]


def test_what_is_overdue_is_the_same_in_the_list_and_in_the_case(served: County, number: str) -> None:
    client = served.client("zjj")
    client.post("/api/v1/complaint", {"number": number, "subject": "bidding", "complainant": "某公司"}, DAY)
    path = f"/api/v1/complaint/{quote(number)}/determine-not-competent"
    token = client.post(path, {"competent": "slj", "transfer_required": True}, DAY).json["token"]
    for as_of in ("2025-01-09T23:00:00+08:00", "2025-01-10T08:00:00+08:00", "2025-03-03T08:00:00+08:00"):
        rows = ok(client, "/overdue", as_of=as_of, after=token, limit=200)["items"]
        listed = {each["id"]: each for each in rows if each["number"] == number}
        shown = ok(client, f"/cases/{quote(number)}/clocks", as_of=as_of)["items"]
        late = {each["id"]: each for each in shown if each["state"] == "breached_open"}
        assert set(listed) == set(late), as_of
        for identifier, row in listed.items():
            assert row["late_by"] == late[identifier]["late_by"]
            assert row["citation"] == late[identifier]["citation"]


def test_a_case_is_searched_for_in_chinese(served: County, number: str) -> None:
    token = served.client("slj").open_complaint(f"水利{number}").json["token"]
    found = ok(served.client("zwj"), "/cases", q=f"水利{number[:5]}", after=token, limit=200)["items"]
    assert f"水利{number}" in [each["number"] for each in found]


def test_pages_of_the_register_follow_one_another(served: County) -> None:
    client = served.client("zjj")
    token = [client.open_complaint(f"页-{n}-{secrets.token_hex(3)}").json["token"] for n in range(5)][-1]
    whole = [each["id"] for each in ok(client, "/cases", q="页-", after=token, limit=200)["items"]]
    seen: list[str] = []
    page = ok(client, "/cases", q="页-", limit=2)
    seen += [each["id"] for each in page["items"]]
    while page["next"]:
        page = ok(client, "/cases", q="页-", limit=2, cursor=page["next"])
        seen += [each["id"] for each in page["items"]]
    assert seen == whole
    assert len(set(seen)) == len(seen) >= 5


def test_due_statistics_punishment_and_judgements_are_answered(served: County, number: str) -> None:
    client = served.client("zjj")
    answer = client.post("/api/v1/complaint", {"number": number, "subject": "bidding", "complainant": "某公司"}, DAY)
    token = answer.json["token"]
    assert ok(client, "/due", within=20, after=token)["items"] is not None
    for by in ("department", "rule", "month"):
        rows = ok(client, "/statistics", **{"from": "2025-01-01", "to": "2025-12-31", "by": by})["items"]
        assert all(row["met"] >= 0 for row in rows)
    assert ok(client, "/under-punishment", on="2025-06-01", after=token)["items"] == []
    clock = client.get(f"{path_of(number)}/clocks").json["items"][0]
    told = ok(client, f"/cases/{quote(number)}/clocks/{clock['id']}/judgements", after=token)
    assert told["clock"]["id"] == clock["id"]


def test_the_service_is_ready_and_says_how_far_the_lists_are(served: County, number: str) -> None:
    token = served.client("zjj").open_complaint(number).json["token"]
    ok(served.client("zjj"), "/cases", after=token)
    answer = served.client("zjj").get("/readyz")
    own = {each["name"]: each for each in answer.json["checks"] if each.get("jurisdiction") == served.name}
    assert own["projections"]["error"] is None
    assert own["projections"]["position"] > 0
