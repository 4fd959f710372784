"""Changes as a list: paged, filtered, and read by index."""

from datetime import timedelta
from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.recording import Recording


async def write(store: Store, *entities: EntityChange, links: tuple[LinkChange, ...] = (), **other: Any) -> None:
    given = {"actor": "ann", "surface": "test", **other}
    await apply(store, ChangeSet(entities, links, **given))


def put(kind: str, key: str, **fields: Any) -> EntityChange:
    return EntityChange(Mode.PUT, kind, key, {"name": key.title(), **fields})


@pytest.fixture(scope="module")
async def recording(graph: Store) -> Recording:
    """Write nine changes in five sets: 1 to 3, 4, 5, 6 and 7, 8 and 9."""
    await prepare(graph)
    addressed = LinkChange("ADDRESSED_BY", Ref("Opportunity", "o"), Ref("Initiative", "i"), {"fit": 0.5})
    await write(
        graph,
        put("Opportunity", "o", urgency=3.0, tags=["a"]),
        put("Initiative", "i", cost="1200.50", currency="EUR", start="2026-01-31"),
        links=(addressed,),
    )
    await write(graph, put("Opportunity", "o", urgency=None, tags=[]), actor="bob")
    await write(graph, put("Initiative", "i", cost="1300", start="2026-02-01"), surface="import")
    await write(graph, put("Goal", "g"), put("Goal", "h"), actor="bob")
    await write(graph, actor="carol", deletes=(Delete(Ref("Opportunity", "o")),))
    return Recording(graph)


@pytest.fixture(scope="module")
def service(recording: Recording) -> Service:
    return build_service(recording)


async def ask(service: Service, query: str, **variables: Any) -> Any:
    result = await service.ask(query, variables)
    assert result.errors is None
    return result.data


async def numbers(service: Service, arguments: str, **variables: Any) -> list[int]:
    declared = "($f: ChangeFilter)" if variables else ""
    data = await ask(service, f"query Q{declared} {{ changes({arguments}) {{ nodes {{ seq }} }} }}", **variables)
    return [node["seq"] for node in data["changes"]["nodes"]]


async def test_a_change_says_what_was_done_by_whom_and_which_fields_differ(service: Service) -> None:
    data = await ask(
        service,
        """{ changes { nodes {
          seq revision actor surface action kind linkType key name
          fields { name before after } entity { __typename } start { __typename } finish { ... on Entity { key } }
        } } }""",
    )
    common = {"linkType": None, "start": None, "finish": None}
    link = {"kind": None, "linkType": "ADDRESSED_BY", "key": None, "name": None, "entity": None}
    ann = {"actor": "ann", "surface": "test"}
    goal = {"__typename": "Goal"}
    opportunity = {"kind": "OPPORTUNITY", "key": "o", "name": "O", "entity": None}
    initiative = {"kind": "INITIATIVE", "key": "i", "name": "I", "entity": {"__typename": "Initiative"}}

    def field(name: str, before: Any, after: Any) -> dict[str, Any]:
        return {"name": name, "before": before, "after": after}

    assert data["changes"]["nodes"] == [
        {
            **common,
            **ann,
            **opportunity,
            "seq": 1,
            "revision": 1,
            "action": "CREATE",
            "fields": [
                field("key", None, "o"),
                field("name", None, "O"),
                field("tags", None, ["a"]),
                field("urgency", None, 3.0),
            ],
        },
        {
            **common,
            **ann,
            **initiative,
            "seq": 2,
            "revision": 1,
            "action": "CREATE",
            "fields": [
                field("key", None, "i"),
                field("name", None, "I"),
                field("start", None, "2026-01-31"),
                field("cost", None, "1200.50"),
                field("currency", None, "EUR"),
            ],
        },
        {
            **ann,
            **link,
            "seq": 3,
            "revision": 1,
            "action": "CREATE",
            "start": None,
            "finish": {"key": "i"},
            "fields": [field("fit", None, 0.5)],
        },
        {
            **common,
            **opportunity,
            "seq": 4,
            "revision": 2,
            "action": "UPDATE",
            "actor": "bob",
            "surface": "test",
            "fields": [field("tags", ["a"], []), field("urgency", 3.0, None)],
        },
        {
            **common,
            **initiative,
            "seq": 5,
            "revision": 3,
            "action": "UPDATE",
            "actor": "ann",
            "surface": "import",
            "fields": [field("start", "2026-01-31", "2026-02-01"), field("cost", "1200.50", "1300.00")],
        },
        {
            **common,
            "seq": 6,
            "revision": 4,
            "action": "CREATE",
            "actor": "bob",
            "surface": "test",
            "kind": "GOAL",
            "key": "g",
            "name": "G",
            "entity": goal,
            "fields": [field("key", None, "g"), field("name", None, "G")],
        },
        {
            **common,
            "seq": 7,
            "revision": 4,
            "action": "CREATE",
            "actor": "bob",
            "surface": "test",
            "kind": "GOAL",
            "key": "h",
            "name": "H",
            "entity": goal,
            "fields": [field("key", None, "h"), field("name", None, "H")],
        },
        {
            **link,
            "seq": 8,
            "actor": "carol",
            "surface": "test",
            "revision": 5,
            "action": "DELETE",
            "start": None,
            "finish": {"key": "i"},
            "fields": [field("fit", 0.5, None)],
        },
        {
            **common,
            **opportunity,
            "seq": 9,
            "actor": "carol",
            "surface": "test",
            "revision": 5,
            "action": "DELETE",
            "fields": [field("key", "o", None), field("name", "O", None)],
        },
    ]


PAGES = [
    ("first: 2", [1, 2]),
    ("last: 2", [8, 9]),
    ("first: 2, newestFirst: true", [9, 8]),
    ("last: 2, newestFirst: true", [2, 1]),
    ("first: 0", []),
    ("last: 200", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
]


@pytest.mark.parametrize(("arguments", "expected"), PAGES)
async def test_a_page_can_be_cut_from_either_end_and_begin_with_the_newest(
    service: Service, arguments: str, expected: list[int]
) -> None:
    assert await numbers(service, arguments) == expected


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("backward", [False, True])
async def test_pages_lead_through_the_whole_list_either_way(
    service: Service, *, newest_first: bool, backward: bool
) -> None:
    query = """query Q($first: Int, $after: String, $last: Int, $before: String, $newestFirst: Boolean!) {
      changes(first: $first, after: $after, last: $last, before: $before, newestFirst: $newestFirst) {
        totalCount nodes { seq } edges { cursor node { seq } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }"""
    cursor, more = None, True
    seen: list[int] = []
    while more:
        cut = {"last": 4, "before": cursor} if backward else {"first": 4, "after": cursor}
        page = (await ask(service, query, newestFirst=newest_first, **cut))["changes"]
        info = page["pageInfo"]
        assert page["totalCount"] == 9
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasNextPage" if backward else "hasPreviousPage"] == (cursor is not None)
        more = info["hasPreviousPage" if backward else "hasNextPage"]
        cursor = info["startCursor" if backward else "endCursor"]
        numbers = [node["seq"] for node in page["nodes"]]
        seen = [*numbers, *seen] if backward else [*seen, *numbers]
    assert seen == sorted(range(1, 10), reverse=newest_first)


FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({"by": "bob"}, [4, 6, 7]),
    ({"surface": "import"}, [5]),
    ({"action": "UPDATE"}, [4, 5]),
    ({"kind": "GOAL"}, [6, 7]),
    ({"linkType": "ADDRESSED_BY", "action": "CREATE"}, [3]),
    ({"kind": "GOAL", "linkType": "ADDRESSED_BY", "action": "CREATE"}, [3, 6, 7]),
    ({"by": "nobody"}, []),
    ({"by": None, "surface": "import"}, [5]),
    ({"since": "2020-01-01T00:00:00Z", "until": "2021-01-01T00:00:00+01:00"}, []),
    ({"since": "2020-01-01T00:00:00Z", "until": "9999-12-31T00:00:00Z", "by": "bob"}, [4, 6, 7]),
    ({"changeSet": "none"}, []),
    ({"entity": "none"}, []),
]


@pytest.mark.parametrize(("given", "expected"), FILTERS)
async def test_a_filter_leaves_what_fulfils_all_of_it(
    service: Service, given: dict[str, Any], expected: list[int]
) -> None:
    assert await numbers(service, "filter: $f", f=given) == expected
    assert await numbers(service, "filter: $f, newestFirst: true", f=given) == expected[::-1]
    data = await ask(service, "query Q($f: ChangeFilter) { changes(filter: $f) { totalCount } }", f=given)
    assert data["changes"]["totalCount"] == len(expected)


async def test_moments_bound_a_list_to_the_microsecond(service: Service, recording: Recording) -> None:
    (moment,) = await recording.store.read("MATCH (c:Change {seq: 5}) RETURN c.at")
    at = moment.to_native()
    just_after = (at + timedelta(microseconds=1)).isoformat()
    assert await numbers(service, "filter: $f", f={"since": at.isoformat()}) == [5, 6, 7, 8, 9]
    assert await numbers(service, "filter: $f", f={"since": just_after}) == [6, 7, 8, 9]
    assert await numbers(service, "filter: $f", f={"until": at.isoformat()}) == [1, 2, 3, 4]
    assert await numbers(service, "filter: $f", f={"since": at.isoformat(), "until": just_after}) == [5]


async def test_numbers_are_bounded_by_moments_a_long_way_off(service: Service, recording: Recording) -> None:
    # A history of years: what lies before and after need not be looked at, and is left out all the same.
    async with recording.store.transaction() as tx:
        await tx.run("MATCH (c:Change) WHERE c.seq < 4 SET c.at = c.at - duration({days: 100}), c.moved = -100")
        await tx.run("MATCH (c:Change) WHERE c.seq > 7 SET c.at = c.at + duration({days: 100}), c.moved = 100")
    try:
        (moment,) = await recording.store.read("MATCH (c:Change {seq: 5}) RETURN c.at")
        day = timedelta(days=1)
        given = {"since": (moment.to_native() - day).isoformat(), "until": (moment.to_native() + day).isoformat()}
        assert await numbers(service, "filter: $f", f=given) == [4, 5, 6, 7]
        assert await numbers(service, "filter: $f, last: 2", f=given) == [6, 7]
        data = await ask(service, "query Q($f: ChangeFilter) { changes(filter: $f) { totalCount } }", f=given)
        assert data["changes"]["totalCount"] == 4
    finally:
        async with recording.store.transaction() as tx:
            await tx.run(
                "MATCH (c:Change) WHERE c.moved IS NOT NULL SET c.at = c.at - duration({days: c.moved}) REMOVE c.moved"
            )


async def test_a_change_set_is_found_by_its_id(service: Service) -> None:
    data = await ask(service, "{ changes { nodes { seq changeSet } } }")
    sets = {node["seq"]: node["changeSet"] for node in data["changes"]["nodes"]}
    assert await numbers(service, "filter: $f", f={"changeSet": sets[1]}) == [1, 2, 3]
    assert await numbers(service, "filter: $f, last: 1", f={"changeSet": sets[6]}) == [7]
    assert await numbers(service, "filter: $f", f={"changeSet": sets[1], "kind": "INITIATIVE"}) == [2]
    assert len(set(sets.values())) == 5


async def test_what_is_gone_still_has_its_changes(service: Service) -> None:
    data = await ask(service, "{ changes(first: 1) { nodes { entityId } } }")
    gone = data["changes"]["nodes"][0]["entityId"]
    assert await numbers(service, "filter: $f", f={"entity": gone}) == [1, 3, 4, 8, 9]
    assert await numbers(service, "filter: $f, first: 2, newestFirst: true", f={"entity": gone}) == [9, 8]
    assert await numbers(service, "filter: $f", f={"entity": gone, "by": "bob"}) == [4]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("first: 201", "TOO_COSTLY", "a page has 200 elements at most"),
        ("first: -1", "BAD_USER_INPUT", "cannot have fewer than 0"),
        ("first: 1, last: 1", "BAD_USER_INPUT", "give one of them"),
        ('after: "nonsense"', "BAD_USER_INPUT", "after is no cursor"),
        ('before: ""', "BAD_USER_INPUT", "before is no cursor"),
        ('after: "WyJub2RlLnNlcSIsMWUzMF0"', "BAD_USER_INPUT", "after is no cursor"),
        ('filter: {since: "2026-01-01T00:00:00"}', "BAD_USER_INPUT", "filter.since: must say its offset from UTC"),
        ('filter: {until: "0001-01-01T00:00:00+14:00"}', "BAD_USER_INPUT", "filter.until: lies too far from today"),
    ],
)
async def test_arguments_that_make_no_sense_are_told(service: Service, arguments: str, code: str, words: str) -> None:
    result = await service.ask(f"{{ changes({arguments}) {{ nodes {{ seq }} }} }}")
    assert result.data is None
    (error,) = result.errors
    assert (error.extensions["code"], error.path) == (code, ["changes"])
    assert words in error.message


READ = [
    ("", {}),
    ("newestFirst: true", {}),
    ("last: 2, before: $c", {}),
    ("after: $c", {"by": "bob"}),
    ("", {"since": "2026-01-01T00:00:00Z", "until": "2030-01-01T00:00:00Z"}),
    ("", {"changeSet": "x"}),
    ("newestFirst: true", {"changeSet": "x"}),
    ("", {"entity": "x"}),
    ("last: 2", {"entity": "x"}),
]


@pytest.mark.parametrize(("arguments", "given"), READ)
async def test_changes_are_sought_in_an_index_that_gives_their_order(
    recording: Recording, service: Service, arguments: str, given: dict[str, Any]
) -> None:
    recording.sent.clear()
    page = await ask(service, "{ changes(first: 3) { pageInfo { endCursor } } }")
    cursor = page["changes"]["pageInfo"]["endCursor"]
    recording.sent.clear()
    declared = "($c: String, $f: ChangeFilter)" if "$c" in arguments else "($f: ChangeFilter)"
    query = f"""query Q{declared} {{ changes(filter: $f, {arguments}) {{
      totalCount pageInfo {{ hasPreviousPage hasNextPage }} nodes {{ seq fields {{ name }} }}
    }} }}"""
    await ask(service, query, f=given, c=cursor)
    ((text, parameters),) = recording.sent
    plan = await recording.store.explain(text, parameters)
    scans = {"NodeByLabelScan", "AllNodesScan", "NodeIndexScan", "NodeUniqueIndexScan"}
    assert not scans.intersection(operator.name for operator in plan.walk())
    assert any("IndexSeek" in operator.name for operator in plan.walk())
    # What is sorted is a page: nothing that may be long is sorted before it is cut.
    sorts = [operator for operator in plan.walk() if operator.name in {"Sort", "Top", "PartialSort", "PartialTop"}]
    assert all("Limit" in {one.name for one in below.walk()} for below in sorts)


async def test_what_changes_speak_of_is_read_by_one_more_statement(recording: Recording, service: Service) -> None:
    recording.sent.clear()
    await ask(service, "{ changes { nodes { entity { id ... on Initiative { name } } start { id } finish { id } } } }")
    assert len(recording.sent) == 2
