"""Documents: parsed, measured and validated the first time somebody sends them, and known from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    SelectionSetNode,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.validate import ValidationAbortedError
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph_api.compile.extent import exceeding, exceeding_variables
from graph_api.compile.kept import Kept
from graph_api.errors import Code, ForbiddenError, UserInputError
from graph_api.settings import Limits

FAULTS = 20
"""How many faults of one document are told."""
TOO_MANY_TOKENS = "tokens. Parsing aborted."
"""How graphql-core's parser ends its sentence about a document that has more tokens than it may."""
ABORTED = "Validation aborted."
"""What graphql-core says, and nothing more, where it gives a document up."""
COMPARISONS = 20_000
"""What it may take to compare the fields of a document that have one name in the response, in graphql-core's units: a
pair is two, and what they select adds to that. Documents that people and tools write stay below a hundredth of it."""
OVERLAPPING = (
    "The fields of this selection that have the same name in the response, those of its fragments too, are too many to"
    " be compared with one another. Select each field once, or give them aliases."
)
ENTANGLED = (
    "The document's fragments are spread within one another too deeply, or by too many operations. Send one operation"
    " at a time, with fewer fragments."
)


class MergingRule(OverlappingFieldsCanBeMergedRule):
    """GraphQL's rule that fields of one name in the response must be the same field, bounded by `COMPARISONS`.

    It compares each with each, while nobody else is answered.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS

    def enter_selection_set(self, selection_set: SelectionSetNode, *where: Any) -> None:
        """Compare the fields of a selection."""
        try:
            super().enter_selection_set(selection_set, *where)
        except ValidationAbortedError as error:
            if error.message == ABORTED:
                raise _given_up(OVERLAPPING, selection_set) from None
            raise  # it has too many other faults


RULES = (
    *(MergingRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules),
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
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


class OperationForbiddenError(ForbiddenError):
    """An operation that can be run, though not by who asks for it."""

    def __init__(self, message: str, chosen: Chosen) -> None:
        super().__init__(message)
        self.chosen = chosen


class DocumentRefusedError(Exception):
    """A document that cannot be run, or not with its variables; `errors` say why, each with its place and its code."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = list(errors)


@dataclass(frozen=True, slots=True)
class _Known:
    document: DocumentNode
    faults: tuple[GraphQLError, ...]


class Documents:
    """What is known of documents, by their text, within the bounds of `kept`."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, introspection: bool = True, suggestions: bool = True
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._suggestions = suggestions
        self._rules = RULES if introspection else (*RULES, NoSchemaIntrospectionCustomRule)
        self._known: Kept[_Known] = Kept()

    def choose(self, asked: Asked) -> Chosen:
        """Find the operation that is asked for.

        Raises DocumentRefusedError where the document cannot be run or its variables hold too much, and UserInputError
        where it has no such operation.
        """
        known = self._known.get(asked.text, None, lambda: self._look_at(asked.text))
        if known.faults:
            raise DocumentRefusedError(known.faults)
        chosen = Chosen(asked, known.document, _operation(known.document, asked.operation))
        if asked.variables and (excess := exceeding_variables(asked.variables, self._limits)):
            raise DocumentRefusedError([_too_costly(excess)])
        return chosen

    def _look_at(self, text: str) -> _Known:
        document = self._parse(text)
        try:
            faults = list(exceeding(document, self._limits))[:FAULTS]
        except RecursionError:
            faults = [_given_up(ENTANGLED)]
        return _Known(document, tuple(faults or self._validate(document)))

    def _validate(self, document: DocumentNode) -> list[GraphQLError]:
        found = validate(self._schema, document, self._rules, max_errors=FAULTS, hide_suggestions=not self._suggestions)
        faults = [_given_up(ENTANGLED) if error.message == ABORTED else error for error in found]
        return _coded(faults, Code.GRAPHQL_VALIDATION_FAILED)

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            if error.message.endswith(TOO_MANY_TOKENS):
                message = (
                    f"The document has more than {self._limits.tokens:,} tokens (LIMIT_TOKENS). Ask for less at a time."
                )
                raise DocumentRefusedError([_too_costly(message)]) from None
            raise DocumentRefusedError(_coded([error], Code.GRAPHQL_PARSE_FAILED)) from None


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


def _too_costly(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": Code.TOO_COSTLY.value})


def _given_up(message: str, node: Node | None = None) -> GraphQLError:
    return ValidationAbortedError(message, node, extensions={"code": Code.TOO_COSTLY.value})


E = TypeVar("E", bound=GraphQLError)


def _coded(errors: Sequence[E], code: Code) -> list[E]:
    for error in errors:
        error.extensions = {"code": code.value, **(error.extensions or {})}
    return list(errors)
