"""What all lists have in common (清单公用): pages, cursors, tokens to wait for, and the words of the rule that a row is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields, validate

from api.context import answer, place
from api.errors import NotYetVisible
from api.v1 import cursors
from api.v1.fields import SHORT
from application.ports import Page, Views
from application.shown import shown_citation
from domain.law.limit import TimeLimit

PATIENCE = 5.0


def word(description: str) -> fields.String:
    """A filter that is a word."""
    return fields.String(validate=validate.Length(1, SHORT), metadata={"description": description})


class After(Schema):
    """Not before which write."""

    after = fields.UUID(metadata={"description": "Token of a write: wait until the list shows it"})


class Listed(After):
    """How much of a list, and from where."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows of a page"})
    cursor = fields.String(validate=validate.Length(1, cursors.LONGEST), metadata={"description": "`next` of a page"})


def views(query: Mapping[str, Any]) -> Views:
    """The lists, once they show the write that the caller waits for."""
    views, token = place().views, query.get("after")
    if isinstance(token, UUID) and not views.wait_for(token, PATIENCE):
        raise NotYetVisible
    return views


def asked(query: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked for, apart from which page of it."""
    return {key: value for key, value in query.items() if key not in ("limit", "cursor", "after")}


def question(name: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """What a cursor is good for."""
    return {"list": name, "ledger": place().name, **asked(query)}


def cursor(name: str, query: Mapping[str, Any]) -> Any:
    """Where the page begins that is asked for; raises BadCursor."""
    return cursors.decode(query.get("cursor"), question(name, query))


def listed(name: str, query: Mapping[str, Any], page: Page, **more: Any) -> Response:
    """A page as an answer."""
    body = {
        "items": page.items,
        "next": cursors.encode(page.next, question(name, query)),
        "rehearsal": place().ledger.rehearsal,
        "position": page.position,
        **more,
    }
    return answer(body)


def cited(page: Page) -> Page:
    """The page with title and citation of each row's rule."""
    rules: dict[tuple[str, str], TimeLimit] = {(each.profile, each.id): each for each in place().ledger.rulebook.limits}
    items = [{**row, **_words(rules[row["profile"], row["rule"]])} for row in page.items]
    return Page(items, page.position, page.next)


def _words(limit: TimeLimit) -> dict[str, Any]:
    return {
        "title": {"zh": limit.title_zh, "en": limit.title_en},
        "citation": shown_citation(limit.citation),
    }
