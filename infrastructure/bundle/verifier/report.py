"""What was found (核验报告), told in Chinese and in English to whoever ran the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from infrastructure.bundle.verifier.exported import Exported
from infrastructure.bundle.verifier.facts import Fact, day_in_china
from infrastructure.bundle.verifier.faults import CAUSES, Wrong
from infrastructure.bundle.verifier.offices import Offices
from infrastructure.bundle.verifier.parcel import Parcel
from infrastructure.bundle.verifier.recount import Recount
from infrastructure.bundle.verifier.signed import WITNESS_KEY, Head, Signer, name_and_volume

STATES = {
    "running": "期限未满",
    "paused": "已中止计算",
    "met": "按期办结",
    "breached_open": "已逾期，尚未办结",
    "breached_late": "逾期办结",
    "lapsed": "期限已过，未行使",
    "void": "不再适用",
}
KINDS = {
    "start": "起算，不计入",
    "counted": "计入",
    "weekend": "周末，不计",
    "holiday": "放假，不计",
    "make-up": "调休上班，计入",
    "paused": "中止，不计",
    "rolled": "顺延",
    "due": "截止",
}


def wrong_lines(wrong: Wrong) -> Iterator[str]:
    """What does not hold."""
    yield f"不成立 DOES NOT HOLD  {wrong.file}"
    yield f"  {CAUSES[wrong.cause]} {wrong.cause}"
    yield f"  {wrong.zh}"
    yield f"  {wrong.en}"


def signed_lines(head: Head, signers: list[Signer], *, given: bool) -> Iterator[str]:
    """Who signed what, and what the keys are worth."""
    yield f"账本 Log          {head.origin}"
    volume = name_and_volume(head.origin)[1]
    if volume > 1:
        yield f"  ！本账册已另起 {volume - 1} 次：此前签过的账目有丢失，何时、为何、丢失多少见存证案卷的 attestation.begun-anew。"
        yield f"  ! This log began anew, {volume - 1} times: signed entries were lost before. When, why and how many is recorded in the case"
        yield "    `attestation` (attestation.begun-anew); whoever holds a receipt for one of them holds the proof of it."
    yield f"检查点 Checkpoint  {head.size} 条账目 entries, root {head.root.hex()}"
    for key, time in signers:
        kind, when = ("见证", "witness") if key.kind == WITNESS_KEY else ("签名", "signed"), ""
        if time is not None:
            when = f" {datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"
        yield f"  {kind[0]} {kind[1]}{when}  {key.name}"
        yield f"    指纹 fingerprint SHA-256 {key.fingerprint}"
    if not given:
        yield "  ！公钥取自本包自身，只能说明包内一致。请从别处（打印的检查点、见证机关、公告）取得公钥，再以 --key 核验。"
        yield "  ! The keys came with what is verified: this shows no more than that it agrees with itself. Get the keys elsewhere"
        yield "    (a printed checkpoint, a witness, a public notice), compare the fingerprints, and run again with --key."


def law_lines(attested: Fact | None, signers: list[Signer]) -> Iterator[str]:
    """What speaks for the law that is shown: the log, who signed the list of contents, or nobody."""
    names = ", ".join(each.key.name for each in signers)
    if names:
        yield f"目录清单由 {names} 签名。The list of contents is signed by {names}."
    if attested is not None:
        at, program = attested.stored["recorded_at"], attested.said["program"]
        yield f"所附规则、日历和文本与 {at} 存证的法据一致（账目 {attested.index}，程序 {program}）。"
        yield f"Rules, calendars and texts are those that the ledger attested (entry {attested.index}, program {program})."
    else:
        yield "账本尚未存证法据：请将所附规则和日历与公布的文本核对（law/）。"
        yield "The ledger has not attested its law: compare rules and calendars with what was published (law/)."


def stamp_lines(stamps: list[tuple[str, str]]) -> Iterator[str]:
    """What timestamps there are, and how their signatures are verified."""
    for name, time in stamps:
        yield f"时间戳 Timestamp    {name}: {time} UTC，签名未在此核验 its signature is not verified here:"
        yield f"  openssl ts -verify -data timestamps/checkpoint.txt -in {name} -CAfile <CA>"


def export_lines(found: Exported) -> Iterator[str]:
    """What an export shows."""
    first, end = found.about["first"], found.about["end"]
    yield f"账目 {first} 至 {end - 1}：{found.events} 个事件、{found.cases} 个案件，无一被改动、删除或插入。"
    yield f"Entries {first} to {end - 1}: {found.events} events of {found.cases} cases, none changed, removed or inserted."


def bundle_lines(parcel: Parcel, found: Recount, manifest: tuple[Fact, int] | None, *, days: bool) -> Iterator[str]:
    """What a bundle shows: the facts, who held the case when, and which dates follow."""
    about, offices = parcel.about, found.offices
    yield f"案件 Case          {about['case']['number']} ({about['case']['type']}), 案卷 file {about['file']['number']}"
    if about["rehearsal"]:
        yield "  演练账本：入账时间可由演练者设定。Rehearsal: whoever rehearses sets the recording time."
    yield f"  认定时点 judged at {about['judged_at']}"
    yield from ("", "一、下列事实已入账 These facts are in the log")
    for fact in parcel.facts:
        yield f"  [{fact.index}] {day_in_china(fact.occurred)} {fact.topic}  {offices.name(fact.actor)} ({fact.actor})"
        yield f"      入账 recorded {fact.stored['recorded_at']}  {fact.file}"
    yield from _complete(parcel, manifest)
    yield from ("", "二、谁在何时经办 Who held what, and when")
    for span in found.custody:
        yield f"  {_span(span, offices)}"
    yield from ("", "三、期限 Time limits, and the sentences of law from which they follow")
    for clock in found.clocks:
        yield from _clock(clock, offices, days=days)


def _complete(parcel: Parcel, manifest: tuple[Fact, int] | None) -> Iterator[str]:
    if not parcel.about["whole"]:
        yield "  本包只含请求者有权查阅的案件；同一案卷的其他事件未列出，期限和经办只列出可由所列事件推出者。"
        yield "  Only what the reader may see is shown; custody and time limits are told as far as they follow from it."
    if manifest is None:
        yield "  尚无清单：不能由此证明本案没有更晚的事件。"
        yield "  There is no manifest yet: that the case has no later event is not shown."
        return
    fact, cases = manifest
    at, entry, position = fact.stored["recorded_at"], fact.index, fact.said["position"]
    yield f"  {at} 的清单（账目 {entry}）：截至账目 {position - 1}，所列 {cases} 个案件没有更多事件。"
    yield f"  The manifest of {at} (entry {entry}): up to entry {position - 1} the {cases} cases shown had no other event."


def _span(span: dict[str, Any], offices: Offices) -> str:
    until = (span["until"] or "至今 until now")[:16]
    who = offices.name(span["holder"])
    if span["in_transit"]:
        who += f" → {offices.name(span['addressee'])} (在途 on its way)"
    return f"{span['since'][:16]} – {until:16}  {who}  事项 matter {span['matter']}"


def _clock(clock: dict[str, Any], offices: Offices, *, days: bool) -> Iterator[str]:
    citation = clock["citation"]
    yield f"  {clock['rule']} {clock['title']['zh']} {clock['title']['en']} ({citation['instrument']} {citation['clause']})"
    yield from (f"    “{quote}”" for quote in citation["quote"])
    due = clock["due"] or "-"
    provisional = "（暂定 provisional）" if clock["provisional"] else ""
    yield f"    {offices.name(clock['party'])}: 起 from {clock['start']}, 止 due {due}{provisional}: {_state(clock)}"
    yield f"    由 {clock['created_by']} 起算 started by that event; 日历 calendar {clock['calendar']} {' '.join(clock['editions'])}"
    for day in clock["days"] if days else ():
        number = f" {day['number']}" if "number" in day else ""
        yield f"      {day['date']} {day['weekday']} {KINDS[day['kind']]} {day['kind']}{number} {day.get('note', '')}".rstrip()


def _state(clock: dict[str, Any]) -> str:
    said = f"{STATES[clock['state']]} {clock['state']}"
    late = ", ".join(f"{amount} {unit.replace('_', ' ')}" for unit, amount in clock.get("late_by", {}).items())
    done = f", 办理 done {clock['stopped']}" if "stopped" in clock else ""
    return said + done + (f", 逾期 late by {late}" if late else "")
