"""May this company or expert take part today: asked over HTTP for any day, as known at any instant, and on the command line."""

from __future__ import annotations

import json
import secrets
from typing import Any
from urllib.parse import quote

import pytest
from stdnum.cn import uscc

from tests.http.client import Client
from tests.http.conftest import County
from tests.http.test_lists_from_projections import ok
from tests.http.test_lists_from_projections import served as served

MISTYPED = "91420000MA4K3JDN5X"
BAN = {"measure": "限制参加投标", "basis": "招标投标法 第五十三条"}


def headers(at: str, recorded: str | None = None) -> dict[str, str]:
    return {"Anjuan-Business-Time": f"{at}T09:00:00+08:00", "Anjuan-Recording-Time": f"{recorded or at}T10:00:00+08:00"}


def taken(client: Client, path: str, body: Any, at: str, recorded: str | None = None) -> Any:
    answer = client.post(f"/api/v1/{path}", body, headers(at, recorded))
    assert answer.status in (200, 201), answer.raw
    return answer.json


def code() -> str:
    """A unified social credit code that no other test uses."""
    body = "91420000MA" + "".join(secrets.choice("0123456789ABCDEFGH") for _ in range(7))
    return body + uscc.calc_check_digit(body)


def name() -> str:
    return f"公司{secrets.token_hex(4)}"


def penalised(served: County, subject: str, known_by: str | None, **memo: Any) -> tuple[str, Any]:
    """A penalty of March 2025 with a memo from April on; the number of its case and the last answer."""
    number = f"CF-{secrets.token_hex(4)}"
    said = {"fact": "V7", "text": secrets.token_hex(4), "subject": subject, "kind": "警告"}
    taken(
        served.client("zjj"),
        "joint-punishment",
        {"number": number, **said, **({"uscc": known_by} if known_by else {})},
        "2025-03-10",
    )
    body = {"measures": [BAN], "effective": "2025-04-01", "until": "2026-03-31", **memo}
    return number, taken(
        served.client("zwj"), f"joint-punishment/{quote(number)}/issue-memo", body, "2025-03-24", "2025-03-27"
    )


def asked(served: County, **query: Any) -> Any:
    return ok(served.client("zwj"), "/eligibility", **query)


def test_a_company_under_a_memo_may_not_take_part_while_it_is_in_force(served: County) -> None:
    own = code()
    number, answer = penalised(served, name(), own)
    for day, may in (("2025-03-31", True), ("2025-04-01", False), ("2026-03-31", False), ("2026-04-01", True)):
        told = asked(served, code=own, on=day, after=answer["token"])
        assert (told["may_take_part"], told["ambiguous"]) == (may, False), day
    (reason,) = [each for each in asked(served, code=own, on="2025-06-01")["reasons"] if each["number"] == number]
    assert (reason["kind"], reason["until"], reason["measures"][0]["basis"]) == ("memo", "2026-03-31", BAN["basis"])
    assert reason["citation"] == {"instrument": "宣公管委〔2020〕5号", "clause": "二（四）1、二（五）2"}


def test_what_was_known_at_an_instant_and_what_is_known_today_are_two_answers(served: County) -> None:
    subject = name()
    number, answer = penalised(served, subject, None)
    before, after = "2025-03-26T12:00:00+08:00", "2025-03-28T12:00:00+08:00"
    assert asked(served, name=subject, on="2025-06-01", as_of=before, after=answer["token"])["may_take_part"] is True
    assert asked(served, name=subject, on="2025-06-01", as_of=after)["may_take_part"] is False
    body = {"repair": "信用修复决定"}
    lifted = taken(
        served.client("zwj"), f"joint-punishment/{quote(number)}/lift-memo", body, "2025-07-01", "2025-07-09"
    )
    told = asked(served, name=subject, on="2025-07-02", after=lifted["token"])
    assert told["may_take_part"] is True
    late = asked(served, name=subject, on="2025-07-02", as_of="2025-07-05T00:00:00+08:00")
    assert (late["may_take_part"], late["as_of"]) == (False, "2025-07-05T00:00:00+08:00")


def test_a_measure_that_keeps_nobody_out_is_shown_and_bars_nothing(served: County) -> None:
    subject = name()
    penalised(served, subject, None, measures=[{"measure": "取消评优资格", "basis": "条例"}])
    _, answer = penalised(served, subject, None, measures=[{"measure": "加强检查", "basis": "条例", "bars": False}])
    told = asked(served, name=subject, on="2025-06-01", after=answer["token"])
    assert (told["may_take_part"], len(told["other_memos"])) == (True, 2)


def test_a_name_that_several_bear_is_not_guessed(served: County) -> None:
    subject, one, other = name(), code(), code()
    penalised(served, subject, other)
    reward = {"number": f"SJ-{secrets.token_hex(4)}", "subject": subject, "party": "投标人", "uscc": one, "merits": "守信",
              "until": "2026-12-31", "benefits": [{"incentive": "优先办理", "basis": "条例"}]}  # fmt: skip
    answer = taken(served.client("zjj"), "reward", reward, "2025-03-03")
    told = asked(served, name=f" {subject} ", on="2025-06-01", after=answer["token"])
    assert (told["may_take_part"], told["ambiguous"]) == (None, True)
    assert {each["code"]: each["may_take_part"] for each in told["candidates"]}[other] is False
    assert asked(served, code=other, on="2025-06-01")["may_take_part"] is False


def test_an_expert_on_the_blacklist_is_found_by_number_and_by_name(served: County) -> None:
    client, number, expert = served.client("zjj"), f"HM-{secrets.token_hex(4)}", f"专家{secrets.token_hex(3)}"
    said = {"expert": expert, "expert_no": f"E-{expert}", "ground": "打分畸高", "basis": "评标专家管理办法"}
    taken(client, "expert-blacklist", {"number": number, **said}, "2025-04-01")
    taken(client, f"expert-blacklist/{number}/notify-expert", {"answer_by": "2025-04-10"}, "2025-04-02")
    answer = taken(client, f"expert-blacklist/{number}/enter", {"until": "2026-04-13"}, "2025-04-14")
    for query in ({"expert": f"e-{expert}"}, {"name": expert}):
        told = asked(served, **query, on="2025-06-01", after=answer["token"])
        assert (told["may_take_part"], told["expert_no"], told["parties"]) == (False, f"E-{expert}", ["专家"])
        assert told["reasons"][0]["ground"] == "打分畸高"
    assert asked(served, name=expert, on="2026-04-14")["may_take_part"] is True
    answer = taken(client, f"expert-blacklist/{number}/lift", {"repair": "复核"}, "2025-09-01")
    assert asked(served, name=expert, on="2025-09-01", after=answer["token"])["may_take_part"] is True


def test_points_and_rewards_of_a_day_stand_beside_the_answer(served: County) -> None:
    subject, client = name(), served.client("jyzx")
    base = {"subject": subject, "party": "代理机构", "ground": "一般失信行为", "basis": "量化管理办法"}
    for points, until in ((3, None), (4, "2025-05-01")):
        body = {"number": f"XY-{secrets.token_hex(4)}", **base, "sign": "deducted", "points": points, "until": until}
        if until is None:
            del body["until"]
        answer = taken(client, "credit", body, "2025-03-03")
    told = asked(served, name=subject, on="2025-04-01", after=answer["token"])
    assert (told["may_take_part"], told["credit"]["total"]) == (True, -7)
    assert asked(served, name=subject, on="2025-06-01")["credit"]["total"] == -3
    assert asked(served, name=subject, on="2025-03-02")["credit"]["items"] == []


@pytest.mark.parametrize(
    "query", [{}, {"code": MISTYPED}, {"code": code(), "expert": "E-1"}, {"name": "甲", "on": "今天"}]
)
def test_a_question_that_names_nobody_or_mistypes_a_code_is_refused(county: County, query: dict[str, Any]) -> None:
    assert county.client("zjj").get("/api/v1/eligibility", **query).status == 422


def test_control_the_list_is_asked_with_code_name_and_instant(county: County) -> None:
    lists, own = county.lists, code()
    lists.rows = []
    answer = county.client("zjj").get(
        "/api/v1/eligibility", code=own, name="甲 公司", as_of="2025-02-01T00:00:00+08:00"
    )
    assert (answer.status, answer.json["known"], answer.json["may_take_part"]) == (200, False, True)
    assert lists.asked[:3] == ("standings", f"uscc:{own}", "甲公司")
    assert json.loads(answer.raw)["asked"] == {"code": own, "expert_no": None, "name": "甲 公司"}
