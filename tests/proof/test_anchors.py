"""What anchors show: a checkpoint is the one that was attested, a log is still the one that is known, and else the cause is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.proof.anchors import of_cosignature, of_head, of_past, of_stamp
from domain.proof.checkpoint import Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import COSIGNATURE, sign
from domain.proof.volumes import Beginning, Volumes
from infrastructure.proof.ed25519 import verify
from tests.proof.growing import GrowingLog, key_of

LOG, FORK = GrowingLog(9), GrowingLog(9, lie={2: b"another fact"})
WITNESS, OTHER = key_of("audit.example/w1", COSIGNATURE), key_of("audit.example/w2", COSIGNATURE)
TEXT = LOG.head(5).text()
LINE = str(sign(TEXT, WITNESS.public, WITNESS.sign, time=1_700_000_000))


def cosigned(line: str, text: str | None) -> Finding | None:
    """What is wrong with a cosignature that is kept."""
    return of_cosignature(5, line, text, WITNESS.public, verify)


def test_a_cosignature_under_the_checkpoint_that_is_kept_is_right() -> None:
    assert cosigned(LINE, TEXT) is None and cosigned(LINE.removesuffix("\n"), TEXT) is None


@pytest.mark.parametrize(
    ("line", "text", "cause"),
    [
        (LINE, FORK.head(5).text(), Cause.FORKED),
        (LINE, LOG.head(6).text(), Cause.FORKED),
        (str(sign(TEXT, OTHER.public, OTHER.sign, time=1)), TEXT, Cause.CHANGED),
        ("nothing", TEXT, Cause.CHANGED),
        (LINE + LINE, TEXT, Cause.CHANGED),
        (LINE, None, Cause.REMOVED),
    ],
)
def test_another_checkpoint_another_line_and_none_are_told_apart(line: str, text: str | None, cause: Cause) -> None:
    found = cosigned(line, text)
    assert found is not None and (found.cause, found.where) == (cause, "cosignature 5 audit.example/w1")


def test_a_stamp_is_over_the_text_that_is_kept() -> None:
    assert of_stamp(5, "tsa", TEXT, lambda text: text == TEXT) is None
    found = of_stamp(5, "tsa", TEXT, lambda text: text != TEXT)
    assert found is not None and found[:2] == (Cause.FORKED, "timestamp 5 tsa")
    lost = of_stamp(5, "tsa", None, lambda text: True)
    assert lost is not None and lost[:2] == (Cause.REMOVED, "timestamp 5 tsa")


@pytest.mark.parametrize("size", [5, 6, 9])
def test_what_a_witness_signed_last_is_where_the_log_was(size: int) -> None:
    assert of_head(LOG.head(5), size, LOG.root, "w") is None


def test_a_smaller_log_another_tree_and_one_that_is_not_whole_are_told_apart() -> None:
    def torn(size: int) -> bytes:
        raise LookupError("no tile")

    wrong = (
        of_head(LOG.head(5), 4, LOG.root, "w"),
        of_head(FORK.head(5), 9, LOG.root, "w"),
        of_head(LOG.head(5), 9, torn, "w"),
    )
    assert [each and each[:2] for each in wrong] == [
        (Cause.ROLLED_BACK, "witness w"),
        (Cause.FORKED, "witness w"),
        (Cause.REMOVED, "witness w"),
    ]
    assert wrong[2] is not None and "no tile" in wrong[2].en
    assert of_head(Checkpoint(LOG.origin, 2, FORK.root(2)), 9, LOG.root, "w") is None, "before the lie both are one"


def begun(volume: int, position: int, lost: Checkpoint | None, remains: int) -> Beginning:
    """That the log began anew."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Beginning(volume, position, at, "rolled back", "a flood", "" if lost is None else lost.text(), remains)


NAME = "anjuan/xuanen/5f0c2b"
FIRST_LOST, THIRD_LOST = Checkpoint(NAME, 9, FORK.root(9)), Checkpoint(f"{NAME}/3", 8, FORK.root(8))
TWICE = Volumes(NAME, (begun(2, 5, FIRST_LOST, 4), begun(4, 8, THIRD_LOST, 6)))
"""The first volume was lost from its fifth entry on; so was all of a third, of which the ledger knows nothing else."""


@pytest.mark.parametrize(
    ("origin", "size", "tree", "cause"),
    [
        (NAME, 2, LOG, None),
        (NAME, 4, LOG, None),
        (NAME, 4, FORK, Cause.FORKED),
        (NAME, 5, FORK, None),
        (NAME, 9, FORK, None),
        (NAME, 10, FORK, Cause.ROLLED_BACK),
        (f"{NAME}/2", 6, LOG, None),
        (f"{NAME}/2", 6, FORK, Cause.FORKED),
        (f"{NAME}/2", 7, LOG, Cause.ROLLED_BACK),
        (f"{NAME}/3", 8, FORK, None),
        (f"{NAME}/3", 1, FORK, None),
        (f"{NAME}/3", 9, FORK, Cause.ROLLED_BACK),
    ],
)
def test_what_a_witness_remembers_of_a_volume_before_is_there_or_is_said_to_be_lost(
    origin: str, size: int, tree: GrowingLog, cause: Cause | None
) -> None:
    root = tree.root(size) if size <= 9 else bytes(32)
    found = of_past(Checkpoint(origin, size, root), TWICE, LOG.root, "w")
    assert (found and found.cause) == cause


def test_a_volume_before_one_that_was_forgotten_may_be_forgotten_too_and_no_other() -> None:
    only = Volumes(NAME, (begun(4, 5, THIRD_LOST, 4),))
    assert of_past(Checkpoint(f"{NAME}/2", 99, bytes(32)), only, LOG.root, "w") is None
    unsaid = Volumes(NAME, (begun(4, 5, None, 4),))
    for origin in (f"{NAME}/2", f"{NAME}/3"):
        found = of_past(Checkpoint(origin, 3, LOG.root(3)), unsaid, LOG.root, "w")
        assert found is not None and found.cause is Cause.ROLLED_BACK
