"""What all mutations have in common: the fields that say how, what every payload tells, and the field of the root."""

from typing import Annotated, Any

import strawberry

from graph_api.schema.made import Described, annotation, maybe

DRY_RUN: Described = (
    maybe(bool),
    "Whether only to say what would happen. The answer is as if it had; nothing is kept.",
)
IDEMPOTENCY_KEY: Described = (
    maybe(str),
    (
        "A key of your choice for this request. Sent again with the same key, the same request is answered as it was "
        "the first time and not done twice: for 48 hours, on every server of the graph. The header `Idempotency-Key` "
        "does the same."
    ),
)
CONTROL = {"dryRun": DRY_RUN, "idempotencyKey": IDEMPOTENCY_KEY}
REVISION: Described = (
    maybe(int),
    "The revision that it must have; where it has another one, somebody has changed it since, and nothing is done.",
)


def payload_fields() -> dict[str, Any]:
    """Give the fields that every payload has."""
    return {
        "changeSet": (
            maybe(strawberry.ID),
            "What was done, to look it up in `changes` or to `revert` it; null where nothing was changed or kept.",
        ),
        "changes": ("list[Change]", "What became of entities and links; in a dry run, what would have."),
        "userErrors": ("list[UserError]", "What is wrong with the input; empty where it was done."),
    }


def mutation_field(name: str, payload: str, description: str) -> Any:
    """Make a root field. Operations are compiled: it has no work to do."""

    def resolver(input: Any) -> None:  # noqa: A002 - the argument's name in the API
        pass

    resolver.__module__ = __name__
    argument = strawberry.argument(description="What to do.")
    resolver.__annotations__ = {
        "input": Annotated[annotation(input_name(name)), argument],
        "return": annotation(f"Optional[{payload}]"),
    }
    return strawberry.mutation(name=name, resolver=resolver, description=description)


def input_name(name: str) -> str:
    """Name the input of a mutation."""
    return f"{name[0].upper()}{name[1:]}Input"
