"""The server: what it answers, how it ends, and what it does when something it rests on is taken away."""

from __future__ import annotations

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from api.cli.serve import THREADS
from tests.command_line.processes import Anjuan, Running
from tests.waiting import until


@pytest.fixture(scope="module")
def served(anjuan: Anjuan) -> Iterator[Running]:
    with anjuan.serving("serve", "--port", "0", "--workers", "2") as running:
        yield running


def test_it_is_alive_ready_and_says_what_it_is(served: Running) -> None:
    assert served.get("/healthz") == {"status": "ok"}
    assert served.get("/version")["name"] == "anjuan"
    assert served.get("/api/openapi.json")["openapi"].startswith("3.1")


def test_every_worker_answers_and_none_opens_a_control_socket(served: Running) -> None:
    workers = psutil.Process(served.process.pid).children()
    assert len(workers) == 2
    for process in (psutil.Process(served.process.pid), *workers):
        paths = [each.laddr for each in process.net_connections("unix") if isinstance(each.laddr, str)]
        assert [path for path in paths if path.endswith("gunicorn.ctl")] == []


def test_more_connections_than_threads_are_answered_again_and_again(served: Running) -> None:
    links = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=60) for _ in range(3 * 2 * THREADS)]
    for _ in range(3):
        for link in links:
            link.request("GET", "/healthz")
        for link in links:
            with link.getresponse() as answer:
                assert answer.status == 200
                answer.read()
    for link in links:
        link.close()


def test_two_requests_sent_in_one_go_are_both_answered(served: Running) -> None:
    request = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as link:
        link.sendall(f"{request}\r\n{request}Connection: close\r\n\r\n".encode())
        answered = b"".join(iter(lambda: link.recv(65536), b""))
    assert answered.count(b"HTTP/1.1 200 OK") == 2


def test_a_worker_that_is_killed_is_replaced(served: Running) -> None:
    master = psutil.Process(served.process.pid)
    first = master.children()[0]
    first.kill()
    until(lambda: first.pid not in [each.pid for each in master.children()] and len(master.children()) == 2)
    assert served.get("/healthz") == {"status": "ok"}


def test_a_port_that_is_taken_is_exit_code_4(anjuan: Anjuan, served: Running) -> None:
    done = anjuan.run("serve", "--port", str(served.port), "--json")
    assert done.code == 4
    assert str(served.port) in done.error["detail"]


@pytest.mark.usefixtures("used")
def test_sigterm_lets_it_finish_what_it_is_at_and_stops_the_database(home: Path) -> None:
    running = Anjuan(home).start("serve", "--port", "0")
    assert list(home.glob("pg*/data/postmaster.pid"))
    link = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    link.putrequest("POST", "/api/v1/complaint")
    link.putheader("Content-Type", "application/json")
    link.putheader("Content-Length", "13")
    link.endheaders(b'{"nam')
    until(lambda: _taken_over(running, link))
    running.process.send_signal(signal.SIGTERM)
    until(lambda: not _listens(running))
    link.send(b'e": "x"}')
    assert link.getresponse().status == 401
    link.close()
    code, err = running.stop()
    assert (code, "Traceback" in err) == (0, False)
    assert not list(home.glob("pg*/data/postmaster.pid"))
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", running.port), timeout=2):
        pass


@pytest.mark.usefixtures("used")
def test_a_killed_database_is_started_again_and_ctrl_c_ends_it_all_gently(home: Path) -> None:
    running = Anjuan(home).start("demo", "--port", "0")
    token = running.said["tokens"]["zjj"]
    (pid_file,) = home.glob("pg*/data/postmaster.pid")
    os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGKILL)
    until(lambda: _answers(running, token))
    code, err = running.stop(signal.SIGINT)
    assert (code, "Traceback" in err) == (0, False)
    assert not list(home.glob("pg*/data/postmaster.pid"))


def _taken_over(running: Running, link: http.client.HTTPConnection) -> bool:
    """Whether a worker has the connection, and not the kernel alone."""
    port = link.sock.getsockname()[1]
    (worker,) = psutil.Process(running.process.pid).children()
    return any(each.raddr and each.raddr.port == port for each in worker.net_connections("tcp"))


def _listens(running: Running) -> bool:
    """Whether the master would let anybody in, which it ceases to do when it tells its workers to end."""
    return any(each.status == psutil.CONN_LISTEN for each in psutil.Process(running.process.pid).net_connections("tcp"))


def _answers(running: Running, token: str) -> bool:
    try:
        return bool(running.get("/api/v1/cases/TS-2025-001", token)["holder"] is None)
    except OSError:
        return False
