"""The law in a bundle is the law that the ledger attested: an office that doctors it is found out, though every date follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.bundling import OtherLaw
from domain.cases.attestation.events import LawAttested
from infrastructure.law_parts import law_parts
from tests.bundle.logs import Log, bundle, log_of
from tests.bundle.tampering import Files, files_in, known, listed, program, some_bundle, some_log, verified, zipped
from tests.projections.histories import BEGUN, jurisdiction, published, some_mixed_files

RULES, CALENDARS, EFFECTS = "law/rules.json", "law/calendars.json", "law/effects.json"
NUMBER = "AJ-2"


def written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def doctored(name: str, change: Callable[[Any], object]) -> Files:
    """The bundle with one file of its law changed, by whoever lists its contents."""
    files = files_in(some_bundle())
    value = json.loads(files[name])
    change(value)
    return listed({**files, name: written(value)})


def unused() -> int:
    """The place of a rule that no time limit of the case comes from."""
    files = files_in(some_bundle())
    used = {each["rule"] for each in json.loads(files["clocks.json"])}
    return next(at for at, rule in enumerate(json.loads(files[RULES])) if rule["id"] not in used)


def edition(value: Any, year: int) -> Any:
    return next(each for each in value["editions"] if (each["calendar"], each["year"]) == ("national", year))


CHANGES: Mapping[str, tuple[str, Callable[[Any], object], str, str]] = {
    "the title of a rule": (RULES, lambda law: law[unused()].update(title_en="Another"), "changed", RULES),
    "the amount of a rule that is not used": (
        RULES, lambda law: law[unused()]["within"].update(amount=99), "changed", RULES,
    ),
    "a rule left out": (RULES, lambda law: law.pop(unused()), "changed", RULES),
    "a day of another year": (
        CALENDARS, lambda law: edition(law, 2009)["days_off"].pop(), "changed", CALENDARS,
    ),
    "an edition left out": (CALENDARS, lambda law: law["editions"].remove(edition(law, 2009)), "removed", CALENDARS),
    "a notice that nobody published": (
        CALENDARS,
        lambda law: law["editions"].append({**edition(law, 2009), "year": 2003, "id": "national-2003@2008-12-10"}),
        "inserted", CALENDARS,
    ),
    "a statutory day": (CALENDARS, lambda law: law["statutory"]["2009"].pop(), "changed", CALENDARS),
    "what a calendar rests on": (CALENDARS, lambda law: law["bases"].update(elsewhere="national"), "inserted", CALENDARS),
    "what an event does": (EFFECTS, lambda law: law["succeeds"].append("no.such"), "changed", EFFECTS),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_law_from_which_the_same_dates_follow_is_found_by_its_attestation_alone(name: str, tmp_path: Path) -> None:
    file, change, cause, where = CHANGES[name]
    files = doctored(file, change)
    found = verified(tmp_path, zipped(files), known())
    assert (found.file, found.cause) == (where, cause)
    assert verified(tmp_path, zipped(unattested(files)), known())["holds"] is True, "another check found it"


def unattested(files: Files) -> Files:
    """The bundle without the fact by which the law is attested."""
    (event,) = [name for name in files if name.startswith("events/") and b"attestation.law-attested" in files[name]]
    proof = event.replace("events", "proofs").replace(".json", ".tlog-proof")
    return listed({name: content for name, content in files.items() if name not in (event, proof)})


def test_a_text_with_more_than_what_is_quoted_is_found(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    name = next(each for each in files if each.startswith("law/texts/"))
    forged = listed({**files, name: files[name] + "第九十九条\n".encode()})
    found = verified(tmp_path, zipped(forged), known())
    assert (found.file, found.cause) == (name, "changed")
    assert verified(tmp_path, zipped(unattested(forged)), known())["holds"] is True


def test_a_profile_that_judges_is_there_or_is_missed(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    rest = [each for each in json.loads(files[RULES]) if each["profile"] != "any"]
    forged = listed({**files, RULES: written(rest)})
    found = verified(tmp_path, zipped(forged), known())
    assert (found.file, found.cause) == (RULES, "removed")
    assert verified(tmp_path, zipped(unattested(forged)), known())["holds"] is True


def test_a_bundle_says_what_speaks_for_its_law(tmp_path: Path) -> None:
    def told(content: bytes) -> str:
        path = tmp_path / "bundle.zip"
        path.write_bytes(content)
        return "\n".join(program()._verified(path, [known()], days=False)[0])

    assert "that the ledger attested" in told(some_bundle())
    assert "has not attested its law" in told(zipped(unattested(files_in(some_bundle()))))


def otherwise_attested(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Log:
    """The log, had another law been attested."""
    entries = [
        each._replace(event=replace(each.event, parts=change(each.event.parts)))
        if isinstance(each.event, LawAttested) else each
        for each in some_log().entries
    ]  # fmt: skip
    return Log(entries, some_log().pen)


def test_no_bundle_is_made_under_a_checkpoint_where_another_law_was_attested() -> None:
    def change(parts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each[:-64] + "0" * 64 if each.startswith("rules/any ") else each for each in parts)

    with pytest.raises(OtherLaw, match="rules/any"):
        bundle(otherwise_attested(change), NUMBER)


def test_law_that_the_case_does_not_use_may_have_been_another() -> None:
    def change(parts: tuple[str, ...]) -> tuple[str, ...]:
        other = ("practices/", "text/unread", "edition/elsewhere")
        return tuple(sorted([*(each for each in parts if not each.startswith(other)), f"text/unread {'0' * 64}"]))

    assert bundle(otherwise_attested(change), NUMBER)


def test_what_the_jurisdiction_published_itself_is_a_fact_of_the_log_and_no_part_of_that_law(tmp_path: Path) -> None:
    office = jurisdiction(published(2003, [date(2003, 5, 2)], BEGUN))
    log = log_of(*some_mixed_files(*range(8)), office=office)
    for number in (NUMBER, "jurisdiction"):
        content = bundle(log, number)
        assert b"national-2003@" in files_in(content)[CALENDARS]
        assert verified(tmp_path, content, known())["holds"] is True
    assert not any("national-2003@" in each for each in law_parts())
