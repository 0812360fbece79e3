"""May this company or expert take part today (参与资格)? A pure answer from what is held against or for them, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]
PLAN = "宣公管委〔2020〕5号"
CITED = {
    "memo": {"instrument": PLAN, "clause": "二（四）1、二（五）2"},
    "blacklist": {
        "instrument": "大理州整合建立统一的公共资源交易平台实施方案；杭政办函〔2016〕129号",
        "clause": "（十九）；三(八)",
    },
    "reward": {"instrument": PLAN, "clause": "二（五）1"},
    "points": {"instrument": PLAN, "clause": "二（二）5、二（五）2"},
}
"""Where the mechanism stands; each measure, incentive and entry cites its own basis beside it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the question is about: a code with its kind in front, a name made alike, or both."""

    code: str | None
    name: str | None


def eligibility(rows: Sequence[Row], asked: Asked, on: date) -> dict[str, Any]:
    """The answer for a day. `rows`: what was known of the code and the name.

    Nobody is taken for another: what has a name but no code may be somebody else's, and several codes of one name are several
    candidates. Where that leaves the answer open, `may_take_part` is None and `ambiguous` true.
    """
    groups = _by_code(rows)
    unnamed = groups.pop(None, [])
    if asked.code is not None:
        return _of_code(asked.code, groups.get(asked.code, []), unnamed, on)
    people = [*groups.items(), *([(None, unnamed)] if unnamed else [])]
    if len(people) == 1:
        code, found = people[0]
        return {**_about(code, found, on), "known": True, "ambiguous": False, "doubtful": [], "candidates": []}
    nobody = {**_about(None, [], on), "known": bool(people), "ambiguous": bool(people), "doubtful": []}
    candidates = [_about(code, found, on) for code, found in people]
    return {**nobody, "may_take_part": None if people else True, "candidates": candidates}


def _of_code(code: str, own: Sequence[Row], unnamed: Sequence[Row], on: date) -> dict[str, Any]:
    told = _about(code, own, on)
    doubtful = [_reason(row, on) for row in unnamed if _in_force(row, on) and row["bars"]]
    open_question = bool(doubtful) and told["may_take_part"]
    return {
        **told,
        "may_take_part": None if open_question else told["may_take_part"],
        "known": bool(own),
        "ambiguous": open_question,
        "doubtful": doubtful,
        "candidates": [],
    }


def _by_code(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row["code"], []).append(row)
    return found


def _about(code: str | None, rows: Sequence[Row], on: date) -> dict[str, Any]:
    """What holds of one party on a day."""
    now = [row for row in rows if _in_force(row, on)]
    barring = [_reason(row, on) for row in now if row["bars"]]
    kind, _, plain = (code or "").partition(":")
    return {
        "code": plain if code and kind == "uscc" else None,
        "expert_no": _written(rows, plain) if code and kind == "expert" else None,
        "names": list(dict.fromkeys(row["subject"] for row in rows)),
        "parties": list(dict.fromkeys(row["party"] for row in rows if row["party"])),
        "may_take_part": not barring,
        "reasons": barring,
        "other_memos": [_reason(row, on) for row in now if row["kind"] == "memo" and not row["bars"]],
        "rewards": [_reason(row, on) for row in now if row["kind"] == "reward"],
        "credit": _credit(now),
    }


def _written(rows: Sequence[Row], plain: str) -> str:
    """An expert's number as the latest record writes it."""
    return next((each for row in reversed(rows) if (each := row["details"].get("expert_no"))), plain)


def _in_force(row: Row, on: date) -> bool:
    """From its first day until its last, and not on or after the day on which it ended."""
    until, ended = row["until"], row["ended_on"]
    return row["effective"] <= on and (until is None or on <= until) and (ended is None or on < ended)


def _reason(row: Row, on: date) -> dict[str, Any]:
    details = row["details"]
    revoked = row["revoked_on"]
    return {
        "kind": row["kind"],
        "case": row["case"],
        "number": row["number"],
        "subject": row["subject"],
        "effective": row["effective"],
        "until": row["until"],
        "must_be_lifted": revoked is not None and revoked <= on,
        **details,
        "citation": CITED[row["kind"]],
    }


def _credit(rows: Sequence[Row]) -> dict[str, Any]:
    """Points of a day: deducted, added, and what they come to, below zero if more were deducted."""
    counted = [row for row in rows if row["points"]]
    deducted = sum(row["points"] for row in counted if row["points"] > 0)
    added = -sum(row["points"] for row in counted if row["points"] < 0)
    items = [
        {
            "case": row["case"],
            "number": row["number"],
            "points": -row["points"],
            "effective": row["effective"],
            "until": row["until"],
            "basis": row["details"].get("basis"),
        }
        for row in counted
    ]
    return {
        "deducted": deducted,
        "added": added,
        "total": added - deducted,
        "items": items,
        "citation": CITED["points"],
    }
