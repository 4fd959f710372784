from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.store.endpoint import Endpoint, open_endpoint


def test_a_named_neo4j_is_taken_with_its_password_from_the_setting_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n")
    given = {"neo4j_uri": "neo4j://there", "neo4j_user": "ada", "neo4j_database": "insight"}
    for password in ({"neo4j_password": "hush"}, {"neo4j_password": None, "neo4j_password_file": tmp_path / "secret"}):
        with open_endpoint(Settings(**given | password), print) as endpoint:
            assert endpoint == Endpoint("neo4j://there", "ada", SecretStr("hush"), "insight")
            assert "hush" not in repr(endpoint)


def test_a_named_neo4j_without_a_password_or_with_an_unreadable_file_is_told(tmp_path: Path) -> None:
    bare = Settings(neo4j_uri="bolt://there", neo4j_password=None, neo4j_password_file=None)
    with pytest.raises(UserInputError, match="set NEO4J_PASSWORD or NEO4J_PASSWORD_FILE"), open_endpoint(bare, print):
        pass
    absent = bare.model_copy(update={"neo4j_password_file": tmp_path / "absent"})
    with (
        pytest.raises(UserInputError, match=r"absent \(NEO4J_PASSWORD_FILE\) cannot be read"),
        open_endpoint(absent, print),
    ):
        pass
