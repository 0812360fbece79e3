"""An implementation by others says the same of every proof: what it answered is compared always, the program itself where it is installed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.proof.merkle import BadProof, leaf_hash, verify_consistency, verify_inclusion
from domain.proof.note import BadNote, Note, sign
from domain.proof.tiles import WIDTH, Edge, place_text
from infrastructure.proof.ed25519 import verify
from tests.proof.growing import GrowingLog, key_of
from tests.proof.other import going
from tests.proof.other.going import Question, asked, coded, decoded

RECORDED = json.loads(going.RECORDED.read_text(encoding="utf-8"))
LARGEST = 92
LOG = GrowingLog(going.LARGE)


def test_recorded_roots_are_ours() -> None:
    assert decoded(RECORDED["root"]) == [LOG.root(size) for size in range(1, going.LARGE + 1)]


def test_recorded_proofs_are_ours_and_hold() -> None:
    for index, size, proof in RECORDED["prove inclusion"]:
        assert decoded(proof) == LOG.inclusion(index, size)
        verify_inclusion(index, size, leaf_hash(LOG.entries[index]), decoded(proof), LOG.root(size))
    for old, new, proof in RECORDED["prove consistency"]:
        assert decoded(proof) == LOG.consistency(old, new)
        verify_consistency(old, new, LOG.root(old), LOG.root(new), decoded(proof))
    assert (len(RECORDED["prove inclusion"]), len(RECORDED["prove consistency"])) == (136, 136)


class Claim(NamedTuple):
    """That an entry is in a tree (`place` its index, `hash` that of its leaf), or that a tree begins with another (its size, its root)."""

    op: str
    place: int
    size: int
    hash: bytes
    root: bytes
    proof: list[bytes]

    def ours(self) -> bool:
        """Whether we believe it."""
        check: Callable[[], None] = {
            "inclusion": lambda: verify_inclusion(self.place, self.size, self.hash, self.proof, self.root),
            "consistency": lambda: verify_consistency(self.place, self.size, self.hash, self.root, self.proof),
        }[self.op]
        try:
            check()
        except BadProof:
            return False
        return True

    def question(self) -> Question:
        """The same, asked of others."""
        there = {"Index": self.place, "Leaf": coded(self.hash)}
        grew = {"Old": self.place, "OldRoot": coded(self.hash)}
        both = {"Op": self.op, "Size": self.size, "Root": coded(self.root), "Proof": coded(self.proof)}
        return {**both, **(there if self.op == "inclusion" else grew)}

    def changed(self, chance: random.Random) -> Claim:
        """The same with one thing wrong."""
        bit = chance.randrange(256)
        what = chance.choice(["hash", "root", "step", "step", "more", "fewer", "place", "size"])
        if what == "step" and self.proof:
            at = chance.randrange(len(self.proof))
            return self._replace(proof=[flipped(s, bit) if i == at else s for i, s in enumerate(self.proof)])
        if what == "fewer" and self.proof:
            return self._replace(proof=self.proof[:-1])
        if what == "place":
            return self._replace(place=self.place + 1 if self.place + 1 < self.size else max(1, self.place - 1))
        if what == "size":
            return self._replace(size=self.size + chance.choice((1, 2, 7)))
        if what == "root":
            return self._replace(root=flipped(self.root, bit))
        if what == "hash":
            return self._replace(hash=flipped(self.hash, bit))
        return self._replace(proof=[*self.proof, self.root])


def flipped(found: bytes, bit: int) -> bytes:
    """A hash with one bit changed."""
    return (int.from_bytes(found, "big") ^ 1 << bit).to_bytes(32, "big")


def claims() -> Iterator[Claim]:
    """Every true one up to a size."""
    for size in range(1, LARGEST + 1):
        for index in range(size):
            leaf = leaf_hash(LOG.entries[index])
            yield Claim("inclusion", index, size, leaf, LOG.root(size), LOG.inclusion(index, size))
        for old in range(1, size + 1):
            yield Claim("consistency", old, size, LOG.root(old), LOG.root(size), LOG.consistency(old, size))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built; what it answered once is compared by `make test` anyway."""
    if not going.possible():
        pytest.skip(going.MISSING)
    return going.built(tmp_path_factory.mktemp("go"))


@pytest.mark.outside
def test_the_recorded_answers_are_what_it_still_says(other: Path) -> None:
    assert going.recording(other) == going.RECORDED.read_text(encoding="utf-8")


@pytest.mark.outside
def test_fifteen_thousand_claims_true_and_false_are_judged_alike(other: Path) -> None:
    chance = random.Random(6962)
    all_ = [claim for true in claims() for claim in (true, true.changed(chance))]
    answers = asked(other, (each.question() for each in all_))
    ours = [each.ours() for each in all_]
    assert [claim for claim, own, its in zip(all_, ours, answers, strict=True) if own is not its["Valid"]] == []
    assert len(all_) >= 15_000 and ours.count(True) >= 7_500 and ours.count(False) >= 7_500


@pytest.mark.outside
def test_it_reads_our_tiles_by_our_paths(other: Path) -> None:
    edge, tiles = Edge(), {}
    leaves = [leaf_hash(each) for each in LOG.entries]
    for level, number, hashes in edge.append(leaves):
        tiles[f"tile/8/{level}/{place_text(number, min(WIDTH, len(hashes) // 32))}"] = hashes
    question = {"Op": "leaves", "Size": going.LARGE, "Root": coded(edge.root())}
    told = {path: coded(hashes) for path, hashes in tiles.items()}
    wrong = {path: coded(flipped(hashes[:32], 7) + hashes[32:]) for path, hashes in tiles.items()}
    good, bad = asked(other, [{**question, "Tiles": told}, {**question, "Tiles": wrong}])
    assert decoded(good["Hashes"]) == leaves and not bad["Valid"]


@pytest.mark.outside
def test_notes_are_signed_alike_and_opened_by_both(other: Path) -> None:
    key, text = key_of("log.example/1"), LOG.head(300).text()
    ours = Note(text).with_signature(sign(text, key.public, key.sign))
    opened = {"Op": "open", "Key": str(key.public)}
    signed, right, wrong = asked(
        other,
        [
            {"Op": "sign", "Key": key.text().strip(), "Message": text},
            {**opened, "Message": str(ours)},
            {**opened, "Message": str(ours).replace("\n300\n", "\n301\n")},
        ],
    )
    assert signed["Text"] == str(ours) and right["Text"] == text and not wrong["Valid"]
    with pytest.raises(BadNote):
        Note.parse(str(ours).replace("\n300\n", "\n301\n")).signed_by([key.public], verify)
