"""The tables: who stands where to the file, who sees what, who may take which step, and every route that is no step."""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import quote

from api.v1.steps import PREFIX
from tests.permissions.world import FILE

RELATIONS = {
    "holder": ("zjj", ""), "colleague": ("zjj", "wang"), "reading officer": ("zjj", "duan"), "implicated officer": ("zjj", "li"),
    "addressee": ("slj", ""), "participant": ("jtj", ""), "partner": ("nyj", ""), "implicated organ": ("fgj", ""),
    "stranger": ("czj", ""), "police": ("gaj", ""), "trading centre": ("jyzx", ""), "committee": ("gwh", ""),
    "office": ("zwj", ""), "inspector": ("jwjc", ""), "auditor": ("sjj", ""), "administrator": ("admin", ""),
    "system": ("system", ""), "respondent": ("respondent", ""),
}  # fmt: skip
ALL = frozenset(RELATIONS)
WATCH = {"office", "inspector", "auditor", "system"}
OWN = {"holder", "colleague", "reading officer"}
DEPARTMENTS = {
    *OWN,
    "addressee",
    "participant",
    "partner",
    "implicated organ",
    "stranger",
    "police",
    "trading centre",
    "committee",
}

# ---- The table: who sees what ----
SEES: dict[str, set[str]] = {
    "file": {*WATCH, *OWN, "addressee", "participant"},
    "joint_punishment": {*WATCH, *OWN, "addressee", "participant", "partner"},
    "meeting": {*WATCH, *DEPARTMENTS, "implicated officer"},
    "cadence": {*WATCH, *OWN, "implicated officer"},
    "attestation": {*WATCH, *OWN, "implicated officer"},
    "reporting_duty": {*WATCH, *OWN, "implicated officer", "committee"},
    "supervision": WATCH,
    "letter to the holder": {*WATCH, *OWN},
    "letter to the implicated": {*WATCH, "implicated organ"},
    "jurisdiction": set(ALL),
    "webhooks": {"office", "administrator", "system"},
    "anybody": set(ALL),
}
"""An implicated officer or organ is barred in one file and its record; in other files it is a department like any other."""

# ---- The table: who may act, among those who see ----
MAY: dict[str, set[str]] = {
    "holder": {"holder", "colleague"},
    "addressee": {"addressee"},
    "department": (DEPARTMENTS | {"office", "implicated officer"}) - {"reading officer"},
    "role:office": {"office"}, "role:inspector": {"inspector"}, "role:auditor": {"auditor"}, "role:system": {"system"},
    "role:administrator": {"administrator"}, "role:police": {"police"}, "role:procuratorate": set(),
    "role:trading_centre": {"trading centre"}, "role:committee": {"committee"}, "role:convenor": set(),
    "role:finance": set(), "role:respondent": {"respondent"},
    "correct": {"office", "holder", "colleague"},
}  # fmt: skip

STRICTER = (
    (files("domain.law") / "profiles" / "national.toml").read_text(encoding="utf-8").replace("amount = 3", "amount = 2")
)

SIGN_IN = [f"{method} {PREFIX}/{path}" for method, path in (
    ("GET", "accounts"), ("POST", "accounts"), ("PATCH", "accounts/<login>"), ("POST", "accounts/<login>/password"),
    ("GET", "tokens"), ("POST", "tokens"), ("DELETE", "tokens/<prefix>"),
    ("GET", "subjects"), ("POST", "subjects"), ("DELETE", "subjects"),
    ("POST", "session"), ("GET", "session"), ("DELETE", "session"), ("POST", "session/password"),
    ("GET", "sessions"), ("DELETE", "sessions/<uuid:session>"))]  # fmt: skip
"""What is about accounts and sessions, and no case: the tests of signing in ask whom they answer."""

# ---- The table: every route that is not a step ----
CASE, OF_FILE = f"{PREFIX}/cases/<case>", f"{PREFIX}/files/<file_no>"
ROUTES: dict[str, str] = {
    f"GET {CASE}": "case", f"GET {CASE}/events": "case", f"GET {CASE}/custody": "case", f"GET {CASE}/clocks": "case",
    f"GET {CASE}/clocks/<clock>/explanation": "clock", f"GET {CASE}/clocks/<clock>/judgements": "clock",
    f"GET {CASE}/letters/<letter>": "letter",
    f"GET {CASE}/roster": "case", f"GET {CASE}/changes": "case", f"GET {CASE}/differences": "case",
    f"GET {CASE}/bundle": "case",
    f"GET {OF_FILE}": "whole",
    **{f"GET {PREFIX}/{name}": "list" for name in (
        "cases", "overdue", "overdue/differences", "history", "due", "holdings", "under-punishment", "cards", "letters",
        "extensions", "in-transit", "ageing", "due.ics")},
    **{f"GET {PREFIX}/{name}": "figures" for name in ("statistics", "league", "heatmap", "flow", "returns")},
    f"GET {PREFIX}/eligibility": "eligibility",
    f"GET {PREFIX}/rules": "anybody", f"GET {PREFIX}/rules/<rule>": "anybody", f"GET {PREFIX}/calendar": "anybody",
    f"POST {PREFIX}/what-if": "what-if", f"POST {PREFIX}/bulk": "bulk", f"POST {PREFIX}/plans": "plans",
    f"GET {PREFIX}/webhooks": "webhooks", f"POST {PREFIX}/webhooks": "webhooks",
    **{f"{method} {PREFIX}/webhooks/<uuid:webhook>{rest}": "webhooks" for method, rest in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/replay"), ("POST", "/test"),
        ("GET", "/dead-letters"), ("POST", "/dead-letters/retry"), ("DELETE", "/dead-letters/<int:position>"))},
}  # fmt: skip
ROUTES |= {
    f"GET {PREFIX}/accesses": "accesses",
    f"GET {PREFIX}/handlings": "handlings",
    f"GET {PREFIX}/notices": "list",
    f"POST {PREFIX}/handlings/hand-over": "handlings",
    f"POST {PREFIX}/identity/<case>/view": "identity",
    f"POST {PREFIX}/identity/same-complainant": "same complainant",
    **dict.fromkeys(SIGN_IN, "sign-in"),
}
LOG = ("/log", "/log/<jurisdiction>")
ROUTES |= {
    f"GET {log}/{rest}": kind
    for log in LOG
    for rest, kind in (
        *((each, "anybody") for each in ("checkpoint", "checkpoint/print", "keys", "proof/consistency")),
        ("tile/<int:level>/<path:where>", "anybody"),
        ("tile/entries/<path:where>", "entries"),
        ("proof/inclusion", "event"), ("receipt", "event"),
    )
}  # fmt: skip
OPEN_TO_THE_WORLD = ("/api/docs", "/api/openapi.json", "/healthz", "/readyz", "/metrics", "/version")


ITEMS = ("", "/events", "/custody", "/clocks", "/roster", "/differences", "/changes?from=now")
QUERIES = {
    "figures": "from=2025-01-01&to=2025-12-31",
    f"GET {PREFIX}/due": "within=200",
    f"GET {PREFIX}/history": "from=2025-01-01&to=2025-12-31&time=occurred&limit=200",
    f"GET {PREFIX}/due.ics": "within=200&department=zjj",
    f"GET {PREFIX}/eligibility": f"name={quote('甲公司')}",
    f"GET {PREFIX}/in-transit": "days=0",
}
WEBHOOK = {"url": "https://example.org/hook"}
BODIES: dict[str, Any] = {
    "what-if": {"profile": {"name": "national", "toml": STRICTER}, "limit": 1000},
    "bulk": {"commands": [{"type": "complaint", "step": "accept", "case": FILE, "if_match": "*"}]},
    "identity": {"values": ["identity"], "purpose": "核实"},
    "same complainant": {"phone": "13800000000"},
    "plans": {"plan": FILE, "source": "文件", "issued": "2025-01-02", "dry_run": True,
              "task": [{"no": "1", "title": "任务", "leads": ["zjj"], "due": "长期"}]},
    f"POST {PREFIX}/webhooks": WEBHOOK,
    f"PATCH {PREFIX}/webhooks/<uuid:webhook>": WEBHOOK,
    f"POST {PREFIX}/webhooks/<uuid:webhook>/replay": {"from": 1},
}  # fmt: skip
NOT_A_WORD = ALL - SEES["joint_punishment"]
"""Who is to find the number of the file nowhere."""


TELLING = {f"GET {PREFIX}/cases", f"GET {PREFIX}/history", f"GET {PREFIX}/holdings", f"POST {PREFIX}/what-if"}
