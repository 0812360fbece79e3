"""How a command answers (输出): text for people, or one JSON document; progress goes to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import click

from api.strict import write

_as_json: ContextVar[bool] = ContextVar("as_json", default=False)


def use_json(wanted: bool) -> None:
    """Answer in JSON from now on, or in text."""
    _as_json.set(wanted)


def wants_json() -> bool:
    """Whether the caller wants JSON."""
    return _as_json.get()


def tell(data: Any, lines: Iterable[object]) -> None:
    """Answer: the data as JSON if that was asked for, else the lines."""
    if wants_json():
        click.echo(write(data).decode())
        return
    for line in lines:
        click.echo(str(line))


def say(line: object) -> None:
    """Say beside the answer what goes on; not part of what the caller reads from standard output."""
    click.echo(str(line), err=True)


@contextmanager
def progress(about: object, length: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; answers a function to be called with the number of steps done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length or 1, label=str(about), file=sys.stderr, hidden=hidden) as bar:
        yield bar.update
