"""The history of an entity and of a link, asked where they are read."""

from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.recording import Recording

CHANGES = "nodes { seq action kind linkType }"


@pytest.fixture(scope="module")
async def recording(graph: Store) -> Recording:
    """Write an initiative that another and an opportunity lead to, and change each; a KPI has a measurement."""
    await prepare(graph)

    async def write(*entities: EntityChange, links: tuple[LinkChange, ...] = ()) -> None:
        await apply(graph, ChangeSet(entities, links, "ann", "test"))

    def put(kind: str, key: str, **fields: Any) -> EntityChange:
        return EntityChange(Mode.PUT, kind, key, {"name": key, **fields})

    addressed = LinkChange("ADDRESSED_BY", Ref("Opportunity", "o"), Ref("Initiative", "i"))
    depends = LinkChange("DEPENDS_ON", Ref("Initiative", "i"), Ref("Initiative", "j"))
    owned = LinkChange("OWNED_BY", Ref("Initiative", "i"), Ref("Department", "d"))
    await write(put("Opportunity", "o"), put("Initiative", "i"), put("Initiative", "j"), put("Department", "d"))
    await write(links=(addressed, depends, owned))
    await write(put("Initiative", "i", effort=3.0))
    await write(put("Initiative", "j", effort=4.0))
    await write(links=(LinkChange(addressed.type, addressed.start, addressed.finish, {"fit": 0.5}),))
    return Recording(graph)


@pytest.fixture(scope="module")
def service(recording: Recording) -> Service:
    return build_service(recording)


async def ask(service: Service, query: str, **variables: Any) -> Any:
    result = await service.ask(query, variables)
    assert result.errors is None
    return result.data


def change(seq: int, action: str, of: str) -> dict[str, Any]:
    link = "_" in of
    return {"seq": seq, "action": action, "kind": None if link else of, "linkType": of if link else None}


async def test_an_entity_has_its_own_changes_and_those_of_its_links(service: Service) -> None:
    data = await ask(service, f'{{ initiative(key: "i") {{ history {{ totalCount {CHANGES} }} }} }}')
    assert data["initiative"]["history"] == {
        "totalCount": 6,
        "nodes": [
            change(2, "CREATE", "INITIATIVE"),
            change(5, "CREATE", "ADDRESSED_BY"),
            change(6, "CREATE", "DEPENDS_ON"),
            change(7, "CREATE", "OWNED_BY"),
            change(8, "UPDATE", "INITIATIVE"),
            change(10, "UPDATE", "ADDRESSED_BY"),
        ],
    }


async def test_a_link_has_its_own_changes_in_a_list_and_by_itself(service: Service) -> None:
    data = await ask(
        service,
        f"""{{
          opportunity(key: "o") {{ initiatives {{ edges {{ history {{ {CHANGES} }} }} }} }}
          initiative(key: "i") {{
            ownedByLink {{ history {{ {CHANGES} }} }}
            dependsOn {{ edges {{ history {{ totalCount }} }} }}
          }}
        }}""",
    )
    assert data == {
        "opportunity": {
            "initiatives": {
                "edges": [
                    {"history": {"nodes": [change(5, "CREATE", "ADDRESSED_BY"), change(10, "UPDATE", "ADDRESSED_BY")]}}
                ]
            }
        },
        "initiative": {
            "ownedByLink": {"history": {"nodes": [change(7, "CREATE", "OWNED_BY")]}},
            "dependsOn": {"edges": [{"history": {"totalCount": 1}}]},
        },
    }


async def test_histories_are_paged_each_by_its_own_arguments(service: Service) -> None:
    query = """query Q($after: String) { initiatives { nodes {
      key
      newest: history(first: 1, newestFirst: true) { nodes { seq } }
      rest: history(first: 2, after: $after) { nodes { seq } pageInfo { hasPreviousPage hasNextPage } }
    } } }"""
    page = await ask(service, '{ initiative(key: "i") { history(first: 2) { pageInfo { endCursor } } } }')
    cursor = page["initiative"]["history"]["pageInfo"]["endCursor"]
    data = await ask(service, query, after=cursor)
    assert data["initiatives"]["nodes"] == [
        {
            "key": "i",
            "newest": {"nodes": [{"seq": 10}]},
            "rest": {
                "nodes": [{"seq": 6}, {"seq": 7}],
                "pageInfo": {"hasPreviousPage": True, "hasNextPage": True},
            },
        },
        {
            "key": "j",
            "newest": {"nodes": [{"seq": 9}]},
            "rest": {
                "nodes": [{"seq": 6}, {"seq": 9}],
                "pageInfo": {"hasPreviousPage": True, "hasNextPage": False},
            },
        },
    ]


async def test_anything_with_an_id_has_a_history_behind_its_interface_too(service: Service) -> None:
    data = await ask(service, '{ initiative(key: "j") { id } department(key: "d") { id } }')
    query = """query Q($ids: [ID!]!) { nodes(ids: $ids) {
      __typename history { totalCount } ... on Entity { key } ... on Initiative { effort }
    } }"""
    found = await ask(service, query, ids=[data["initiative"]["id"], data["department"]["id"]])
    assert found["nodes"] == [
        {"__typename": "Initiative", "history": {"totalCount": 3}, "key": "j", "effort": 4.0},
        {"__typename": "Department", "history": {"totalCount": 2}, "key": "d"},
    ]


async def test_the_history_of_what_a_change_is_about_can_be_asked_for_in_turn(service: Service) -> None:
    data = await ask(
        service, "{ changes(last: 1) { nodes { start { history { totalCount } ... on Opportunity { key } } } } }"
    )
    assert data == {"changes": {"nodes": [{"start": {"history": {"totalCount": 3}, "key": "o"}}]}}


async def test_a_history_within_a_history_is_bounded_as_links_are(service: Service) -> None:
    query = "seq"
    for _ in range(11):
        query = f"entity {{ history {{ nodes {{ {query} }} }} }}"
    result = await service.ask(f"{{ changes {{ nodes {{ {query} }} }} }}")
    assert [error.extensions["code"] for error in result.errors] == ["TOO_COSTLY"]


async def test_arguments_that_make_no_sense_are_told(service: Service) -> None:
    result = await service.ask('{ initiative(key: "i") { history(first: 201) { totalCount } } }')
    assert [(error.extensions["code"], error.path) for error in result.errors] == [("TOO_COSTLY", ["initiative"])]


async def test_a_history_is_read_within_the_statement_and_by_index(recording: Recording, service: Service) -> None:
    recording.sent.clear()
    query = """{ initiative(key: "i") {
      history { totalCount nodes { seq } }
      opportunities { edges { history(last: 1) { nodes { seq } } } }
    } }"""
    await ask(service, query)
    ((text, parameters),) = recording.sent
    plan = await recording.store.explain(text, parameters)
    names = [operator.name for operator in plan.walk()]
    assert not {"NodeByLabelScan", "AllNodesScan", "NodeIndexScan", "NodeUniqueIndexScan"}.intersection(names)
