"""A bad profile is refused with file, line and reason, before it can judge anybody."""

from __future__ import annotations

import pytest

from domain.law.profile_check import check
from domain.law.profile_format import BadProfile, parse

GOOD = """
# a comment

[[limit]]
id = "T-5"
title = { zh = "移送", en = "Refer" }
status = "seed"
since = 2020-08-10
within = { amount = 5, unit = "working day" }
start = [{ on = "case.opened", when = { kind = ["a", "b"], day = "@some" }, given = { "case.seen" = true, "case.seen.by" = "zjj" } }]
stop = [{ on = "case.referred" }]
citation.instrument = "某方案"
citation.clause = "二"
citation.text = "plan.txt"
citation.quote = "5个工作日内完成移送"
"""
SECOND = GOOD[GOOD.index("[[") :].replace('"T-5"', '"T-6"')
TEXTS = {"plan.txt": "应当在5个工作日内完成移送。"}
TOPICS = {"case.opened": ("kind", "day"), "case.seen": ("by",), "case.referred": ()}

SYNTAX = [
    ('id = "T-5"', 'id = "T-5', 5, "at line 5"),
    ('since = 2020-08-10', "", 4, "lacks the key 'since'"),
    ('since = 2020-08-10', 'since = "2020-08-10"', 4, "must be of type date"),
    ("since = 2020-08-10", "since = 2020-08-10\nuntil = 2020-08-10", 4, "until must be after since"),
    ("since = 2020-08-10", "since = 2020-08-10\nwithn = 3", 4, "unknown key 'withn'"),
    ('status = "seed"', 'status = "maybe"', 4, "none of: seed, national, derived"),
    ('unit = "working day"', 'unit = "workday"', 4, "within.unit 'workday' is none of"),
    ("amount = 5", "amount = 0", 4, "an amount above 0"),
    ("amount = 5, unit", 'amount = 5, field = "due", unit', 4, "goes with the unit date"),
    ('unit = "working day" }', 'unit = "working day" }\nroll = "next"', 4, "does not roll"),
    ('start = [{ on = "case.opened"', 'start = [{ on = "CaseOpened"', 4, "'CaseOpened' is not of the form"),
    ('kind = ["a", "b"]', 'kind = "@nobody"', 4, "cannot be compared with '@nobody'"),
    ('"case.seen.by" = "zjj"', '"seen" = true', 4, "neither topic nor topic.field"),
    ('stop = [{ on = "case.referred" }]', "", 4, "no event stops the clock"),
    ('stop = [{ on = "case.referred" }]', 'stop = [{ on = "case.referred", party = true }]', 4, "stop has the unknown key 'party'"),
    ("[[limit]]", "[[limit]]\nenforced = false", 4, "says why_not"),
    ("[[limit]]", '[[limit]]\nwhy_not = "because"', 4, "says why_not"),
    ("[[limit]]", '[[limit]]\nowed_by = "somebody"', 4, "owed_by 'somebody' is not of the form"),
    ("[[limit]]", '[[limit]]\nextend = [{ on = "case.seen" }]', 4, "one of to, by, field"),
    ("[[limit]]", '[[limit]]\nnot_later_than = { amount = 8, unit = "working day" }', 4, "lacks the key 'from'"),
    ('citation.text = "plan.txt"\n', "", 4, "text and quote, or neither"),
    ("# a comment", "name = 3", 1, "nothing else"),
    ("[[limit]]", "[limit]", 1, "nothing else"),
]  # fmt: skip

MEANING = [
    ("5个工作日内完成移送", "五个工作日内完成移送", "plan.txt does not say '五个工作日内完成移送'"),
    ("plan.txt", "other.txt", "no text 'other.txt'"),
    ("case.referred", "case.sent", "no event 'case.sent'"),
    ("case.seen.by", "case.seen.officer", "the event 'case.seen' has no field 'officer'"),
    ("day = ", "date = ", "the event 'case.opened' has no field 'date'"),
    ("[[limit]]", '[[limit]]\nowed_by = "addressee"', "the event 'case.opened' has no field 'to'"),
    ("[[limit]]", '[[limit]]\npause = [{ begins = "case.seen", ends = "case.back" }]', "no event 'case.back'"),
]  # fmt: skip


def test_a_good_profile_is_read() -> None:
    (limit,) = parse(GOOD, source="county.toml")
    assert (limit.id, limit.profile, limit.line) == ("T-5", "county", 4)
    check([limit], TEXTS, TOPICS)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"), SYNTAX, ids=[f"{case[3]} {n}" for n, case in enumerate(SYNTAX)]
)
def test_a_profile_that_is_badly_written_is_refused(right: str, wrong: str, line: int, reason: str) -> None:
    assert right in GOOD
    with pytest.raises(BadProfile) as refused:
        parse(GOOD.replace(right, wrong, 1), source="county.toml")
    assert (refused.value.source, refused.value.line) == ("county.toml", line)
    assert reason in refused.value.reason


@pytest.mark.parametrize(("right", "wrong", "reason"), MEANING, ids=[case[2] for case in MEANING])
def test_a_profile_that_says_what_is_not_so_is_refused(right: str, wrong: str, reason: str) -> None:
    limits = parse(SECOND + GOOD.replace(right, wrong), source="county.toml")
    with pytest.raises(BadProfile) as refused:
        check(limits, TEXTS, TOPICS)
    assert (refused.value.source, refused.value.line) == ("county.toml", SECOND.count("\n") + 4)
    assert reason in refused.value.reason


def test_the_same_id_twice_is_refused_at_the_second() -> None:
    with pytest.raises(BadProfile, match=r"county.toml:17: T-5: .* stands already at line 4"):
        parse(GOOD + "\n" + GOOD[GOOD.index("[[") :], source="county.toml")


def test_the_line_is_that_of_the_limit_that_is_wrong() -> None:
    with pytest.raises(BadProfile, match=r"^county.toml:17: T-6: "):
        parse(GOOD + "\n" + SECOND.replace("amount = 5", "amount = -5"), source="county.toml")


def test_a_rule_that_is_not_enforced_may_name_events_that_are_still_to_come() -> None:
    later = GOOD.replace("[[limit]]", '[[limit]]\nenforced = false\nwhy_not = "no such case type yet"')
    check(parse(later.replace("case.referred", "case.sent"), source="county.toml"), TEXTS, TOPICS)
