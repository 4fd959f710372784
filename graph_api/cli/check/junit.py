"""A checked gate as JUnit XML, which CI servers show: a test case a rule, and one for the score."""

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph_api.cli.check.gate import MAX_HIGH, MIN_SCORE, Held
from graph_api.errors import UserInputError
from graph_api.model import MODEL

SUITE = "graph-api check"
_SURROGATES = range(0xD800, 0xE000)
_NONE = 0xFFFE
"""From here on a plane of Unicode has no characters; XML refuses those of the first."""


def write_junit(
    path: Path,
    rules: Sequence[dict[str, Any]],
    gaps: Sequence[dict[str, Any]],
    held: Sequence[Held],
    off: Sequence[str],
) -> None:
    """Write the file; raises UserInputError where it cannot be written.

    A rule fails where it has gaps of severity HIGH and there are more of these than may be. Other gaps are told as the
    output of a case that passes; a rule that is off is skipped.
    """
    tree = ET.ElementTree(_suites(rules, gaps, held, off))
    ET.indent(tree)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        tree.write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        message = f"--junit: {path} cannot be written: {error.strerror}."
        raise UserInputError(message) from error


def _suites(
    rules: Sequence[dict[str, Any]], gaps: Sequence[dict[str, Any]], held: Sequence[Held], off: Sequence[str]
) -> ET.Element:
    broken = {bound.name for bound in held if not bound.holds}
    suites = ET.Element("testsuites")
    suite = ET.SubElement(suites, "testsuite", name=SUITE)
    for rule in rules:
        of_rule = [gap for gap in gaps if gap["rule"] == rule["rule"]]
        _rule(suite, rule, of_rule, fails=MAX_HIGH in broken and rule["severity"] == "HIGH")
    for name in off:
        ET.SubElement(_case(suite, name), "skipped", message="The rule is off.")
    for bound in held:
        if bound.name == MIN_SCORE:
            case = _case(suite, bound.name)
            if bound.holds:
                ET.SubElement(case, "system-out").text = bound.sentence
            else:
                ET.SubElement(case, "failure", message=bound.sentence, type=bound.name)
    for element in (suites, suite):
        element.set("tests", str(len(suite)))
        element.set("failures", str(len(list(suite.iter("failure")))))
        element.set("errors", "0")
        element.set("skipped", str(len(off)))
    return suites


def _rule(suite: ET.Element, rule: dict[str, Any], gaps: Sequence[dict[str, Any]], *, fails: bool) -> None:
    case = _case(suite, rule["rule"])
    if not gaps:
        return
    lines = "\n".join(_line(gap) for gap in gaps)
    if fails:
        count = "1 gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
        message = f"{count} of severity {rule['severity']}. {rule['expectation']}"
        ET.SubElement(case, "failure", message=message, type=rule["severity"]).text = lines
    else:
        ET.SubElement(case, "system-out").text = lines


def _case(suite: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=SUITE, name=name)


def _line(gap: dict[str, Any]) -> str:
    entity = gap["entity"]
    kind = MODEL.kinds[entity["__typename"]].field_name
    return f"{kind}/{legal(entity['key'])} {legal(entity['name'])}: {gap['mending']}"


def legal(text: str) -> str:
    """Write control characters, and others that XML cannot hold, as their numbers."""
    return "".join(f"\\u{ord(each):04x}" if _is_illegal(each) else each for each in text)


def _is_illegal(character: str) -> bool:
    number = ord(character)
    return unicodedata.category(character) == "Cc" or number in _SURROGATES or number in {_NONE, _NONE + 1}
