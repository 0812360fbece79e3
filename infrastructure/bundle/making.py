"""Makes the bundle (证据包) of a case: what a reader may see of its file, what shows that it is in the log, and the law it is judged by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import chain
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

from application.bundling import Bundle, NotYetSigned, OtherLaw
from application.handle import NotFound
from application.ledger import Ledger, office
from application.proofs import Located, Proofs
from application.queries import Moment, Reading, read_case
from domain.cases import EVENTS
from domain.cases.attestation.case import NUMBER as ATTESTATION
from domain.cases.attestation.events import LawAttested, ManifestRecorded
from domain.file import File
from domain.kernel import Actor, Case, Entry, Event, OpeningEvent, case_id
from domain.law.clock import day_of
from domain.proof.checkpoint import Checkpoint
from domain.proof.inclusion import InclusionProof
from domain.proof.manifest import line_proof, manifest_lines
from domain.proof.merkle import inclusion_proof
from domain.proof.note import Note
from domain.proof.tiles import node_in
from infrastructure.bundle.claiming import claimed_clocks, claimed_custody, following, read_facts
from infrastructure.bundle.packing import Seal, packed
from infrastructure.bundle.telling import as_json, hash_text, told_calendars, told_effects, told_event, told_rules
from infrastructure.bundle.verifier.lawful import Shown, departures
from infrastructure.bundle.verifier.offices import BEARING

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moments(Protocol):
    """What a bundle needs to know of a log besides its proofs."""

    def signed_at(self, size: int) -> datetime:
        """When the checkpoint of a size was signed."""

    def last_versions(self, position: int) -> Sequence[tuple[UUID, int]]:
        """How far each case had come as of a position."""

    def tokens(self, size: int) -> Sequence[tuple[str, bytes]]:
        """The timestamps of the checkpoint of a size, by the name of who gave them."""


class BundlesOf:
    """The bundles of one ledger. `texts`: full texts of the law by file name; `seal`: signs the list of contents, if anything does."""

    def __init__(
        self, ledger: Ledger, proofs: Proofs, moments: Moments, texts: Mapping[str, str], seal: Seal | None = None
    ) -> None:
        self._ledger, self._proofs, self._moments, self._texts, self._seal = ledger, proofs, moments, texts, seal

    def of(self, case: UUID, actor: Actor, *, now: datetime, size: int | None = None) -> Bundle:
        """The bundle of a case as somebody may see it; raises NotFound, NotYetSigned and OtherLaw."""
        reading = read_case(self._ledger, case, Moment(), actor, now=now)
        note = self._proofs.head(size)
        if note is None and size is not None:
            raise NotFound(f"a checkpoint of size {size}")
        if note is None:
            raise NotYetSigned("the log has no checkpoint")
        made = _Made(self._ledger, self._proofs, self._moments, self._texts, reading, case, note)
        if not any(each.case_id == case for each in made.shown):
            raise NotYetSigned(f"no event of the case is in the log of {made.head.size}")
        content = packed(made.files(), made.head.origin, self._seal)
        return Bundle(f"{reading.case(case).number}-{made.head.size}.zip", made.head.size, content)


@dataclass
class _Made:
    """One bundle in the making: everything as the log of the checkpoint has it."""

    ledger: Ledger
    proofs: Proofs
    moments: Moments
    texts: Mapping[str, str]
    reading: Reading
    case: UUID
    note: Note

    @cached_property
    def head(self) -> Checkpoint:
        return Checkpoint.parse(self.note.text)

    @cached_property
    def bearing(self) -> list[Entry]:
        """What the jurisdiction recorded that a due date can depend on."""
        return [each for each in self.ledger.office().entries if each.topic in BEARING]

    @cached_property
    def attested(self) -> list[Entry]:
        """What the ledger attested of its cases and of its law."""
        found = self.ledger.log.load_stream(case_id(ATTESTATION))
        return [each for each in found if isinstance(each.event, ManifestRecorded | LawAttested)]

    @cached_property
    def located(self) -> Mapping[UUID, Located]:
        entries = chain(self.reading.recorded, self.bearing, self.attested)
        return self.proofs.stored([each.event_id for each in entries])

    def settled(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that the checkpoint covers."""
        return [each for each in entries if self._index(each) is not None]

    def _index(self, entry: Entry) -> int | None:
        found = self.located.get(entry.event_id)
        position = found and found.position
        return None if position is None or position > self.head.size else position - 1

    @cached_property
    def entries(self) -> list[Entry]:
        return self.settled(self.reading.recorded)

    @cached_property
    def shown(self) -> list[Entry]:
        sight = self.reading.sight
        return [each for each in self.entries if sight.whole or sight.shows(each.case_id)]

    @cached_property
    def offices(self) -> list[Entry]:
        return [] if self.entries[0].file_id == self.ledger.office().entries[0].file_id else self.settled(self.bearing)

    @cached_property
    def at(self) -> datetime:
        """The instant that everything is judged at: that of the checkpoint, where no recording was set later."""
        return max(self.moments.signed_at(self.head.size), *(each.known_at() for each in self.entries))

    @cached_property
    def file(self) -> File:
        known = office(self.settled(self.bearing))
        return self.ledger.file(self.reading.file.id, self.entries, as_of=self.at, office=known)

    @cached_property
    def manifest(self) -> tuple[Entry, dict[str, Any]] | None:
        """The latest manifest, and what shows the line of each case that it knows; None if it knows none of them."""
        for entry in self._latest_first(ManifestRecorded):
            told = entry.event
            assert isinstance(told, ManifestRecorded)
            lines = manifest_lines(self.moments.last_versions(told.position))
            cases = dict.fromkeys(each.case_id for each in self.shown if self._before(each, told.position))
            proofs = {case: line_proof(lines, case) for case in cases}
            told_proofs = {
                str(case): {"place": each.place, "path": list(map(hash_text, each.path))}
                for case, each in proofs.items()
            }
            return (entry, {"event": entry.event_id, "lines": told_proofs}) if proofs else None
        return None

    def _latest_first(self, kind: type[Event]) -> list[Entry]:
        """What was attested of a kind as of the checkpoint, but for what is shown anyhow."""
        own = {each.event_id for each in self.shown}
        found = [each for each in self.settled(self.attested) if isinstance(each.event, kind)]
        return [each for each in reversed(found) if each.event_id not in own]

    def _before(self, entry: Entry, position: int) -> bool:
        """Whether a manifest as of a position knows an event. Reservations are streams of many files."""
        index = self._index(entry)
        return entry.case_type != "reservation" and index is not None and index < position

    def files(self) -> dict[str, bytes]:
        """The files by name."""
        named = self.reading.case(self.case)
        files = {"bundle.json": as_json(self._about(named)), "checkpoint": str(self.note).encode()}
        published = self.proofs.keys()
        files["keys"] = "".join(f"{each.key}\n" for each in published).encode()
        tokens = {f"timestamps/{quote(name, safe='')}.tsr": each for name, each in self.moments.tokens(self.head.size)}
        files |= {**tokens, "timestamps/checkpoint.txt": self.note.text.encode()} if tokens else {}
        told = [*self.shown, *self.offices]
        if self.manifest is not None:
            told.append(self.manifest[0])
            files["manifest.json"] = as_json(self.manifest[1])
        told += self._latest_first(LawAttested)[:1]
        return {**files, **self._events(told), **self._law()}

    def _about(self, named: Case) -> dict[str, Any]:
        return {
            "form": "anjuan bundle/v1",
            "origin": self.head.origin,
            "size": self.head.size,
            "rehearsal": self.ledger.rehearsal,
            "whole": self.reading.sight.whole,
            "judged_at": self.at.astimezone(UTC).strftime(STAMP),
            "case": {"id": self.case, "number": named.number, "type": named.TYPE},
            "file": {"id": self.reading.file.id, "number": self.reading.file.number},
        }

    def _events(self, told: Iterable[Entry]) -> dict[str, bytes]:
        node = node_in(cache(self.proofs.tile))
        files = {}
        for entry in dict.fromkeys(told):
            index = self._index(entry)
            assert index is not None
            path = inclusion_proof(index, self.head.size, node)
            files[f"events/{index:012}.json"] = as_json(told_event(index, self.located[entry.event_id].stored))
            files[f"proofs/{index:012}.tlog-proof"] = str(InclusionProof(index, tuple(path), self.note)).encode()
        return files

    def _law(self) -> dict[str, bytes]:
        """The law, and the verdicts under it: of what only follows from what is not shown, nothing is claimed."""
        shows: Callable[[UUID], bool] = self.reading.sight.shows
        clocks = [each for each in self.file.clocks if shows(each.case_id)]
        profiles = {name for each in self.shown if isinstance(each.event, OpeningEvent) for name in each.event.profiles}
        rules = self.ledger.rulebook.for_profiles(profiles)
        law: dict[str, Any] = {
            "rules": told_rules(rules),
            "calendars": told_calendars(self.file.calendars, {each.calendar for each in clocks}),
            "effects": told_effects(EVENTS, EVENTS),
        }
        claims = {
            "custody": claimed_custody(
                self.file, {each.id for each in self.file.matters.values() if shows(each.case_id)}
            ),
            "clocks": claimed_clocks(self.file, clocks, self.at),
        }
        if not self.reading.sight.whole:
            claims = following(claims, self._told(self.shown), self._told(self.offices), law, self.at)
        quoted = sorted({each.citation.text for each in rules if each.citation.text is not None})
        texts = {name: self.texts[name].encode() for name in quoted}
        facts = read_facts(self._told([*self.shown, *self.offices]))
        working = {each.calendar for each in clocks}
        self._check_law(
            Shown(law["rules"], law["calendars"], law["effects"], texts, profiles, working, facts, day_of(self.at))
        )
        return {
            **{f"{name}.json": as_json(claim) for name, claim in claims.items()},
            **{f"law/{name}.json": as_json(each) for name, each in law.items()},
            **{f"law/texts/{name}": each for name, each in texts.items()},
        }

    def _check_law(self, shown: Shown) -> None:
        for attested in self._latest_first(LawAttested)[:1]:
            assert isinstance(attested.event, LawAttested)
            for departure in departures(shown, attested.event.parts):
                raise OtherLaw(departure.part)

    def _told(self, entries: Collection[Entry]) -> list[dict[str, Any]]:
        return [told_event(self._index(each) or 0, self.located[each.event_id].stored) for each in entries]
