"""The page of steps: every step of every case type, who may take it, what it asks, what it leaves and why it is refused."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping

from api.handbook.bodies import body, who
from api.handbook.markdown import anchor, bullets, chinese, code
from api.handbook.markdown import page as whole_page
from api.handbook.problems import grounds_table
from api.handbook.reach import Reach, reach
from api.v1.steps import PREFIX, hyphens, routes
from application.flows import FLOWS, Flow
from domain.effects import Custody
from domain.kernel import Case, Event, Ground, Step
from domain.law.rulebook import Rulebook, Trigger

INTRODUCTION = f"""\
Every step is a route, derived from its declaration. The first step that opens a case has the path of its type
(`POST {PREFIX}/<type>`), further opening steps `POST {PREFIX}/<type>/<step>`, steps of an existing case
`POST {PREFIX}/<type>/{{case}}/<step>` with `If-Match`; `{{case}}` is the id or the number of the case.

Besides its own keys every body may have `occurred_at` (when the act happened, with offset; now if not given), `reason`,
`on_behalf_of` (an organ outside the ledger whose act is recorded) and `officer`; an opening step also `number` (the number of
the new case) and `file_no` (an existing file to join). Every case type also has `POST {PREFIX}/<type>/{{case}}/correct`.

A key that is *always* given may be null where its type says so: that tells the law that the paper is missing, and the refusal
names the article. *Kept in the vault* means that the event holds a reference and never the value.

Grounds are read from the code of each step, so a list is what the step can meet, not what it will. On top of them every step
can meet `STEP_NOT_ALLOWED_IN_STATE` and the problems of [errors.md](errors.md). In the same way an event names every clock that
it can start or stop: under which conditions it does stands in [rules.md](rules.md). A passed time limit never refuses a step: the
act is recorded and judged late."""

EFFECTS = {
    "opens": "opens the matter, held by {to}",
    "passes": "passes the matter to {to}",
    "sends": "puts the matter on the way to {to}",
    "recalls": "ends the way, back with {to}",
    "closes": "closes the matter",
}
ACTIONS = {
    "start": "starts",
    "stop": "stops",
    "pause": "pauses",
    "resume": "resumes",
    "void": "voids",
    "revive": "revives",
    "extend": "extends",
    "pass": "passes on",
    "confirm": "confirms",
    "reject": "undoes the stop of",
}


def page(types: Mapping[str, type[Case]], rulebook: Rulebook) -> str:
    """The page of all steps."""
    acts = rulebook.on_topic(rulebook.profiles)
    clocks = {topic: "; ".join(_clocks(triggers)) for topic, triggers in acts.items()}
    contents = bullets(f"[{title(found)}]({anchor(title(found))})" for found in types.values())
    parts = (part for found in types.values() for part in _case_type(found, clocks))
    return whole_page("Steps 办理步骤", INTRODUCTION, contents, *parts)


def _clocks(triggers: Iterable[Trigger]) -> Iterator[str]:
    """What an event does to clocks, one phrase for each action."""
    done: dict[str, dict[str, None]] = {}
    for each in triggers:
        done.setdefault(ACTIONS[each.action], {})[each.limit.id] = None
    return (f"{action} {', '.join(rules)}" for action, rules in done.items())


def title(case_type: type[Case]) -> str:
    """The name of a case type in both languages, as its folder introduces it."""
    folder = importlib.import_module(f"domain.cases.{case_type.TYPE}")
    said = (folder.__doc__ or case_type.TYPE).partition(":")[0].removesuffix(".").removesuffix(" itself")
    return said.removeprefix("The ").replace("(", "").replace(")", "").capitalize()


def _case_type(case_type: type[Case], clocks: Mapping[str, str]) -> Iterator[str]:
    yield f"## {title(case_type)}"
    yield f"Type `{case_type.TYPE}`. " + " ".join((inspect.getdoc(case_type) or "").split())
    met: dict[str, Ground] = {}
    for step in sorted(case_type.STEPS.values(), key=lambda each: not each.opens):
        found = reach(case_type, step)
        met |= found.grounds
        yield from _step(case_type, step, found, clocks)
    yield f"### Grounds of refusal: {case_type.TYPE.replace('_', ' ')}"
    yield grounds_table(sorted(met.values(), key=lambda each: each.code))


def _step(case_type: type[Case], step: Step, found: Reach, clocks: Mapping[str, str]) -> Iterator[str]:
    yield f"### {case_type.TYPE}.{step.name}"
    yield inspect.getdoc(step.does) or ""
    yield bullets(_facts(case_type, step, found, clocks))
    yield body(step)


def _facts(case_type: type[Case], step: Step, found: Reach, clocks: Mapping[str, str]) -> Iterator[str]:
    for route in routes(case_type.TYPE, case_type):
        if route.step == step.name:
            path = f"{PREFIX}/{hyphens(case_type.TYPE)}{route.path}".replace("<case>", "{case}")
            yield f"`POST {path}` {'opens a case' if route.opening else 'acts in a case'}"
    yield f"Taken by {who(step)}."
    yield from (f"Follows from `{each.when}`." for each in FLOWS if _leads_to(each, case_type, step))
    if step.states:
        yield f"In the states {code(dict.fromkeys(step.states))}."
    yield from (f"Leaves {_event(each, clocks)}" for each in found.events.values())
    if found.grounds:
        yield f"Can be refused: {code(found.grounds)}."


def _leads_to(flow: Flow, case_type: type[Case], step: Step) -> bool:
    return (flow.case_type, flow.step) == (case_type.TYPE, step.name)


def _event(event: type[Event], clocks: Mapping[str, str]) -> str:
    name = f"`{event.TOPIC}` {chinese(event.__doc__)}".rstrip()
    follows = (f"`{each.case_type}.{each.step}` follows" for each in FLOWS if each.when == event.TOPIC)
    effects = [_custody(event.CUSTODY), clocks.get(event.TOPIC, ""), *follows]
    told = "; ".join(effect for effect in effects if effect)
    return f"{name}: {told}." if told else f"{name}."


def _custody(custody: Custody | None) -> str:
    if custody is None:
        return ""
    to = "who acts" if custody.to == "actor" else f"`{custody.to.rstrip('_')}`"
    said = EFFECTS[custody.effect].format(to=to)
    return f"{said} if `{custody.when}`" if custody.when else said
