from pathlib import Path

import pytest

from tests.clients import tools


def test_without_node_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match=r"There is no node and no npm: .* `make node` installs it"):
        tools.require()


def test_without_the_packages_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tools, "STAMP", tmp_path / ".stamp")
    with pytest.raises(pytest.fail.Exception, match=r"are not installed as .* run `make node`"):
        tools.run("relay-compiler")


def test_the_lock_file_holds_hashes_and_no_address() -> None:
    text = tools.LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert text.count('"integrity"') == text.count('"node_modules/')
