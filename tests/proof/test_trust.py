"""A key counts as long as it is trusted: one that was retired for the trees through a size, and for no other."""

from __future__ import annotations

import pytest

from domain.proof.note import BadNote
from domain.proof.trust import Trusted, counting, read_trusted
from tests.proof.growing import key_of

NEW, OLD, FIRST = (key_of(name).public for name in ("log.example/1", "log.example/2", "log.example/3"))
TEXT = f"# ours\n{NEW}\n\n  {OLD} through 700  \n#{OLD}\n{FIRST} through 0\n"


def test_the_keys_are_read_as_they_are_written() -> None:
    trusted = (Trusted(NEW), Trusted(OLD, 700), Trusted(FIRST, 0))
    assert read_trusted(TEXT) == trusted
    assert [str(each) for each in trusted] == [str(NEW), f"{OLD} through 700", f"{FIRST} through 0"]
    assert read_trusted("\n".join(map(str, trusted))) == trusted
    assert read_trusted("") == read_trusted("\n  \n# nothing") == ()


@pytest.mark.parametrize(
    ("size", "keys"), [(0, [NEW, OLD, FIRST]), (1, [NEW, OLD]), (700, [NEW, OLD]), (701, [NEW]), (10**18, [NEW])]
)
def test_a_retired_key_counts_through_its_last_size(size: int, keys: list[object]) -> None:
    assert counting(read_trusted(TEXT), size) == keys
    assert [each.key for each in read_trusted(TEXT) if each.counts(size) is True] == keys


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "through 7",
        f"{NEW} through",
        f"{NEW} through x",
        f"{NEW} through -1",
        f"{NEW} through 07",
        f"{NEW} through 7 through 8",
        f"{NEW} through  7",
        f"{NEW} {OLD}",
        f"{str(NEW)[:-1]} through 7",
    ],
)
def test_a_line_that_says_no_key_is_not_passed_over(line: str) -> None:
    with pytest.raises(BadNote):
        read_trusted(f"{OLD}\n{line}\n")
