"""Statements are found by name, carry their schema, and a file that breaks the form is refused."""

from __future__ import annotations

import re

import pytest

from infrastructure.postgres.statements import BadStatement, fill, for_some, named_statements, parse, statements


def test_the_schema_is_put_in_quoted_and_once() -> None:
    assert fill("select '{schema}.t'::regclass from {schema}.t", {"schema": 'a"b'}) == (
        """select '"a""b".t'::regclass from "a""b".t"""
    )
    assert statements("j_x") is statements("j_x")
    assert statements("j_x")["applied_migrations"].startswith(b'select number, name, sha256 from "j_x".')


def test_without_a_schema_there_are_only_statements_that_name_none() -> None:
    """With one there are all, and once more those that ask what their reader may see."""
    assert "applied_migrations" not in statements()
    found = set(statements("j_x"))
    assert found >= set(named_statements())
    assert found - set(named_statements()) == {
        for_some(name) for name, text in named_statements().items() if re.search(r"\{[a-z]+:[a-z]+\}", text)
    }


def test_a_statement_keeps_its_braces_and_loses_its_last_semicolon() -> None:
    text = "-- name: f\n-- What for.\nselect '{}'::jsonb, '{1}'::int[];\n\n-- name: g\n-- What for.\nselect 2;\n"
    assert parse(text, "x.sql") == {"f": "select '{}'::jsonb, '{1}'::int[]", "g": "select 2"}


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("-- name: f\nselect 1", "needs a line of comment"),
        ("-- name: f\n-- What for.\n", "and a statement"),
        ("-- name: F-1\n-- What for.\nselect 1", "is no name"),
        ("-- name: f\n-- x\nselect 1\n-- name: f\n-- x\nselect 2", "there twice"),
        ("select 1;\n-- name: f\n-- x\nselect 1", "before the first"),
        ("-- name: f\n-- x\nselect {table}", "nothing is put in for {table}"),
    ],
)
def test_a_file_that_breaks_the_form_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(BadStatement, match=complaint) as refusal:
        parse(text, "x.sql")
    assert "x.sql" in str(refusal.value)
