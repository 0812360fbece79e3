"""Every protected argument of every step has its purpose: whoever adds one says here which."""

from __future__ import annotations

from application.signatures import protected_names
from domain.cases import CASES
from infrastructure.keys.vault import purpose_of

PURPOSES = {
    "complainant": "identity",
    "contact": "identity",
    "raised_by": "identity",
    "by": "identity",
    "id_number": "identity",
    "phone": "identity",
    "text": "text",
}


def test_every_protected_argument_has_its_purpose() -> None:
    declared = {name for case_type in CASES.values() for name in protected_names(case_type)}
    assert {name: str(purpose_of(name)) for name in declared} == PURPOSES


def test_what_nobody_has_thought_of_is_treated_as_identity() -> None:
    assert purpose_of("nickname") == "identity"
