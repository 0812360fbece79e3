"""Thousands of attempts to change a stored ledger, each found, with its cause and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import psycopg
import pytest

from infrastructure.verifying.found import Check
from tests.verifying.attacked import Attacked
from tests.verifying.tampering import CHECKS, Attempt, attempts

EVERY = 15
"""Of the attempts one in so many is made wherever tests run, all of them outside."""


@pytest.fixture(scope="module")
def open_(new_attacked: Callable[..., Attacked]) -> Iterable[Attacked]:
    """A ledger whose guards are all off, in a transaction that is never committed."""
    made = new_attacked()
    with made.undone():
        made.disarm()
        made.run("ALTER TABLE {schema}.events ALTER event_no DROP IDENTITY")
        yield made


def missed(on: Attacked, wanted: Iterable[Attempt], without: Check | None = None) -> tuple[int, list[str]]:
    """How many attempts were made, and those that were not found, or not by their cause and place."""
    made, wrong = 0, list[str]()
    for attempt in wanted:
        checks = attempt.checks - {without}
        try:
            with on.undone():
                attempt.attack(on)
                found = on.verified(frozenset(checks))
        except (psycopg.DataError, psycopg.IntegrityError):
            continue  # the table itself does not take it
        made += 1
        told = [each for each in found.findings if each.cause in attempt.causes and _near(attempt.where, each.where)]
        if not told:
            wrong.append(f"{attempt.what}: {[str(each) for each in found.findings]}")
    return made, wrong


def _near(wanted: str, told: str) -> bool:
    """Whether a finding tells of a place, by itself or in a run."""
    if not wanted.startswith("position"):
        return told.startswith(wanted)
    if not told.startswith("position "):
        return False
    first, _, last = told.removeprefix("position ").partition("-")
    return int(first) <= int(wanted.removeprefix("position ")) <= int(last or first)


def test_one_attempt_in_some_is_found(open_: Attacked) -> None:
    wanted = [each for place, each in enumerate(attempts(open_)) if place % EVERY == 0]
    made, wrong = missed(open_, wanted)
    assert not wrong, "\n".join(wrong)
    assert made >= 600


@pytest.mark.outside
@pytest.mark.parametrize("part", range(4))
def test_every_attempt_is_found(open_: Attacked, part: int) -> None:
    every = list(attempts(open_))
    assert len(every) >= 10_000
    made, wrong = missed(open_, every[part::4])
    assert not wrong, "\n".join(wrong)
    assert made >= 2_500


@pytest.mark.parametrize("check", [Check.LEAVES, Check.TILES])
def test_control_a_verifier_without_a_check_misses_some(open_: Attacked, check: Check) -> None:
    wanted = [each for each in attempts(open_) if each.checks is CHECKS][::211]
    made, wrong = missed(open_, wanted, without=check)
    assert 0 < len(wrong) <= made
