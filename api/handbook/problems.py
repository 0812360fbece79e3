"""The page of errors: what a client is told when something cannot be done."""

from __future__ import annotations

from api.errors import MEDIA_TYPE, OF_HTTP, PROBLEMS, TYPE
from api.handbook.markdown import page as whole_page
from api.handbook.markdown import table
from application import decide, handle
from domain.kernel import Ground

INTRODUCTION = f"""\
Every error answer is `{MEDIA_TYPE}` with `type` (`{TYPE}` and the code below), `title` in the language of
`Accept-Language` (Chinese if it does not say), `status` and `instance` (the path). Clients should rely on the code, never on
the words. What else an answer carries:

- `refused`: `code` of the ground, `article` (instrument and clause), `text` in both languages, and `facts`, the values on which
  it was decided. The grounds of every step stand in [steps.md](steps.md).
- `invalid`, `not-correctable`: `errors`, by field.
- `stale`: `version`, the present version of the case, also as `ETag`.
- `not-ready`: `checks`.
- every 503 has `Retry-After`. After `outcome-unknown` send the same request with the same `Idempotency-Key`: if it was recorded,
  the first answer is repeated.

A refusal is no failure of the program: it says which sentence of law stops the step. What should not happen is `defect`; its
cause stands in the log under the request id, never in the answer."""

EVERYWHERE = "## Grounds that every case type has"


def page() -> str:
    """The page of all problems."""
    known = {problem.code: problem for problem in reversed((*PROBLEMS.values(), *OF_HTTP.values()))}
    rows = sorted(known.values(), key=lambda each: (each.status, each.code))
    problems = table(
        ("Status", "Code", "中文", "Meaning"), ((each.status, f"`{each.code}`", each.zh, each.en) for each in rows)
    )
    return whole_page("Errors 错误", INTRODUCTION, problems, EVERYWHERE, grounds_table([decide.NOT_NOW, handle.TAKEN]))


def grounds_table(grounds: list[Ground]) -> str:
    """Grounds with their articles and the sentence in both languages."""
    rows = ((f"`{each.code}`", f"{each.instrument} {each.clause}", each.zh, each.en) for each in grounds)
    return table(("Code", "Article", "中文", "Meaning"), rows)
