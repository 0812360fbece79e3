"""Writing the handbook (手册): the pages of docs/ that follow from code and data."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import command
from api.cli.telling import tell
from api.handbook import write


@command(
    "由代码和数据写出手册各页\n\n写入 FOLDER，默认 docs。",
    "Write the pages of the handbook from code and data\n\nInto FOLDER, docs if not given.",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
def docs(folder: Path) -> None:
    written = [str(path) for path in write(folder)]
    tell({"written": written}, written)
