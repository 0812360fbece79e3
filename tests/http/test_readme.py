"""What the README says can be asked is asked of the demonstration county, and the answers are those it shows."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from api.scenario.command import served
from api.wiring import wire
from tests.http.client import Client
from tests.servers import Database

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = re.compile(
    r"^<!-- run -->\n+```sh\n(.*?)^```\n+<!-- the answer has -->\n+```json\n(.*?)^```", re.MULTILINE | re.DOTALL
)
EXAMPLES = RUN.findall(README)
ADDRESS = "http://127.0.0.1:8000"


@dataclass
class Curl:
    """What a curl command asks."""

    path: str = ""
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """A request with a body is a POST, as curl has it."""
        return "GET" if self.body is None else "POST"


def curl(command: str) -> Curl:
    """Read a command as far as the README needs it: -s, -H, -d and one address."""
    program, *words = shlex.split(command.replace("\\\n", " "))
    assert program == "curl"
    asked, rest = Curl(), iter(words)
    for word in rest:
        match word:
            case "-s":
                pass
            case "-H":
                name, _, value = next(rest).partition(": ")
                asked.headers[name] = value
            case "-d":
                asked.body = next(rest).encode()
            case _:
                assert word.startswith(ADDRESS), word
                asked.path = word.removeprefix(ADDRESS)
    return asked


def missing(shown: Any, answer: Any, path: str = "") -> Iterator[str]:
    """Where the answer lacks what is shown: keys of objects, and items of lists in their order."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        for key, value in shown.items():
            yield from missing(value, answer[key], f"{path}.{key}") if key in answer else [f"{path}.{key} is not there"]
    elif isinstance(shown, list) and isinstance(answer, list):
        items = iter(answer)
        for place, value in enumerate(shown):
            if not any(not list(missing(value, item)) for item in items):
                yield f"{path}[{place}] is not among {answer}"
    elif shown != answer:
        yield f"{path} is {answer!r}, not {shown!r}"


def test_every_example_that_is_shown_is_run() -> None:
    assert len(EXAMPLES) == README.count("\ncurl ") == README.count("<!-- run -->") >= 5


@pytest.mark.parametrize(
    ("shown", "answer"),
    [({"a": 1}, {"a": 2}), ({"a": 1}, {}), ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}), ([1, 2], [2, 1])],
)
def test_an_answer_that_differs_is_noticed(shown: Any, answer: Any) -> None:
    assert list(missing(shown, answer))
    assert not list(missing(shown, shown))


@pytest.fixture(scope="module")
def demonstration(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, dict[str, str]]]:
    """The demonstration county, loaded by its own command and served; answers the port and each organ's token."""
    home = tmp_path_factory.mktemp("home")
    chosen = {"DATABASE_URL": database.app, "ANJUAN_OWNER_URL": database.owner, "ANJUAN_HOME": str(home)}
    command = [sys.executable, "-m", "api", "demo", "--load-only", "--json"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **chosen}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in chosen.items():
            patch.setenv(name, value)
        wiring = wire()
    try:
        wiring.catch_up(wiring.place(said["jurisdiction"]))
        with served(wiring) as port:
            yield port, said["tokens"]
    finally:
        wiring.close()


def test_what_the_readme_asks_is_answered_as_it_says(demonstration: tuple[int, dict[str, str]]) -> None:
    port, tokens = demonstration
    client = Client(port, None)
    for command, shown in EXAMPLES:
        asked = curl(command.replace("$TOKEN", tokens["zjj"]).replace("$INSPECTOR", tokens["jwjc"]))
        answer = client.send(asked.method, asked.path, asked.body, asked.headers)
        assert list(missing(json.loads(shown), answer.json)) == [], command
    client.close()
