"""Every link of README.md and docs/ leads somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?(?P<target>[^()<>\s]+)>?(?: \"[^\"]*\")?\)")


def _prose(document: Path) -> str:
    return re.sub(r"`[^`\n]*`", lambda code: "x" * len(code[0]), FENCE.sub("", document.read_text(encoding="utf-8")))


def _anchors(document: Path) -> set[str]:
    """Name the headings as GitHub does: small letters, spaces as dashes, nothing but words and dashes."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for heading in re.findall(r"^#{1,6} +(.+?)(?: +#+)?$", text, re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        found[anchor] = found.get(anchor, -1) + 1
        if found[anchor]:
            found[f"{anchor}-{found[anchor]}"] = 0
    return set(found)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_and_a_heading_that_exist(document: Path) -> None:
    lost = []
    for link in LINK.finditer(_prose(document)):
        path, _, anchor = unquote(link["target"]).partition("#")
        if "://" in path or path.startswith("mailto:"):
            continue
        target = (document.parent / path).resolve() if path else document
        if not (target.exists() and target.is_relative_to(ROOT)) or (anchor and anchor not in _anchors(target)):
            lost.append(link["target"])
    assert lost == []


def test_the_readme_shows_the_thread_and_names_it_for_those_who_cannot_see_it() -> None:
    ((words, picture),) = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", DOCUMENTS[0].read_text(encoding="utf-8"))
    drawing = (ROOT / picture).read_text(encoding="utf-8")
    shown = {word for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawing) for word in text.split()}
    kinds = set(re.findall(r"\w+", words)) - {"The", "thread", "and", "attached", "to", "it"}
    assert kinds <= shown
