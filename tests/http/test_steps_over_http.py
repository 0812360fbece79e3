"""A department logs an action over HTTP, and anyone entitled sees it at once."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.http.client import Client, path_of
from tests.http.conftest import County


def test_a_complaint_is_registered_and_read_back(county: County, number: str) -> None:
    answer = county.client("zjj").open_complaint(number)
    assert answer.status == 201, answer.raw
    body = answer.json
    assert (body["number"], body["file_no"], body["version"], body["replayed"]) == (number, number, 1, False)
    assert body["events"][0]["type"] == "complaint.received"
    assert body["token"] == body["events"][-1]["event_id"]
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == path_of(number)
    state = county.client("zwj").get(answer.headers["Location"])
    assert state.status == 200, state.raw
    assert (state.json["holder"], state.json["state"], state.json["rehearsal"]) == ("zjj", "received", True)
    assert state.headers["ETag"] == '"1"'
    assert state.json == county.client("zwj").get(f"/api/v1/cases/{body['case']}").json


def test_a_step_of_the_holder_changes_the_state_and_the_version(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    answer = client.post(f"/api/v1/complaint/{quote(number)}/accept", {})
    assert (answer.status, answer.json["version"]) == (200, 2), answer.raw
    state = client.get(path_of(number)).json
    assert (state["state"], state["version"]) == ("accepted", 2)


def test_the_caller_is_told_which_steps_are_open_to_it(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    county.client("zjj").ask_for_help(number, "slj")
    mine = county.client("zjj").get(path_of(number)).json["allowed_steps"]
    other = county.client("slj").get(path_of(number)).json["allowed_steps"]
    assert "accept" in [each["step"] for each in mine]
    assert other == []
    path = next(each["path"] for each in mine if each["step"] == "accept")
    assert county.client("zjj").post(path, {}).status == 200


def test_a_case_joins_an_existing_file_and_gets_its_next_number(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    body = {
        "file_no": number,
        "matter": number,
        "scope": "S3",
        "basis": "权限外",
        "ground": "discovery",
        "discovered_on": "2025-01-02",
    }
    answer = client.post("/api/v1/referral/require", body)
    assert answer.status == 201, answer.raw
    assert answer.json["number"].startswith(f"{number}-")
    file = client.get(f"/api/v1/files/{quote(number)}")
    assert file.status == 200
    assert [each["number"] for each in file.json["cases"]] == [number, answer.json["number"]]
    assert len(file.json["events"]) == file.json["version"]


def test_a_paper_given_as_null_reaches_the_law_and_the_refusal_names_the_article(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    path = f"/api/v1/complaint/{quote(number)}/reject"
    answer = client.post(path, {"reason": None}, {"Accept-Language": "en"})
    assert (answer.status, answer.problem) == (409, "refused"), answer.raw
    assert set(answer.json["article"]) == {"instrument", "clause"}
    assert answer.json["detail"] == answer.json["text"]["en"]
    assert client.post(path, {"reason": None}, {"Accept-Language": "zh-CN"}).json["detail"] == answer.json["text"]["zh"]
    assert client.post(path, {}).json["errors"] == {"reason": ["缺少必填项"]}
    english = client.post(path, {}, {"Accept-Language": "en"})
    assert english.json["errors"] == {"reason": ["Missing data for required field."]}


def test_protected_values_leave_the_request_as_references(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number, complainant="张三的公司", contact="13800000000")
    events = client.get(f"{path_of(number)}/events")
    assert "张三" not in events.raw.decode()
    assert "138000" not in events.raw.decode()
    assert len(events.json["items"][0]["data"]["complainant"]) == 36


def test_an_act_is_recorded_for_an_organ_outside_and_only_for_such(county: County, number: str) -> None:
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "on_behalf_of": "gaj"}
    answer = county.client("zjj").post("/api/v1/complaint", body)
    assert answer.status == 201, answer.raw
    event = county.client("zjj").get(f"{path_of(number)}/events").json["items"][0]
    assert (event["department"], event["officer"], event["on_behalf_of"]) == ("zjj", "zjj-officer", "gaj")
    refused = county.client("zjj").post("/api/v1/complaint", {**body, "number": number + "b", "on_behalf_of": "slj"})
    assert (refused.status, refused.problem) == (403, "forbidden")


def test_a_system_says_which_officer_of_its_organ_acts_and_an_officer_acts_as_nobody_else(
    county: County, number: str
) -> None:
    system = Client(county.port, county.token("zjj"))
    for nobody in ("李四", "slj-officer"):
        refused = system.open_complaint(number, officer=nobody)
        assert (refused.status, refused.problem) == (403, "forbidden")
    assert county.client("slj").open_complaint(number, officer="zjj-officer").status == 403
    assert system.open_complaint(number, officer="zjj-officer", reason="来访").status == 201
    system.close()
    event = county.client("zjj").get(f"{path_of(number)}/events").json["items"][0]
    assert (event["officer"], event["reason"]) == ("zjj-officer", "来访")


def test_an_alias_of_an_organ_becomes_its_id_and_an_unknown_one_is_refused(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    path = f"/api/v1/complaint/{quote(number)}/determine-not-competent"
    unknown = client.post(path, {"competent": "nobody", "transfer_required": True})
    assert (unknown.status, unknown.json["errors"]) == (422, {"competent": ["没有机关 nobody"]})
    assert client.post(path, {"competent": "政务局", "transfer_required": True}).status == 200
    assert client.get(f"{path_of(number)}/events").json["items"][-1]["data"]["competent"] == "zwj"


def test_steps_that_only_follow_from_others_have_no_route(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = county.client("zjj").post(f"/api/v1/complaint/{quote(number)}/take-back", {})
    assert (answer.status, answer.problem) == (404, "no-such-path")


@pytest.mark.parametrize("wrong", ["a/b", "a?b", "a#b", " a", "a ", "a\n", "", "x" * 65, ".", "a\\b", "\u200b", "{id}"])
def test_numbers_that_could_not_stand_in_a_path_are_refused(county: County, wrong: str) -> None:
    answer = county.client("zjj").open_complaint(wrong.replace("{id}", str(uuid4())))
    assert (answer.status, list(answer.json["errors"])) == (422, ["number"]), answer.raw


def test_no_case_joins_the_file_of_the_jurisdiction(county: County, number: str) -> None:
    answer = county.client("zjj").open_complaint(number, file_no="jurisdiction")
    assert (answer.status, answer.json["errors"]) == (422, {"file_no": ["系统保留"]})


def test_a_number_is_used_once(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = county.client("slj").open_complaint(number)
    assert (answer.status, answer.json["code"]) == (409, "NUMBER_TAKEN")


def test_social_credit_codes_are_checked(county: County, number: str) -> None:
    body = {"number": number, "fact": "f1", "text": "围标", "subject": "某公司", "kind": "罚款", "amount": 100}
    wrong = county.client("zjj").post("/api/v1/joint-punishment", {**body, "uscc": "91110000600037341A"})
    assert (wrong.status, list(wrong.json["errors"])) == (422, ["uscc"])
    right = county.client("zjj").post("/api/v1/joint-punishment", {**body, "uscc": "91110000600037341L"})
    assert right.status == 201, right.raw


def test_organs_are_registered_over_http_by_whoever_runs_the_ledger(county: County) -> None:
    path = "/api/v1/jurisdiction/jurisdiction/register-organ"
    body = {"organ": "jtj", "name_zh": "交通运输局", "roles": [], "valid_from": "2020-01-01"}
    assert county.client("zjj").post(path, body).problem == "forbidden"
    assert county.client("system").post(path, body).status == 200
    state = county.client("zjj").get(path_of("jurisdiction")).json
    assert (state["type"], state["summary"]["kind"]) == ("jurisdiction", "rehearsal")
