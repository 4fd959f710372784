"""The GraphQL types of search. Their fields mirror the answer in `questions/search.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.search import LONGEST, MANY, MOST, READ
from graph_api.questions.wording.highlight import LENGTH
from graph_api.questions.wording.words import ONE_TYPO, TWO_TYPOS
from graph_api.schema.enums import Kind
from graph_api.schema.pages import After, Before, Connection, First, Last
from graph_api.schema.scope import ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A piece of a text: words that were found, or what lies between.")
class HighlightPart:
    """See questions.wording.highlight.HighlightPart."""

    text: str = strawberry.field(description="The piece, as it is written; … where more was left out.")
    matched: bool = strawberry.field(description="Whether it is what was looked for.")


@strawberry.type(description="A text of an entity in which words were found.")
class Highlight:
    """See questions.wording.highlight.Highlight."""

    field: str = strawberry.field(description="The field, such as `name`; of a list each text stands by itself.")
    parts: list[HighlightPart] = strawberry.field(
        description=f"The text in parts, to be shown one after the other; of a long one {LENGTH} characters."
    )


@strawberry.type(description="An entity in which the words stand.")
class SearchHit:
    """See questions.search.SearchHit."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    score: float = strawberry.field(
        description="How well it fits: more is better. Good for comparing the hits of one answer, and for nothing else."
    )
    highlights: list[Highlight] = strawberry.field(
        description=f"Where the words stand, in the order of the fields; looked for in the first {READ:,} characters "
        "of a text."
    )


@strawberry.type(name="SearchHitsConnection", description="The hits, the best first: a page of them.")
class SearchHits(Connection[SearchHit]):
    """See questions.search.SearchHits."""

    more: bool = strawberry.field(
        description=f"Whether more was found than the {MOST} that are listed and counted: then say it more closely."
    )


def _search(
    text: Annotated[
        str,
        strawberry.argument(
            description=f"The words, {MANY} and {LONGEST} characters at most. What is no letter, digit or mark only "
            "cuts them."
        ),
    ],
    kinds: Annotated[
        list[Kind] | None, strawberry.argument(description="Only entities of these kinds; of any if none is given.")
    ] = strawberry.UNSET,
    scope: ScopeArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> SearchHits:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


SEARCH = strawberry.field(
    name="search",
    resolver=_search,
    description="Entities in which all of some words stand, in any of their texts: keys, names, descriptions, "
    "statements, quotes, tags. A word is found whole, as the beginning of a longer one, without its accents, and with "
    f"one typing error from {ONE_TYPO} letters on, with two from {TWO_TYPOS}. The best come first: keys before names "
    f"before other texts, whole words before beginnings before errors; then by kind and key. The best {MOST} at most.",
)
