"""`anjuan inspection draw` repeats a draw without a ledger, and says whether it is the one that was recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.draw import METHOD, commitment, drawn
from tests.command_line.processes import Done

NAMES = ("甲标段", "乙标段", "丙标段", "丁标段")
SEED = "2025-09-03 体彩 08412"
ASKED = ("inspection", "draw", "--seed", SEED, "--take", "2")


def test_the_names_are_drawn_from_the_line_or_from_a_file(ended: Callable[..., Done], tmp_path: Path) -> None:
    pool = tmp_path / "pool.txt"
    pool.write_text("\n".join((*NAMES[::-1], "", "")), encoding="utf-8")
    expected = drawn(SEED, NAMES, 2)
    assert ended(*ASKED, NAMES[0], "--pool", str(pool)).code == 2
    for source in (NAMES, ("--pool", str(pool))):
        done = ended(*ASKED, "--json", *source)
        assert (done.code, done.json["drawn"], done.json["equal"]) == (0, list(expected), None)
        assert (done.json["method"], done.json["commitment"]) == (METHOD, commitment(SEED))


def test_what_was_recorded_is_confirmed_or_not(ended: Callable[..., Done]) -> None:
    one, two = drawn(SEED, NAMES, 2)
    right = ended(*ASKED, *NAMES, "--expect", one, "--expect", two)
    assert (right.code, right.out.splitlines()) == (0, [one, two, "as recorded"])
    wrong = ended(*ASKED, *NAMES, "--expect", two, "--expect", one, "--json")
    assert (wrong.code, wrong.json["equal"]) == (1, False)


def test_a_list_that_names_somebody_twice_or_too_few_is_wrong_usage(ended: Callable[..., Done]) -> None:
    for names in ((*NAMES, "甲标段 "), NAMES[:1]):
        assert ended(*ASKED, *names).code == 2
