"""Every command explains itself in both languages, answers in JSON when asked, and ends with a documented code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click
import pytest

from api.cli import ANJUAN
from api.cli.command import CODES, Command, Family
from api.cli.words import of_locale
from tests.command_line.processes import Done


def commands(family: Family, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command of the program with the words that call it."""
    for name in family.members:
        found = family.get_command(click.Context(family), name)
        assert found is not None
        yield (*path, name), found
        if isinstance(found, Family):
            yield from commands(found, (*path, name))


ALL = dict(commands(ANJUAN))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_there_in_both_languages_with_all_exit_codes(path: tuple[str, ...], ended: Callable[..., Done]) -> None:
    for language, heading in (("en", "Exit codes"), ("zh", "退出码")):
        done = ended("--lang", language, *path, "--help")
        assert done.code == 0
        assert heading in done.out
        assert all(f"\n  {number} " in done.out for number in CODES)
        assert "--json" in done.out


def test_both_languages_say_something_else() -> None:
    for found in ALL.values():
        assert isinstance(found, Command | Family)
        assert found.about.zh != found.about.en
        for option in found.params:
            about = getattr(option, "about", None)
            assert about is None or about.zh != about.en


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(locale: dict[str, str], language: str) -> None:
    assert of_locale(locale) == language


def test_an_unknown_command_and_an_unknown_option_are_exit_code_2(ended: Callable[..., Done]) -> None:
    assert ended("nonsense").code == 2
    assert ended("rules", "check", "--nonsense").code == 2
    done = ended("replay", "X", "--as-of", "yesterday", "--json")
    assert (done.code, done.out, done.error["error"]) == (2, "", "usage")


def test_the_version_is_told(ended: Callable[..., Done]) -> None:
    done = ended("--version")
    assert done.code == 0 and done.out.startswith("anjuan")
