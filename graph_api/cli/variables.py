"""The variables of a query, as people give them: typed one by one, or many in a file."""

import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from graphql import GraphQLError, ListTypeNode, NamedTypeNode, NonNullTypeNode, OperationDefinitionNode, TypeNode

from graph_api.errors import UserInputError

TEXTS = {"String", "ID"}
"""Types whose values are what was typed, whatever it looks like: the key `007` is no number."""


def one_by_one(given: list[str]) -> dict[str, str]:
    """Read `name=value` pairs; raises UserInputError where one is none, or a name comes twice."""
    texts: dict[str, str] = {}
    for pair in given:
        name, equals, text = pair.partition("=")
        name = name.strip().removeprefix("$")
        if not equals or not name:
            message = f"{pair!r} gives no variable a value. Write name=value, as key=R2."
            raise UserInputError(message)
        if name in texts:
            message = f"The variable ${name} is given twice. For several values, give a list: {name}='[1, 2]'."
            raise UserInputError(message)
        texts[name] = text
    return texts


def from_file(path: Path) -> dict[str, Any]:
    """Read a file that holds one JSON object; raises UserInputError for any other."""
    try:
        values = _from_json(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise UserInputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8."
        raise UserInputError(message) from error
    except json.JSONDecodeError as error:
        message = f"{path}:{error.lineno}:{error.colno}: This is not JSON: {error.msg}."
        raise UserInputError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is not JSON that can be read."
        raise UserInputError(message) from error
    if not isinstance(values, dict):
        message = f'{path} must hold one JSON object, as {{"key": "R2"}}.'
        raise UserInputError(message)
    return values


def fit(
    operation: OperationDefinitionNode, texts: Mapping[str, str], values: Mapping[str, Any]
) -> tuple[dict[str, Any], list[GraphQLError]]:
    """Return the values by the types that the operation declares, and a fault for each variable it does not have.

    What was typed goes before what a file says.
    """
    declared = {each.variable.name.value: each.type for each in operation.variable_definitions or ()}
    given = {**values, **{name: _value(text, declared[name]) for name, text in texts.items() if name in declared}}
    faults = [_unknown(name, list(declared), operation) for name in {**values, **texts} if name not in declared]
    return given, faults


def _value(text: str, declared: TypeNode) -> Any:
    """Read a text as JSON where it is JSON and the type is not text itself; a list of texts may be JSON."""
    listed, named = False, declared
    while not isinstance(named, NamedTypeNode):
        listed = listed or isinstance(named, ListTypeNode)
        named = named.type if isinstance(named, ListTypeNode | NonNullTypeNode) else named
    is_text = named.name.value in TEXTS
    if is_text and not listed:
        return text
    try:
        value = _from_json(text)
    except (ValueError, RecursionError):
        return text
    return text if is_text and not isinstance(value, list) else value


def _from_json(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    message = f"JSON has no {constant}"
    raise ValueError(message)


def _unknown(name: str, declared: list[str], operation: OperationDefinitionNode) -> GraphQLError:
    near = get_close_matches(name, declared, 1)
    if near:
        end = f"; did you mean ${near[0]}?"
    else:
        end = f". Its variables are {', '.join(f'${each}' for each in declared)}." if declared else "; it has none."
    return GraphQLError(f"The operation has no variable ${name}{end}", operation)
