"""The database (数据库): where it is, and bringing it up to date."""

from __future__ import annotations

from api.cli.command import command, option
from api.cli.telling import tell
from api.cli.wiring import database_address
from api.cli.words import Words
from api.wiring import administer


@command(
    "数据库的地址\n\n内置数据库只在 anjuan serve 或 anjuan demo 运行时可以连接。",
    "Where the database is\n\nThe embedded one answers as long as `anjuan serve` or `anjuan demo` runs.",
)
@option("--owner", is_flag=True, zh="拥有数据表的角色", en="As the role that owns the tables")
def url(owner: bool) -> None:
    found = database_address("owner" if owner else "app")
    tell({"url": found}, [found])


@command(
    "把数据库升级到本程序的版本\n\n可重复运行；已执行过的步骤不再执行。",
    "Bring the database up to date with this program\n\nMay be repeated: what was run is not run again.",
)
def migrate() -> None:
    with administer() as owner:
        run = owner.migrate()
    nothing = [Words("已是最新", "up to date")]
    tell({"run": list(run)}, run or nothing)
