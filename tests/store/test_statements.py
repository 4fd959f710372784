import pytest

from graph_api.model import MODEL
from graph_api.settings import bundled
from graph_api.store.statements import Statement, StatementError, load, parse

SOUND = """\
// What is reached from an opportunity.
// It follows the thread.
//
// parameters: key, limit
// columns:
//   name: what people call it
//   paths
// mode: read
MATCH (o:Opportunity {key: $key})-[:{{spine}}*1..3]->(n) // $nothing
WHERE n.name <> '$5 RETURN x'
CALL (n) { MATCH (n)--(m) RETURN count(m) AS near }
RETURN n.name AS name, count { (o)-->(n) } AS paths
ORDER BY name LIMIT $limit
"""


def refusal(text: str) -> str:
    with pytest.raises(StatementError) as caught:
        parse("sample", text)
    return caught.value.message


def test_a_statement_is_its_text_with_what_the_header_says() -> None:
    statement = parse("sample", SOUND)
    types = "|".join(MODEL.spine)
    body = SOUND.partition("mode: read\n")[2].rstrip().replace("{{spine}}", types)
    assert statement == Statement("sample", body, ("key", "limit"), ("name", "paths"), "read")
    assert "PROMPTS|STARTS|TAKES" in statement.text


def test_a_statement_without_parameters_and_columns_is_one_too() -> None:
    text = "// Make it.\n// parameters:\n// columns:\n// mode: write\nMERGE (:Graph)"
    assert parse("x", text) == Statement("x", "MERGE (:Graph)", (), (), "write")


def test_an_undeclared_parameter_is_refused_at_its_line() -> None:
    text = SOUND.replace("// parameters: key, limit", "// parameters: key")
    assert refusal(text) == "sample.cypher, line 13: $limit is used but not declared in the header's parameters."


def test_an_unused_parameter_is_refused_at_the_header_s_line() -> None:
    text = SOUND.replace("key, limit", "key, limit, nothing")
    assert refusal(text) == "sample.cypher, line 4: parameter $nothing is declared but not used."


def test_columns_must_be_those_that_are_returned() -> None:
    missing, swapped = SOUND.replace("//   paths\n", ""), SOUND.replace("name: what people call it", "path")
    assert refusal(missing) == "sample.cypher, line 11: 'paths' is returned but not declared in the header's columns."
    assert refusal(swapped) == "sample.cypher, line 12: 'name' is returned but not declared in the header's columns."
    extra = SOUND.replace("//   paths\n", "//   paths\n//   more\n")
    assert refusal(extra) == "sample.cypher, line 5: column more is declared but not returned."
    turned = SOUND.replace("//   name: what people call it\n//   paths\n", "//   paths\n//   name\n")
    assert refusal(turned) == "sample.cypher, line 5: the columns come in another order: name, paths."


def test_a_missing_header_is_refused() -> None:
    assert refusal("RETURN 1 AS one") == (
        "sample.cypher, line 1: the header must begin with a sentence that says what is asked."
    )
    assert refusal("// One.\nRETURN 1 AS one") == "sample.cypher, line 1: the header needs a line '// parameters:'."
    assert refusal(SOUND.partition("MATCH")[0]) == "sample.cypher, line 8: there is no statement below the header."


def test_a_mode_is_read_or_write_and_a_reading_one_does_not_write() -> None:
    assert refusal(SOUND.replace("mode: read", "mode: both")) == "sample.cypher, line 8: mode must be read or write."
    text = SOUND.replace("CALL (n)", "SET n.seen = true\nCALL (n)")
    assert refusal(text) == "sample.cypher, line 11: SET writes, but the header says mode: read."


def test_an_unknown_placeholder_is_refused_at_its_line() -> None:
    assert refusal(SOUND.replace("{{spine}}", "{{thread}}")).startswith(
        "sample.cypher, line 9: there is no placeholder {{thread}}; known are {{spine}}, {{attached}}"
    )


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(StatementError, match=r"There is no statement 'nowhere': nowhere\.cypher is missing"):
        load("nowhere")


@pytest.mark.parametrize(
    "name",
    [path.relative_to(bundled("cypher")).with_suffix("").as_posix() for path in bundled("cypher").rglob("*.cypher")],
)
def test_every_statement_of_the_service_is_sound(name: str) -> None:
    assert load(name).name == name
