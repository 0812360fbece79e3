"""A case type is one folder: put beside the others it has its routes, its documentation, its custody and its clock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.servers import Database

HOUSE = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "infrastructure", "api")
FOLDER = {
    "__init__.py": '''
        """Lost property (失物): a case type that exists in this test only."""
        from domain.cases.lost_property.case import LostProperty
        CASE = LostProperty
        ''',
    "events.py": '''
        """What happens to lost property."""
        from dataclasses import dataclass
        from domain.effects import closes, opens
        from domain.kernel import MatterEvent, OpeningEvent

        @dataclass(frozen=True, kw_only=True)
        class Found(OpeningEvent):
            TOPIC = "lost-property.found"
            CUSTODY = opens()
            what: str

        @dataclass(frozen=True, kw_only=True)
        class GivenBack(MatterEvent):
            TOPIC = "lost-property.given-back"
            CUSTODY = closes()
        ''',
    "case.py": '''
        """Lost property: found, and given back."""
        from __future__ import annotations
        from typing import TYPE_CHECKING
        from domain.cases.lost_property.events import Found, GivenBack
        from domain.kernel import DEPARTMENT, Case, Event, step, unknown
        if TYPE_CHECKING:
            from domain.desk import Desk

        class LostProperty(Case):
            TYPE = "lost_property"
            CODE = "SW"

            @step(DEPARTMENT, opens=True)
            def find(self, desk: Desk, *, what: str, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
                self.record(Found(matter=number, number=number, file_no=file_no, profiles=profiles, what=what))

            @step(states=("found",))
            def give_back(self, desk: Desk) -> None:
                self.record(GivenBack(matter=self.matter))

            def on(self, event: Event) -> None:
                match event:
                    case Found():
                        self.state = "found"
                    case GivenBack():
                        self.state = "given_back"
                    case _:
                        raise unknown(event)
        ''',
}
RULE = """
[[limit]]
id = "LP-BACK5"
title = { zh = "归还失物", en = "Give lost property back" }
status = "derived"
since = 2020-01-01
within = { amount = 5, unit = "working day" }
start = [{ on = "lost-property.found" }]
stop = [{ on = "lost-property.given-back" }]
citation.instrument = "示例"
citation.clause = "一"
"""
DRIVE = """
import json, sys
from api.scenario.command import served
from api.scenario.http import Client
from api.wiring import Administration, Wiring, found_ledger
app_url, owner_url, role, name = sys.argv[1:]
wiring = Wiring(app_url)
with Administration(owner_url, app=role) as owner:
    organ = {"organ": "zjj", "name_zh": "县住建局"}
    found_ledger(wiring, owner, name, kind="rehearsal", calendar="national", profiles=("national",), organs=(organ,))
    token = owner.create_token(jurisdiction=name, organ="zjj")
with served(wiring) as port:
    client = Client("127.0.0.1", port, token)
    opened = client.act("/api/v1/lost-property", {"number": "SW-1", "what": "umbrella"})
    wrong = client.act("/api/v1/lost-property", {"number": "SW-2", "what": 7})
    running = client.get("/api/v1/cases/SW-1")
    back = client.act("/api/v1/lost-property/SW-1/give-back", {})
    closed = client.get("/api/v1/cases/SW-1")
    paths = [path for path in client.get("/api/openapi.json").body["paths"] if "lost-property" in path]
print(json.dumps({"statuses": [opened.status, wrong.status, back.status], "running": running.body,
                  "closed": closed.body, "paths": sorted(paths)}))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the packages with one folder and one rule more."""
    for package in PACKAGES:
        shutil.copytree(HOUSE / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / "domain/cases/lost_property"
    folder.mkdir()
    for name, text in FOLDER.items():
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    profile = tmp_path / "domain/law/profiles/national.toml"
    profile.write_text(profile.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    return tmp_path


def driven(house: Path, database: Database, name: str) -> Any:
    """What the house answers over HTTP."""
    asked = [sys.executable, "-c", DRIVE, database.app, database.owner, database.app_role, name]
    environment = {**os.environ, "PYTHONPATH": str(house)}
    told = subprocess.run(asked, cwd=house, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout)


def test_a_folder_and_a_rule_make_a_case_type(house: Path, database: Database) -> None:
    told = driven(house, database, "t-newtype")
    assert told["statuses"] == [201, 422, 200]
    assert told["paths"] == ["/api/v1/lost-property", "/api/v1/lost-property/{case}/correct",
                             "/api/v1/lost-property/{case}/give-back"]  # fmt: skip
    assert (told["running"]["holder"], told["running"]["state"]) == ("zjj", "found")
    assert [(clock["rule"], clock["state"]) for clock in told["running"]["clocks"]] == [("LP-BACK5", "running")]
    assert (told["closed"]["holder"], told["closed"]["clocks"][0]["state"]) == (None, "met")
