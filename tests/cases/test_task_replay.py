"""Whatever is done with a task in whatever order, its facts replayed give the same case, with one holder and one clock (重放)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.cases.task.case import Task
from domain.law.clock import FINAL
from tests.cases.task_facts import task

FIRST = date(2025, 9, 20)
STEPS: dict[str, list[dict[str, Any]]] = {
    "report_progress": [{"progress": "一半"}, {"progress": None}],
    "report_completion": [{"evidence": ("验收单",)}, {"evidence": None}],
    "reject_completion": [{"reason": "未附佐证"}],
    "verify_completion": [{}],
    "extend": [{"due": date(2025, 10, 31), "why": "汛期"}, {"due": date(2025, 9, 30), "why": "x"}],
    "circulate_overdue": [{}],
    "hand_over": [{"to": "czj", "why": "x"}],
}
ACTS = st.sampled_from(sorted(STEPS)).flatmap(
    lambda name: st.tuples(
        st.just(name), st.sampled_from(["zjj", "czj", "slj", "zwj", "zhb"]), st.sampled_from(STEPS[name])
    )
)


@settings(max_examples=60, deadline=None)
@drawn(path=st.lists(ACTS, min_size=5, max_size=20))
def test_every_path_replays_to_the_same_task(path: list[tuple[str, str, dict[str, Any]]]) -> None:
    file = task()
    case = next(iter(file.file.cases.values()))
    for day, (name, by, arguments) in enumerate(path):
        facts = len(file.file.entries)
        file.when(Task, name, by=by, at=(FIRST + timedelta(days=day)).isoformat(), **arguments)
        if file.refusal or file.denied:
            assert len(file.file.entries) == facts
        fresh = Task()
        for entry in file.file.entries:
            fresh.replay(entry)
        known = {key: value for key, value in vars(case).items() if key != "recorded"}
        assert {key: value for key, value in vars(fresh).items() if key != "recorded"} == known
        (matter,) = file.file.matters.values()
        assert (matter.holder is None) == (case.state == "closed")
        (clock,) = file.clocks("TASK-DUE")
        judged = file.file.judge(clock, file.file.entries[-1].occurred_at)
        assert case.state != "closed" or judged.state in FINAL
