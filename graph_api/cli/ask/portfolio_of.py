"""What a portfolio is of, and what of it: the options that questions of a portfolio share."""

from typing import Annotated

import typer

from graph_api.errors import UserInputError

KINDS = ("opportunity", "proposition", "initiative")

Of = Annotated[str, typer.Option("--of", help=f"What it is of: {', '.join(KINDS)}.", metavar="KIND")]
Ended = Annotated[bool, typer.Option("--ended", help="Also what is closed, retired or stopped.")]


def kind_of(text: str) -> str:
    """Return the kind as GraphQL takes it; raises UserInputError where it is none of a portfolio."""
    if text.lower() not in KINDS:
        message = f"--of: {text!r} is nothing that a portfolio is of. Write one of {', '.join(KINDS)}."
        raise UserInputError(message)
    return text.upper()
