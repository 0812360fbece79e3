"""Whoever delivers may be killed at any moment, and any number may run: nothing is lost, nothing overtakes, one delivers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.notices.conftest import Office
from tests.notices.receiver import Receiver

REPOSITORY = Path(__file__).parents[2]
Receive = Callable[..., Receiver]
Process = subprocess.Popen[str]


@pytest.fixture
def delivering(office: Office) -> Iterator[Callable[[], Process]]:
    """Starts other processes that may deliver, ready when it returns; none outlives the test."""
    started: list[Process] = []

    def start() -> Process:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.notices.delivering", office.database.app, office.place.name],
            cwd=REPOSITORY,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        return process

    yield start
    for each in started:
        kill(each)


def kill(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def firsts(positions: list[int]) -> list[int]:
    """Each position where it came first."""
    return list(dict.fromkeys(positions))


def test_a_deliverer_killed_in_the_middle_loses_nothing_and_keeps_the_order(
    office: Office, receive: Receive, delivering: Callable[[], Process]
) -> None:
    receiver = receive(lambda n, notice: time.sleep(0.02) or 200)
    office.subscribe(receiver, topics=("complaint.*",))
    expected = office.complain(30)
    kills = 0
    while len(set(receiver.positions())) < 30:
        process = delivering()
        seen = len(receiver.came)
        receiver.until(lambda seen=seen: len(receiver.came) >= seen + 9 or len(set(receiver.positions())) == 30)
        kill(process)
        kills += 1
    assert kills >= 3
    assert firsts(receiver.positions()) == expected, "every fact, in the order of the log"
    twice = len(receiver.came) - len(expected)
    assert twice <= kills, "at most the one notice that was on its way came again"
    assert len({each.identifier for each in receiver.came}) == 30, "and it came again under its own id"


def test_two_processes_deliver_once_while_both_live_and_one_succeeds_the_other(
    office: Office, receive: Receive, delivering: Callable[[], Process]
) -> None:
    receiver = receive()
    office.subscribe(receiver, topics=("complaint.*",))
    one, two = delivering(), delivering()
    expected = office.complain(30)
    receiver.until(lambda: len(receiver.came) >= 30)
    assert receiver.positions() == expected, "each once"
    kill(one)
    expected += office.complain(10)
    receiver.until(lambda: len(set(receiver.positions())) == 40)
    kill(two)
    expected += office.complain(1)
    delivering()
    receiver.until(lambda: len(set(receiver.positions())) == 41)
    assert firsts(receiver.positions()) == expected


def test_without_the_lock_both_would_deliver(office: Office, receive: Receive) -> None:
    """The control: what keeps the second process from delivering is the lock, and nothing else in the test."""
    receiver = receive(lambda n, notice: time.sleep(0.05) or 200)
    webhook = office.subscribe(receiver, topics=("complaint.*",))
    office.complain(3)
    first = office.deliverer()
    receiver.until(lambda: first.couriers())
    second = office.place.outbound.deliverer(lambda: None)  # type: ignore[arg-type,return-value]
    courier = second._courier(webhook)
    courier.start()
    receiver.until(lambda: len(set(receiver.positions())) == 3)
    courier.stop()
    receiver.until(lambda: office.standing(webhook)["position"] >= max(receiver.positions()))
    assert len(receiver.came) > 3
    assert firsts(receiver.positions()) == sorted(set(receiver.positions()))
