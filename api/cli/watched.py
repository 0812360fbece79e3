"""Looks at a ledger from the command line (本机查阅) are recorded too: as those of the account that runs the command."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import click

from api.cli.places import opened
from api.v1.numbers import case_named
from api.wiring import Place, Wiring
from application.accesses import Access, Outcome, question
from application.handle import NotFound

OPERATOR = "operator"
UNSAID = ("jurisdiction", "output")


@contextmanager
def watched(jurisdiction: str | None, outcome: Outcome = Outcome.SHOWN) -> Iterator[tuple[Wiring, Place]]:
    """The same as `opened`, for a command that shows cases; to be left before anything is told. What is exported leaves at once."""
    with opened(jurisdiction) as (wiring, place):
        if outcome is Outcome.EXPORTED:
            place.accesses.record(_access(outcome))
        try:
            yield wiring, place
        except NotFound:
            place.accesses.record(_access(Outcome.NOT_FOUND))
            raise
        if outcome is not Outcome.EXPORTED:
            place.accesses.record(_access(outcome))


def _access(outcome: Outcome) -> Access:
    context = click.get_current_context()
    named = context.params.get("case")
    said = {name: value for name, value in context.params.items() if value not in (None, False, named)}
    return Access(
        organ="",
        officer="",
        credential=OPERATOR,
        credential_id=_account(),
        request_id=str(uuid4()),
        method="CLI",
        route=context.command_path,
        outcome=outcome,
        named=named,
        case=None if named is None else case_named(named),
        asked=question([(name, str(value)) for name, value in said.items() if name not in UNSAID]),
    )


def _account() -> str:
    """The account that runs the command; by its number where it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
