"""Documents: parsed, measured and validated the first time somebody sends them, and known from then on."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph_api.compile.extent import exceeding, exceeding_variables
from graph_api.errors import Code, TooCostlyError, UserInputError
from graph_api.settings import Limits

DOCUMENTS = 512
"""How many documents are kept."""
CHARACTERS = 4_000_000
"""How many characters these may have together: what is kept of a document grows with its text."""
FAULTS = 20
"""How many faults of one document are told."""
TOO_MANY_TOKENS = "tokens. Parsing aborted."
"""How graphql-core's parser ends its sentence about a document that has more tokens than it may."""
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
"""GraphQL's own rules, and those that Strawberry's `validate_document` adds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: an operation of a document, with values for its variables."""

    text: str
    operation: str | None = None
    variables: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """An operation that can be run: its document is valid."""

    asked: Asked
    document: DocumentNode
    operation: OperationDefinitionNode

    @property
    def sort(self) -> OperationType:
        """Whether it is a query, a mutation or a subscription."""
        return self.operation.operation

    @property
    def name(self) -> str | None:
        """Its name in the document."""
        return self.operation.name.value if self.operation.name else None


class DocumentRefusedError(Exception):
    """A document that cannot be run; `errors` say why, each with its place and its code."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = list(errors)


@dataclass(frozen=True, slots=True)
class _Known:
    document: DocumentNode
    faults: tuple[GraphQLError, ...]


class Documents:
    """What is known of documents, by their text; at most `DOCUMENTS` of them, and `CHARACTERS` characters."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, introspection: bool = True, suggestions: bool = True
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._suggestions = suggestions
        self._rules = RULES if introspection else (*RULES, NoSchemaIntrospectionCustomRule)
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._characters = 0

    def choose(self, asked: Asked) -> Chosen:
        """Find the operation that is asked for.

        Raises DocumentRefusedError where the document cannot be run, UserInputError where it has no such operation, and
        TooCostlyError where the variables hold too much.
        """
        known = self._known.get(asked.text)
        if known:
            self._known.move_to_end(asked.text)
        else:
            known = self._look_at(asked.text)
        if known.faults:
            raise DocumentRefusedError(known.faults)
        chosen = Chosen(asked, known.document, _operation(known.document, asked.operation))
        if asked.variables and (excess := exceeding_variables(asked.variables, self._limits)):
            raise TooCostlyError(excess)
        return chosen

    def _look_at(self, text: str) -> _Known:
        document = self._parse(text)
        faults = list(exceeding(document, self._limits))[:FAULTS]
        if not faults:
            faults = _coded(
                validate(
                    self._schema, document, self._rules, max_errors=FAULTS, hide_suggestions=not self._suggestions
                ),
                Code.GRAPHQL_VALIDATION_FAILED,
            )
        known = _Known(document, tuple(faults))
        self._keep(text, known)
        return known

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            if error.message.endswith(TOO_MANY_TOKENS):
                message = (
                    f"The document has more than {self._limits.tokens:,} tokens (LIMIT_TOKENS). Ask for less at a time."
                )
                raise TooCostlyError(message) from None
            raise DocumentRefusedError(_coded([error], Code.GRAPHQL_PARSE_FAILED)) from None

    def _keep(self, text: str, known: _Known) -> None:
        self._known[text] = known
        self._characters += len(text)
        while len(self._known) > DOCUMENTS or self._characters > CHARACTERS:
            dropped, _ = self._known.popitem(last=False)
            self._characters -= len(dropped)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        message = (
            "The document holds several operations; say in `operationName` which one to run."
            if operations
            else "The document holds no operation; write one, as `{ opportunities { nodes { key } } }`."
        )
        raise UserInputError(message)
    for operation in operations:
        if operation.name and operation.name.value == name:
            return operation
    message = f"The document holds no operation named {name[:100]!r}; correct `operationName`."
    raise UserInputError(message)


E = TypeVar("E", bound=GraphQLError)


def _coded(errors: Sequence[E], code: Code) -> list[E]:
    for error in errors:
        error.extensions = {"code": code.value, **(error.extensions or {})}
    return list(errors)
