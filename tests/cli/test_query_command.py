"""`graph-api query`, on both seeds: exactly what it prints, to people and to programs."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from tests.cli.commands import Commands, without_colours

pytestmark = pytest.mark.usefixtures("seeded")

ACTING = """\
query Acting($key: String!, $first: Int) {
  opportunity(key: $key) { key initiatives(first: $first) { nodes { key } } }
}

query Kinds($types: [InsightType!]) {
  insights(filter: {type: {in: $types}}) { totalCount }
}

query Tagged($tags: [String!]) {
  journeys(filter: {tags: {hasAny: $tags}}) { nodes { key } }
}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "acting.graphql"
    path.write_text(ACTING, encoding="utf-8")
    return path


def test_a_pipe_gets_the_whole_response_as_json(commands: Commands) -> None:
    ran = commands.run("query", '{ opportunity(key: "R2") { name urgency } }')
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == dedent("""\
        {
          "data": {
            "opportunity": {
              "name": "Make saving results visible and offer e-mail",
              "urgency": null
            }
          }
        }
    """)


def test_a_terminal_gets_a_table_of_the_one_list_and_above_it_what_stands_beside_it(commands: Commands) -> None:
    ran = commands.call_on_terminal(
        "query",
        """{ opportunity(key: "R2") { name tags
          insights(last: 2) { totalCount edges { basis node { key revision severity } node { voicedBy { nodes { key } }
          evidence { edges { support of node { key } } } } } } } }""",
        columns=120,
    )
    assert (ran.status, ran.err) == (0, "")
    assert "\x1b[1m" in ran.out
    assert without_colours(ran.out) == [
        "opportunity.name Make saving results visible and offer e-mail",
        "opportunity.tags veteran-transition",
        "opportunity.insights.totalCount 4",
        "",
        "basis    node.key   node.revision   node.severity   node.voicedBy.nodes   node.evidence.edges",
        "─" * 93,
        "STATED   F2c                    1               -   veteran               13 · 28 · E-F2c",
        "STATED   F8a                    1               -   veteran               17 · 28 · E-F8a",
    ]


def test_a_terminal_gets_a_table_where_the_list_is_empty_too(commands: Commands) -> None:
    ran = commands.call_on_terminal(
        "query", '{ opportunities(filter: {key: {eq: "none"}}) { totalCount nodes { key } } }'
    )
    assert without_colours(ran.out) == ["opportunities.totalCount 0", "opportunities.nodes nothing"]


@pytest.mark.parametrize(
    "question",
    ['{ opportunity(key: "R2") { name } }', "{ goals { nodes { key } } principles { nodes { key } } }"],
    ids=["no list", "two lists"],
)
def test_a_terminal_gets_json_where_the_answer_is_not_one_list(commands: Commands, question: str) -> None:
    shown = commands.call_on_terminal("query", question).out
    assert shown == commands.call("query", question).out
    assert "data" in json.loads(shown)


def test_a_terminal_gets_json_where_it_is_asked_for(commands: Commands) -> None:
    question = "{ kpis(first: 1) { nodes { key } } }"
    assert json.loads(commands.call_on_terminal("query", question, "--json").out) == {
        "data": {"kpis": {"nodes": [{"key": "K1"}]}}
    }


def test_the_query_may_be_in_a_file_or_on_standard_input(commands: Commands, tmp_path: Path) -> None:
    question = "{ kpis { totalCount } }"
    answer = {"data": {"kpis": {"totalCount": 3}}}
    (tmp_path / "with-mark.graphql").write_text(question, encoding="utf-8-sig")
    assert json.loads(commands.call("query", "with-mark.graphql", cwd=tmp_path).out) == answer
    assert json.loads(commands.run("query", "-", typed=question).out) == answer


def test_the_operation_is_chosen_by_name_and_its_variables_are_read_by_their_types(
    commands: Commands, file: Path
) -> None:
    def asked(operation: str, *more: str) -> object:
        ran = commands.call("query", file, "--operation", operation, *more)
        assert (ran.status, ran.err) == (0, "")
        return json.loads(ran.out)["data"]

    both = {"key": "R7", "initiatives": {"nodes": [{"key": "A6"}, {"key": "A7"}]}}
    assert asked("Acting", "-v", "key=R7", "-v", "first=2") == {"opportunity": both}
    assert asked("Acting", "--var", "key=007", "--var", "first=null") == {"opportunity": None}
    assert asked("Kinds", "-v", 'types=["GAIN", "PAIN"]') == {"insights": {"totalCount": 10}}
    assert asked("Kinds", "-v", "types=GAIN") == {"insights": {"totalCount": 2}}
    tagged = {"journeys": {"nodes": [{"key": "learn-to-drive-a-car"}]}}
    assert asked("Tagged", "-v", "tags=learn-to-drive") == tagged
    assert asked("Tagged", "-v", 'tags=["learn-to-drive", "x=y"]') == tagged


def test_many_variables_come_from_a_file_and_what_is_typed_goes_before(
    commands: Commands, file: Path, tmp_path: Path
) -> None:
    values = tmp_path / "values.json"
    values.write_text('{"key": "R2", "first": 1}', encoding="utf-8")
    ran = commands.call("query", file, "--operation", "Acting", "--variables", values, "-v", "key=R7")
    assert json.loads(ran.out)["data"] == {"opportunity": {"key": "R7", "initiatives": {"nodes": [{"key": "A6"}]}}}


def test_an_error_is_told_with_its_line_and_column_beside_the_answer_that_there_is(
    commands: Commands, tmp_path: Path
) -> None:
    (tmp_path / "two.graphql").write_text(
        '{\n  opportunity(key: "R2") { key }\n  both: persona(key: "veteran", id: "x") { key }\n}\n', encoding="utf-8"
    )
    told = "two.graphql:3:3: persona takes exactly one of `key` and `id`; give one of them.\n"
    ran = commands.call("query", "two.graphql", cwd=tmp_path)
    assert (ran.status, ran.err) == (1, told)
    assert json.loads(ran.out) == {
        "errors": [
            {
                "message": "persona takes exactly one of `key` and `id`; give one of them.",
                "locations": [{"line": 3, "column": 3}],
                "path": ["both"],
                "extensions": {"code": "BAD_USER_INPUT"},
            }
        ],
        "data": {"opportunity": {"key": "R2"}, "both": None},
    }


def test_on_a_terminal_errors_are_told_beside_the_table(commands: Commands) -> None:
    question = '{ kpis(first: 1) { nodes { key } } node(id: "") { id } both: goal(key: "a", id: "b") { key } }'
    ran = commands.call_on_terminal("query", question)
    assert without_colours(ran.out) == ["node -", "both -", "", "key", "───", "K1"]
    told = "query:1:56: goal takes exactly one of `key` and `id`; give one of them.\n"
    assert (ran.status, ran.err) == (1, told)


def test_on_a_terminal_a_query_that_is_refused_prints_only_what_is_wrong_with_it(commands: Commands) -> None:
    assert commands.call_on_terminal("query", "{ opportunity(key: }") == (
        1,
        "",
        "query:1:20: Syntax Error: Unexpected '}'.\n",
    )


BY_KEY = "query ($key: String!) {\n  opportunity(key: $key) { name }\n}"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{ opportunity(key: }"], "query:1:20: Syntax Error: Unexpected '}'."),
        (["{\n  opportunities { nodes { nme } }\n}"], "query:2:27: Cannot query field 'nme' on type 'Opportunity'. Did you mean 'name'?"),  # noqa: E501
        (["{ opportunities(first: 500) { nodes { key } } }"], "query:1:3: first is 500: a page has 200 elements at most. Ask for the next page with a cursor."),  # noqa: E501
        ([BY_KEY, "-v", "kez=R2"], "query:1:1: The operation has no variable $kez; did you mean $key?"),
        ([BY_KEY, "-v", "other=R2"], "query:1:1: The operation has no variable $other. Its variables are $key."),
        (["{ kpis { totalCount } }", "-v", "$key=R2"], "query:1:1: The operation has no variable $key; it has none."),
        (
            [BY_KEY],
            "query:1:8: Variable '$key' has invalid value: Expected a value of non-null type 'String!' to be provided.",
        ),
        (
            ["query ($n: Int) { kpis(first: $n) { totalCount } }", "-v", "n=many"],
            "query:1:8: Variable '$n' has invalid value: Int cannot represent non-integer value: 'many'",
        ),
        (
            ["query A { __typename } query B { __typename }"],
            "query:1:1: There are several operations: A, B. Say with --operation which one to run.",
        ),
        (
            ["query Acting { __typename }", "--operation", "Actin"],
            "query:1:1: There is no operation 'Actin'; did you mean Acting?",
        ),
        (
            ["query A { __typename } query B { __typename }", "--operation", "Other"],
            "query:1:1: There is no operation 'Other'. The operations are A, B.",
        ),
        (
            ["{ __typename }", "--operation", "A"],
            "query:1:1: There is no operation 'A'; the operation here has no name.",
        ),
        (
            ["fragment F on Query { __typename }"],
            "query: There is no operation here. One begins with `query`, or simply with `{`.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_is_wrong_with_a_query_is_told_with_line_and_column(
    commands: Commands, arguments: list[str], told: str
) -> None:
    ran = commands.call("query", *arguments)
    assert (ran.status, ran.err) == (1, told + "\n")
    (error,) = json.loads(ran.out)["errors"]
    assert told.endswith(f": {error['message']}")
    assert error["extensions"]["code"] in {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "TOO_COSTLY"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["acting"],
            (
                "'acting' cannot be read: No such file or directory. Name a file, or write the query itself, as "
                "'{ opportunities { nodes { key name } } }'."
            ),
        ),
        (["latin.graphql"], "latin.graphql is not UTF-8."),
        (["{a}", "-v", "key"], "'key' gives no variable a value. Write name=value, as key=R2."),
        (["{a}", "-v", "=R2"], "'=R2' gives no variable a value. Write name=value, as key=R2."),
        (
            ["{a}", "-v", "n=1", "-v", "n=2"],
            "The variable $n is given twice. For several values, give a list: n='[1, 2]'.",
        ),
        (["{a}", "--variables", "none.json"], "none.json cannot be read: No such file or directory."),
        (["{a}", "--variables", "latin.graphql"], "latin.graphql is not UTF-8."),
        (["{a}", "--variables", "broken.json"], "broken.json:2:9: This is not JSON: Expecting value."),
        (["{a}", "--variables", "nan.json"], "nan.json is not JSON that can be read."),
        (["{a}", "--variables", "list.json"], 'list.json must hold one JSON object, as {"key": "R2"}.'),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    commands: Commands, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "latin.graphql").write_bytes("{ é }".encode("latin-1"))
    (tmp_path / "broken.json").write_text('{\n "key": R2}', encoding="utf-8")
    (tmp_path / "nan.json").write_text('{"key": NaN}', encoding="utf-8")
    (tmp_path / "list.json").write_text("[1]", encoding="utf-8")
    assert commands.call("query", *arguments, cwd=tmp_path) == (1, "", told + "\n")


def test_what_is_wrong_with_a_text_is_told_without_neo4j(commands: Commands) -> None:
    assert commands.call("query", "{ a", NEO4J_URI="bolt://127.0.0.1:1").err == (
        "query:1:4: Syntax Error: Expected Name, found <EOF>.\n"
    )


def test_a_neo4j_that_does_not_answer_is_told_in_a_sentence(commands: Commands) -> None:
    ran = commands.call("query", "{ kpis { totalCount } }", NEO4J_URI="bolt://127.0.0.1:1")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "127.0.0.1:1" in ran.err
