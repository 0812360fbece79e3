"""Law that was changed where the program is kept shows: what is judged by here is not what the ledger attested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.cases.attestation.events import LawAttested
from domain.proof.findings import Cause
from infrastructure.law_parts import PROGRAM, law_parts
from infrastructure.verifying.found import Check
from tests.store.facts import paper
from tests.verifying.attacked import LOG, Attacked


@pytest.fixture
def attested(new_attacked: Callable[..., Attacked]) -> Callable[[tuple[str, ...]], Attacked]:
    """Makes ledgers that attested a law."""

    def make(parts: tuple[str, ...]) -> Attacked:
        made, number = new_attacked((3,)), paper()
        said = LawAttested(matter="attestation", parts=parts, program=PROGRAM)
        made.signed.log.append(number.batch(number.entry(1, said)))
        made.signed.record(1)
        made.signed.sign()
        return made

    return make


def found(on: Attacked, checks: frozenset[Check] = LOG, own: Path | None = None) -> dict[str, Cause]:
    """What is wrong with the law, by part."""
    told = on.verified(checks, subject=replace(on.subject, own=own))
    return {each.where.removeprefix("law "): each.cause for each in told.findings}


def test_the_law_that_was_attested_is_the_law_here(attested: Callable[..., Attacked]) -> None:
    assert found(attested(law_parts())) == {}


def test_a_ledger_that_attested_no_law_says_nothing_of_it(new_attacked: Callable[..., Attacked]) -> None:
    assert found(new_attacked((2,))) == {}


def test_each_part_that_is_another_is_named_with_its_cause_and_by_this_check_alone(
    attested: Callable[..., Attacked],
) -> None:
    parts = [each for each in law_parts() if not each.startswith("text/dali")]
    changed = [each[:-64] + "0" * 64 if each.startswith("rules/any ") else each for each in parts]
    on = attested(tuple(sorted([*changed, f"edition/gone-2031@2030-11-01 {'1' * 64}"])))
    told = {
        "rules/any": Cause.CHANGED,
        "edition/gone-2031@2030-11-01": Cause.REMOVED,
        "text/dali-2016.txt": Cause.INSERTED,
    }
    assert found(on) == told
    assert found(on, LOG - {Check.LAW}) == {}


def test_a_folder_of_law_that_was_put_beside_the_program_shows(
    attested: Callable[..., Attacked], tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "secret.txt").write_text("第一条", encoding="utf-8")
    assert found(attested(law_parts()), own=tmp_path) == {"text/secret.txt": Cause.INSERTED}
