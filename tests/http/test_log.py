"""Anybody follows the log over HTTP: its heads, hashes and proofs are those of the published forms; entries are for some only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from uuid import uuid4

import pytest

from domain.proof.checkpoint import Checkpoint, hash_in
from domain.proof.inclusion import InclusionProof
from domain.proof.merkle import HASH_BYTES, leaf_hash, verify_consistency
from domain.proof.note import VerifierKey
from domain.proof.tiles import WIDTH, edge_at, entries_in, place_text, tile_width
from tests.http.client import Answer, Client, path_of
from tests.http.conftest import County
from tests.http.signing import log_keys, sign, signed_head

TEXT = "text/plain; charset=utf-8"


@pytest.fixture(scope="module")
def grown(county: County) -> tuple[int, int]:
    """The sizes of two signed trees, one after the other."""
    county.client("zjj").open_complaint("一号")
    old = sign(county)
    county.client("zjj").open_complaint("二号")
    county.client("slj").open_complaint("三号")
    return old, sign(county)


@pytest.fixture
def stranger(county: County) -> Iterator[Client]:
    """Somebody without a token."""
    made = Client(county.port, None)
    yield made
    made.close()


def path(county: County, rest: str) -> str:
    """A route of the log of a county."""
    return f"/log/{county.name}/{rest}"


def test_the_head_of_the_log_is_there_for_everybody(county: County, stranger: Client, grown: tuple[int, int]) -> None:
    answer = stranger.get(path(county, "checkpoint"))
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, TEXT, "no-store")
    head = signed_head(county, answer.raw.decode())
    assert (head.size, head.origin) == (grown[1], county.wiring.place(county.name).proofs.origin)
    older = stranger.get(path(county, "checkpoint"), size=grown[0])
    assert signed_head(county, older.raw.decode()).size == grown[0]
    assert stranger.get(path(county, "checkpoint"), size=grown[1] + 1).problem == "not-found"


def test_whoever_has_the_tiles_computes_the_root_that_is_signed(
    county: County, stranger: Client, grown: tuple[int, int]
) -> None:
    head = signed_head(county, stranger.get(path(county, "checkpoint")).raw.decode())

    @cache
    def read(level: int, number: int) -> bytes:
        place = place_text(number, tile_width(level, number, head.size))
        answer = stranger.get(path(county, f"tile/{level}/{place}"))
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/octet-stream"), answer.raw
        assert "immutable" in answer.headers["Cache-Control"]
        return answer.raw

    assert edge_at(head.size, read).root() == head.root


@pytest.mark.parametrize(
    "place", ["0/000", "0/000.p/0", "0/000.p/256", "0/0", "0/x000/000", "0/001.p/1", "1/000.p/1", "64/000.p/1", "0/x999/x999/x999/x999/x999/999",
              "0/000.p/200", "-1/000", "0/000.p/1/", "0/..%2f000"],
)  # fmt: skip
def test_a_tile_that_no_signed_tree_has_is_not_there(
    county: County, stranger: Client, grown: tuple[int, int], place: str
) -> None:
    assert stranger.get(path(county, f"tile/{place}")).status == 404


def events_of(number: str) -> str:
    return f"{path_of(number)}/events"


def entries(county: County, organ: str, place: str) -> Answer:
    return county.client(organ).get(path(county, f"tile/entries/{place}"))


def test_the_entries_are_for_inspectors_and_auditors_and_hash_to_the_leaves(
    county: County, stranger: Client, grown: tuple[int, int]
) -> None:
    size = min(grown[1], WIDTH - 1)
    place = place_text(0, size)
    tile = stranger.get(path(county, f"tile/0/{place}")).raw
    for organ in ("sjj", "jjw"):
        answer = entries(county, organ, place)
        assert answer.headers["Cache-Control"] == "no-store"
        leaves = [leaf_hash(each) for each in entries_in(answer.raw)]
        assert b"".join(leaves) == tile
        assert len(tile) == size * HASH_BYTES
    for organ in ("zjj", "zwj", "glk"):
        assert entries(county, organ, place).problem == "forbidden"
    assert stranger.get(path(county, f"tile/entries/{place}")).problem == "unauthenticated"
    assert entries(county, "sjj", place_text(0, WIDTH - 1)).problem == "not-found"


def test_an_event_is_proved_to_whoever_reads_its_case_and_is_not_there_for_the_others(
    county: County, grown: tuple[int, int]
) -> None:
    event = county.client("zjj").get(events_of("二号")).json["items"][0]
    for organ in ("zjj", "sjj"):
        told = county.client(organ).get("/log/proof/inclusion", event=event["event_id"]).json
        proof = InclusionProof.parse(told["proof"])
        head = proof.check(told["entry"].encode())
        assert head == signed_head(county, str(proof.note))
        assert (told["position"], told["size"]) == (proof.index + 1, head.size)
        assert f"\nevent {event['event_id']}\n" in told["entry"]
    for organ, asked in (("slj", event["event_id"]), ("glk", event["event_id"]), ("zjj", uuid4())):
        assert county.client(organ).get("/log/proof/inclusion", event=asked).problem == "not-found"
    older = county.client("zjj").get("/log/proof/inclusion", event=event["event_id"], size=grown[0])
    assert older.problem == "not-found"


def test_an_event_that_is_not_signed_yet_is_not_proved(make_county: Callable[[str], County], number: str) -> None:
    county = make_county("rehearsal")
    sign(county)
    event = county.client("zjj").open_complaint(number).json["token"]
    assert county.client("zjj").get("/log/proof/inclusion", event=event).problem == "not-found"
    sign(county)
    assert county.client("zjj").get("/log/proof/inclusion", event=event).status == 200


def test_the_proof_of_one_log_is_not_asked_of_another(
    county: County, make_county: Callable[[str], County], grown: tuple[int, int]
) -> None:
    other, event = make_county("rehearsal"), county.client("zjj").get(events_of("二号")).json["items"][0]["event_id"]
    for rest in (f"proof/inclusion?event={event}", f"receipt?event={event}", "tile/entries/000.p/1"):
        assert other.client("sjj").get(path(county, rest)).problem == "not-found"
        assert county.client("sjj").get(path(county, rest)).status == 200


def test_whoever_kept_a_checkpoint_is_shown_that_the_log_only_grew(
    county: County, stranger: Client, grown: tuple[int, int]
) -> None:
    old, new = grown
    told = stranger.get(path(county, "proof/consistency"), from_=old, to=new).json
    before, after = (signed_head(county, told[name]) for name in ("checkpoint_from", "checkpoint_to"))
    hashes = [hash_in(each) for each in told["hashes"]]
    verify_consistency(old, new, before.root, after.root, hashes)
    assert stranger.get(path(county, "proof/consistency"), from_=new).json["from"] == new
    for wrong in ({"from_": new, "to": old}, {"from_": old, "to": 10**9}):
        assert stranger.get(path(county, "proof/consistency"), **wrong).problem == "not-found"
    for unread in ({}, {"from_": -1}, {"from_": "x"}, {"from_": 1, "to": 2**63}):
        assert stranger.get(path(county, "proof/consistency"), **unread).problem == "invalid"


def test_every_key_that_signed_is_published_and_can_be_compared_with_the_one_that_is_trusted(
    county: County, stranger: Client, grown: tuple[int, int]
) -> None:
    told = stranger.get(path(county, "keys")).json
    published = {each["purpose"]: VerifierKey.parse(each["key"]) for each in told["items"]}
    assert published["checkpoint"] in {each.key for each in log_keys(county).trusted()}
    assert published["receipt"].name == f"{told['origin']}/receipt"


def test_a_ledger_in_which_nothing_was_signed_has_no_head(make_county: Callable[[str], County]) -> None:
    client = make_county("real").client("sjj")
    for rest in (
        "checkpoint",
        "tile/0/000.p/1",
        "tile/entries/000.p/1",
        "proof/consistency?from=0",
        "checkpoint/print",
    ):
        assert client.get(f"/log/{rest}").problem == "not-found", rest


def test_the_page_to_be_printed_holds_the_three_lines_and_loads_nothing(
    county: County, stranger: Client, grown: tuple[int, int]
) -> None:
    note = stranger.get(path(county, "checkpoint"), size=grown[1]).raw.decode()
    answer = stranger.get(path(county, "checkpoint/print"), size=grown[1])
    page = answer.raw.decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for line in Checkpoint.parse(note.partition("\n\n")[0] + "\n").text().splitlines():
        assert line in page
    assert not any(each in page for each in ("http:", "https:", "<script", "src=", "href=", "@import", "url("))
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert all(each in page for each in ("签名 Signed by", "见证人签名", "<svg"))
