"""The page of commands: the command line with its options and exit codes, as its own help tells them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from api.cli import ANJUAN
from api.cli.command import CODES, Family
from api.handbook.markdown import page as whole_page
from api.handbook.markdown import table

INTRODUCTION = """\
One program, `anjuan` (`.venv/bin/anjuan`, also `python -m api`). Every command has `--help`, `--lang zh|en` (else the locale
decides) and `--json`: one JSON document on standard output, errors as JSON on standard error. Progress goes to standard error.
Where a ledger is meant and the database holds several, `--jurisdiction` says which. Settings are read from the environment
([settings.md](settings.md))."""

COMMON = ("json", "lang", "help")


def page() -> str:
    """The page of all commands."""
    parts = (part for path, found in _commands(ANJUAN, ("anjuan",)) for part in _command(path, found))
    codes = table(("Code", "中文", "Meaning"), ((code, words.zh, words.en) for code, words in CODES.items()))
    return whole_page("Commands 命令", INTRODUCTION, "## Exit codes", codes, *parts)


def _commands(family: Family, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in family.members:
        found = family.get_command(click.Context(family), name)
        if isinstance(found, Family):
            yield from _commands(found, (*path, name))
        elif found is not None:
            yield (*path, name), found


def _command(path: tuple[str, ...], found: click.Command) -> Iterator[str]:
    arguments = [each for each in found.params if isinstance(each, click.Argument)]
    options = [each for each in found.params if isinstance(each, click.Option) and each.name not in COMMON]
    yield f"## {' '.join(path)}"
    yield f"`{' '.join([*path, *(each.make_metavar(click.Context(found)) for each in arguments)])}`"
    yield "\n\n".join(paragraph for paragraph in (_words(found, "en"), _words(found, "zh")) if paragraph)
    if options:
        yield table(("Option", "Meaning", "中文"), map(_option, options))


def _option(option: click.Option) -> tuple[str, str, str]:
    names = " ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    return names, _words(option, "en"), _words(option, "zh")


def _words(found: click.Command | click.Option, language: str) -> str:
    about = getattr(found, "about", None)
    told: str = getattr(about, language) if about else found.help or ""
    return told
