"""A body that two readers could read differently, or that would hurt a reader, is refused."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from api.strict import BadJson, parse, write
from api.v1 import cursors
from application.ports import BadCursor
from tests.http.client import path_of
from tests.http.conftest import County

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def composed(text: str) -> str:
    """In the form in which texts are kept."""
    return unicodedata.normalize("NFC", text)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=DIRECTIONS)).map(composed)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"number": NaN}',
        b'{"number": Infinity}',
        b'{"number": 1e999}',
        b'{"number": "a", "number": "b"}',
        b'{"number": "a"',
        b'{"number": "a"} x',
        b"\xff\xfe{}",
        b'{"number": "\xff"}',
        b'{"number": "a\\u0000"}',
        b'{"number": "\\ud800"}',
        b'{"number": "a\x01"}',
        b'{"number": "a\x7f"}',
        b'{"number": "a\\u0007"}',
        b'{"number": "a\\u001b[2J"}',
        '{"number": "a\x85"}'.encode(),
        '{"number": "a\u202eb"}'.encode(),
        b'{"number": "a\\u2066b"}',
        '{"e\u0301": 1, "\u00e9": 2}'.encode(),
        b'{"number": ' + b"9" * 5_000 + b"}",
        b"",
    ],
)
def test_what_is_not_strict_json_is_a_bad_request(county: County, body: bytes) -> None:
    answer = county.client("zjj").send("POST", "/api/v1/complaint", body, JSON)
    assert (answer.status, answer.problem) == (400, "bad-json"), answer.raw


def test_escaped_chinese_and_surrogate_pairs_are_ordinary_text(county: County, number: str) -> None:
    body = {"number": number, "subject": "bidding", "complainant": "\U00020bb7公司", "project": "围墙😀"}
    answer = county.client("zjj").send("POST", "/api/v1/complaint", json.dumps(body).encode(), JSON)
    assert answer.status == 201, answer.raw
    events = county.client("zjj").get(f"/api/v1/cases/{answer.json['case']}/events")
    assert "围墙😀" in events.raw.decode()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_of_another_type_is_not_taken(county: County, kind: str) -> None:
    answer = county.client("zjj").send("POST", "/api/v1/complaint", b"{}", {"Content-Type": kind} if kind else {})
    assert (answer.status, answer.problem) == (415, "unsupported-media-type")


def test_a_body_beyond_a_megabyte_is_too_large(county: County) -> None:
    body = json.dumps({"number": "x" * 1_000_001}).encode()
    answer = county.client("zjj").send("POST", "/api/v1/complaint", body, JSON)
    assert (answer.status, answer.problem) == (413, "too-large")


def test_a_step_without_arguments_needs_no_body(county: County, number: str) -> None:
    case = county.client("zjj").open_complaint(number).json["case"]
    answer = county.client("zjj").send("POST", f"/api/v1/complaint/{case}/accept", None, {"If-Match": '"1"'})
    assert answer.status == 200, answer.raw


@for_all(value=values)
def test_what_is_written_is_read_back(value: object) -> None:
    assert parse(write(value)) == value
    assert parse(json.dumps(value).encode()) == value


@for_all(raw=st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:\\\\u0dnat1e '), max_size=60).map(str.encode))
def test_any_bytes_are_a_value_or_bad_json_and_never_a_defect(raw: bytes) -> None:
    try:
        parse(raw)
    except BadJson as bad:
        assert str(bad)


@for_all(
    cursor=st.lists(texts | st.integers(-(2**53), 2**53), max_size=4).map(tuple), question=st.dictionaries(texts, texts)
)
def test_a_cursor_comes_back_as_it_was_given_out_and_for_its_question_only(cursor: tuple, question: dict) -> None:
    text = cursors.encode(cursor, question)
    assert cursors.decode(text, question) == cursor
    with pytest.raises(BadCursor):
        cursors.decode(text, {**question, "another": "x"})


@for_all(text=st.text(max_size=60))
def test_any_text_is_a_cursor_or_a_bad_one_and_never_a_defect(text: str) -> None:
    with pytest.raises(BadCursor):
        cursors.decode(text, {})


@pytest.mark.parametrize("body", ['{"a": "e\u0301\\n\\t"}', '{"a": "e\\u0301\\n\\t"}'])
def test_texts_are_kept_in_composed_form_with_their_lines(body: str) -> None:
    assert parse(body.encode()) == {"a": "\u00e9\n\t"}


def test_a_number_that_looks_the_same_is_the_same(county: County, number: str) -> None:
    opened = county.client("zjj").open_complaint(f"{number}e\u0301").json
    for written in ("e\u0301", "\u00e9"):
        assert county.client("zjj").get(path_of(f"{number}{written}")).json["id"] == opened["case"]
