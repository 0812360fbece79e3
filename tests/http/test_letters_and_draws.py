"""Over HTTP: a letter that outlives its case is told of, and a random draw is repeated by whoever reads it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from domain.draw import commitment, drawn
from tests.http.client import path_of
from tests.http.conftest import County

SEED = "2025-09-03 体彩 08412"
POOLS: dict[str, Any] = {
    "target_pool": {"name": "在建项目名录", "members": ["甲标段", "乙标段", "丙标段"]},
    "inspector_pool": {"name": "执法人员名录", "members": ["赵", "钱", "孙"]},
}
PLAN = dict.fromkeys(("duties", "purpose", "targets", "scope", "content", "time", "method_and_steps"), "见方案")
LETTER = {"to": "slj", "case_summary": "安置房投诉", "matters_and_reasons": "查红线", "evidence": ["红线图"]}


def test_a_letter_is_issued_in_a_case_and_its_answer_outstanding_is_a_warning_at_the_end(
    county: County, number: str
) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    asked = client.post("/api/v1/assistance", {"file_no": number, "matter": number, "commissions": "鉴定", **LETTER})
    assert asked.status == 201, asked.raw
    letter = asked.json["number"]
    assert letter.startswith(f"{number}-XZ") and letter in asked.json["warnings"][0]
    received = county.client("slj").post(f"/api/v1/assistance/{quote(letter)}/receive", {})
    assert received.status == 200, received.raw
    state = county.client("slj").get(path_of(letter)).json
    assert (state["state"], state["holder"], state["summary"]["about"]) == ("received", None, number)
    assert {each["rule"]: each["party"] for each in state["clocks"]} == {"XE-AST5": "slj", "XE-TIMELY-ASSIST": "slj"}
    assert {each["step"] for each in state["allowed_steps"]} >= {"start", "return_to_sender", "give_feedback"}
    ended = client.post(f"/api/v1/complaint/{quote(number)}/reject", {"reason": "不具体"})
    assert [each["type"] for each in ended.json["events"]] == ["complaint.rejected", "assistance.main-matter-ended"]
    assert letter in ended.json["warnings"][0]


def test_without_evidence_the_refusal_names_the_paragraph(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    refused = client.post("/api/v1/assistance", {"file_no": number, "matter": number, **LETTER, "evidence": None})
    assert (refused.status, refused.json["code"]) == (409, "ASSIST_MISSING_EVIDENCE"), refused.raw
    assert refused.json["article"] == {"instrument": "宣公管委〔2020〕5号", "clause": "二（四）3末段"}


@pytest.mark.parametrize("committed", [True, False])
def test_anyone_who_reads_the_inspection_repeats_its_draw(county: County, number: str, committed: bool) -> None:
    client = county.client("zjj")
    opened = client.post(
        "/api/v1/inspection", {"number": number, "occasion": "专项治理", "plan": PLAN, "participants": ["slj"]}
    )
    assert opened.status == 201, opened.raw
    path = f"/api/v1/inspection/{quote(number)}"
    assert county.client("slj").post(f"{path}/agree", {}).status == 200
    promise = {"seed_commitment": commitment(SEED)} if committed else {}
    assert client.post(f"{path}/confirm-plan", {"agreed_by": [], **promise}).status == 200
    if committed:
        other = client.post(f"{path}/draw", {"seed": "other", "targets": 2, "inspectors": 1, **POOLS})
        assert (other.status, other.json["code"]) == (409, "INSPECTION_SEED_NOT_AS_COMMITTED")
    done = client.post(f"{path}/draw", {"seed": SEED, "targets": 2, "inspectors": 1, **POOLS})
    assert done.status == 200, done.raw
    assert bool(done.json["warnings"]) is not committed
    told = county.client("jwjc").get(path_of(number)).json["summary"]
    lot = told["draw"]
    assert (told["draw_repeats"], lot["method"], lot["seed_published"]) == (True, "sha256-order/1", committed)
    assert tuple(lot["targets"]) == drawn(lot["seed"], lot["target_pool"]["members"], 2)
    assert tuple(lot["inspectors"]) == drawn(lot["seed"], lot["inspector_pool"]["members"], 1)


def test_findings_over_http_open_matters_in_the_hands_of_their_finders(county: County, number: str) -> None:
    client = county.client("zjj")
    path = f"/api/v1/inspection/{quote(number)}"
    body = {"number": number, "occasion": "其他", "plan": PLAN, "participants": ["slj"]}
    assert client.post("/api/v1/inspection", {**body, "plan": {**PLAN, "time": None}}).json["code"] == (
        "INSPECTION_PLAN_INCOMPLETE"
    )
    assert client.post("/api/v1/inspection", body).status == 201
    for step, said in (("confirm-plan", {"agreed_by": ["slj"]}),
                       ("record-outside-draw", {"targets": ["甲"], "inspectors": ["乙"]}), ("start", {})):  # fmt: skip
        assert client.post(f"{path}/{step}", said).status == 200
    one, two = f"{number}-F1", f"{number}-F2"
    found = [
        {"matter": one, "description": "转包", "refer": True, "scope": "S3", "found_by": "slj"},
        {"matter": two, "description": "挂靠", "refer": False},
    ]
    answer = client.post(f"{path}/record-findings", {"findings": found})
    assert answer.status == 200, answer.raw
    state = county.client("slj").get(path_of(number)).json
    assert {each["id"]: each["holder"] for each in state["matters"]} == {one: "slj", two: "zjj"}
    assert [(each["rule"], each["matter"], each["party"]) for each in state["clocks"]] == [("XE-REF5", one, "slj")]
    assert "dispose_finding" in {each["step"] for each in state["allowed_steps"]}
    assert client.post(f"{path}/dispose-finding", {"matter": one, "outcome": "改正"}).status == 403
    assert client.post(f"{path}/dispose-finding", {"matter": two, "outcome": "改正"}).status == 200
