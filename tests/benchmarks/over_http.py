"""Goal 7: one action logged over HTTP, with authentication and validation, beside Django doing the same."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.postgres.embedded import APP
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import migrate_all
from infrastructure.postgres.tokens import create_token
from tests.benchmarks.crews import Operation
from tests.benchmarks.lives import DEPARTMENTS, LENGTH, OFFICER, STEPS, command
from tests.benchmarks.machine import Family
from tests.benchmarks.report import Goal, Report
from tests.benchmarks.rounds import Contestant, Referee
from tests.benchmarks.world import World, found_ledger

WORKERS, THREADS, CLIENTS = 2, 4, 8
PEER, OURS, FLOOR = "Django REST + simple-history", "Anjuan", "bare Flask, one INSERT"
PATIENCE = 60.0
TABLE = """
    create table said (number text, version bigint, payload bytea, occurred_at timestamptz, department text,
        recorded_at timestamptz default clock_timestamp(), unique (number, version))
"""
REQUESTS_PER_CONNECTION = 100


class Answered(AssertionError):
    """A server answered otherwise than with success."""


class Line:
    """One connection to a server, made anew from time to time; a client so plain that it costs the servers little."""

    def __init__(self, url: str, headers: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._headers = f"Host: {parts.netloc}\r\nContent-Type: application/json\r\n{headers}"
        self._socket: socket.socket | None = None
        self._left = 0

    def post(self, path: str, body: bytes, expected: int, more: str = "") -> None:
        """Post, and read the whole answer."""
        if not self._left or self._socket is None:
            self._renew()
        assert self._socket is not None
        self._left -= 1
        head = f"POST {path} HTTP/1.1\r\n{self._headers}{more}Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)
        answer = self._read(self._socket)
        if not answer.startswith(b"HTTP/1.1 %d " % expected):
            raise Answered(f"{path}: {answer[:1000].decode(errors='replace')}")

    def _renew(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = socket.create_connection(self._address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = REQUESTS_PER_CONNECTION

    def _read(self, connection: socket.socket) -> bytes:
        answer = connection.recv(65536)
        while b"\r\n\r\n" not in answer:
            answer += self._more(connection)
        head, _, body = answer.partition(b"\r\n\r\n")
        wanted = next(int(each[15:]) for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:"))
        while len(body) < wanted:
            body += self._more(connection)
        return head + b"\r\n\r\n" + body

    def _more(self, connection: socket.socket) -> bytes:
        found = connection.recv(65536)
        if not found:
            raise Answered("the server hung up")
        return found


def acting(url: str, token: str) -> Callable[[], Operation]:
    """The twenty steps of case after case, as a department sends them."""

    def client() -> Operation:
        line = Line(url, f"Authorization: Bearer {token}\r\n")
        case: list[Any] = ["", 0]

        def once() -> int:
            place = case[1] % LENGTH
            case[1] += 1
            if place == 0:
                case[0] = f"TS-{uuid4().hex[:12]}"
                line.post("/api/v1/complaint", _body(case[0], 0, number=case[0]), 201)
            else:
                path = f"/api/v1/complaint/{case[0]}/{STEPS[place][0].replace('_', '-')}"
                line.post(path, _body(case[0], place), 200, f'If-Match: "{place}"\r\n')
            return 1

        return once

    return client


def _body(number: str, place: int, /, **more: Any) -> bytes:
    asked = command(number, place, DEPARTMENTS[0])
    said = {**asked.arguments, "occurred_at": asked.occurred_at.isoformat(), **more}
    return json.dumps(said, default=str).encode()


def peer_acting(url: str, token: str) -> Callable[[], Operation]:
    """The same for the peer."""

    def client() -> Operation:
        line = Line(url, f"Authorization: Token {token}\r\n")
        case: list[Any] = ["", 0]

        def once() -> int:
            place = case[1] % LENGTH
            case[1] += 1
            if place == 0:
                case[0] = f"TS-{uuid4().hex[:12]}"
                line.post("/cases", _peer_body(case[0], 0, number=case[0]), 201)
            else:
                body = _peer_body(case[0], place, step=STEPS[place][0])
                line.post(f"/cases/{case[0]}/actions", body, 200, f'If-Match: "{place}"\r\n')
            return 1

        return once

    return client


def _peer_body(number: str, place: int, /, **more: Any) -> bytes:
    asked = command(number, place, DEPARTMENTS[0])
    said = {"said": asked.arguments, "occurred_at": asked.occurred_at.isoformat(), **more}
    return json.dumps(said, default=str).encode()


@contextmanager
def served(command_line: list[str], environment: dict[str, str], port: int, log: Path) -> Iterator[Family]:
    """A server in processes of its own, once it answers."""
    with log.open("wb") as told:
        process = subprocess.Popen(command_line, env={**os.environ, **environment}, stdout=told, stderr=told)
        try:
            _wait(port, process, log)
            yield Family(process.pid)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Answered(f"no server came up:\n{log.read_text(errors='replace')[-3000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _database(world: World, name: str) -> tuple[str, str]:
    """The URLs of a new database for the application and for its owner: a server works for every ledger of its database."""
    world.connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return _elsewhere(world.app, name), _elsewhere(world.owner, name)


def _elsewhere(url: str, database: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=f"/{database}").geturl()


@contextmanager
def ours(world: World, folder: Path) -> Iterator[Contestant]:
    """The product as `anjuan serve` runs it, sequencer and projector included."""
    app, owner = _database(world, "served")
    with connect(owner, name="bench") as connection:
        migrate_all(connection, app=APP)
        made = found_ledger(connection, app)
        token = create_token(connection, jurisdiction=made.name, organ=DEPARTMENTS[0], officer=OFFICER)
        port = _free_port()
        line = [sys.executable, "-m", "api", "serve", "--port", str(port), "--workers", str(WORKERS)]
        with served(line, {"DATABASE_URL": app, "ANJUAN_OWNER_URL": owner}, port, folder / "anjuan.log") as family:
            counted = sql.SQL("select count(*) from {}").format(sql.Identifier(made.schema, "events"))
            yield Contestant(
                OURS, partial(acting, f"http://127.0.0.1:{port}", token), partial(_count, connection, counted), family
            )


@contextmanager
def peer(world: World, folder: Path) -> Iterator[Contestant]:
    """Django with as many workers and threads."""
    _, owner = _database(world, "peer")
    token, port = secrets.token_hex(20), _free_port()
    environment = {"PEER_DATABASE": make_conninfo(owner)}
    made = [sys.executable, "-c", "import tests.benchmarks.django_peer"]
    subprocess.run(made, env={**os.environ, **environment, "PEER_TOKEN": token}, check=True)
    line = _gunicorn(port, "tests.benchmarks.django_peer:app")
    with connect(owner, name="bench") as connection, served(line, environment, port, folder / "django.log") as family:
        counted = sql.SQL("select count(*) from django_peer_historicalcase")
        yield Contestant(
            PEER, partial(peer_acting, f"http://127.0.0.1:{port}", token), partial(_count, connection, counted), family
        )


@contextmanager
def floor(world: World, folder: Path) -> Iterator[Contestant]:
    """What the framework under the product costs by itself."""
    _, owner = _database(world, "floor")
    token, port = secrets.token_hex(20), _free_port()
    environment = {"FLOOR_DATABASE": owner, "FLOOR_TOKEN": token}
    with connect(owner, name="bench") as connection:
        connection.execute(TABLE)
        with served(
            _gunicorn(port, "tests.benchmarks.flask_floor:app"), environment, port, folder / "flask.log"
        ) as family:
            counted = sql.SQL("select count(*) from said")
            yield Contestant(
                FLOOR,
                partial(peer_acting, f"http://127.0.0.1:{port}", token),
                partial(_count, connection, counted),
                family,
            )


def _gunicorn(port: int, app: str) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS),
            "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--keep-alive", "15", app]  # fmt: skip


def _count(connection: Any, query: Any) -> int:
    return int(connection.execute(query).fetchone()[0])


def measure(world: World, referee: Referee, folder: Path) -> Report:
    """Goal 7."""
    with ours(world, folder) as product, peer(world, folder) as django, floor(world, folder) as least:
        contest = referee.contest(
            f"log one action over HTTP, {WORKERS} workers each",
            "actions",
            [django, product, least],
            clients=(1, CLIENTS),
        )
        memory = (product.serves.memory() if product.serves else 0) / 2**20
    goal = Goal("7 one action over HTTP / Django, 8 clients", contest.ratio(OURS, CLIENTS), at_least=4)
    report = Report([contest], goals=[goal])
    least_of_all = contest.ratio(FLOOR, CLIENTS)
    report.notes.append(f"Flask that records without looking reaches {least_of_all:.2f} times Django, 8 clients.")
    report.notes.append(f"Anjuan's {WORKERS} workers and their master hold {memory:.0f} MB of their own after this.")
    return report
