"""The bundle of a case (证据包) as it is given: its checkpoint, its events with their proofs, and that none is missing among them."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import uuid5

from infrastructure.bundle.verifier.facts import Fact, fact_in, stamp
from infrastructure.bundle.verifier.faults import (
    BACK_DATED,
    CHANGED,
    FORKED,
    INSERTED,
    REMOVED,
    REORDERED,
    UNSIGNED,
    Wrong,
)
from infrastructure.bundle.verifier.limits import LEDGER
from infrastructure.bundle.verifier.offices import BEARING, OPENED
from infrastructure.bundle.verifier.signed import (
    PLAIN_KEY,
    Head,
    Key,
    Signer,
    head_in,
    name_and_volume,
    plain_hash,
    plain_number,
    signers_of,
)
from infrastructure.bundle.verifier.source import Source
from infrastructure.bundle.verifier.tree import BadTree, leaf_of, root_by_path

BUNDLE, CONTENTS, CHECKPOINT, KEYS = "bundle.json", "contents", "checkpoint", "keys"
STAMPED = "timestamps/checkpoint.txt"
BUNDLE_FORM, CONTENTS_FORM, PROOF_FORM = "anjuan bundle/v1", "anjuan contents/v1", "c2sp.org/tlog-proof@v1"
MANIFEST_TOPIC, LAW_TOPIC = "attestation.manifest-recorded", "attestation.law-attested"
OFFICE = str(uuid5(LEDGER, "case:jurisdiction"))
ABOUT = {
    "form": str,
    "origin": str,
    "size": int,
    "rehearsal": bool,
    "whole": bool,
    "judged_at": str,
    "case": dict,
    "file": dict,
}


class Parcel(NamedTuple):
    """What a bundle holds: what it is about, its signed head, and its facts by what they are there for."""

    about: dict[str, Any]
    head: Head
    signers: list[Signer]
    facts: list[Fact]
    offices: list[Fact]
    manifests: list[Fact]
    laws: list[Fact]


def about_in(source: Source) -> dict[str, Any]:
    """What the bundle says it is. Raises Wrong or Unable."""
    about = source.json(BUNDLE)
    if not isinstance(about, dict) or about.get("form") != BUNDLE_FORM:
        raise Wrong(BUNDLE, CHANGED, f"格式不是 {BUNDLE_FORM}", f"its form is not {BUNDLE_FORM}")
    shaped = set(about) == set(ABOUT) and all(type(about[name]) is kind for name, kind in ABOUT.items())
    named = shaped and set(about["case"]) == {"id", "number", "type"} and set(about["file"]) == {"id", "number"}
    if not named:
        raise Wrong(BUNDLE, CHANGED, "缺少应有的项目", "it has other members than a bundle")
    try:
        stamp(about["judged_at"])
    except ValueError as error:
        raise Wrong(BUNDLE, CHANGED, f"认定时点不是时刻：{error}", f"it is judged at no instant: {error}") from error
    for kind in ("case", "file"):
        if about[kind]["id"] != str(uuid5(LEDGER, f"{kind}:{about[kind]['number']}")):
            raise Wrong(
                BUNDLE, CHANGED, f"{kind} 的编号与标识不符", f"the number of the {kind} does not go with its id"
            )
    return about


def check_contents(source: Source, keys: Iterable[Key], origin: str, *, required: bool) -> list[Signer]:
    """Every file is the one that the list of contents names, and no other is there; who signed the list. Raises Wrong.

    `required`: somebody known must have.
    """
    text, signers = source.text(CONTENTS), list[Signer]()
    if "\n\n" in text:
        text, signers = signers_of(text, keys, CONTENTS)
    if required and not signers:
        raise Wrong(CONTENTS, UNSIGNED, "没有出具机关已知密钥的签名", "no known key of the office has signed it")
    form, named, *lines = text.removesuffix("\n").split("\n")
    listed = {name: sha for sha, _, name in (line.partition("  ") for line in lines)}
    if (form, named) != (CONTENTS_FORM, origin) or len(listed) != len(lines):
        raise Wrong(CONTENTS, CHANGED, "不是目录清单", "this is no list of contents")
    there = set(source.names()) - {CONTENTS}
    for name in sorted(there - set(listed)):
        raise Wrong(name, INSERTED, "目录清单中没有这个文件", "the list of contents does not name this file")
    for name, sha in sorted(listed.items()):
        if name not in there:
            raise Wrong(name, REMOVED, "文件缺失", "the file is missing")
        if hashlib.sha256(source.read(name)).hexdigest() != sha:
            raise Wrong(name, CHANGED, "与目录清单中的散列不符", "it has another hash than the list of contents says")
    return signers


def checked_head(source: Source, keys: Iterable[Key], origin: str) -> tuple[str, Head, list[Signer]]:
    """The note, the head in it and who signed it: the log itself at least. Raises Wrong."""
    note = source.text(CHECKPOINT)
    text, signers = signers_of(note, keys, CHECKPOINT)
    head = head_in(text, CHECKPOINT)
    signers = [each for each in signers if each.key.through is None or head.size <= each.key.through]
    if head.origin != origin:
        raise Wrong(CHECKPOINT, CHANGED, f"这是另一账本的检查点：{head.origin}", f"it is of another log: {head.origin}")
    if not any((each.key.kind, each.key.name) == (PLAIN_KEY, origin) for each in signers):
        raise Wrong(CHECKPOINT, UNSIGNED, "没有账本已知密钥的签名", "no known key of the log has signed it")
    return note, head, signers


def parcel_in(source: Source, keys: list[Key]) -> Parcel:
    """The bundle with everything in it proved to be in the log. Raises Wrong or Unable."""
    about = about_in(source)
    note, head, signers = checked_head(source, keys, about["origin"])
    if head.size != about["size"]:
        raise Wrong(BUNDLE, CHANGED, "账本长度与检查点不符", "it names another size than the checkpoint")
    names = [each for each in source.names() if each.startswith(("events/", "proofs/"))]
    facts = [_proved(source, each, note, head) for each in names if each.startswith("events/")]
    _check_pairs(names, facts)
    of_file = [each for each in facts if each.stored["file_id"] == about["file"]["id"]]
    offices = [each for each in facts if each.case == OFFICE and each.topic in BEARING and each not in of_file]
    manifests = [each for each in facts if each.topic == MANIFEST_TOPIC and each not in of_file]
    laws = [each for each in facts if each.topic == LAW_TOPIC and each not in of_file]
    for each in facts:
        if each not in of_file and each not in offices and each not in manifests and each not in laws:
            raise Wrong(each.file, INSERTED, "事件不属于本案卷", "the event does not belong to this file")
    _check_order(of_file, about)
    _check_kind([*of_file, *offices], about)
    return Parcel(about, head, signers, sorted(of_file, key=lambda each: each.place), offices, manifests, laws)


def stamps_in(source: Source, head: Head) -> list[tuple[str, str]]:
    """The timestamps that are over the checkpoint, and the time that each states; their signatures are not looked at. Raises Wrong."""
    text = f"{head.origin}\n{head.size}\n{b64encode(head.root).decode()}\n".encode()
    found = []
    for name in (each for each in source.names() if each.startswith("timestamps/")):
        content = source.read(name)
        if name == STAMPED:
            if content != text:
                raise Wrong(name, CHANGED, "不是检查点的文本", "this is not the text of the checkpoint")
            continue
        _, stamped, rest = content.partition(b"\x04\x20" + hashlib.sha256(text).digest())
        time = re.search(rb"\x18.(\d{14})[.\d]*Z", rest, re.DOTALL)
        if not stamped or time is None:
            raise Wrong(name, CHANGED, "不是对本检查点的时间戳", "it is no timestamp over this checkpoint")
        found.append((name, time[1].decode()))
    return found


def _proved(source: Source, name: str, note: str, head: Head) -> Fact:
    """The fact in a file, its entry being in the tree of the checkpoint."""
    fact = fact_in(source.json(name), name)
    proof = f"proofs/{fact.index:012}.tlog-proof"
    if name != f"events/{fact.index:012}.json":
        raise Wrong(name, REORDERED, "文件名与账目序号不符", "the name of the file is not that of its entry")
    index, path, proved = proof_in(source.text(proof), proof)
    if proved != note:
        raise Wrong(
            proof, FORKED, "证明所依据的检查点不是本包的检查点", "it rests on another checkpoint than the bundle's"
        )
    if index != fact.index:
        raise Wrong(proof, REORDERED, "证明的是另一账目", "it is the proof of another entry")
    try:
        root = root_by_path(index, head.size, leaf_of(fact.entry(name_and_volume(head.origin)[0])), path)
    except BadTree as error:
        raise Wrong(proof, CHANGED, f"证明不完整：{error}", str(error)) from error
    if root != head.root:
        zh, en = "事件或其证明与签名的检查点不符", "the event, or its proof, does not lead to the signed checkpoint"
        raise Wrong(name, CHANGED, zh, en)
    return fact


def proof_in(text: str, file: str) -> tuple[int, list[bytes], str]:
    """The index, the path and the note of a proof. Raises Wrong."""
    head, blank, note = text.partition("\n\n")
    form, *lines = head.split("\n")
    try:
        if form != PROOF_FORM or not blank or not lines or not lines[0].startswith("index "):
            raise ValueError("a proof begins otherwise")
        return plain_number(lines[0].removeprefix("index ")), [plain_hash(each) for each in lines[1:]], note
    except ValueError as error:
        raise Wrong(file, CHANGED, f"不是存在性证明：{error}", f"this is no proof: {error}") from error


def _check_pairs(names: list[str], facts: list[Fact]) -> None:
    wanted = {f"proofs/{each.index:012}.tlog-proof" for each in facts}
    for name in names:
        if name.startswith("proofs/") and name not in wanted:
            raise Wrong(name, INSERTED, "没有与此证明对应的事件", "there is no event to this proof")
    if len({each.id for each in facts}) != len(facts):
        raise Wrong(facts[-1].file, INSERTED, "同一事件出现两次", "an event stands twice")


def _check_order(facts: list[Fact], about: dict[str, Any]) -> None:
    """No version of a case is left out, nor any place of the file if the whole file is shown; all stand in their order."""
    cases = {each.case for each in facts if each.stored["case_type"] != "reservation"}
    for case in sorted(cases):
        _check_unbroken([each.version for each in facts if each.case == case], f"case {case}")
    if about["case"]["id"] not in cases:
        raise Wrong(BUNDLE, REMOVED, "本案没有任何事件", "there is no event of the case")
    if any(each.stored["case_type"] != about["case"]["type"] for each in facts if each.case == about["case"]["id"]):
        raise Wrong(BUNDLE, CHANGED, "案件类型与事件不符", "the case is of another type than its events")
    places = sorted(each.place for each in facts)
    if about["whole"]:
        _check_unbroken(places, f"file {about['file']['number']}")
    for one, two in pairwise(sorted(facts, key=lambda each: each.place)):
        if one.index >= two.index or (one.case == two.case and one.version >= two.version):
            raise Wrong(
                two.file,
                REORDERED,
                "事件在账本中的次序与案卷次序不符",
                "it stands elsewhere in the log than in its file",
            )
        if one.recorded > two.recorded:
            raise Wrong(two.file, BACK_DATED, "入账时间早于前一事件", "it was recorded before the event before it")
    for each in facts:
        if each.recorded > stamp(about["judged_at"]):
            raise Wrong(BUNDLE, BACK_DATED, "认定时点早于事件入账时间", "it is judged before an event was recorded")


def _check_kind(facts: list[Fact], about: dict[str, Any]) -> None:
    opened = [each.said.get("kind") for each in facts if each.topic == OPENED]
    if opened != ["rehearsal" if about["rehearsal"] else "real"]:
        zh, en = "真实或演练与账本启用时的记录不符", "real or rehearsal: the ledger was not opened as that"
        raise Wrong(BUNDLE, CHANGED, zh, en)


def _check_unbroken(numbers: list[int], what: str) -> None:
    missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
    if missing:
        where = f"events ({what})"
        raise Wrong(where, REMOVED, f"缺少第 {missing[0]} 号事件", f"event {missing[0]} of {max(numbers)} is missing")
    if len(numbers) != max(numbers):
        raise Wrong(f"events ({what})", INSERTED, "同一版本出现两次", "a version stands twice")
