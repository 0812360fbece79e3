"""Goes through the log from its beginning (逐条核验): hashes every stored event anew, beside the tiles and the roots that were signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import lt

from domain.proof.entry import Order
from domain.proof.faults import BEGINNING, NEAR, Wrong, explained
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import HASH_BYTES
from domain.proof.roots import Roots
from domain.proof.tiles import WIDTH
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.proof.rows import row_in
from infrastructure.verifying.found import ALL, Check, Found
from infrastructure.verifying.heads import Agreement, Head
from infrastructure.verifying.rows import Line, copied, liner

CHUNK = 64 * WIDTH
"""How many positions are read at a time."""

MOST_WRONG = 2000
NOTHING = bytes(HASH_BYTES)
SLACK = 60_000_000
"""By how many microseconds recording times may step back from one event to the next: clocks of two servers differ."""

NEVER = -(1 << 63)


@dataclass(slots=True)
class Way:
    """How far a walk has come, and from what it can go on: whole tiles, everything in them in order. `manifests`: where the event
    stands of the last manifest whose cases were recomputed."""

    roots: Roots = field(default_factory=Roots)
    upper: list[list[bytes]] = field(default_factory=list)
    agreement: Agreement = field(default_factory=Agreement)
    order: tuple[int, int, int] = BEGINNING
    latest: int = NEVER
    manifests: int = 0


class Walk:
    """One walk through the log of a schema, as of the snapshot of `connection`. `ends`: where the log and the leaves end.

    `heads`: the signed heads of sizes after one and up to another. `dated`: whether recording times are the database's own.
    """

    def __init__(
        self,
        connection: Connection,
        schema: str,
        ledger: str,
        *,
        ends: tuple[int, int],
        heads: Callable[[int, int], Iterable[Head]],
        dated: bool,
        checks: frozenset[Check] = ALL,
        way: Way | None = None,
    ) -> None:
        self.way, self._checks, self._ledger = way or Way(), checks, ledger
        self.wrong, self.found = Wrong(), Found()
        self.first_unsigned: int | None = None
        self._connection, self._named = connection, statements(schema)
        self._line, self._heads, self._dated = liner(ledger), heads, dated and Check.DATES in checks
        self._log, self._leaves = ends
        self._by_leaves: Roots | None = None
        self._before_the_end: Way | None = None
        self._tail: dict[int, bytes] = {}

    @property
    def clean(self) -> bool:
        """Whether nothing has been found so far, so that a later walk may begin here."""
        return not (self.found.count or self.wrong.expected or self.wrong.named)

    @property
    def resumable(self) -> Way:
        """From where a later walk can go on: the last tile, while it is not full, is read once more."""
        return self._before_the_end or self.way

    def steps(self) -> Iterator[int]:
        """Go on, a chunk at a time; how many positions were done."""
        last = max(self._log, self._leaves)
        for begin in range(self.way.roots.size, last, CHUNK):
            end = min(begin + CHUNK, last)
            lines = self._read(begin, end)
            tiles = self._tiles(0, begin // WIDTH, (end - 1) // WIDTH)
            heads = list(self._heads(begin, end))
            for at in range(begin, end, WIDTH):
                upto = min(at + WIDTH, end)
                if upto - at < WIDTH:
                    agreed = replace(self.way.agreement, doubtful=[*self.way.agreement.doubtful])
                    self._before_the_end = replace(self.way, agreement=agreed)
                self._tile(at, lines[at - begin : upto - begin], tiles.get(at // WIDTH, b""), heads)
            yield end
        self._check_upper_edge()

    def _read(self, begin: int, end: int) -> list[Line | None]:
        lines: list[Line | None] = [None] * (end - begin)
        for line in map(self._line, copied(self._connection, self._named["copy_log"], (begin, end))):
            place = line.position - 1 - begin
            if lines[place] is not None:
                self._say(Check.LEAVES, _twice(line.position))
                continue
            lines[place] = line
        return lines

    def _tiles(self, level: int, first: int, last: int) -> Mapping[int, bytes]:
        rows = self._connection.execute(self._named["tiles_between"], (level, first, last), binary=True)
        return {number: bytes(hashes) for number, hashes in rows}

    def _tile(self, at: int, lines: Sequence[Line | None], stored: bytes, heads: Sequence[Head]) -> None:
        leaves = [NOTHING if line is None else line.leaf or NOTHING for line in lines]
        width = max(0, min(len(lines), self._leaves - at))
        fits = b"".join(leaves[:width]) == stored[: width * HASH_BYTES]
        if len(stored) > width * HASH_BYTES:
            self._say(Check.TILES, _tile_changed(0, at // WIDTH))
        if not fits and self._by_leaves is None:
            self._by_leaves = Roots(self.way.roots.size, self.way.roots.hashes)
        inside = [each for each in heads if at < each.size <= at + len(lines)]
        self._roots(at, leaves, stored, width, inside)
        if not (fits and width == len(lines) and self._as_expected(lines)):
            self._follow(at, lines, leaves, stored, width, fits=fits)

    def _as_expected(self, lines: Sequence[Line | None]) -> bool:
        """Whether the lines of a tile that fits follow each other, which hardly ever needs a closer look."""
        way, present = self.way, [each for each in lines if each is not None and each.leaf is not None]
        if len(present) < len(lines):
            return False
        orders, times = [each.order for each in present], [each.recorded for each in present]
        latest = max(way.latest, *times)
        if not (way.order < orders[0] and all(map(lt, orders, orders[1:]))):
            return False
        if self._dated and min(times) < latest - SLACK:
            return False
        way.order, way.latest = orders[-1], latest
        return True

    def _roots(self, at: int, leaves: list[bytes], stored: bytes, width: int, heads: Sequence[Head]) -> None:
        """Let the trees grow by a tile, and compare their roots with those that were signed."""
        by_events = self.way.roots.take(leaves, [each.size for each in heads])
        by_leaves = by_events
        if self._by_leaves is not None:
            theirs = [stored[place : place + HASH_BYTES] for place in range(0, width * HASH_BYTES, HASH_BYTES)]
            whole = len(theirs) == width and all(len(each) == HASH_BYTES for each in theirs)
            theirs = theirs if whole else [NOTHING] * width
            by_leaves = self._by_leaves.take(theirs, [each.size for each in heads if each.size <= at + width])
        for head in heads:
            signed = by_leaves.get(head.size, b"") if head.size <= at + width else b""
            self.way.agreement.compare(head, by_events[head.size], signed)
        if len(leaves) == WIDTH == width:
            self._raise(1, at // WIDTH, (self._by_leaves or self.way.roots).top)

    def _follow(
        self, at: int, lines: Sequence[Line | None], leaves: list[bytes], stored: bytes, width: int, *, fits: bool
    ) -> None:
        """What each place says of itself: which do not fit the tile, and of those that do, their order and times."""
        way, dated = self.way, self._dated
        for place, line in enumerate(lines):
            index = at + place
            if line is None or line.leaf is None:
                self._missing(index, line, stored, place, width)
                continue
            if not fits and place < width and stored[place * HASH_BYTES : (place + 1) * HASH_BYTES] != leaves[place]:
                self._unfit(index, line, stored, place)
                continue
            if place >= width:
                self._unsigned(index, line)
            if line.order <= way.order:
                self._say(Check.ORDER, _out_of_order(index))
            if dated and line.recorded < way.latest - SLACK:
                self._say(Check.DATES, _back_dated(index))
            way.order = max(way.order, line.order)
            way.latest = max(way.latest, line.recorded)

    def _unsigned(self, index: int, line: Line) -> None:
        if self.first_unsigned is None:
            self.first_unsigned = line.recorded
        if len(self._tail) < NEAR:
            self._tail[index] = line.row

    def _missing(self, index: int, line: Line | None, stored: bytes, place: int, width: int) -> None:
        if place < width and len(self.wrong.expected) < MOST_WRONG:
            self.wrong.expected[index] = stored[place * HASH_BYTES : (place + 1) * HASH_BYTES]
            if line is not None:
                self.wrong.named[index] = line.order[2]
        elif place >= width:
            self._say(Check.LEAVES, _hole(index))

    def _unfit(self, index: int, line: Line, stored: bytes, place: int) -> None:
        if len(self.wrong.expected) < MOST_WRONG:
            self.wrong.expected[index] = stored[place * HASH_BYTES : (place + 1) * HASH_BYTES]
            self.wrong.standing[index] = row_in(line.row).stored

    def _raise(self, level: int, number: int, top: bytes) -> None:
        """Take the hash over a full tile into the level above, and compare that where it is full."""
        if len(self.way.upper) < level:
            self.way.upper.append([])
        row = self.way.upper[level - 1]
        row.append(top)
        if len(row) == WIDTH:
            self._compare_upper(level, number // WIDTH, row)
            above = Roots()
            above.take(row)
            self.way.upper[level - 1] = []
            self._raise(level + 1, number // WIDTH, above.top)

    def _check_upper_edge(self) -> None:
        for level, row in enumerate(self.way.upper, 1):
            if row:
                self._compare_upper(level, self._leaves // WIDTH ** (level + 1), row)

    def _compare_upper(self, level: int, number: int, row: Sequence[bytes]) -> None:
        """Where leaves do not fit, which of both the level above is right for is not asked."""
        if self._by_leaves is None and self._tiles(level, number, number).get(number, b"") != b"".join(row):
            self._say(Check.TILES, _tile_changed(level, number))

    def _say(self, check: Check, *findings: Finding) -> None:
        if check in self._checks:
            self.found.add(findings)

    def close(self, strays: Iterable[bytes], end: Order) -> None:
        """When all is read: settle what did not fit. `strays`: rows of events that the log does not name."""
        known, wrong = self.way.agreement, self.wrong
        tiles = sorted({index // WIDTH for index in wrong.expected if index < known.by_events})
        self._say(Check.TILES, *(_tile_changed(0, number) for number in tiles))
        if self._leaves < known.newest:
            self._say(Check.TILES, _tile_changed(0, known.newest // WIDTH))
        self._say(Check.ROOTS, *known.findings())
        certain = {index: leaf for index, leaf in wrong.expected.items() if known.by_events <= index < known.by_leaves}
        unsure = sorted(wrong.expected.keys() - certain.keys())
        gone = [index for index in unsure if known.by_events <= index < known.newest]
        self._say(Check.LEAVES, *(_hole(index) for index in gone if index not in wrong.standing))
        wrong.standing = {index: each for index, each in wrong.standing.items() if index in certain}
        if certain:
            wrong.standing |= {index: row_in(row).stored for index, row in self._tail.items()}
        wrong.expected, wrong.end = certain if Check.LEAVES in self._checks else {}, end
        wrong.strays = [row_in(row).stored for row in strays]
        self.found.add(explained(self._ledger, wrong))


def _twice(position: int) -> Finding:
    return Finding(Cause.INSERTED, f"position {position}", "该位置有两个事件。", "Two events stand in this place.")


def _hole(index: int) -> Finding:
    return Finding(Cause.REMOVED, f"position {index + 1}", "该位置没有事件。", "No event stands in this place.")


def _tile_changed(level: int, number: int) -> Finding:
    return Finding(
        Cause.CHANGED,
        f"tile {level}/{number}",
        "哈希树与事件不符，事件本身无误。",
        "The stored tree is not that of the events, which are as they were signed.",
    )


def _out_of_order(index: int) -> Finding:
    return Finding(
        Cause.REORDERED,
        f"position {index + 1}",
        "先于前一事件提交。",
        "It was committed before the event in front of it.",
    )


def _back_dated(index: int) -> Finding:
    return Finding(
        Cause.BACK_DATED,
        f"position {index + 1}",
        "记录时间早于其前的事件。",
        "It says that it was recorded before events in front of it.",
    )
