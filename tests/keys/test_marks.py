"""A mark recognises a number however it is written, says nothing of it, and is another in every ledger."""

from __future__ import annotations

import hashlib
from collections import Counter
from uuid import UUID, uuid4

import pytest

from application.ports import Secret
from infrastructure.keys.marks import Marks, normalised

MARKS = Marks(lambda: bytes(range(32)), UUID(int=1))
ID = "42282519900307123X"


@pytest.mark.parametrize(
    "written",
    [ID, ID.lower(), "４２２８２５１９９００３０７１２３Ｘ", "422825 19900307 123x", "422825-19900307-123X\n"],
)
def test_an_id_number_is_recognised_however_it_is_written(written: str) -> None:
    assert normalised("id_number", written) == ID
    assert MARKS.mark("id_number", written) == MARKS.mark("id_number", ID)


@pytest.mark.parametrize(
    "written", ["13800138000", "+86 138-0013-8000", "0086 13800138000", "８６13800138000", "手机：138 0013 8000"]
)
def test_a_telephone_is_recognised_however_it_is_written(written: str) -> None:
    assert normalised("phone", written) == "13800138000"


def test_only_a_mobile_loses_the_code_of_the_country() -> None:
    assert normalised("phone", "0718-86123456") == "071886123456"
    assert normalised("phone", "8612345") == "8612345"


def test_what_holds_no_number_has_no_mark() -> None:
    assert [MARKS.mark(kind, said) for kind, said in (("phone", "不详"), ("id_number", " -"), ("phone", ""))] == [
        None
    ] * 3


def test_a_mark_has_sixteen_bits_and_many_numbers_have_the_same() -> None:
    found = Counter(MARKS.mark("phone", f"138{number:08}") for number in range(200_000))
    assert all(mark is not None and 0 <= mark < 2**16 for mark in found)
    assert max(found.values()) < 20
    assert len(found) > 60_000


def test_without_the_key_nobody_makes_the_mark() -> None:
    plain = int.from_bytes(hashlib.sha256(ID.encode()).digest()[:2])
    others = (
        plain,
        Marks(lambda: bytes(32), UUID(int=1)).mark("id_number", ID),
        Marks(MARKS.key, UUID(int=2)).mark("id_number", ID),
        MARKS.mark("phone", ID),
    )
    assert MARKS.mark("id_number", ID) not in others


def test_names_contacts_and_texts_are_never_marked() -> None:
    case = uuid4()
    protected = {
        uuid4(): Secret(case, name, "13800138000")
        for name in ("complainant", "contact", "text", "raised_by", "by", "phone")
    }
    assert [kind for _, _, kind, _ in MARKS.of(protected)] == ["phone"]
