"""The demonstration (演示) that comes with the package: a county with its organs, and whole cases as scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

FOLDER = files("infrastructure").joinpath("demo")
COUNTY = "xuanen.toml"
CASES = ("A2.yaml", "A6.yaml", "A1.yaml", "A5.yaml", "A4.yaml", "A3.yaml")
"""In the order of their dates."""


def demonstration_county() -> str:
    """What the county is founded with."""
    return FOLDER.joinpath(COUNTY).read_text(encoding="utf-8")


@contextmanager
def demonstration_scenarios() -> Iterator[tuple[Path, ...]]:
    """The files of the cases."""
    with as_file(FOLDER) as folder:
        yield tuple(folder / name for name in CASES)
