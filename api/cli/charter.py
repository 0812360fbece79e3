"""What a jurisdiction is founded with (设立文件): a TOML file of its calendar, its rule profiles, its organs and its officers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields

from api.cli.failing import USAGE, Failed
from api.cli.words import Words
from api.v1.schemas import form
from application.founding import Founding
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.events import LedgerKind

ORGAN, OFFICER = (
    form(Jurisdiction.TYPE, Jurisdiction.STEPS[name], opening=False).schema
    for name in ("register_organ", "register_officer")
)


class BadCharter(Failed):
    """The file is none of this kind; the message says where and why."""

    def __init__(self, where: str, why: object) -> None:
        super().__init__(USAGE, Words(f"文件有误：{where}：{why}", f"The file is wrong: {where}: {why}"))


class Page(Schema):
    """The keys beside the organs and officers."""

    jurisdiction = fields.String()
    name = fields.Dict(keys=fields.String(), values=fields.String())
    kind = fields.Enum(LedgerKind, by_value=fields.String)
    calendar = fields.String()
    profiles = fields.List(fields.String())
    organ = fields.List(fields.Dict(keys=fields.String()), load_default=list)
    officer = fields.List(fields.Dict(keys=fields.String()), load_default=list)


@dataclass(frozen=True, slots=True)
class Charter:
    """The file as read; None where it says nothing."""

    jurisdiction: str | None
    kind: str | None
    calendar: str | None
    profiles: tuple[str, ...]
    organs: tuple[Mapping[str, Any], ...]
    officers: tuple[Mapping[str, Any], ...] = ()
    title: str | None = None

    def founding(self, kind: str, calendar: str, profiles: tuple[str, ...], title: str | None = None) -> Founding:
        """What a ledger is opened with."""
        return Founding(LedgerKind(kind), calendar, profiles, self.organs, self.officers, title or self.title)


def read(text: str, source: str) -> Charter:
    """The charter in a text; raises BadCharter."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCharter(source, error) from error
    return charter_of(said, source)


def charter_of(told: Mapping[str, Any], source: str) -> Charter:
    """The charter that a table holds, whatever it was written in; raises BadCharter."""
    try:
        said = Page().load(told)
    except ValidationError as error:
        raise BadCharter(source, error) from error
    organs = tuple(_read(ORGAN, each, f"{source}: organ {n}", "organ") for n, each in enumerate(said["organ"], 1))
    officers = tuple(
        _read(OFFICER, each, f"{source}: officer {n}", "officer") for n, each in enumerate(said["officer"], 1)
    )
    kind = said.get("kind")
    profiles, title = tuple(said.get("profiles", ())), said.get("name", {}).get("zh")
    return Charter(
        said.get("jurisdiction"), kind and str(kind), said.get("calendar"), profiles, organs, officers, title
    )


def _read(schema: Schema, said: Mapping[str, Any], where: str, name: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = schema.load(said)
    except ValidationError as error:
        raise BadCharter(f"{where} ({said.get(name, '?')})", error) from error
    return found
