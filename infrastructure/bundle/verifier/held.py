"""Who held what when (经办): told again from the facts, each stretch from the event that began it to the one that ended it."""

from __future__ import annotations

from typing import Any

from infrastructure.bundle.verifier.facts import CHINA, Fact


class Custody:
    """Custody of the matters of one file. `effects`: what the events do to it, by topic; told in the order of recording."""

    def __init__(self, effects: dict[str, dict[str, Any]]) -> None:
        self.effects = effects
        self.holder: dict[str, str | None] = {}
        self.spans: list[dict[str, Any]] = []
        self._way: dict[str, dict[str, Any]] = {}

    def tell(self, fact: Fact) -> str | None:
        """Let one fact have its effect; who then holds the matter that it is about."""
        matter, effect = fact.matter, self.effects.get(fact.topic)
        if matter is None:
            return None
        if effect is None or (effect["when"] and not fact.said.get(effect["when"])):
            return self.holder.get(matter)
        to = fact.actor if effect["to"] == "actor" else fact.said[effect["to"]]
        to = to[0] if isinstance(to, list) else to
        self._arrive(matter, fact)
        if effect["effect"] == "sends":
            sent = {"matter": matter, "holder": self.holder.setdefault(matter, None), "addressee": to}
            self._way[matter] = {**_begun(sent, fact), "in_transit": True}
            self.spans.append(self._way[matter])
        else:
            self._hold(matter, None if effect["effect"] == "closes" else to, fact)
        return self.holder.get(matter)

    def _hold(self, matter: str, to: str | None, fact: Fact) -> None:
        before = self.holder.get(matter)
        self.holder[matter] = to
        if to == before:
            return
        for span in reversed(self.spans):
            if span["matter"] == matter and span["until"] is None and not span["in_transit"]:
                _end(span, fact)
                break
        if to is not None:
            self.spans.append({**_begun({"matter": matter, "holder": to}, fact), "in_transit": False})

    def _arrive(self, matter: str, fact: Fact) -> None:
        way = self._way.pop(matter, None)
        if way is not None:
            _end(way, fact)


def _begun(span: dict[str, Any], fact: Fact) -> dict[str, Any]:
    time = fact.recorded.astimezone(CHINA).isoformat()
    return {**span, "since": time, "until": None, "begun_by": fact.id, "ended_by": None}


def _end(span: dict[str, Any], fact: Fact) -> None:
    span["until"], span["ended_by"] = fact.recorded.astimezone(CHINA).isoformat(), fact.id
