"""Cases at two moments side by side (对照): what changed between them, and why today's answer is not that of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import Schema, ValidationError, fields, validate

from api.context import actor, answer, place, wiring
from api.v1.moments import QueryInstant
from api.v1.numbers import case_named
from api.v1.reads import read_at
from api.v1.roster import READS as READS
from application.comparing import compared_case
from application.differing import differences, whole
from application.queries import BASES, Moment
from domain.file import KNOWN

NOW, LONGEST_VERSION, LONGEST = "now", 9, 40
WHEN = {"description": "A version, an instant, or `now`", "type": "string", "maxLength": LONGEST}


class Then(fields.Field[Moment]):
    """A version of a case, an instant with its offset, or `now`."""

    instant = QueryInstant()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Moment:
        if value == NOW:
            return Moment()
        if len(str(value)) > LONGEST:
            raise ValidationError(f"at most {LONGEST} characters")
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST_VERSION:
            if int(value) < 1:
                raise ValidationError("versions begin at 1")
            return Moment(version=int(value))
        return Moment(as_of=self.instant.deserialize(value))


class Between(Schema):
    """Which two moments."""

    from_ = Then(required=True, data_key="from", metadata=WHEN)
    to = Then(metadata={**WHEN, "default": NOW})
    basis = fields.String(
        validate=validate.OneOf(BASES),
        load_default=KNOWN,
        metadata={"description": "known: as the ledger knew it; recomputed: under all that is known today"},
    )


class At(Schema):
    """Which instant."""

    as_of = QueryInstant(metadata={"description": "The instant; now if not given"})


@READS.route("/cases/<case>/changes")
@READS.arguments(Between(), location="query")
@READS.documented("CaseChanges", 404, 422, summary="What changed in the case from one moment to another")
def case_changes(query: dict[str, Any], case: str) -> Response:
    """Each moment is a version of the case, an instant, or now."""
    one, two = (_whole(case, query.get(name, Moment()), query["basis"]) for name in ("from_", "to"))
    return answer({**differences(one, two), "rehearsal": place().ledger.rehearsal})


@READS.route("/cases/<case>/differences")
@READS.arguments(At(), location="query")
@READS.documented(
    "CaseDifferences",
    404,
    422,
    summary="The case as known at an instant against as recomputed today, and why they differ",
)
def case_differences(query: dict[str, Any], case: str) -> Response:
    """Causes are found by folding the file with one kind of later knowledge at a time, and with several together."""
    at = query.get("as_of") or wiring().now()
    return answer(compared_case(place().ledger, case_named(case), actor(), at))


def _whole(case: str, moment: Moment, basis: str) -> dict[str, Any]:
    reading, found = read_at(case, Moment(as_of=moment.as_of, basis=basis, version=moment.version))
    return whole(reading, found)
