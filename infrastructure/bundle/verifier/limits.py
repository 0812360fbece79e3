"""Which time limits (时限) the facts start, stop, pause, void, revive, extend and pass on, told again from the rules of the bundle."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from infrastructure.bundle.verifier.clauses import (
    ORDER,
    Rule,
    Seen,
    Settled,
    besides,
    clauses_of,
    day_in,
    in_force,
    instants_in,
    meets,
    pair_of,
    settled,
)
from infrastructure.bundle.verifier.facts import Fact, day_in_china
from infrastructure.bundle.verifier.offices import Offices

LEDGER = uuid.UUID("6f1d2c1a-1f6e-5f0e-9b57-5a1c0e7a2020")


@dataclass
class Halt:
    """A pause: its beginning, its end if it has one, and what pairs the two."""

    key: str
    begun: datetime
    ended: datetime | None = None


@dataclass
class Clock:
    """What is counted: under which rule, for which matter, by whom owed, from when, and what happened to it."""

    rule: Rule
    matter: str
    created: Fact
    leg: int
    party: str
    besides: list[str]
    calendar: str
    anchor: datetime
    span: dict[str, Any]
    given: date | None
    ceiling: datetime | None
    after: Clock | None
    halts: list[Halt] = field(default_factory=list)
    stop: Settled | None = None
    void: Settled | None = None

    @property
    def open(self) -> bool:
        """Whether an act can still change it."""
        return self.void is None and (self.stop is None or self.stop.pending)

    @property
    def id(self) -> str:
        """What names it."""
        name = f"clock:{self.created.stored['file_id']}:{self.rule['profile']}:{self.rule['id']}:{self.created.id}"
        return str(uuid.uuid5(LEDGER, name))


class Limits:
    """The clocks of one file. `profiles`: by which rules each case is judged; `succeeds`: topics by which one organ follows another."""

    def __init__(
        self, rules: list[Rule], profiles: dict[str, list[str]], succeeds: list[str], offices: Offices
    ) -> None:
        self.rules, self.profiles, self.succeeds, self.offices = rules, profiles, succeeds, offices
        self.clocks: list[Clock] = []
        self.holder: str | None = None
        self._seen: Seen = {}
        self._places: list[tuple[int, str, str]] = []

    def tell(self, fact: Fact, holder: str | None) -> None:
        """Let one fact have its effect, its custody being told already."""
        matter = fact.matter
        if matter is None:
            return
        self.holder = holder
        if fact.topic in self.succeeds:
            self._succeed(fact)
        for action, rule, clause in self._acts(fact):
            asked = action not in ("confirm", "reject", "resume")
            if asked and not meets(clause["condition"], fact, matter, self._seen):
                continue
            if action == "start":
                self._start(fact, matter, rule, clause)
                continue
            for clock in self.clocks:
                if clock.rule is rule and clock.matter == matter:
                    getattr(self, f"_{action}")(clock, clause, fact)
        self._seen[matter, fact.topic] = fact

    def _acts(self, fact: Fact) -> list[tuple[str, Rule, dict[str, Any]]]:
        chosen = [*self.profiles.get(fact.case, ()), "any"]
        rules = [each for each in self.rules if each["enforced"] and each["profile"] in chosen]
        found = [
            (action, each, clause) for each in rules for on, action, clause in clauses_of(each) if on == fact.topic
        ]
        return sorted(found, key=lambda each: ORDER.index(each[0]))

    def _stop(self, clock: Clock, stop: dict[str, Any], fact: Fact) -> None:
        if clock.open and not (stop["same_party"] and fact.actor != clock.party):
            clock.stop = settled(fact, stop["field"], pending=stop["confirmed_by"] is not None, lapse=stop["lapse"])

    def _confirm(self, clock: Clock, stop: dict[str, Any], fact: Fact) -> None:
        if clock.stop is not None and clock.stop.pending:
            clock.stop = clock.stop._replace(pending=False)

    def _reject(self, clock: Clock, stop: dict[str, Any], fact: Fact) -> None:
        if clock.stop is not None and clock.stop.pending:
            clock.stop = None

    def _pause(self, clock: Clock, pause: dict[str, Any], fact: Fact) -> None:
        if clock.open:
            clock.halts.append(Halt(pair_of(pause, fact) or f"{pause['begins']}:", fact.occurred))

    def _resume(self, clock: Clock, pause: dict[str, Any], fact: Fact) -> None:
        begun = f"{pause['begins']}:"
        waiting = [each for each in clock.halts if each.ended is None and each.key.startswith(begun)]
        named = [each for each in waiting if each.key == pair_of(pause, fact)]
        if clock.open and waiting:
            (named or waiting)[0].ended = fact.occurred

    def _void(self, clock: Clock, void: dict[str, Any], fact: Fact) -> None:
        if clock.open and not (void["other_party"] and fact.actor == clock.party):
            clock.void = settled(fact)

    def _revive(self, clock: Clock, revival: dict[str, Any], fact: Fact) -> None:
        undone = self._seen.get((clock.matter, revival["cancels"]))
        later = self._alike(clock.rule, clock.matter)[clock.leg :]
        other = revival["same_party"] and fact.actor != clock.party
        if undone is None or other or any(each.party == clock.party for each in later):
            return

        def undoes(mark: Settled | None) -> bool:
            if mark is None:
                return False
            return mark.fact.topic == revival["cancels"] if revival["whichever"] else mark.fact.id == undone.id

        clock.stop = None if undoes(clock.stop) else clock.stop
        clock.void = None if undoes(clock.void) else clock.void

    def _extend(self, clock: Clock, extension: dict[str, Any], fact: Fact) -> None:
        if not clock.open:
            return
        if extension["to"]:
            clock.span = extension["to"]
        if extension["by"]:
            clock.span = {**clock.span, "amount": clock.span["amount"] + extension["by"]}
        if extension["field"]:
            clock.given = day_in(fact.said.get(extension["field"]))

    def _pass(self, clock: Clock, passing: dict[str, Any], fact: Fact) -> None:
        if clock.open:
            clock.party = self._party(clock.rule["owed_by"], fact)
            clock.calendar = self.offices.calendar_of(clock.party)
            clock.besides = besides(clock.party, clock.rule, fact)

    def _succeed(self, fact: Fact) -> None:
        old, new = fact.said["from_"], fact.said["to"]
        self._places.append((fact.place, old, new))
        for clock in self.clocks:
            if clock.open and old in (clock.party, *clock.besides):
                named = [new if each == old else each for each in (clock.party, *clock.besides)]
                clock.party, *clock.besides = dict.fromkeys(named)
                clock.calendar = self.offices.calendar_of(clock.party)

    def _alike(self, rule: Rule, matter: str) -> list[Clock]:
        return [each for each in self.clocks if each.rule["id"] == rule["id"] and each.matter == matter]

    def _start(self, fact: Fact, matter: str, rule: Rule, start: dict[str, Any]) -> None:
        alike = self._alike(rule, matter)
        if not start["leg"] and any(each.open for each in alike):
            return
        anchor, after = self._elsewhere(fact, start) if start["about"] else (self._anchor(fact, start), None)
        if anchor is None or not in_force(rule, day_in_china(anchor)):
            return
        party = self._party(start["owed_by"] or rule["owed_by"], fact)
        if not rule["binds_external"] and self.offices.external(party):
            return
        given = rule["within"]["field"]
        clock = Clock(
            rule=rule,
            matter=matter,
            created=fact,
            leg=len(alike) + 1,
            party=party,
            besides=besides(party, rule, fact),
            calendar=self.offices.calendar_of(party),
            anchor=anchor,
            span=start["within"] or rule["within"],
            given=day_in(fact.said.get(given)) if given else None,
            ceiling=self._ceiling(fact, rule),
            after=after,
        )
        if start["stops_itself"] and (start["done_on"] is None or fact.said.get(start["done_on"]) is not None):
            clock.stop = settled(fact, start["done_on"])
        self.clocks.append(clock)

    def _anchor(self, fact: Fact, start: dict[str, Any]) -> datetime | None:
        found: Fact | None = self._latest(fact.matter, start["anchors"]) if start["anchors"] else fact
        if found is None or not start["fields"]:
            return None if found is None else found.occurred
        return max(instants_in(found, start["fields"]), default=None)

    def _elsewhere(self, fact: Fact, start: dict[str, Any]) -> tuple[datetime | None, Clock | None]:
        matter, instants = fact.said.get(start["about"]), instants_in(fact, start["fields"])
        found = self._latest(matter, start["anchors"]) if matter is not None else None
        if found is not None:
            return max([*instants, found.occurred]), None
        waited = [each for each in self.clocks if each.matter == matter and each.rule["id"] == start["after_due"]]
        if matter is None or not waited:
            return max(instants, default=None), None
        return max(instants, default=waited[-1].anchor), waited[-1]

    def _latest(self, matter: str | None, topics: list[str]) -> Fact | None:
        found = [self._seen[matter or "", topic] for topic in topics if (matter or "", topic) in self._seen]
        return max(found, key=lambda each: each.place, default=None)

    def _ceiling(self, fact: Fact, rule: Rule) -> datetime | None:
        found = self._latest(fact.matter, rule["not_later_than"]["anchors"]) if rule["not_later_than"] else None
        return None if found is None else found.occurred

    def _party(self, owed_by: str, fact: Fact) -> str:
        kind, _, rest = owed_by.partition(":")
        if owed_by.startswith("actor of "):
            return self._in_place_of(self._seen.get((fact.matter or "", owed_by.removeprefix("actor of "))) or fact)
        parties = {
            "holder": self.holder or fact.actor,
            "actor": fact.actor,
            "addressee": fact.said.get("to"),
            "field": fact.said.get(rest),
            "role": self.offices.role(rest) or rest,
            "party": rest,
        }
        return str(parties[kind])

    def _in_place_of(self, found: Fact) -> str:
        organ = found.actor
        for place, old, new in self._places:
            organ = new if organ == old and place > found.place else organ
        return organ
