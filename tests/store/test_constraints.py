import asyncio

import pytest

from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.store.constraints import Reconciled, Rule, declared, reconcile
from graph_api.store.faults import ConflictError
from graph_api.store.migrations import prepare


@pytest.fixture(scope="module")
async def ready(graph: Store) -> Store:
    await prepare(graph)
    return graph


async def schema_change(store: Store, statement: str) -> None:
    async with store.transaction() as tx:
        await tx.run(statement)


def test_every_kind_and_every_link_type_has_its_rules() -> None:
    rules = set(declared())
    assert {Rule("unique", "NODE", kind, ("key",)) for kind in MODEL.kinds} <= rules
    assert {Rule("unique", "RELATIONSHIP", link, ("id",)) for link in MODEL.links} <= rules
    assert {rule.type for rule in rules if rule.properties == ("parent",)} == {
        "HAS_STAGE",
        "HAS_STEP",
        "HAS_MEASUREMENT",
    }
    assert {"OWNED_BY", "MEASURED_BY", "PART_OF"} <= {rule.type for rule in rules if rule.properties == ("only",)}
    due = {rule.properties for rule in rules if rule.type == "Promise" and "due" in rule.properties}
    assert due == {("due",), ("due", "key")}


def test_names_say_what_a_rule_is_and_no_two_are_alike() -> None:
    names = [rule.name for rule in declared()]
    assert len(names) == len(set(names))
    rule = Rule("unique", "RELATIONSHIP", "OWNED_BY", ("only",))
    assert rule.create == (
        "CREATE CONSTRAINT graph_api_unique_OWNED_BY_only IF NOT EXISTS "
        "FOR ()-[e:OWNED_BY]-() REQUIRE (e.only) IS UNIQUE"
    )
    index = Rule("index", "NODE", "Insight", ("severity", "key"))
    assert index.create == (
        "CREATE INDEX graph_api_index_Insight_severity_key IF NOT EXISTS FOR (e:Insight) ON (e.severity, e.key)"
    )


def test_no_field_has_the_name_of_a_property_that_the_service_keeps() -> None:
    assert not [link.name for link in MODEL.links.values() if {"id", "only", "parent"} & link.properties.keys()]
    assert not [kind.name for kind in MODEL.kinds.values() if "id" in kind.properties]


async def test_where_nothing_differs_nothing_is_done(ready: Store) -> None:
    assert await reconcile(ready) == Reconciled((), ())
    states = await ready.run("SHOW INDEXES YIELD state RETURN DISTINCT state")
    assert states == [{"state": "ONLINE"}]


async def test_what_is_missing_is_made_and_what_is_ours_but_not_declared_goes(ready: Store) -> None:
    await schema_change(ready, "DROP INDEX graph_api_index_Insight_severity")
    await schema_change(ready, "DROP CONSTRAINT graph_api_unique_OWNED_BY_only")
    await schema_change(ready, "CREATE INDEX graph_api_index_Insight_colour FOR (n:Insight) ON (n.colour)")
    await schema_change(ready, "CREATE INDEX somebody_elses FOR (n:Insight) ON (n.colour, n.key)")
    outcome = await reconcile(ready)
    assert sorted(outcome.created) == ["graph_api_index_Insight_severity", "graph_api_unique_OWNED_BY_only"]
    assert outcome.dropped == ("graph_api_index_Insight_colour",)
    assert await reconcile(ready) == Reconciled((), ())
    assert await ready.run("SHOW INDEXES YIELD name WHERE name = 'somebody_elses' RETURN name") != []
    await schema_change(ready, "DROP INDEX somebody_elses")


async def test_one_of_ours_that_became_another_is_made_anew(ready: Store) -> None:
    await schema_change(ready, "DROP INDEX graph_api_index_Insight_reach")
    await schema_change(ready, "CREATE INDEX graph_api_index_Insight_reach FOR (n:Insight) ON (n.colour)")
    name = ("graph_api_index_Insight_reach",)
    assert await reconcile(ready) == Reconciled(created=name, dropped=name)


async def test_services_that_start_together_all_find_the_rules_made(ready: Store) -> None:
    for rule in declared()[5:20]:
        kind = "CONSTRAINT" if rule.sort == "unique" else "INDEX"
        await schema_change(ready, f"DROP {kind} {rule.name}")
    await asyncio.gather(*(reconcile(ready) for _ in range(3)))
    assert await reconcile(ready) == Reconciled((), ())


async def test_an_index_whose_constraint_another_service_is_making_is_left_alone(ready: Store) -> None:
    # For a moment it has the constraint's name and no owner: as this one has for good.
    await schema_change(ready, "CREATE INDEX graph_api_unique_Insight_colour FOR (n:Insight) ON (n.colour)")
    assert await reconcile(ready) == Reconciled((), ())
    await schema_change(ready, "DROP INDEX graph_api_unique_Insight_colour")


async def test_the_database_itself_refuses_a_second_owner(ready: Store) -> None:
    with pytest.raises(ConflictError):
        await schema_change(
            ready,
            "CREATE (g:Goal {key: 'g'}), (g)-[:OWNED_BY {id: '1', only: 'g'}]->(:Department {key: 'a'}), "
            "(g)-[:OWNED_BY {id: '2', only: 'g'}]->(:Department {key: 'b'})",
        )
