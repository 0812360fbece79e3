"""A planted name is found nowhere: not in files, WAL, dumps, logs, answers or exports; a name planted in plain is."""

from __future__ import annotations

import json
import secrets
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from infrastructure.postgres.pool import connect
from infrastructure.postgres.programs import find
from tests.command_line.processes import ROOT, Anjuan, Running
from tests.servers import programs

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"
CANARY = f"金丝雀{secrets.token_hex(8)}"
CONTROL = f"麻雀{secrets.token_hex(8)}"
NUMBER = "宣公管诉〔2025〕1号"
HOLDER, STRANGER, OFFICE, INSPECTOR, ADMINISTRATOR = "zjj", "slj", "zwj", "jwjc", "admin"
ID_NUMBER = f"422825{secrets.randbelow(10**12):012}"
REQUEST = {"file_no": NUMBER, "about": NUMBER, "values": ["identity", "contact", "text"], "motive": "核实证据"}
VIEW = f"/api/v1/identity/{quote(NUMBER, safe='')}-CY1/view"
OFFICER = """
[[officer]]
officer = "{0}-1"
name = "{0}"
organ = "{0}"
duties = ["handler", "intake"]
"""


@dataclass(frozen=True)
class Aviary:
    """A server in which both names were planted, and what was said about it. `seen`: what was shown to who may see the name."""

    anjuan: Anjuan
    home: Path
    tokens: dict[str, str]
    answers: list[bytes]
    seen: bytes
    err: str
    dump: bytes


def ask(running: Running, method: str, path: str, token: str, body: Any = None) -> bytes:
    """What is answered, headers included."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": path,
        "If-Match": "*",
    }
    given = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(running.url + path, given, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return bytes(response.read()) + str(response.headers).encode()
    except urllib.error.HTTPError as refused:
        return refused.read() + str(refused.headers).encode()


def token(anjuan: Anjuan, organ: str) -> str:
    added = anjuan.run("token", "add", organ, "--officer", f"{organ}-1", "--json")
    assert added.code == 0, added.err
    return str(added.json["token"])


def case_of(number: str) -> str:
    return f"/api/v1/cases/{quote(number, safe='')}"


def plant(running: Running, tokens: dict[str, str]) -> Iterator[bytes]:
    """Register a complaint of the canary's, the control in its reason, and ask everything there is to ask, as everybody."""
    about = {"number": NUMBER, "subject": "bidding", "objection_needed": False, "reason": CONTROL}
    hidden = {
        "complainant": CANARY, "contact": f"电话{CANARY}", "text": f"举报内容{CANARY}" * 40, "id_number": ID_NUMBER,
        "phone": CANARY,
    }  # fmt: skip
    for body in ({**about, **hidden}, {**about, **hidden}, {**about, **hidden, "text": 7}, {**about, **hidden, "x": 1}):
        yield ask(running, "POST", "/api/v1/complaint", tokens[HOLDER], body)
    case, access = case_of(NUMBER), case_of(f"{NUMBER}-CY1")
    yield ask(running, "POST", "/api/v1/identity-access", tokens[HOLDER], REQUEST)
    yield ask(running, "POST", f"/api/v1/identity-access/{quote(NUMBER, safe='')}-CY1/approve", tokens[INSPECTOR], {})
    later = "%2B08%3A00"
    for organ in tokens:
        for path in (
            case,
            f"{case}/events",
            f"{case}/timeline",
            access,
            f"{access}/events",
            f"/api/v1/files/{quote(NUMBER, safe='')}",
            f"/api/v1/cases?q={quote(CANARY)}",
            "/api/v1/cases",
            "/api/v1/overdue",
            "/api/v1/holdings",
            "/api/v1/accesses",
            "/metrics",
            "/readyz",
            f"{case}?as_of=2030-01-01T00:00:00{later}",
        ):
            yield ask(running, "GET", path, tokens[organ])
        yield ask(running, "POST", "/api/v1/identity/same-complainant", tokens[organ], {"id_number": ID_NUMBER})
        if organ != HOLDER:
            yield ask(running, "POST", VIEW, tokens[organ], {})
    yield ask(running, "POST", f"/api/v1/complaint/{quote(NUMBER, safe='')}/accept", tokens[STRANGER], {})


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Aviary]:
    """A server of its own on an embedded database of its own, run to its end."""
    home = request.getfixturevalue("roost")
    anjuan = Anjuan(home)
    with anjuan.serving("serve", "--port", "0") as running:
        organs = tmp_path_factory.mktemp("organs") / "xuanen.toml"
        everybody = (HOLDER, STRANGER, OFFICE, INSPECTOR, ADMINISTRATOR)
        organs.write_text(ORGANS.read_text() + "".join(map(OFFICER.format, everybody)))
        words = ("jurisdiction", "add", "xuanen", "--organs", str(organs), "--kind", "real")
        done = anjuan.run(*words, "--profiles", "xuanen-2020,national")
        assert done.code == 0, done.err
        tokens = {organ: token(anjuan, organ) for organ in everybody}
        answers = list(plant(running, tokens))
        seen = ask(running, "POST", VIEW, tokens[HOLDER], {})
        url = anjuan.run("db", "url", "--owner").out.strip()
        with connect(url.replace("anjuan_owner@", "postgres@")) as superuser:
            superuser.execute("checkpoint")
        answers.append(anjuan.run("events", "export", "--jurisdiction", "xuanen").out.encode())
        dump = subprocess.run([str(find(programs()).folder / "pg_dump"), url], capture_output=True, check=True).stdout
        _, err = running.stop()
    yield Aviary(anjuan, home, tokens, answers, seen, err, dump)


def found_in(folder: Path, name: str) -> set[str]:
    """The first folders below one in whose files a name occurs."""
    told = name.encode()
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path.relative_to(folder).parts[0] for path in files if told in path.read_bytes()}


def data(aviary: Aviary) -> Path:
    (found,) = aviary.home.glob("pg*/data")
    return found


def test_the_names_were_planted(aviary: Aviary) -> None:
    first, again = (answer.decode() for answer in aviary.answers[:2])
    assert '"number":"' + NUMBER in first.replace('": "', '":"'), first
    assert "idempotency-replayed: true" in again.lower()


def test_who_may_see_the_name_sees_it(aviary: Aviary) -> None:
    """The control of all that follows: the name is there, and comes out in one way."""
    assert aviary.seen.decode().count(CANARY) >= 3
    assert ID_NUMBER in aviary.seen.decode()
    named = json.dumps({"cases": [NUMBER], "others": 0}, ensure_ascii=False, separators=(",", ":"))[:-1]
    assert sum(named.encode() in each for each in aviary.answers) >= 1, "who reads the case is told of it"


def test_the_protected_name_is_in_no_file_of_the_database_and_the_plain_one_is(aviary: Aviary) -> None:
    assert found_in(data(aviary), CANARY) == found_in(data(aviary), ID_NUMBER) == set()
    assert {"base", "pg_wal"} <= found_in(data(aviary), CONTROL)


def test_the_protected_name_is_in_no_dump_and_the_plain_one_is(aviary: Aviary) -> None:
    assert CANARY.encode() not in aviary.dump and ID_NUMBER.encode() not in aviary.dump
    assert CONTROL.encode() in aviary.dump


def test_the_protected_name_is_in_no_log_and_nowhere_in_the_home_folder(aviary: Aviary) -> None:
    assert "/api/v1/complaint" in aviary.err, "the control: there is a log, with the request"
    assert CANARY not in aviary.err
    assert quote(CANARY) not in aviary.err
    assert found_in(aviary.home, CANARY) == set()


def test_no_answer_and_no_export_shows_the_protected_name_and_they_show_the_plain_one(aviary: Aviary) -> None:
    shown = [each.replace(quote(CANARY).encode(), b"") for each in aviary.answers]
    spellings = (CANARY, json.dumps(CANARY)[1:-1], ID_NUMBER)
    assert [each for each in shown if any(spelling.encode() in each for spelling in spellings)] == []
    assert sum(CONTROL.encode() in each or json.dumps(CONTROL)[1:-1].encode() in each for each in shown) >= 2


def test_keys_are_listed_and_changed_and_never_shown(aviary: Aviary) -> None:
    before = aviary.anjuan.run("keys", "list", "--json").json
    assert [(each["data_keys"], each["in_use"]) for each in before["items"]] == [(1, True), (1, True)]
    both = aviary.anjuan.run("keys", "rotate", "--keep-old", "--json").json
    assert [each["data_keys"] for each in both["items"]] == [0, 1, 0, 1]
    after = aviary.anjuan.run("keys", "rotate")
    assert after.code == 0
    old = {each["kek"] for each in both["items"]}
    told = aviary.anjuan.run("keys", "list")
    assert (told.out, not [each for each in old if each in told.out]) == (after.out, True)
    secret = [path.read_bytes() for path in (aviary.home / "keys" / "keks").iterdir()]
    assert len(secret) == 2
    assert not any(each.hex() in told.out for each in secret)


def test_keys_that_are_open_to_others_are_refused_by_name(aviary: Aviary) -> None:
    folder = aviary.home / "keys" / "keks"
    folder.chmod(0o755)
    opened = next(folder.iterdir())
    opened.chmod(0o644)
    done = aviary.anjuan.run("keys", "rotate", "--json")
    opened.chmod(0o600)
    folder.chmod(0o700)
    assert (done.code, done.error["error"]) == (2, "keys-exposed")
