"""Task plans (任务清单): imported whole or not at all, from a file or from those that come with the program."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.moments import Instant
from api.cli.on_record import receipt_line, receipt_of
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.wiring import read_plan, shipped_plans, shipped_registers
from api.cli.words import Words
from api.v1.numbers import what_is_wrong
from api.wiring import Place
from application.plans.opening import Opened, open_plan
from application.plans.plan import BadPlan, Plan
from domain.kernel import Actor

ADMINISTRATOR = "administrator"


@command(
    "导入任务清单（TOML、CSV、XLSX），逐项交办\n\nFILE 是文件，或随程序发布的清单名称。全部导入或一项也不导入；同一清单再次导入不重复。"
    "有误时列出每一处的行、列和原因，退出码为 1。",
    "Import a task plan (TOML, CSV, XLSX): each row becomes a supervised task\n\nFILE is a file, or the name of a plan that comes "
    "with the program. All rows or none; the same plan again opens nothing twice. What is wrong is told with row, column and "
    "reason; exit code 1.",
    name="import",
)
@click.argument("file")
@option("--dry-run", is_flag=True, zh="只检查，不导入", en="Check only, import nothing")
@option("--at", type=Instant(), metavar="INSTANT", zh="登记时刻（仅演练）", en="When it was recorded (rehearsal only)")
@jurisdiction_option
def import_(file: str, dry_run: bool, at: datetime | None, jurisdiction: str | None) -> int:
    try:
        plan = _plan(file)
        with opened(jurisdiction) as (wiring, place):
            if at is not None and not place.ledger.rehearsal:
                raise Failed(USAGE, Words("正式账本不能指定登记时刻", "A real ledger records when it records: no --at"))
            told = open_plan(
                plan,
                place.ledger,
                actor=_importer(place),
                now=wiring.now(),
                wrong_number=what_is_wrong,
                recorded_at=at,
                dry_run=dry_run,
            )
            receipt = receipt_of(place, told.event)
    except BadPlan as bad:
        return _bad(bad)
    _tell(plan, told, receipt, dry_run=dry_run)
    return OK


def _plan(file: str) -> Plan:
    path = Path(file)
    if path.exists():
        return read_plan(path.name, path.read_bytes())
    if (text := shipped_plans().get(file)) is not None:
        return read_plan(f"{file}.toml", text.encode())
    known = ", ".join(shipped_plans())
    raise Failed(
        USAGE, Words(f"没有文件 {file}；随程序发布的清单：{known}", f"There is no {file}; plans that ship: {known}")
    )


def _importer(place: Place) -> Actor:
    """Who gives the tasks: the office, else whoever runs the ledger."""
    register = place.ledger.register()
    return Actor(register.role("office") or register.role(ADMINISTRATOR) or "system")


def _bad(bad: BadPlan) -> int:
    errors = [{"row": each.row, "column": each.column, "zh": each.zh, "en": each.en} for each in bad.errors]
    lines = [Words(f"{_row(each.row, '行')}{each.column}：{each.zh}", f"{_row(each.row)}{each.column} {each.en}")
             for each in bad.errors]  # fmt: skip
    tell({"ok": False, "errors": errors}, [*lines, Words("未导入任何任务", "nothing was imported")])
    return NO


def _row(row: int | None, zh: str = "") -> str:
    if row is None:
        return ""
    return f"第 {row} {zh} " if zh else f"row {row}: "


def _tell(plan: Plan, told: Opened, receipt: str | None, *, dry_run: bool) -> None:
    data = {
        "ok": True,
        "plan": plan.number,
        "file_no": told.file_no,
        "opened": list(told.opened),
        "unchanged": list(told.unchanged),
        "dry_run": dry_run,
        "token": told.token,
        "receipt": receipt,
    }
    new, old = len(told.opened), len(told.unchanged)
    line = (
        Words(
            f"{plan.number}：可交办 {new} 项，已有 {old} 项",
            f"{plan.number}: {new} tasks would be opened, {old} stand already",
        )
        if dry_run
        else Words(
            f"{plan.number}：交办 {new} 项，已有 {old} 项", f"{plan.number}: {new} tasks opened, {old} stood already"
        )
    )
    tell(data, [line, *receipt_line(told.event)])


@command("列出随程序发布的清单和机关名录", "List the plans and registers that come with the program", name="list")
def list_() -> None:
    plans = {name: read_plan(f"{name}.toml", text.encode()) for name, text in shipped_plans().items()}
    items = [
        {"name": name, "plan": plan.number, "source": plan.source, "issued": plan.issued, "tasks": len(plan.rows)}
        for name, plan in plans.items()
    ]
    lines = [f"{each['name']}  {each['issued']}  {each['tasks']:>3}  {each['source']}" for each in items]
    tell({"plans": items, "registers": list(shipped_registers())}, lines)
