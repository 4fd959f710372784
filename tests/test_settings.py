"""Settings: where they come from, what is refused, and that their table is the code's."""

import os
from pathlib import Path

import pytest

from graph_api.cli.settings import Source, explained, given, page, read
from graph_api.errors import UserInputError
from graph_api.settings import CONFIG, SECRETS, Method, Settings, declared, variable

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every setting of whoever runs the tests out of the environment, and the name of the file."""
    names = {variable(path) for path, _ in declared()}
    for name in [name for name in os.environ if name.upper() in names or name.startswith(("LIMIT_", "OIDC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv(CONFIG, "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "graph-api.toml"


def refused(**environment: str) -> str:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        with pytest.raises(UserInputError) as error:
            read(None, None)
    return error.value.message


def refused_file(file: Path, text: str, mode: int = 0o600) -> str:
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return refused(**{CONFIG: str(file)}).replace(str(file), "FILE")


def test_the_document_is_what_the_command_writes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), "Run `make settings`."


def test_every_setting_says_what_it_is() -> None:
    assert [path for path, field in declared() if not (field.description or "").endswith((".", "`"))] == []


def test_a_flag_counts_before_the_environment_that_before_the_file_and_that_before_the_default(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("port = 1\nhost = '127.0.0.3'\nmetrics = false\n[limit]\ntokens = 11\nfields = 12\n", "utf-8")
    monkeypatch.setenv("PORT", "2")
    monkeypatch.setenv("HOST", "127.0.0.2")
    monkeypatch.setenv("LIMIT_FIELDS", "22")
    chosen = ["limit_aliases=33"]
    settings = read(file, chosen, port=3, host=None)
    limits = settings.limit
    assert (settings.port, settings.host, settings.metrics, settings.introspection) == (3, "127.0.0.2", False, True)
    assert (limits.tokens, limits.fields, limits.aliases, limits.body) == (11, 22, 33, 1_048_576)
    sources = {each.name: each.source for each in explained(settings, given(chosen) | {"port": 3})}
    assert {name: source for name, source in sources.items() if source is not Source.DEFAULT} == {
        "PORT": Source.FLAG,
        "LIMIT_ALIASES": Source.FLAG,
        "HOST": Source.ENVIRONMENT,
        "LIMIT_FIELDS": Source.ENVIRONMENT,
        "METRICS": Source.FILE,
        "LIMIT_TOKENS": Source.FILE,
    }


def test_set_and_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("LIMIT_TOKENS", "")
    assert (Settings().port, Settings().limit.tokens) == (8000, 5_000)


def test_lists_and_pairs_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTHENTICATION", "token, oidc")
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.1,10.1.0.0/16")
    monkeypatch.setenv("OIDC_ALGORITHMS", "ES256,PS256")
    monkeypatch.setenv("OIDC_ROLES", "team=editors=EDITOR, board=VIEWER")
    settings = read(None, None)
    assert settings.authentication == {Method.TOKEN, Method.OIDC}
    assert settings.trusted_proxies == ("10.0.0.1", "10.1.0.0/16")
    assert settings.oidc.algorithms == ("ES256", "PS256")
    assert settings.oidc.roles == {"team=editors": "EDITOR", "board": "VIEWER"}


def test_a_file_may_hold_lists_and_tables(file: Path) -> None:
    file.write_text('authentication = ["token"]\n[oidc]\nalgorithms = ["ES256"]\nroles = {"a, b" = "ADMIN"}\n', "utf-8")
    settings = read(file, None)
    assert settings.authentication == {Method.TOKEN}
    assert settings.oidc.roles == {"a, b": "ADMIN"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "LIMIT_TOKENS",
            "many",
            "LIMIT_TOKENS cannot be used. Input should be a valid integer, unable to parse string as an integer.",
        ),
        ("LIMIT_BODY", "0", "LIMIT_BODY cannot be used. Input should be greater than 0."),
        ("LIMIT_SECONDS", "nan", "LIMIT_SECONDS cannot be used. Input should be "),
        ("LIMIT_REQUESTS", "5", "LIMIT_REQUESTS cannot be used. Write it as `100/second`, `6000/minute`, or `off`."),
        ("LIMIT_TOKNS", "5", "There is no setting LIMIT_TOKNS. Did you mean `LIMIT_TOKENS`?"),
        ("LIMIT_XYZ", "5", "There is no setting LIMIT_XYZ."),
        (
            "LIMIT",
            "{}",
            "LIMIT cannot be used. Write each of its settings by itself, as LIMIT_…, or as a table of the file.",
        ),
        ("OIDC_LEEWAY", "0.9", "OIDC_LEEWAY cannot be used. Input should be a valid integer"),
        ("OIDC_ROLES", "editors", "OIDC_ROLES cannot be used. Write it as `editors=EDITOR,board=VIEWER`."),
        (
            "OIDC_ROLES",
            '{"secret',
            "OIDC_ROLES cannot be used. Write it as `editors=EDITOR,board=VIEWER`, or as a JSON object.",
        ),
        ("AUTHENTICATION", "basic", "AUTHENTICATION cannot be used. Input should be 'token' or 'oidc'."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL cannot be used. Input should be 'debug', 'info', 'warning' or 'error'."),
        ("METRICS", "maybe", "METRICS cannot be used. Input should be a valid boolean, unable to interpret input."),
        ("ENGINE_HEAP", "lots", "ENGINE_HEAP cannot be used. Write it as `512m` or `2g`."),
        (
            "NEO4J_URI",
            "bolt://neo4j:secret@host",
            "NEO4J_URI cannot be used. Leave user and password out of it, and give them as NEO4J_USER",
        ),
        (CONFIG, "/no/such", f"The file of settings /no/such ({CONFIG}) cannot be read: "),
    ],
)
def test_what_cannot_be_used_is_named_as_it_was_written_without_its_value(name: str, value: str, said: str) -> None:
    message = refused(**{name: value})
    assert message.startswith(said)
    assert "secret" not in message


@pytest.mark.parametrize("algorithm", ["none", "HS256", "rs256", ""])
def test_an_algorithm_that_is_not_asymmetric_is_refused(algorithm: str) -> None:
    assert refused(OIDC_ALGORITHMS=f"{algorithm},").startswith("OIDC_ALGORITHMS cannot be used. ")


def test_all_that_is_wrong_is_told_at_once() -> None:
    message = refused(PORT="x", LIMIT_BODY="y")
    assert ("PORT cannot be used." in message, "LIMIT_BODY cannot be used." in message) == (True, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "The file of settings FILE has no use for `prot`. Did you mean `port`?"),
        ("LIMIT_TOKENS = 5", "The file of settings FILE has no use for `LIMIT_TOKENS`. Did you mean `[limit] tokens`?"),
        (
            "[limit]\ntokns = 5",
            "The file of settings FILE has no use for `[limit] tokns`. Did you mean `[limit] tokens`?",
        ),
        ("[limits]\ntokens = 5", "The file of settings FILE has no use for `[limits]`. Did you mean `[limit]`?"),
        ("[neo4j]\nuri = ''", "The file of settings FILE has no use for `[neo4j]`. Did you mean `neo4j_uri`?"),
        ("zebra = 1", "The file of settings FILE has no use for `zebra`."),
        ("port =", f"The file of settings FILE ({CONFIG}) is not TOML. Invalid value"),
        ("limit = 5", "LIMIT cannot be used. "),
        ("limit.tokens = [5]", "LIMIT_TOKENS cannot be used. "),
        ("authentication = 5", "AUTHENTICATION cannot be used. "),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_was_meant(file: Path, text: str, said: str) -> None:
    assert refused_file(file, text).startswith(said)


@pytest.mark.parametrize(("mode", "good"), [(0o600, True), (0o640, True), (0o644, False), (0o604, False)])
def test_a_file_with_a_password_that_others_may_read_is_refused(file: Path, mode: int, good: bool) -> None:  # noqa: FBT001
    text = "neo4j_password = 'geheim'\n"
    if good:
        file.write_text(text, "utf-8")
        file.chmod(mode)
        password = read(file, None).neo4j_password
        assert password
        assert password.get_secret_value() == "geheim"
    else:
        said = (
            "The file of settings FILE holds a password, and others on this machine may read it; take that from them: "
        )
        assert refused_file(file, text, mode) == f"{said}chmod o= FILE"


def test_a_file_without_a_password_may_be_read_by_all(file: Path) -> None:
    file.write_text("port = 1", "utf-8")
    file.chmod(0o644)
    assert read(file, None).port == 1


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("LIMIT_TOKENS", "`--set` takes NAME=VALUE, for example --set LIMIT_TOKENS=8000."),
        ("LIMIT_TOKN=5", "There is no setting LIMIT_TOKN. Did you mean `LIMIT_TOKENS`?"),
        ("LIMIT_TOKENS=geheim", "LIMIT_TOKENS cannot be used. Input should be a valid integer"),
        (
            "neo4j_password=geheim",
            "NEO4J_PASSWORD is a secret, and everybody on the machine can read the flags of a command;",
        ),
    ],
)
def test_what_set_cannot_use_is_refused_without_the_value(chosen: str, said: str) -> None:
    with pytest.raises(UserInputError) as error:
        read(None, [chosen])
    assert error.value.message.startswith(said)
    assert "geheim" not in error.value.message


def test_every_password_is_known_as_a_secret_and_shown_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"neo4j_password"} == SECRETS
    monkeypatch.setenv("NEO4J_PASSWORD", "geheim")
    settings = read(None, None)
    shown = [each.value for each in explained(settings, {})]
    assert ("***" in shown, "geheim" in "".join(shown), "geheim" in repr(settings)) == (True, False, False)
