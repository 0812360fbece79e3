"""Commands and options (命令与选项) with help in two languages, each with --json, --lang and its exit codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from api.cli.telling import use_json
from api.cli.words import LANGUAGES, Words, choose

CODES = {
    0: Words("完成，或答案为“是”", "done, or the answer is yes"),
    1: Words(
        "答案为“否”：有逾期、有差异、未找到、未通过检查",
        "the answer is no: overdue, different, not found, check failed",
    ),
    2: Words("用法或设置有误", "wrong usage or setting"),
    3: Words("依规定或因冲突不予办理", "refused: by the law, or because it is already there"),
    4: Words("数据库或服务不可用", "the database or the service is not available"),
    130: Words("被 Ctrl-C 中断", "interrupted by Ctrl-C"),
    143: Words("被 SIGTERM 终止", "ended by SIGTERM"),
}
"""What a process of this program ends with."""


def _lang(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        choose(value)


def _json(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        use_json(True)


class Option(click.Option):
    """An option that explains itself in both languages."""

    def __init__(self, names: Sequence[str], *, about: Words, **attributes: Any) -> None:
        self.about = about
        super().__init__(names, **{**attributes, "help": about.en})

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = str(self.about)
        return super().get_help_record(ctx)


LANG = Option(
    ["--lang"],
    about=Words("输出语言；默认依 LANG", "Language of the output; that of LANG if not given"),
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_lang,
)
JSON = Option(
    ["--json"],
    about=Words("输出一个 JSON 文档", "Answer with one JSON document"),
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_json,
)


class Command(click.Command):
    """A command of the family."""

    def __init__(self, name: str | None, *, about: Words, **attributes: Any) -> None:
        self.about = about
        super().__init__(name, **{**attributes, "help": about.en})
        self.params += [JSON, LANG]

    def get_short_help_str(self, limit: int = 45) -> str:
        return first_line(self.about)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = str(self.about)
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_codes(formatter)


class Family(click.Group):
    """A group of commands, imported when they are used: `members` are `name: module:attribute`."""

    def __init__(self, name: str, *, about: Words, members: Mapping[str, str], **attributes: Any) -> None:
        self.about, self.members = about, members
        super().__init__(name, **{**attributes, "help": about.en})
        self.params += [JSON, LANG]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.members:
            return None
        module, _, attribute = self.members[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        return first_line(self.about)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = str(self.about)
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_codes(formatter)


def first_line(about: Words) -> str:
    """What stands in a list of commands."""
    return str(about).partition("\n")[0]


def write_codes(formatter: click.HelpFormatter) -> None:
    """The exit codes at the end of every help."""
    with formatter.section(str(Words("退出码", "Exit codes"))):
        formatter.write_dl([(str(code), str(meaning)) for code, meaning in CODES.items()])


def command(zh: str, en: str, *, name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function."""
    return click.command(name, cls=Command, about=Words(zh, en))


def option(*names: str, zh: str, en: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option."""
    return click.option(*names, cls=Option, about=Words(zh, en), **attributes)
