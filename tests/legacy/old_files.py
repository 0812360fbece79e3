"""Histories as an old system would export them: complaints decided by one department, reports that were referred, penalties."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.law.clock import CHINA

BEGUN = datetime(2021, 3, 1, 9, 0, tzinfo=CHINA)

COMPLAINT = (
    (0, "zjj", "register", {"subject": "bidding", "complainant": "某建设公司", "contact": "139 0000 0000",
                            "project": "城区供水管网一标段", "objection_needed": False}),
    (2, "zjj", "accept", {}),
    (5, "zjj", "commission-inspection", {"kind": "检测", "pause_id": "p1"}),
    (19, "zjj", "record-inspection-report", {"pause_id": "p1"}),
    (50, "zjj", "decide", {"outcome": "投诉不成立，驳回"}),
    (52, "zjj", "serve-decision", {}),
    (70, "zjj", "file-report", {}),
    (71, "zjj", "close", {}),
)  # fmt: skip
LENGTH = len(COMPLAINT)


def step(day: int, department: str, name: str, body: dict[str, Any], seed: int, **more: Any) -> dict[str, Any]:
    """One step so many days after the history began."""
    at = BEGUN + timedelta(days=day + seed % 700, minutes=seed % 60)
    return {"step": name, "occurred_at": at.isoformat(), "department": department, "body": body, **more}


def complaint(seed: int, **more: Any) -> dict[str, Any]:
    """A complaint from receipt to closing: decided in time, its report filed late."""
    steps = [step(*each, seed) for each in COMPLAINT]
    line = {"source": f"old/{seed}", "number": f"旧诉〔2021〕{seed}号", "type": "complaint", "steps": steps}
    return {**line, **more}


def referred(number: int) -> dict[str, Any]:
    """A report that was referred and accepted: two cases in one file."""
    own, letter = f"旧报〔2021〕{number}号", f"旧移〔2021〕{number}号"
    sending = {"matter": own, "to": "slj", "scope": "S1", "delivery": "直接送达", "catalogue": ["举报信"]}
    to: dict[str, Any] = {"type": "referral", "number": letter}
    steps = [
        step(0, "zjj", "register-report", {"kind": "匿名举报", "matter": own}, number),
        step(1, "zjj", "determine-not-competent", {"competent": "slj", "transfer_required": True}, number),
        step(3, "zjj", "dispatch", sending, number, **to),
        step(4, "slj", "sign-receipt", {}, number, **to),
        step(6, "slj", "accept", {}, number, **to),
    ]
    return {"source": f"old/R{number}", "number": own, "type": "complaint", "steps": steps}


def penalty(number: int, fact: str, subject: str = "甲公司") -> dict[str, Any]:
    """A fine for a fact, which is fined once."""
    body = {"fact": fact, "text": f"出借资质 {fact}", "subject": subject, "kind": "罚款", "amount": 50000}
    steps = [step(0, "zjj", "decide-penalty", body, number)]
    return {"source": f"old/P{number}", "number": f"旧罚〔2021〕{number}号", "type": "joint-punishment", "steps": steps}


def mixed(count: int) -> list[dict[str, Any]]:
    """So many histories of all kinds."""
    return [
        referred(n) if n % 5 == 3 else penalty(n, f"F{n}", f"公司{n}") if n % 5 == 4 else complaint(n)
        for n in range(count)
    ]


def write(path: Path, histories: Iterable[Any]) -> Path:
    """Histories as a file, one a line; a text stands as it is."""
    said = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in histories)
    path.write_text("".join(f"{each}\n" for each in said), encoding="utf-8")
    return path
