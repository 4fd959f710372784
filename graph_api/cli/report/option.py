"""The files that a question can be answered with: the options of commands that write reports."""

from pathlib import Path
from typing import Annotated

import typer

Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", help="Write all of it as a workbook to this file.", metavar="FILE")
]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write all of it as a page with charts to this file.", metavar="FILE")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
