"""What a bundle claims (所述结论), compared with what follows from its facts: custody, time limits, quotes, calendars, the manifest."""

from __future__ import annotations

from typing import Any

from infrastructure.bundle.verifier.facts import Fact, day_in_china, stamp
from infrastructure.bundle.verifier.faults import CHANGED, INSERTED, REMOVED, Wrong
from infrastructure.bundle.verifier.lawful import CALENDARS, EFFECTS, RULES, TEXTS, Shown, departures
from infrastructure.bundle.verifier.parcel import Parcel
from infrastructure.bundle.verifier.recount import Recount
from infrastructure.bundle.verifier.signed import plain_hash
from infrastructure.bundle.verifier.source import Source
from infrastructure.bundle.verifier.tree import BadTree, leaf_of, root_by_path

CUSTODY, CLOCKS, MANIFEST = "custody.json", "clocks.json", "manifest.json"


def recounted(source: Source, parcel: Parcel) -> Recount:
    """The file told again, and found to be as the bundle says. Raises Wrong."""
    law = {"rules": source.json(RULES), "calendars": source.json(CALENDARS), **source.json(EFFECTS)}
    try:
        found = Recount(parcel.facts, parcel.offices, law, stamp(parcel.about["judged_at"]))
        _check_editions(law["calendars"], found.offices.published)
        _check_quotes(source, law["rules"])
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration, AssertionError, ArithmeticError) as error:
        zh, en = f"规则、日历或事件不成格式：{error!r}", f"rules, calendars or events are not in their form: {error!r}"
        raise Wrong("law", CHANGED, zh, en) from error
    whole = parcel.about["whole"]
    _compare(CUSTODY, source.json(CUSTODY), found.custody, ("begun_by",), whole=whole)
    _compare(CLOCKS, source.json(CLOCKS), found.clocks, ("rule", "id"), whole=whole)
    return found


def _compare(file: str, claimed: Any, found: list[dict[str, Any]], named: tuple[str, ...], *, whole: bool) -> None:
    """Claims are what was found, each once and in the same order; where not the whole file is shown, some may be left out."""
    if not isinstance(claimed, list) or not all(isinstance(each, dict) for each in claimed):
        raise Wrong(file, CHANGED, "不是结论清单", "this is no list of claims")
    left = iter(found)
    for claim in claimed:
        name = " ".join(str(claim.get(each)) for each in named)
        for truth in left:
            if truth == claim:
                break
            if whole or all(truth.get(each) == claim.get(each) for each in named):
                _differ(file, name, claim, truth)
        else:
            raise Wrong(file, INSERTED, f"{name}：从事件推不出此项", f"{name}: this does not follow from the events")
    if whole and (missed := next(left, None)) is not None:
        name = " ".join(str(missed.get(each)) for each in named)
        raise Wrong(
            file, REMOVED, f"{name}：事件可推出而未列出", f"{name}: this follows from the events and is not told"
        )


def _differ(file: str, name: str, claim: dict[str, Any], truth: dict[str, Any]) -> None:
    key = next(
        each
        for each in sorted({*claim, *truth})
        if claim.get(each) != truth.get(each) or (each in claim) != (each in truth)
    )
    told, counted = _short(claim.get(key)), _short(truth.get(key))
    zh, en = (
        f"{name}：{key} 写作 {told}，重新计算为 {counted}",
        f"{name}: {key} is told as {told} and counted as {counted}",
    )
    raise Wrong(file, CHANGED, zh, en)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) < 80 else text[:77] + "..."


def _check_editions(calendars: dict[str, Any], published: list[Fact]) -> None:
    """Every edition that the jurisdiction imported is as it recorded it, and each is named by what it is."""
    editions = calendars["editions"]
    for each in editions:
        later = f"+{each['known_from']}" if each["known_from"] != each["published"] else ""
        if each["id"] != f"{each['calendar']}-{each['year']}@{each['published']}{later}":
            raise Wrong(CALENDARS, CHANGED, f"{each['id']} 与内容不符", f"{each['id']} is not named by what it is")
    names = {each["calendar"] for each in editions} | set(calendars["bases"])
    for fact in published:
        said = {name: fact.said[name] for name in ("calendar", "year", "notice", "published", "days_off", "workdays")}
        known = str(day_in_china(fact.recorded))
        same = any(each["known_from"] == known and said.items() <= each.items() for each in editions)
        if said["calendar"] in names and not same:
            zh, en = f"与 {fact.file} 记录的放假安排不符", f"it is not as {fact.file} recorded it"
            raise Wrong(CALENDARS, CHANGED, zh, en)


def _check_quotes(source: Source, rules: list[dict[str, Any]]) -> None:
    """Every sentence that a rule quotes stands in the text that it names."""
    for rule in rules:
        citation = rule["citation"]
        if citation["text"] is None:
            continue
        file = TEXTS + citation["text"]
        text = source.text(file)
        for quote in citation["quote"]:
            if quote not in text:
                zh, en = (
                    f"{rule['id']} 引用的原文不在其中：{quote}",
                    f"{rule['id']} quotes what it does not say: {quote}",
                )
                raise Wrong(file, CHANGED, zh, en)


def check_law(source: Source, parcel: Parcel) -> Fact | None:
    """The fact by which the ledger attested the law that the bundle shows; None if it brings none. Raises Wrong."""
    if not parcel.laws:
        return None
    fact = max(parcel.laws, key=lambda each: each.index)
    named = [each.removeprefix(TEXTS) for each in source.names() if each.startswith(TEXTS)]
    shown = Shown(
        source.json(RULES), source.json(CALENDARS), source.json(EFFECTS),
        {each: source.read(TEXTS + each) for each in named},
        {name for each in parcel.facts for name in each.said.get("profiles", ())},
        {each["calendar"] for each in source.json(CLOCKS)}, [*parcel.facts, *parcel.offices],
        day_in_china(stamp(parcel.about["judged_at"])),
    )  # fmt: skip
    try:
        departure = next(departures(shown, fact.said["parts"]), None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        zh, en = f"法据不成格式：{error!r}", f"the law is not in its form: {error!r}"
        raise Wrong("law", CHANGED, zh, en) from error
    if departure is not None:
        zh = f"{departure.part} 与账本在账目 {fact.index} 存证的法据不符"
        en = f"{departure.part} is not as the ledger attested it in entry {fact.index}"
        raise Wrong(departure.file, departure.cause, zh, en)
    return fact


def check_manifest(source: Source, parcel: Parcel) -> tuple[Fact, int] | None:
    """The latest manifest, and of how many cases it says that they had come exactly so far then as is shown; None if the bundle
    has none. Raises Wrong."""
    if not parcel.manifests or not source.has(MANIFEST):
        if parcel.manifests or source.has(MANIFEST):
            raise Wrong(MANIFEST, REMOVED, "清单与其事件不成对", "a manifest and its event go together")
        return None
    told, fact = source.json(MANIFEST), parcel.manifests[0]
    try:
        if len(parcel.manifests) != 1 or set(told) != {"event", "lines"} or told["event"] != fact.id:
            raise ValueError("it is about another event")
        known = [each for each in parcel.facts if each.stored["case_type"] != "reservation"]
        known = [each for each in known if each.index < fact.said["position"]]
        lasts = {
            case: max(each.version for each in known if each.case == case) for case in {each.case for each in known}
        }
        if set(told["lines"]) != set(lasts):
            raise ValueError("it has lines of other cases")
        for case, last in sorted(lasts.items()):
            _check_line(fact, case, last, told["lines"][case])
    except (BadTree, ValueError, KeyError, TypeError) as error:
        raise Wrong(MANIFEST, CHANGED, f"清单证明不成立：{error}", f"the proof does not hold: {error}") from error
    return fact, len(lasts)


def _check_line(fact: Fact, case: str, last: int, proof: dict[str, Any]) -> None:
    path = [plain_hash(each) for each in proof["path"]]
    root = root_by_path(proof["place"], fact.said["cases"], leaf_of(f"{case} {last}\n".encode()), path)
    if root.hex() != fact.said["root"]:
        zh = f"当时的清单没有说案件 {case} 止于第 {last} 号事件：可能有事件被删去"
        en = f"the manifest does not say that case {case} ended with event {last}: events may have been cut off"
        raise Wrong(MANIFEST, REMOVED, zh, en)
