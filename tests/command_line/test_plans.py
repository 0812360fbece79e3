"""Task plans on the command line: checked, imported whole and once, into the jurisdiction that is named (任务清单)."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.wiring import shipped_plans, shipped_registers
from tests.command_line.processes import Anjuan

pytestmark = pytest.mark.usefixtures("founded")
DALI = ("--jurisdiction", "dali")


@pytest.fixture(scope="module")
def founded(anjuan: Anjuan, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two jurisdictions with the registers that ship."""
    folder = tmp_path_factory.mktemp("registers")
    for name in ("dali", "zhangzhou"):
        file = folder / f"{name}.toml"
        file.write_text(shipped_registers()[name], encoding="utf-8")
        done = anjuan.run("jurisdiction", "add", name, "--organs", str(file), "--at", "2016-01-01T00:00+08:00")
        assert done.code == 0, done.err


def test_a_plan_that_ships_is_checked_imported_and_imported_again(anjuan: Anjuan) -> None:
    dry = anjuan.run("plan", "import", "dali-2016", "--dry-run", "--json", *DALI).json
    assert (len(dry["opened"]), dry["dry_run"], dry["token"]) == (24, True, None)
    told = anjuan.run("plan", "import", "dali-2016", "--at", "2016-05-10T09:00+08:00", "--json", *DALI).json
    assert (told["file_no"], len(told["opened"]), told["unchanged"]) == ("DL-2016", 24, [])
    again = anjuan.run("plan", "import", "dali-2016", *DALI)
    assert (again.code, again.out.splitlines()[0]) == (0, "DL-2016: 0 tasks opened, 24 stood already")
    shown = anjuan.run(*again.out.splitlines()[1].split()[2:], *DALI, "--json").json
    assert shown["receipt"] == told["receipt"], "the same plan, the same receipt"
    rows = anjuan.run("overdue", "--as-of", "2016-07-01T09:00+08:00", "--department", "dl_wjj", "--json", *DALI).json
    assert [(row["number"], row["born_overdue"]) for row in rows["items"]] == [("DL-2016-17", True)]


def test_a_jurisdiction_gets_its_own_plan_and_not_that_of_another(anjuan: Anjuan) -> None:
    zhangzhou = ("--jurisdiction", "zhangzhou")
    wrong = anjuan.run("plan", "import", "dali-2016", *zhangzhou)
    assert wrong.code == 1
    assert "the register has no 州公共资源交易管理局" in wrong.out and "nothing was imported" in wrong.out
    told = anjuan.run("plan", "import", "zhangzhou-2016", "--json", *zhangzhou)
    assert (told.code, len(told.json["opened"])) == (0, 18)
    assert anjuan.run("plan", "import", "zhangzhou-2016").code == 2


def test_every_error_is_told_with_its_row_and_column(anjuan: Anjuan, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "plan,source,issued,no,title,leads,due\nP-1,示例,2016-05-10,1,x,没有的局,\n,,,2,y,财政局,适时\n",
        encoding="utf-8",
    )
    done = anjuan.run("plan", "import", str(file), "--json", *DALI)
    assert done.code == 1
    assert [(each["row"], each["column"]) for each in done.json["errors"]] == [(3, "due")]
    file.write_text(file.read_text(encoding="utf-8").replace("适时", ""), encoding="utf-8")
    assert anjuan.run("plan", "import", str(file), *DALI).out.startswith("row 2: leads the register has no 没有的局")
    chinese = anjuan.run("plan", "import", str(file), "--lang", "zh", *DALI).out
    assert chinese.splitlines() == ["第 2 行 leads：名录中没有 没有的局", "未导入任何任务"]


def test_what_is_neither_a_file_nor_a_plan_is_said(anjuan: Anjuan) -> None:
    done = anjuan.run("plan", "import", "nowhere-2016", *DALI)
    assert done.code == 2
    assert "dali-2016" in done.err


def test_the_plans_that_ship_are_listed(anjuan: Anjuan) -> None:
    told = anjuan.run("plan", "list", "--json").json
    assert [(each["name"], each["tasks"]) for each in told["plans"]] == [
        ("dali-2016", 24),
        ("hangzhou-2016", 11),
        ("zhangzhou-2016", 18),
    ]
    assert [each["name"] for each in told["plans"]] == list(shipped_plans())
    assert told["registers"] == ["dali", "hangzhou", "zhangzhou"]
