"""A ledger attests itself (存证): how far every case has come, and whether a verification found it intact."""

from __future__ import annotations

from typing import Any

import pytest

from domain.cases.attestation import CASE
from domain.cases.attestation.case import MOST_TOLD, NUMBER
from domain.cases.attestation.events import (
    AttestationOpened,
    LawAttested,
    LedgerVerified,
    LogBegunAnew,
    ManifestRecorded,
    VerificationFailed,
)
from tests.given import Given, given, opening

MATTER = {"matter": NUMBER}
ROOT, ACCESSES = "ab" * 32, "cd" * 32
OPENED = (AttestationOpened(**opening(NUMBER)), "2025-03-01", "system")
FIRST = {"position": 40, "cases": 7, "root": ROOT, "access_to": 9, "access_rows": 8, "access_digest": ACCESSES}
MANIFEST = (ManifestRecorded(**MATTER, **FIRST), "2025-03-02", "system")
LAW: dict[str, Any] = {"parts": (f"rules/any {ROOT}", f"statutory {ACCESSES}"), "program": "1.0"}
VERIFIED: dict[str, Any] = {"size": 40, "root": ROOT, "checkpoints": 3}
ANEW: dict[str, Any] = {
    "volume": 2,
    "cause": "rolled back",
    "because": "硬盘损坏",
    "lost": "anjuan/t/0\n9\n=\n",
    "remains": 7,
    "keys": ("anjuan/t/0+12345678+Aa==",),
}
FAILED: dict[str, Any] = {"size": 40, "causes": ("changed",), "count": 1, "findings": ("position 5: ...",)}


def attested(file: Given, name: str, *, by: str = "system", at: str = "2025-03-03", **arguments: Any) -> Given:
    """A step of the timer."""
    return file.when(CASE, name, by=by, at=at, **arguments)


def case(file: Given) -> Any:
    """The attestation as it is after the last step."""
    return file.case


def test_a_ledger_has_one_attestation_under_its_own_number() -> None:
    attested(given(), "open_attestation", number=NUMBER).then(AttestationOpened(**opening(NUMBER)))
    attested(given(), "open_attestation", number="CZ-2").refused("ONE_ATTESTATION")


@pytest.mark.parametrize("organ", ["zwj", "jwjc", "admin", "zjj"])
def test_nobody_but_the_timer_attests(organ: str) -> None:
    attested(given(), "open_attestation", by=organ, number=NUMBER).forbidden()
    steps = {
        "record_manifest": FIRST,
        "record_verified": VERIFIED,
        "record_failed": FAILED,
        "attest_law": LAW,
        "begin_anew": ANEW,
    }
    for name, arguments in steps.items():
        attested(given(OPENED), name, by=organ, **arguments).forbidden()


def test_a_manifest_says_how_far_every_case_and_the_access_log_have_come() -> None:
    found = attested(given(OPENED), "record_manifest", **FIRST).then(ManifestRecorded(**MATTER, **FIRST))
    assert (case(found).position, case(found).access_to, case(found).access_digest) == (40, 9, ACCESSES)


@pytest.mark.parametrize("earlier", [{"position": 40}, {"position": 39}, {"access_to": 8}, {"access_rows": 7}])
def test_a_manifest_never_goes_back(earlier: dict[str, int]) -> None:
    attested(given(OPENED, MANIFEST), "record_manifest", **{**FIRST, "position": 41, **earlier}).refused(
        "MANIFEST_NOT_LATER"
    )


def test_a_quiet_access_log_is_no_reason_to_refuse_the_next_manifest() -> None:
    attested(given(OPENED, MANIFEST), "record_manifest", **{**FIRST, "position": 41}).then_topics(
        "attestation.manifest-recorded"
    )


def test_a_failed_verification_leaves_doubts_until_one_finds_nothing() -> None:
    doubted = attested(given(OPENED), "record_failed", **FAILED)
    assert (case(doubted).state, case(doubted).causes) == ("doubted", ("changed",))
    again = attested(doubted, "record_verified", **VERIFIED)
    assert (case(again).state, case(again).causes, case(again).verified_size) == ("attesting", (), 40)
    again.then(LedgerVerified(**MATTER, **VERIFIED))


@pytest.mark.parametrize("causes", [(), ("vanished",), ("changed", "vanished")])
def test_a_failure_names_its_causes(causes: tuple[str, ...]) -> None:
    attested(given(OPENED), "record_failed", **{**FAILED, "causes": causes}).refused("NO_CAUSE")


def test_a_failure_tells_the_first_findings_and_how_many_there_were() -> None:
    many = tuple(f"position {place}" for place in range(MOST_TOLD + 5))
    told = attested(given(OPENED), "record_failed", **{**FAILED, "count": len(many), "findings": many})
    told.then(VerificationFailed(**MATTER, size=40, causes=("changed",), count=25, findings=many[:MOST_TOLD]))


def test_the_law_is_attested_part_by_part_whenever_it_is_another_than_before() -> None:
    first = attested(given(OPENED), "attest_law", **LAW).then(LawAttested(**MATTER, **LAW))
    attested(first, "attest_law", **{**LAW, "program": "2.0"}).refused("LAW_UNCHANGED")
    other = (f"rules/any {ACCESSES}", LAW["parts"][1])
    back = attested(first, "attest_law", **{**LAW, "parts": other}).then_topics("attestation.law-attested")
    attested(back, "attest_law", **LAW).then_topics("attestation.law-attested")


@pytest.mark.parametrize(
    "parts",
    [(), ("rules/any",), (f"rules/any {ROOT[1:]}",), (f"statutory {ROOT}", f"rules/any {ROOT}"), (f"rules/any {ROOT}",) * 2],
)  # fmt: skip
def test_a_part_has_one_name_and_one_hash_and_stands_in_its_place(parts: tuple[str, ...]) -> None:
    attested(given(OPENED), "attest_law", **{**LAW, "parts": parts}).refused("NO_LAW")


def test_a_log_that_begins_anew_says_what_was_lost_and_why_and_no_volume_comes_twice() -> None:
    begun = attested(given(OPENED), "begin_anew", **ANEW).then(LogBegunAnew(**MATTER, **ANEW))
    assert (case(begun).volume, case(begun).summary()["volume"]) == (2, 2)
    for volume in (1, 2):
        attested(begun, "begin_anew", **{**ANEW, "volume": volume}).refused("NOT_ANOTHER_VOLUME")
    assert case(attested(begun, "begin_anew", **{**ANEW, "volume": 5, "lost": ""})).volume == 5


@pytest.mark.parametrize("missing", [{"because": " "}, {"cause": ""}])
def test_without_a_reason_nothing_begins_anew(missing: dict[str, str]) -> None:
    attested(given(OPENED), "begin_anew", **{**ANEW, **missing}).refused("NO_CAUSE")
