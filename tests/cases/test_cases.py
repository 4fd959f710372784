"""One runner for all golden cases; a failure names the stage at which the case goes astray."""

import json

from graphql import OperationDefinitionNode, get_operation_ast, parse
from graphql.execution.values import VariableValues

from graph_api.compile.outline import outline
from graph_api.schema.service import Service
from graph_api.store.connection import Store
from tests.cases.case import Case


def test_the_selection_becomes_this_plan(case: Case, service: Service) -> None:
    document = parse(case.query)
    operation = get_operation_ast(document)
    assert isinstance(operation, OperationDefinitionNode)
    variables = service.compiler.variables(operation, case.variables)
    assert isinstance(variables, VariableValues)
    prepared = service.compiler.prepare(case.query, document, operation, variables)
    case.hold("plan.txt", outline(prepared.plan))


async def test_the_plan_becomes_these_statements(case: Case, service: Service, graph: Store) -> None:
    sent: list[tuple[str, int]] = []
    graph.on_statement = lambda text, records: sent.append((text, records))
    await service.ask(case.query, case.variables)
    # Root fields are answered at the same time, so that their statements come in any order; each is listed as often
    # as it was sent.
    case.hold("statements.cypher", "\n".join(sorted(text for text, _ in sent)))
    assert all(records == 1 for _, records in sent)


async def test_the_statements_give_this_answer(case: Case, service: Service) -> None:
    result = await service.ask(case.query, case.variables)
    response = {"data": result.data} | (
        {"errors": [error.formatted for error in result.errors]} if result.errors else {}
    )
    text = json.dumps(response, ensure_ascii=False, indent=2) + "\n"
    case.hold("answer.json", text, may_update=not case.by_hand)
