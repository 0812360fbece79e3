"""A manifest says of every case how far it has come, and nothing else than what it says can be proved by it."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proof.findings import CHINESE, Cause, Finding, causes
from domain.proof.manifest import (
    NO_ROWS,
    LineProof,
    digest_of_rows,
    line_proof,
    manifest_line,
    manifest_lines,
    manifest_root,
    verify_line,
)
from domain.proof.merkle import EMPTY, BadProof, leaf_hash, node_hash

CASES = [(UUID(int=number << 96 | number), number % 7 + 1) for number in (5, 900, 3, 77, 2**31, 12, 4)]
LAST = dict(CASES)


def test_the_lines_stand_in_the_order_of_the_cases_whatever_order_they_come_in() -> None:
    lines = manifest_lines(CASES)
    assert lines == sorted(lines)
    assert manifest_lines(reversed(CASES)) == lines
    assert lines[0] == b"00000003-0000-0000-0000-000000000003 4\n"


def test_the_root_is_that_of_rfc_6962_over_the_lines() -> None:
    one, two, three = manifest_lines(CASES[:3])
    assert manifest_root([]) == EMPTY
    assert manifest_root([one]) == leaf_hash(one)
    assert manifest_root([one, two, three]) == node_hash(node_hash(leaf_hash(one), leaf_hash(two)), leaf_hash(three))


@pytest.mark.parametrize("wrong", [[1, 0], [0, 0], [0, 1, 1]])
def test_lines_out_of_order_or_twice_are_no_manifest(wrong: list[int]) -> None:
    lines = manifest_lines(CASES)
    with pytest.raises(ValueError, match="not in its place"):
        manifest_root(lines[place] for place in wrong)


def test_two_lines_of_one_case_are_no_manifest() -> None:
    case = UUID(int=1)
    with pytest.raises(ValueError, match="not in its place"):
        manifest_root([manifest_line(case, 1), manifest_line(case, 2)])


@pytest.mark.parametrize("case", LAST)
def test_the_last_version_of_every_case_is_proved(case: UUID) -> None:
    lines = manifest_lines(CASES)
    verify_line(case, LAST[case], line_proof(lines, case), cases=len(lines), root=manifest_root(lines))


@pytest.mark.parametrize("many", range(1, 18))
def test_it_is_in_a_manifest_of_any_length(many: int) -> None:
    cases = [(UUID(int=number << 96), number + 1) for number in range(many)]
    lines = manifest_lines(cases)
    for place, (case, last) in enumerate(cases):
        proof = line_proof(lines, case)
        assert proof.place == place
        verify_line(case, last, proof, cases=many, root=manifest_root(lines))


def test_a_case_that_is_not_there_is_not_proved() -> None:
    with pytest.raises(LookupError, match="no case"):
        line_proof(manifest_lines(CASES), UUID(int=6))


@given(st.integers(0, len(CASES) - 1), st.integers(-1, 9))
def test_no_other_last_version_is_proved(place: int, version: int) -> None:
    lines = manifest_lines(CASES)
    case, last = CASES[place]
    if version != last:
        with pytest.raises(BadProof):
            verify_line(case, version, line_proof(lines, case), cases=len(lines), root=manifest_root(lines))


def test_neither_is_it_by_the_proof_of_another_place_or_size_or_under_another_root() -> None:
    lines = manifest_lines(CASES)
    root, size = manifest_root(lines), len(lines)
    (case, last), (other, _) = CASES[:2]
    proof = line_proof(lines, case)
    for wrong in (line_proof(lines, other), proof._replace(place=proof.place + 1), LineProof(0, ())):
        with pytest.raises(BadProof):
            verify_line(case, last, wrong, cases=size, root=root)
    with pytest.raises(BadProof):
        verify_line(case, last, proof, cases=size, root=manifest_root(lines[:-1]))
    with pytest.raises(BadProof):
        verify_line(case, last, proof, cases=size // 2, root=root)


def test_no_case_has_no_version() -> None:
    line = manifest_line(UUID(int=1), 0)
    with pytest.raises(BadProof, match="at least one"):
        verify_line(UUID(int=1), 0, LineProof(0, ()), cases=1, root=leaf_hash(line))


def test_the_digest_of_an_access_log_grows_with_it_and_binds_every_row_and_their_order() -> None:
    first = digest_of_rows(NO_ROWS, [b"one", b"two"])
    assert first == sha256(NO_ROWS + b"\0\0\0\x03one\0\0\0\x03two").digest()
    assert digest_of_rows(first, [b"three"]) != digest_of_rows(NO_ROWS, [b"one", b"two", b"three"])
    others = [[b"two", b"one"], [b"one"], [b"onetwo"], [b"one", b"two", b""], [b"on", b"etwo"]]
    assert first not in {digest_of_rows(NO_ROWS, rows) for rows in others}


def test_every_cause_has_its_word_in_chinese() -> None:
    assert set(CHINESE) == set(Cause)
    assert len(set(CHINESE.values())) == len(Cause)


def test_findings_are_said_in_both_languages_and_their_causes_once() -> None:
    found = [
        Finding(Cause.REMOVED, "position 5", "事件不见了。", "The event is gone."),
        Finding(Cause.CHANGED, "position 4", "内容变了。", "Its content changed."),
        Finding(Cause.CHANGED, "position 3", "内容变了。", "Its content changed."),
    ]
    assert causes(found) == (Cause.CHANGED, Cause.REMOVED)
    assert str(found[0]) == "被删除 removed: position 5: 事件不见了。 The event is gone."
