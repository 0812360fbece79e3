"""Pieces of Markdown, so that every page of the handbook is written alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

WRITTEN = "<!-- Written by `python -m api.handbook` from the code and its data: change those, not this page. -->"
CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff、（）〔〕]*")


def page(title: str, *parts: str) -> str:
    """A whole page: its title, and its parts with an empty line between them."""
    return "\n\n".join([f"# {title}", WRITTEN, *(part for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; None is shown as an empty cell."""
    body = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *body])


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("|", "\\|").split())


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


def code(words: Iterable[Any]) -> str:
    """Names as they stand in the code, with commas between them."""
    return ", ".join(f"`{word}`" for word in words)


def quote(text: str) -> str:
    """A quotation, line by line."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def chinese(docstring: str | None) -> str:
    """The Chinese name with which a docstring begins, empty if it begins otherwise."""
    found = CHINESE.match(docstring or "")
    return found[0] if found else ""


def anchor(heading: str) -> str:
    """The link to a heading of a page."""
    return "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
