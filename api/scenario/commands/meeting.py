"""Commands about joint meetings, and what a meeting needs first where a scenario is silent about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from api.scenario.commands.task import several, until
from api.scenario.world import PAPER, Call, NoWay, Translation, World

OFFICE, CONVENOR = "office", "convenor"
BEFORE = ("prepared", "proposed", "agenda_compiled", "agenda_approved")
COMPILED, APPROVED, HELD, MINUTED = "agenda_compiled", "agenda_approved", "held", "minuted"


def _meetings(world: World, *states: str) -> list[Mapping[str, Any]]:
    return [each for each in world.cases("meeting") if each["state"] in states]


def _latest(world: World, *states: str) -> Mapping[str, Any]:
    found = _meetings(world, *states)
    if not found:
        raise NoWay(f"no meeting for {world.step.command}")
    return found[-1]


def _items(world: World, number: str) -> list[str]:
    """The items that a meeting has: submitted, or carried over from an earlier one."""
    carried = [each["item"] for event in world.events("meeting.prepared", number) for each in event["data"]["carried"]]
    return carried + [event["data"]["item"] for event in world.events("meeting.agenda-item-submitted", number)]


def _waiting(world: World) -> list[str]:
    """The items that the next meeting finds on its table: not agreed before, not urgent, and not taken up since."""
    waiting: list[str] = []
    for meeting in world.cases("meeting"):
        number = str(meeting["number"])
        deferred = [each["data"] for each in world.events("meeting.resolution-deferred", number)]
        waiting = [each for each in waiting if each not in _items(world, number)]
        waiting += [each["item"] for each in deferred if not each["urgent"]]
    return waiting


def _attended(world: World, number: str) -> list[str]:
    return [organ for event in world.events("meeting.held", number) for organ in event["data"]["attended"]]


# ---- what is prepared first: a meeting where none is open, agenda items that nobody submitted


class _Preparing:
    """Requests that bring a meeting as far as the command needs it."""

    def __init__(self, world: World, meeting: Mapping[str, Any] | None) -> None:
        self.world = world
        self.number = str(meeting["number"]) if meeting else f"LX-{world.step.n}"
        self.state = str(meeting["state"]) if meeting else ""
        self.items = _items(world, self.number) if meeting else _waiting(world)
        self.agenda = _agenda(world, self.number)
        self.calls: list[Call] = []

    def ask(self, step: str, role: str, **body: Any) -> None:
        path = f"/api/v1/meeting/{quote(self.number, safe='')}/{step}"
        self.calls.append(Call(path, body, self.number, self.world.roles.get(role)))

    def open(self) -> None:
        if not self.state:
            call = self.world.open("meeting", number=self.number, kind="full")
            self.calls.append(replace(call, by=self.world.roles.get(OFFICE)))
            self.state = "prepared"

    def register(self, items: list[str]) -> None:
        self.open()
        for item in dict.fromkeys(items):
            if item not in self.items:
                self.ask("submit-agenda-item", OFFICE, item=item, title=item, signed_by_main_leader=True)
                self.items.append(item)

    def compile(self, items: list[str]) -> None:
        self.register(items)
        self.ask("compile-agenda", OFFICE, items=list(dict.fromkeys(items)))
        self.state = COMPILED

    def approve(self, items: list[str]) -> None:
        wanted = list(dict.fromkeys([*self.agenda, *items]))
        self.compile(wanted)
        consulting = self.world.practice("meeting-agenda") == "consultation"
        settled = {"included": wanted, "consulted": [self.world.roles.get(CONVENOR, self.world.step.by)]}
        self.ask("approve-agenda", OFFICE if consulting else CONVENOR, **settled)
        self.state = APPROVED

    def hold(self, items: list[str]) -> None:
        self.open()
        if items:
            self.approve(items)
        self.ask("hold", CONVENOR, full=False, items=items)
        self.state = HELD


def _agenda(world: World, number: str) -> list[str]:
    approved = world.events("meeting.agenda-approved", number)
    return list(approved[-1]["data"]["included"]) if approved else []


def _open(world: World) -> _Preparing:
    """The open meeting, or one to be prepared."""
    found = _meetings(world, *BEFORE)
    return _Preparing(world, found[-1] if found else None)


def _before_submission(world: World) -> list[Call]:
    preparing = _open(world)
    preparing.open()
    return preparing.calls


def _before_compilation(world: World) -> list[Call]:
    preparing = _open(world)
    preparing.register(several(world.payload.get("items")))
    return preparing.calls


def _before_approval(world: World) -> list[Call]:
    preparing = _open(world)
    named = [*several(world.payload.get("included")), *several(world.payload.get("excluded"))]
    compiled = world.events("meeting.agenda-compiled", preparing.number)
    known = list(compiled[-1]["data"]["items"]) if compiled else []
    if named and (preparing.state != COMPILED or not set(named) <= set(known)):
        preparing.compile([*known, *named])
    preparing.open()
    return preparing.calls


def _before_meeting(world: World) -> list[Call]:
    preparing = _open(world)
    items = several(world.payload.get("item"))
    if items and not (preparing.state == APPROVED and set(items) <= set(preparing.agenda)):
        preparing.approve(items)
    preparing.open()
    return preparing.calls


def _before_disagreement(world: World) -> list[Call]:
    if disputed(world):
        return []
    item = str(world.payload["item"])
    if any(item in _items(world, each["number"]) for each in _meetings(world, HELD)):
        return []
    preparing = _open(world)
    preparing.hold([item])
    return preparing.calls


def _before_minutes(world: World) -> list[Call]:
    if _meetings(world, HELD):
        return []
    preparing = _open(world)
    preparing.hold([])
    return preparing.calls


# ---- the commands themselves


def _submit(world: World) -> list[Call]:
    said = {"signed_by_main_leader": world.said("signed_by_main_leader", True), **world.given("item", "title")}
    return [world.on(_latest(world, *BEFORE), "submit_agenda_item", **said)]


def _compile(world: World) -> list[Call]:
    return [world.on(_latest(world, *BEFORE), "compile_agenda", items=several(world.payload.get("items")))]


def _approve(world: World) -> list[Call]:
    said = {key: several(world.payload.get(key)) for key in ("included", "excluded")}
    return [world.on(_latest(world, *BEFORE), "approve_agenda", consulted=[world.step.by], **said)]


def _hold(world: World) -> list[Call]:
    meeting = _latest(world, *BEFORE)
    items = several(world.payload.get("item")) or _agenda(world, meeting["number"])
    said = {"full": world.payload["full"], "items": items if meeting["state"] == APPROVED else []}
    return [world.on(meeting, "hold", **said, **world.given("attended"))]


def disputed(world: World) -> bool:
    """Whether the file has a disputed referral: then a disagreement is about that."""
    return any(each["state"] in ("disputed", "escalated") for each in world.cases("referral"))


def _disagree(world: World) -> list[Call]:
    item = str(world.payload["item"])
    meeting = next(each for each in reversed(_meetings(world, HELD)) if item in _items(world, each["number"]))
    parties = world.said("parties", _parties(world, meeting["number"], item))
    opinions = [{"party": each, "opinion": PAPER} for each in parties]
    said = {"item": item, "parties": parties, "opinions": opinions, **world.given("urgent")}
    return [world.on(meeting, "record_disagreement", **said)]


def _parties(world: World, number: str, item: str) -> list[str]:
    """Who disagrees, where the scenario does not say: who attended, else who asked for the item and who tells."""
    attended = list(dict.fromkeys(_attended(world, number)))
    if len(attended) > 1:
        return attended
    asked = [
        each["department"]
        for each in world.events("meeting.agenda-item-submitted", number)
        if each["data"]["item"] == item
    ]
    others = [world.step.by, *world.roles.values()]
    return list(dict.fromkeys([*attended, *asked, *others]))[:2]


def _escalate(world: World) -> list[Call]:
    meeting = _latest(world, HELD)
    deferred = world.events("meeting.resolution-deferred", meeting["number"])
    if not deferred:
        raise NoWay("nothing was deferred")
    said = {"item": world.said("item", deferred[-1]["data"]["item"]), **world.given("opinions")}
    return [world.on(meeting, "escalate", **said)]


def _resolution(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    lead, *more = several(said.get("lead")) or [""]
    together = {"co_leads": more, "cooperating": several(said.get("cooperating"))}
    return {
        "resolution": name,
        "lead": lead,
        "text": str(said.get("text") or name),
        **together,
        **until(said.get("due")),
    }


def _minutes(world: World) -> list[Call]:
    meeting = _latest(world, HELD)
    resolutions = [_resolution(name, said) for name, said in world.payload.items()]
    agreed = list(dict.fromkeys(_attended(world, meeting["number"]))) or [world.step.by]
    return [world.on(meeting, "issue_minutes", resolutions=resolutions, agreed_by=agreed, copied_to=PAPER)]


def _circulate(world: World) -> list[Call]:
    overdue = several(world.payload.get("overdue"))
    return [world.on(_minuted(world, overdue), "circulate_status", overdue=overdue)]


def _minuted(world: World, resolutions: list[str]) -> Mapping[str, Any]:
    """The meeting that made these resolutions, else the last with minutes."""
    meetings = {each["number"]: each for each in _meetings(world, MINUTED)}
    for event in reversed(world.events("meeting.minutes-issued")):
        made = {each["resolution"] for each in event["data"]["resolutions"]}
        if resolutions and made.issuperset(resolutions) and event["number"] in meetings:
            return meetings[event["number"]]
    return _latest(world, MINUTED)


def _either(dispute: Translation, meeting: Translation) -> Translation:
    return lambda world: dispute(world) if disputed(world) or not _meetings(world, HELD) else meeting(world)


def beside(referral: Mapping[str, Translation]) -> dict[str, Translation]:
    """The commands that are about a disputed referral where there is one, and about a meeting elsewhere."""
    ours: dict[str, Translation] = {"RecordDisagreement": _disagree, "EscalateToCommittee": _escalate}
    return {name: _either(referral[name], translation) for name, translation in ours.items()}


COMMANDS: dict[str, Translation] = {
    "SubmitAgendaItem": _submit,
    "CompileAgenda": _compile,
    "ApproveAgenda": _approve,
    "HoldJointMeeting": _hold,
    "IssueMinutes": _minutes,
    "CirculateResolutionStatus": _circulate,
}

PREPARATIONS: dict[str, Translation] = {
    "SubmitAgendaItem": _before_submission,
    "CompileAgenda": _before_compilation,
    "ApproveAgenda": _before_approval,
    "HoldJointMeeting": _before_meeting,
    "RecordDisagreement": _before_disagreement,
    "IssueMinutes": _before_minutes,
}
"""What is asked of the product before a command, so that a scenario need not tell what goes without saying."""
