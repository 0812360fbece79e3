"""The volumes of a log have origins of their own, and no size has two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.volumes import Beginning, Volumes, ledger_of, origin_of, volume_of

LEDGER = "anjuan/xuanen/5f0c2b"
LOST = Checkpoint(LEDGER, 12, bytes(32)).text()
SECOND = Beginning(2, 9, datetime(2026, 3, 1, tzinfo=UTC), "rolled back", "a disk", LOST, 8)
FOURTH = Beginning(4, 15, datetime(2026, 4, 1, tzinfo=UTC), "lost", "a fire", "", 13)


@pytest.mark.parametrize("volume", [1, 2, 10, 999_999_999])
def test_the_origin_of_a_volume_names_its_ledger_and_its_number(volume: int) -> None:
    origin = origin_of(LEDGER, volume)
    assert (ledger_of(origin), volume_of(origin)) == (LEDGER, volume)
    assert (origin == LEDGER) == (volume == 1)


@pytest.mark.parametrize(
    "other",
    ["log.example/7", "a/b/7", f"{LEDGER}/receipt", f"{LEDGER}/1", f"{LEDGER}/0", f"{LEDGER}/02", f"{LEDGER}/-2",
     f"{LEDGER}/２", f"{LEDGER}/", f"{LEDGER}/2/3", f"{LEDGER}/" + 10 * "9"],
)  # fmt: skip
def test_what_is_no_origin_of_a_later_volume_is_taken_for_nothing_else(other: str) -> None:
    assert (ledger_of(other), volume_of(other)) == (other, 1)


def test_each_size_is_one_of_one_volume_and_between_the_end_of_one_and_the_next_of_none() -> None:
    volumes = Volumes(LEDGER, (SECOND, FOURTH))
    found = {size: volumes.origin_at(size) for size in range(1, 18)}
    assert {size for size, origin in found.items() if origin == LEDGER} == set(range(1, 9))
    assert {size for size, origin in found.items() if origin == f"{LEDGER}/2"} == set(range(9, 14))
    assert found[14] is None
    assert {size for size, origin in found.items() if origin == f"{LEDGER}/4"} == {15, 16, 17}
    assert (volumes.newest, volumes.origin, Volumes(LEDGER).origin_at(99)) == (4, f"{LEDGER}/4", LEDGER)


def test_what_was_lost_is_told_as_far_as_anything_tells() -> None:
    assert SECOND.gone == 4
    assert FOURTH.gone is None
    assert replace(SECOND, lost="nonsense").gone is None
    assert replace(SECOND, remains=12).gone == replace(SECOND, remains=20).gone == 0


@pytest.mark.parametrize(
    "wrong", [replace(FOURTH, volume=2), replace(FOURTH, volume=1), replace(FOURTH, remains=15), replace(FOURTH, remains=-1)]
)  # fmt: skip
def test_beginnings_that_cannot_follow_one_another_are_named(wrong: Beginning) -> None:
    assert Volumes(LEDGER, (SECOND, wrong)).disordered() == wrong
    assert Volumes(LEDGER, (SECOND, FOURTH)).disordered() is None
    assert Volumes(LEDGER).disordered() is None
    assert Volumes(LEDGER, (replace(SECOND, remains=0),)).disordered() is None, "nothing may remain"


def test_of_a_volume_that_the_ledger_has_forgotten_nothing_remains() -> None:
    volumes = Volumes(LEDGER, (SECOND, FOURTH))
    assert [volumes.remains(each) for each in (1, 2, 3, 4)] == [8, 13, 0, 0]
    assert volumes.numbers == (1, 2, 4)
