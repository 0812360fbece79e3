"""Whom it hits and who inspects the lot decides (双随机); anyone can repeat the draw."""

from __future__ import annotations

import re
import subprocess
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.cases.inspection import CASE as INSPECTION
from domain.cases.inspection.events import Fixed, JointInspectionStarted, Pool, RandomDrawRecorded
from domain.draw import METHOD, commitment, drawn
from tests.cases.inspection_facts import AGREED, DRAWN, LJ, PROPOSED, STARTED, TOLD, fact
from tests.given import Given, given

PAGE = Path(__file__).parents[2] / "docs/random-draw.md"
TARGETS = Pool("在建项目名录", ("甲标段", "乙标段", "丙标段", "丁标段"))
INSPECTORS = Pool("执法人员名录", ("赵", "钱", "孙", "李", "周"))
DRAW: dict[str, Any] = {
    "seed": "2025-09-03 体彩 08412", "target_pool": TARGETS, "targets": 2, "inspector_pool": INSPECTORS, "inspectors": 3,
}  # fmt: skip
OUTSIDE: dict[str, Any] = {"targets": ("甲标段",), "inspectors": ("检查员一", "检查员二")}
COMMITTED = (
    *PROPOSED,
    fact(type(AGREED[1][0])(**{**vars(AGREED[1][0]), "seed_commitment": Fixed(commitment(DRAW["seed"]))}), "02"),
)

names = st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=1, max_size=8, unique=True)
seeds = st.text(min_size=1, max_size=30)


def draw(told: Given, **more: Any) -> Given:
    """Draw, in order if nothing else is said."""
    return told.when(INSPECTION, "draw", by="zjj", at="2025-09-03", **{**DRAW, **more})


def outside(told: Given, **more: Any) -> Given:
    """Record a draw made elsewhere."""
    return told.when(INSPECTION, "record_outside_draw", by="zjj", at="2025-09-03", **{**OUTSIDE, **more})


def test_the_draw_is_computed_from_pools_and_seed_and_repeats() -> None:
    told = draw(given(*AGREED)).then_topics("inspection.draw-recorded")
    lot = told.new[0].event
    assert isinstance(lot, RandomDrawRecorded)
    assert (lot.method, lot.seed, lot.target_pool, lot.inspector_pool) == (METHOD, DRAW["seed"], TARGETS, INSPECTORS)
    assert lot.targets == drawn(DRAW["seed"], reversed(TARGETS.members), 2)
    assert lot.inspectors == drawn(DRAW["seed"], INSPECTORS.members, 3)
    assert told.case is not None and told.case.summary()["draw_repeats"] is True
    assert "种子未事先公布" in lot.warnings()[0]


@pytest.mark.parametrize("field", ["targets", "inspectors", "seed"])
def test_a_draw_with_anything_changed_does_not_repeat(field: str) -> None:
    told = draw(given(*AGREED))
    lot = told.new[0].event
    wrong = {"targets": lot.targets[::-1], "inspectors": ("吴", *lot.inspectors[1:]), "seed": "other"}[field]
    forged = type(lot)(**{**vars(lot), field: wrong})
    again = given(*AGREED, fact(forged, "03"))
    assert next(iter(again.file.cases.values())).summary()["draw_repeats"] is False


def test_the_seed_that_was_committed_to_is_the_one_that_is_opened() -> None:
    told = draw(given(*COMMITTED))
    assert told.new[0].event.seed_published is True
    assert told.new[0].event.warnings() == ()
    draw(given(*COMMITTED), seed="2025-09-03 体彩 08413").refused("INSPECTION_SEED_NOT_AS_COMMITTED")
    outside(given(*COMMITTED)).refused("INSPECTION_SEED_NOT_AS_COMMITTED")


def test_a_draw_made_elsewhere_is_kept_as_it_was_told() -> None:
    told = outside(given(*AGREED)).then(TOLD)
    assert told.case is not None and told.case.summary()["draw_repeats"] is None
    assert "无法复核" in TOLD.warnings()[0]
    assert outside(given(*AGREED), seed_published=True).new[0].event.seed_published is True


@pytest.mark.parametrize(
    "more,code",
    [
        ({"seed": None}, "INSPECTION_SEED_REQUIRED"),
        ({"seed": " "}, "INSPECTION_SEED_REQUIRED"),
        ({"target_pool": None}, "INSPECTION_DRAW_INCOMPLETE"),
        ({"inspector_pool": None}, "INSPECTION_DRAW_INCOMPLETE"),
        ({"targets": 0}, "INSPECTION_POOL_UNFIT"),
        ({"targets": 5}, "INSPECTION_POOL_UNFIT"),
        ({"inspectors": -1}, "INSPECTION_POOL_UNFIT"),
        ({"target_pool": Pool("名录", ())}, "INSPECTION_POOL_UNFIT"),
        ({"target_pool": Pool(" ", TARGETS.members)}, "INSPECTION_POOL_UNFIT"),
        ({"target_pool": Pool("名录", ("甲", "甲 ", "乙"))}, "INSPECTION_POOL_UNFIT"),
        ({"target_pool": Pool("名录", ("é", "e\u0301", "乙"))}, "INSPECTION_POOL_UNFIT"),
        ({"target_pool": Pool("名录", ("甲", "", "乙"))}, "INSPECTION_POOL_UNFIT"),
    ],
)
def test_a_draw_needs_its_seed_and_pools_that_fit(more: dict[str, Any], code: str) -> None:
    draw(given(*AGREED), **more).refused(code)


@pytest.mark.parametrize("more", [{"targets": None}, {"inspectors": None}, {"targets": ()}, {"inspectors": (" ",)}])
def test_both_are_drawn_elsewhere_too(more: dict[str, Any]) -> None:
    outside(given(*AGREED), **more).refused("INSPECTION_DRAW_INCOMPLETE")


def test_it_is_drawn_once_by_the_initiator_after_the_plan_is_settled() -> None:
    draw(given(*PROPOSED)).refused("STEP_NOT_ALLOWED_IN_STATE")
    for again in (draw, outside):
        again(given(*DRAWN)).refused("INSPECTION_DRAWN_ALREADY")
        again(given(*STARTED)).refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*AGREED).when(INSPECTION, "draw", by="jtj", at="2025-09-03", **DRAW).forbidden()
    given(*AGREED).when(INSPECTION, "record_outside_draw", by="jtj", at="2025-09-03", **OUTSIDE).forbidden()


def test_the_inspection_begins_once_it_is_drawn() -> None:
    given(*AGREED).when(INSPECTION, "start", by="zjj", at="2025-09-05").refused("INSPECTION_DRAW_FIRST")
    given(*DRAWN).when(INSPECTION, "start", by="jtj", at="2025-09-05").forbidden()
    given(*DRAWN).when(INSPECTION, "start", by="zjj", at="2025-09-05").then(JointInspectionStarted(**LJ))
    given(*STARTED).when(INSPECTION, "start", by="zjj", at="2025-09-06").refused("STEP_NOT_ALLOWED_IN_STATE")


@for_all(seeds, names, st.randoms(use_true_random=False), st.data())
def test_the_draw_repeats_whatever_the_order_of_the_pool(seed: str, pool: list[str], random: Any, data: Any) -> None:
    count = data.draw(st.integers(1, len(pool)))
    shuffled = random.sample(pool, len(pool))
    assert drawn(seed, pool, count) == drawn(seed, shuffled, count)
    assert len(drawn(seed, pool, count)) == count
    assert drawn(seed, pool, len(pool))[:count] == drawn(seed, pool, count)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_every_order_of_a_small_pool_comes_up_about_as_often_as_any_other(size: int) -> None:
    pool = "甲乙丙丁"[:size]
    orders = list(permutations(pool))
    rounds = 200 * len(orders)
    times = dict.fromkeys(orders, 0)
    for n in range(rounds):
        times[drawn(f"seed {n}", pool, size)] += 1
    assert all(140 < each < 260 for each in times.values()), times


def test_anyone_repeats_it_as_the_page_on_it_says_with_any_shell() -> None:
    (line,) = re.findall(r"^```sh\n(.*)\n```", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    done = subprocess.run(
        ["sh", "-c", line],
        input="".join(f"{each}\n" for each in INSPECTORS.members),
        env={"SEED": DRAW["seed"], "TAKE": "3", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert tuple(done.stdout.split()) == drawn(DRAW["seed"], INSPECTORS.members, 3)
