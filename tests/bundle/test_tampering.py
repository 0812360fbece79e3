"""Whatever is changed in a bundle is found, and the file and the cause are named; in what nothing signs, as far as can be."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.bundle.tampering import (
    Files,
    events,
    files_in,
    known,
    leaves,
    listed,
    otherwise,
    program,
    some_bundle,
    verified,
    with_leaf,
    zipped,
)

CAUSES = {"changed", "removed", "inserted", "reordered", "forked", "unsigned", "back-dated"}


def wrong(folder: Path, files: Files, *keys: str) -> Any:
    """What the program finds wrong; None if nothing."""
    found = verified(folder, zipped(files), *(keys or (known(),)))
    if isinstance(found, dict):
        return None
    assert isinstance(found, program().Wrong), found
    assert found.cause in CAUSES and found.zh and found.en
    return found


def test_a_bundle_that_nobody_touched_holds(tmp_path: Path) -> None:
    found = verified(tmp_path, some_bundle(), known())
    assert found["holds"] is True
    assert found["clocks"] and found["custody"]


def test_a_byte_of_any_file_is_found_by_the_list_of_contents(tmp_path: Path) -> None:
    files, random = files_in(some_bundle()), Random(1)
    for name, content in files.items():
        place = random.randrange(len(content))
        flipped = content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1 :]
        assert wrong(tmp_path, {**files, name: flipped}) is not None, (name, place)


def test_a_file_that_is_missing_or_added_is_named(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    for name in files:
        rest = {each: content for each, content in files.items() if each != name}
        found = verified(tmp_path, zipped(rest), known())
        event = name.removeprefix("events/").removesuffix(".json")
        assert not isinstance(found, dict), name
        unable = isinstance(found, program().Unable)
        assert (unable and name == "bundle.json") or found.file in (name, f"proofs/{event}.tlog-proof"), (name, found)
    for name in ("more.txt", "events/000000000000.json.bak", "law/texts/other.txt"):
        assert wrong(tmp_path, {**files, name: b"{}"}).file == name


def test_every_stored_value_of_an_event_is_bound_by_the_log(tmp_path: Path) -> None:
    files, random, tried = files_in(some_bundle()), Random(2), 0
    for name, _ in events(files)[::6]:
        for path in leaves(json.loads(files[name])):
            if path[-1] == "payload" or random.random() < 0.5:
                changed = {**files, name: with_leaf(files[name], path, otherwise)}
                found = wrong(tmp_path, listed(changed))
                assert found is not None and found.file.startswith(("events/", "proofs/")), (name, path)
                tried += 1
    assert tried > 50


def test_every_line_of_a_proof_and_of_the_checkpoint_counts(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    for name in ("checkpoint", *[proof for _, proof in events(files)[::12]]):
        lines = files[name].decode().splitlines(keepends=True)
        for at, line in enumerate(lines):
            place = len(line) // 2
            swapped = line[:place] + ("A" if line[place] != "A" else "B") + line[place + 1 :] if line.strip() else "x\n"
            changed = "".join([*lines[:at], swapped, *lines[at + 1 :]]).encode()
            assert wrong(tmp_path, listed({**files, name: changed})) is not None, (name, line)
            short = "".join([*lines[:at], *lines[at + 1 :]]).encode()
            assert wrong(tmp_path, listed({**files, name: short})) is not None, (name, "without", line)


@pytest.mark.parametrize("name", ["custody.json", "clocks.json", "bundle.json", "manifest.json"])
def test_every_claim_is_counted_again(name: str, tmp_path: Path) -> None:
    files = files_in(some_bundle())
    places = list(leaves(json.loads(files[name])))
    for path in places[:: max(1, len(places) // 30)]:
        if path == ("whole",):
            continue  # claims less: what a reader of some cases gets
        found = wrong(tmp_path, listed({**files, name: with_leaf(files[name], path, otherwise)}))
        assert found is not None, path
        assert name not in ("custody.json", "clocks.json") or found.file == name, path


def test_a_claim_that_is_left_out_or_added_is_found(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    for name in ("custody.json", "clocks.json"):
        claims = json.loads(files[name])
        for at in range(0, len(claims), 2):
            less = json.dumps([*claims[:at], *claims[at + 1 :]]).encode()
            assert wrong(tmp_path, listed({**files, name: less})).file == name
            more = json.dumps([*claims[: at + 1], *claims[at:]]).encode()
            assert wrong(tmp_path, listed({**files, name: more})).file == name


def test_an_event_left_out_shows_in_the_versions(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    about = json.loads(files["bundle.json"])
    of_file = [pair for pair in events(files) if json.loads(files[pair[0]])["fields"]["file_id"] == about["file"]["id"]]
    for event, proof in of_file[:-1]:
        rest = {name: content for name, content in files.items() if name not in (event, proof)}
        assert wrong(tmp_path, listed(rest)).cause == "removed", event


def test_two_events_that_change_places_are_found(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    (one, first), (two, second), *_ = events(files)
    events_swapped = {**files, one: files[two], two: files[one]}
    assert wrong(tmp_path, listed(events_swapped)).cause == "reordered"
    proofs_swapped = {**files, first: files[second], second: files[first]}
    assert wrong(tmp_path, listed(proofs_swapped)).cause == "reordered"


def test_law_that_says_otherwise_gives_other_dates(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    clocks = [each for each in json.loads(files["clocks.json"]) if each["due"] and each["state"] != "void"]
    rules = json.loads(files["law/rules.json"])
    used = [
        at
        for at, rule in enumerate(rules)
        if rule["id"] in {each["rule"] for each in clocks} and rule["within"]["amount"]
    ]
    assert used
    for at in used:
        changed = with_leaf(files["law/rules.json"], (at, "within", "amount"), otherwise)
        assert wrong(tmp_path, listed({**files, "law/rules.json": changed})).file == "clocks.json"
    rests = next(each for each in clocks if any(day["kind"] == "holiday" for day in each["days"]))
    day = next(each["date"] for each in rests["days"] if each["kind"] == "holiday")
    without = files["law/calendars.json"].replace(f'"{day}"'.encode(), b'"2001-01-01"')
    assert wrong(tmp_path, listed({**files, "law/calendars.json": without})) is not None


def test_a_quote_stands_in_its_text_or_is_found(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    text = next(name for name in files if name.startswith("law/texts/"))
    for rule in json.loads(files["law/rules.json"])[::5]:
        for quote in rule["citation"]["quote"]:
            forged = files[text].replace(quote.encode(), quote[:-1].encode())
            found = wrong(tmp_path, listed({**files, text: forged}))
            assert (found.file, found.cause) == (text, "changed")
