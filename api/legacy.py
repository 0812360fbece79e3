"""Old histories as they are written for import (历史数据): JSON Lines, one file with the steps of all its cases on each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from marshmallow import Schema, ValidationError, fields, validate

from api.errors import Invalid
from api.strict import BadJson, parse
from api.v1.asking import asked
from api.v1.fields import SHORT, Instant, Number, OrganId, Text
from api.v1.schemas import MARK, Form
from api.v1.steps import hyphens, routes
from application.correct import CORRECT
from application.importing import Act, History, Unimportable
from application.ledger import Ledger
from domain.cases.jurisdiction.case import NUMBER as RESERVED
from domain.kernel import LEDGER, Actor, Case, case_id

MOST_BYTES = 8_000_000
MOST_STEPS = 5_000
REHEARSAL_ONLY = frozenset({"system", "respondent"})
BESIDE = ("number", "file_no", "occurred_at", "officer", "on_behalf_of", "reason")
"""What a step says beside its body."""


class LineStep(Schema):
    """One step of a history."""

    step = Text(longest=SHORT, required=True)
    occurred_at = Instant(required=True)
    department = OrganId(required=True)
    type = Text(longest=SHORT)
    number = Number(reserved=RESERVED)
    officer = Text(longest=SHORT)
    on_behalf_of = OrganId()
    reason = Text()
    body = fields.Dict(keys=fields.String(), load_default=dict)


class Line(Schema):
    """One history."""

    source = Text(longest=SHORT, required=True)
    number = Number(required=True, reserved=RESERVED)
    type = Text(longest=SHORT)
    steps = fields.List(fields.Nested(LineStep), required=True, validate=validate.Length(1, MOST_STEPS))


LINE = Line()
Forms = Mapping[tuple[str, str, bool], tuple[str, str, Form]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines as histories of one ledger. `digest`: what stands for a line, so that it is known again."""

    ledger: Ledger
    forms: Forms
    digest: Callable[[bytes], bytes]

    def history(self, raw: bytes) -> History:
        """The history on a line; raises BadJson, Invalid, or Unimportable for one of its steps."""
        said = parse(raw)
        try:
            line = LINE.load(said)
        except ValidationError as error:
            raise Invalid(error.messages_dict) from error
        digest = self.digest(json.dumps(said, sort_keys=True, ensure_ascii=False).encode())
        return History(source=line["source"], file_no=line["number"], acts=tuple(self._acts(line)), digest=digest)

    def _acts(self, line: Mapping[str, Any]) -> Iterator[Act]:
        opened: set[UUID] = set()
        before: datetime | None = None
        for place, step in enumerate(line["steps"], 1):
            try:
                if before is not None and step["occurred_at"] < before:
                    raise Invalid({"occurred_at": ["lies before that of the step before"]})
                before = step["occurred_at"]
                yield self._act(line, step, place, opened)
            except (Invalid, ValidationError) as error:
                wrong = Invalid(error.messages_dict) if isinstance(error, ValidationError) else error
                raise Unimportable(place, wrong) from error

    def _act(self, line: Mapping[str, Any], step: Mapping[str, Any], place: int, opened: set[UUID]) -> Act:
        number = step.get("number", line["number"])
        opens = case_id(number) not in opened
        opened.add(case_id(number))
        case_type, name, form = self._form(step.get("type", line.get("type")), step["step"], opens=opens)
        loaded = form.schema.load(_body(step, form, number if opens else None))
        source = line["source"]
        said = asked(form, loaded, self.ledger, lambda name: uuid5(LEDGER, f"import:{source}:{place}:{name}"))
        return Act(
            case_type=case_type,
            step=name,
            number=number,
            opens=opens,
            actor=self._actor(step),
            occurred_at=step["occurred_at"],
            arguments=said.arguments,
            protected=said.protected,
            reason=step.get("reason"),
        )

    def _form(self, case_type: str | None, step: str, *, opens: bool) -> tuple[str, str, Form]:
        if case_type is None:
            raise Invalid({"type": ["Missing data for required field."]})
        known = self.forms.get((hyphens(case_type), hyphens(step), opens))
        if known is not None:
            return known
        if (hyphens(case_type), hyphens(step), not opens) in self.forms:
            raise Invalid({"number": ["no step has opened this case" if opens else "this case is open already"]})
        raise Invalid({"step": [f"no step {step}"]})

    def _actor(self, step: Mapping[str, Any]) -> Actor:
        behalf = step.get("on_behalf_of")
        return Actor(
            self._organ("department", step["department"]),
            step.get("officer", ""),
            None if behalf is None else self._organ("on_behalf_of", behalf),
        )

    def _organ(self, key: str, said: str) -> str:
        found = self.ledger.at_hand().case.register.organ(said)
        if found is None or (found.id in REHEARSAL_ONLY and not self.ledger.rehearsal):
            raise Invalid({key: [f"no organ {said}"]})
        return found.id


def _body(step: Mapping[str, Any], form: Form, number: str | None) -> dict[str, Any]:
    """The body as the form reads it, with the number of the case that it opens."""
    body = dict(step["body"])
    for name in BESIDE:
        if name in body and MARK + name in form.schema.fields:
            raise Invalid({f"body.{name}": ["stands beside the body"]})
    return {**body, "number": number} if number is not None and MARK + "number" in form.schema.fields else body


def reader(ledger: Ledger, types: Mapping[str, type[Case]], digest: Callable[[bytes], bytes]) -> Reader:
    """A reader of histories made of steps of these case types. `digest`: keyed, since lines hold protected values."""
    known = {
        (hyphens(name), hyphens(each.step), each.opening): (name, each.step, each.form)
        for name, case_type in types.items()
        for each in routes(name, case_type)
        if each.step != CORRECT
    }
    return Reader(ledger, known, digest)


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, with their numbers; of one that is too long a piece that no reader takes."""
    number = 0
    while raw := file.readline(MOST_BYTES):
        number += 1
        if not raw.endswith(b"\n") and len(raw) == MOST_BYTES:
            while (more := file.readline(MOST_BYTES)) and not more.endswith(b"\n"):
                continue
            yield number, b""
        elif raw.strip():
            yield number, raw


def told(number: int, source: str | None, error: Exception) -> dict[str, Any]:
    """Why a line was not taken over, for the file of errors."""
    step, why = (error.step, error.why) if isinstance(error, Unimportable) else (None, error)
    return {"line": number, "source": source, "step": step, **_why(why)}


def source_of(raw: bytes) -> str | None:
    """The source id on a line, as far as it can be read."""
    try:
        said = parse(raw)
    except BadJson:
        return None
    found = said.get("source") if isinstance(said, dict) else None
    return found if isinstance(found, str) else None


def _why(error: Exception) -> dict[str, Any]:
    ground = getattr(error, "ground", None)
    if ground is not None:
        article = f"{ground.instrument} {ground.clause}"
        return {"code": ground.code, "article": article, "zh": ground.zh, "en": ground.en}
    if isinstance(error, Invalid):
        return {"code": "invalid", "errors": error.errors}
    return {"code": type(error).__name__, "detail": str(error)}
