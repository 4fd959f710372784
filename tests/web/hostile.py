"""What somebody sends who means no good, and how to tell that an answer to it is ours."""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from graph_api.errors import Code

CLIENTS_DOING = frozenset(Code) - {Code.INTERNAL, Code.SERVICE_UNAVAILABLE, Code.TIMEOUT}
"""The codes that say what is wrong with a request; all others say that something is wrong with the service."""

_INSIDE = re.compile(
    r"Traceback|\b[A-Za-z]+(?:Error|Exception)\b|NoneType|object has no attribute|<class|object at 0x|\.py\b|<lambda>"
    r"|site-packages|pydantic|strawberry|starlette|uvicorn|graphql-core|orjson|codec can't|not JSON serializable"
    r"|\bneo4j\b|\bNeo\.|\bbolt\b|lucene|cypher|\bMATCH \(|\bUNWIND\b|\bCALL \{|\bOPTIONAL MATCH\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\bUserError(?:Code)?\b")

MANY = 10_000
LONG = "x" * 1_000_000
"""As long as a value can be: the body that holds it may have 1 MiB."""

LUCENE = (
    *("*", "?", "~", "a~", "a~99999", "a^9999999999", '"', '"a', "(", ")", "a AND", "AND OR NOT", "[a TO", "{* TO *}"),
    *("name:*", "_all:x", "/[a-z]+/", "/(/", "\\", "\\\\", '+-&&||!(){}[]^"~*?:\\/', "a" * 32_767, "* " * 2_000, "-a"),
)
"""Texts that are words of the search engine's own language, or none of it."""

TEXTS = (
    *("", " ", "\0", "a\0b", "\r\nSet-Cookie: a=b", "\x1b[2J", "\x7f", "\ufeff", "\ufffe", "\uffff", "\U0010ffff"),
    *("\u202egnp.exe", "\u2066\u2069", "a" + "\u0301" * 5_000, "💥" * 5_000, "\u0130\u0131\u1e9e", "ﷺ", "\u200b"),
    *(
        "'",
        '"',
        "`",
        "\\",
        "\\u0000",
        "$x",
        "{0}",
        "%s%n",
        "${jndi:ldap://x/a}",
        "{{7*7}}",
        "<script>alert(1)</script>",
    ),
    *("../../../../etc/passwd", "%00", "%2e%2e%2f", "null", "undefined", "NaN", "true", "[]", "{}", "__proto__"),
    *("' OR 1=1 //", "x') DETACH DELETE n //", "x`) RETURN 1 //", "\u0027 OR true", "1; DROP TABLE x", LONG),
    *LUCENE,
)

HALVES = ('"\\ud800"', '"a\\udc00b"', '"\\udfff\\ud800"')
"""JSON of texts that hold half a character, which is none."""

HEADERS: Mapping[str, bytes] = {
    "many": b"".join(b"X-A%d: a\r\n" % number for number in range(5_000)),
    "a long one": b"X-A: " + b"a" * 500_000 + b"\r\n",
    "one that goes on in the next line": b"X-A: a\r\n b\r\n",
    "one with NUL": b"X-A: a\0b\r\n",
    "one without a name": b": a\r\n",
    "one without a colon": b"X-A\r\n",
    "one of other letters": "X-Ä: ö\r\n".encode(),
    "two lengths": b"Content-Length: 5\r\nContent-Length: 900\r\n",
    "a negative length": b"Content-Length: -1\r\n",
    "a length of many digits": b"Content-Length: " + b"9" * 4_000 + b"\r\n",
    "a length that is none": b"Content-Length: x\r\n",
    "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "an unknown coding": b"Transfer-Encoding: x\r\n",
    "a compressed body": b"Content-Encoding: gzip\r\n",
    "an expectation": b"Expect: x\r\n",
    "a strange charset": b"Content-Type: application/json; charset=\xff\r\n",
    "a long media type": b"Content-Type: " + b"a/b;" * 10_000 + b"\r\n",
    "strange qualities": b"Accept: */*;q=NaN, application/json;q=1e999, a/b;q=\xff, ;;;,,,\r\n",
    "many media types": b"Accept: " + b"a/b;q=0.1," * 5_000 + b"*/*\r\n",
    "a long accept": b"Accept: " + b"," * 60_000 + b"\r\n",
    "strange tags": b'If-None-Match: """, W/, *, \xff\r\n',
    "a request's name with a line break": b"X-Request-Id: a\\r\\nb: c\r\n",
    "a long name of a request": b"X-Request-Id: " + b"a" * 60_000 + b"\r\n",
    "a strange name of a request": b"X-Request-Id: \xff\x01{0}\r\n",
    "an actor who is none": b"X-Actor: \xff\xfe\x80\r\n",
    "an actor with commands": b"X-Actor: \x1b[2J\r\n",
    "a long actor": b"X-Actor: " + b"a" * 60_000 + b"\r\n",
    "a strange key": b"Idempotency-Key: \xff\x01\r\n",
    "a long key": b"Idempotency-Key: " + b"a" * 60_000 + b"\r\n",
    "an origin that is none": b"Origin: null\r\n",
    "another origin": b"Origin: https://evil.example\r\n",
    "a strange origin": b"Origin: http://[::1\r\n",
    "two origins": b"Origin: http://a\r\nOrigin: http://b\r\n",
    "credentials that nobody asked for": b"Authorization: Basic \xff\r\n",
    "two hosts": b"Host: localhost\r\n",
    "many proxies": b"X-Forwarded-For: " + b"1.2.3.4," * 5_000 + b"\r\nX-Forwarded-Proto: \xff\r\n",
    "an upgrade": b"Connection: upgrade\r\nUpgrade: h2c\r\n",
    "a broken upgrade": b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n",
    "cookies": b"Cookie: " + b"a=b; " * 10_000 + b"\r\n",
}
"""By name: headers of a request beside the usual ones."""
LINES: Mapping[str, bytes] = {
    "no method": b" /graphql HTTP/1.1\r\n",
    "another method": b"BREW /graphql HTTP/1.1\r\n",
    "a long method": b"A" * 60_000 + b" /graphql HTTP/1.1\r\n",
    "TRACE": b"TRACE /graphql HTTP/1.1\r\n",
    "another version": b"POST /graphql HTTP/9.9\r\n",
    "no version": b"GET /graphql\r\n",
    "a whole address": b"POST http://evil.example/graphql HTTP/1.1\r\n",
    "a way out": b"GET /assets/../../../../etc/passwd HTTP/1.1\r\n",
    "a way out in disguise": b"GET /assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n",
    "a file of NUL": b"GET /assets/%00 HTTP/1.1\r\n",
    "a long path": b"GET /assets/" + b"a" * 5_000 + b" HTTP/1.1\r\n",
    "bytes that are no UTF-8": b"GET /%ff%fe?query=%ff&variables=%ff HTTP/1.1\r\n",
    "raw bytes": b"GET /\xff\xfe HTTP/1.1\r\n",
    "a long address": b"GET /graphql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\n",
    "many parameters": b"GET /graphql?" + b"a=b&" * 10_000 + b" HTTP/1.1\r\n",
    "the same parameter twice": b"GET /graphql?query=a&query=b HTTP/1.1\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
}
"""By name: the first line of a request."""


def _position(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


_CONTENTS: tuple[object, ...] = (
    *(None, 7, "x", [], {}, [None], [[]], ["a", "b", "c", "d"], {"key": "x"}, [1e308, "a"]),
    *([["name", "x"], "key", "id"], ["x", 7, 7], [{"$gt": ""}, "k"], ["\0", "\0", "\0"]),
)
CURSORS = (
    *("x", "=", "====", "AAAA", "!!!", "💥", "a" * 100_000, base64.b64encode(b"\xff\xfe").decode()),
    *map(_position, _CONTENTS),
    base64.urlsafe_b64encode(b"[" * 50_000).decode(),
    base64.urlsafe_b64encode(b"[" + b"9" * 5_000 + b"]").decode(),
    base64.urlsafe_b64encode(b'["\\ud800", "\\ud800", "\\ud800"]').decode(),
    base64.urlsafe_b64encode(b"[NaN, Infinity, 1e999]").decode(),
)

NUMBERS = (
    *("0", "-0", "-0.0", "1", "-1", "0.1", "2147483647", "2147483648", "-2147483649", "9007199254740993"),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1" + "0" * 400),
    *("1e308", "-1e308", "1e309", "-1e400", "5e-324", "1e-400", "9" * 4_000, "1." + "1" * 4_000, "true", '"1"', "[1]"),
)
"""As JSON: what a client writes, not what comes of it."""

DAYS = (
    *("", "2026-11-22", "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-0001-01-01"),
    *("+12026-01-01", "2026-02-30", "2026-13-01", "2026-1-1", "20261122", "2026-W01-1", "2026-001", "22.11.2026"),
    *("\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661", "2026-11-22\n", "2026-11-22\0", "today", "9" * 4_000),
)
MOMENTS = (
    *DAYS,
    *("2026-11-22T00:00:00", "2026-11-22T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "now"),
    *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-11-22T00:00:00+99:99", "1970-01-01T00:00:00.1Z"),
    *("2026-11-22T00:00:00.123456789123Z", "2026-11-22T00:00:00[Europe/Amsterdam]", "292278994-08-17T07:12:55Z"),
)
AMOUNTS = (
    "NaN",
    "sNaN",
    "-Infinity",
    "1e400",
    "1e-400",
    "1e1000000000",
    "1e-1000000000",
    "0x10",
    "1_000",
    "1,5",
    "\u0661",
    "9" * 4_000,
)
SPANS = ("P", "PT", "-P1D", "P1.5Y", "P99999999999999999999Y", "P1D1D", "P" + "9" * 4_000 + "D", "1 day", "\u0661")

NESTED = "[" * 100_000 + "]" * 100_000
USUAL = "{ __typename }"


def _asked(query: object, **members: object) -> bytes:
    return json.dumps({"query": query, **members}).encode()


_NO_DOCUMENTS: tuple[object, ...] = (None, 7, True, [], {}, "", " ", "\0", ["{ a }"])
BODIES: Mapping[str, bytes] = {
    **{f"the JSON {text!r}": text.encode() for text in ("7", "null", '"x"', "[]", "{}", "true", "", " ", "nul", "{")},
    "a batch": json.dumps([{"query": USUAL}] * 3).encode(),
    "no UTF-8": b'{"query": "\xff\xfe"}',
    "overlong UTF-8": b'{"query": "\xc0\xaf"}',
    "UTF-16": '{"query": "{ __typename }"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + _asked(USUAL),
    "broken off": b'{"query": "{ __typename }"',
    "something behind it": _asked(USUAL) + b" x",
    "NUL": b"\0" * 1_000,
    "deep": b'{"query": "{ __typename }", "variables": {"a": ' + NESTED.encode() + b"}}",
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a number of 5,000 digits": b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 5_000 + b"}}",
    "NaN": b'{"query": "{ __typename }", "variables": {"a": NaN}}',
    "infinite": b'{"query": "{ __typename }", "variables": {"a": -Infinity}}',
    "keys twice": b'{"query": "{ a }", "query": "{ __typename }", "variables": {"a": 1, "a": 2}}',
    "half a character in the document": b'{"query": "{ goal(key: \\"\\ud800\\") { key } }"}',
    "half a character as a name": b'{"query": "{ __typename }", "operationName": "\\ud800"}',
    "half a character as a variable's name": b'{"query": "{ __typename }", "variables": {"\\ud800": 1}}',
    "a long operation name": _asked("query A { __typename }", operationName=LONG),
    "a strange operation name": _asked("query A { __typename }", operationName="\0\n' {0} %s"),
    "many variables": _asked(USUAL, variables={f"v{number}": number for number in range(60_000)}),
    "a long list": _asked("query($a: [ID!]!) { nodes(ids: $a) { id } }", variables={"a": ["x"] * 200_000}),
    "__proto__": b'{"query": "{ __typename }", "__proto__": {"a": 1}, "constructor": 1}',
    "more than it may have": b'{"query": "' + b" " * 1_100_000 + b'"}',
    **{f"a document that is {each!r:.20}": _asked(each) for each in _NO_DOCUMENTS},
    **{
        f"{name} that are {each!r:.20}": _asked(USUAL, **{name: each})
        for name in ("variables", "extensions", "operationName")
        for each in (7, True, "x", [], [1], "{}")
    },
}

DOCUMENTS: Mapping[str, str] = {
    "nothing but commas": "," * 900_000,
    "nothing but comments": "#x\n" * 200_000,
    "a long comment": "# " + LONG[:900_000] + "\n{ __typename }",
    "many aliases": "{ " + " ".join(f"a{number}: __typename" for number in range(MANY)) + " }",
    "many aliases of a list": "{ " + " ".join(f"a{number}: goals {{ totalCount }}" for number in range(900)) + " }",
    "the same field many times": "{ " + "__typename " * MANY + "}",
    "many fields that must merge": "{ goals { nodes { " + "a: key " * 2_400 + "} } }",
    "many directives": "{ __typename " + "@include(if: true) " * MANY + "}",
    "a thousand directives": "{ __typename " + "@include(if: true) " * 1_000 + "}",
    "many unknown directives": "{ __typename " + "@a " * 4_000 + "}",
    "directives upon directives": "query " + "@skip(if: true) " * 500 + "{ __typename }",
    "many operations": " ".join(f"query Q{number} {{ __typename }}" for number in range(1_200)),
    "many fragments": "{ ...F0 } " + " ".join(f"fragment F{number} on Query {{ a }}" for number in range(900)),
    "a fragment that spreads itself": "{ ...F } fragment F on Query { ...F }",
    "a long cycle of fragments": "{ ...F0 } "
    + " ".join(f"fragment F{number} on Query {{ ...F{(number + 1) % 90} }}" for number in range(90)),
    "fragments that spread the next twice": "{ ...F0 } "
    + " ".join(
        f"fragment F{number} on Query {{ a: __typename ...F{number + 1} ...F{number + 1} }}" for number in range(30)
    )
    + " fragment F30 on Query { __typename }",
    "inline fragments in one another": "{ " + "... { " * 1_000 + "__typename" + " }" * 1_000 + " }",
    "deep": "{ " + "goals { nodes { supports { nodes { " * 20 + "key" + " } } } }" * 20 + " }",
    "too deep to parse": "{ a" * 1_600 + " }" * 1_600,
    "braces": "{" * 100_000,
    "a deep list": "{ nodes(ids: " + "[" * 2_000 + "]" * 2_000 + ") { id } }",
    "a deep object": "{ goals(filter: " + "{not: " * 1_000 + "{}" + "}" * 1_000 + ") { totalCount } }",
    "a deep filter": "{ goals(filter: " + "{not: " * 45 + "{}" + "}" * 45 + ") { totalCount } }",
    "a wide filter": "{ goals(filter: {or: [" + '{key: {eq: "x"}} ' * 600 + "]}) { totalCount } }",
    "a deep type": "query($a: " + "[" * 2_000 + "ID" + "]" * 2_000 + ") { __typename }",
    "introspection in circles": "{ __schema { types { " + "fields { type { " * 20 + "name" + " } }" * 20 + " } } }",
    "introspection of all kinds": "{ __schema { types { fields { args { type { ofType { ofType { name } } } } } } } }",
    "a type of no name": '{ __type(name: "\\u0000") { name } }',
    "a number of 4,000 digits": "{ goals(first: " + "9" * 4_000 + ") { totalCount } }",
    "an infinite number": "{ goals(first: 1e999) { totalCount } }",
    "a number with a zero before it": "{ goals(first: 00) { totalCount } }",
    "a score of 4,000 digits": "{ insights(filter: {severity: {eq: " + "9" * 4_000 + "}}) { totalCount } }",
    "half a character": '{ goal(key: "\\ud800") { key } }',
    "a character beyond the last": '{ goal(key: "\\u{110000}") { key } }',
    "a character of many digits": '{ goal(key: "\\u{' + "0" * 4_000 + '41}") { key } }',
    "NUL": '{ goal(key: "\0") { key } }',
    "a block string": '{ goal(key: """\n  "a" \\""" \u202e\n\t💥""") { key } }',
    "a block string without an end": '{ goal(key: """' + "x" * 900_000,
    "a block string of many lines": '{ goal(key: """' + "\n " * 300_000 + '""") { key } }',
    "a long name": "{ " + "a" * 900_000 + " }",
    "a long string": '{ goal(key: "' + "x" * 900_000 + '") { key } }',
    "a name that is nearly many": "{ " + " ".join(f"opportunitie{number}" for number in range(1_000)) + " }",
    "two operations without a name": "{ __typename } { __typename }",
    "nothing to run": "fragment F on Query { __typename }",
    "a type": "type Query { a: Int }",
    "a subscription": "subscription { changes { cursor } }",
    "a variable that nobody declared": "{ goal(key: $x) { key } }",
    "a variable of a type that is none": "query($x: Nothing) { goal(key: $x) { key } }",
    "a variable of an output type": "query($x: Goal) { goal(key: $x) { key } }",
    "many variables": "query(" + " ".join(f"$v{number}: ID" for number in range(1_200)) + ") { __typename }",
    "a default of the wrong type": 'query($x: Int = "a") { goals(first: $x) { totalCount } }',
    "the same key twice": '{ goals(filter: {key: {eq: "a"}, key: {eq: "b"}}) { totalCount } }',
    "a page that is too large": "{ goals(first: 201) { nodes { key } } }",
    "a page of less than nothing": "{ goals(first: -1) { nodes { key } } }",
    "a page from both ends": "{ goals(first: 1, last: 1) { nodes { key } } }",
    "all that there is": "{ goals { nodes { " + "supports { nodes { " * 12 + "key" + " } }" * 12 + " } } }",
    "a mark at its end": "{ __typename }\ufeff",
    "a strange blank": "{\u00a0__typename }",
}

SELECTED = "query($v: %s) { %s }"
PLACES: Mapping[str, tuple[str, str]] = {
    "an id": ("ID!", "node(id: $v) { id }"),
    "one of several ids": ("ID!", "nodes(ids: [$v]) { id }"),
    "an id of a kind": ("ID!", "goal(id: $v) { id }"),
    "a key": ("String", "goal(key: $v) { id }"),
    "a key of a question": ("String!", "journeyMap(key: $v) { __typename }"),
    "a key in a scope": ("String!", "coverage(scope: {goals: [$v]}) { __typename }"),
    "a tag in a scope": ("String!", "coverage(scope: {tags: [$v]}) { __typename }"),
    "a trace": ("String!", "trace(kind: GOAL, key: $v) { __typename }"),
    "a search": ("String!", "search(text: $v) { nodes { __typename } }"),
    "a search in a kind": ("String!", "search(text: $v, kinds: [GOAL]) { totalCount nodes { __typename } }"),
    "who changed it": ("String", "changes(filter: {by: $v}) { nodes { key } }"),
    "a change set": ("ID", "changes(filter: {changeSet: $v}) { nodes { key } }"),
    "a name to write": ("String!", "createGoal(input: {name: $v}) { goal { name } userErrors { code message } }"),
    "a key to write": ("String!", 'createGoal(input: {name: "a", key: $v}) { goal { key } userErrors { message } }'),
    "a text to write": ("String", 'createGoal(input: {name: "a", description: $v}) { userErrors { code message } }'),
    "a tag to write": ("String!", 'createGoal(input: {name: "a", tags: [$v]}) { userErrors { code message } }'),
    "a link to write": (
        "String!",
        'createGoal(input: {name: "a", externalLinks: [{label: "a", url: $v}]}) { userErrors { code message } }',
    ),
    "an idempotency key": (
        "String",
        'createGoal(input: {name: "a", idempotencyKey: $v}) { userErrors { code message } }',
    ),
    "a temporary name": ("String", 'createGoal(input: {name: "a", temporary: $v}) { userErrors { code message } }'),
    "an end of a link": (
        "String",
        'createGoal(input: {name: "a", ownedBy: {kind: DEPARTMENT, key: $v}}) { userErrors { code message } }',
    ),
    "what is deleted": ("ID", "deleteEntities(input: {entities: [{id: $v}]}) { userErrors { code message } }"),
    "what is restored": ("ID!", "restoreEntities(input: {ids: [$v]}) { userErrors { code message } }"),
    "what is taken back": ("ID!", "revert(input: {changeSet: $v}) { userErrors { code message } }"),
}
"""Where a text can stand: the type of the variable, and what is asked with it; a mutation begins with its verb."""


def faults(status: int, body: bytes, sent: str = "") -> list[str]:
    """Say what is wrong with the answer to a GraphQL request, if anything; words that were sent may come back."""
    found = [] if status < 500 else [f"the status is {status}"]
    try:
        answer = json.loads(body)
    except ValueError:
        return [*found, f"the answer is no JSON: {body[:200]!r}"]
    if not isinstance(answer, dict) or not answer.keys() & {"data", "errors"}:
        return [*found, f"the answer is no response of GraphQL: {body[:200]!r}"]
    return found + errors_faults(answer.get("errors", []), sent) + leaks(json.dumps(answer.get("data")), sent)


def errors_faults(errors: Any, sent: str = "") -> list[str]:
    """Say what is wrong with the errors of an answer."""
    found = []
    for error in errors:
        code = (error.get("extensions") or {}).get("code")
        if code not in CLIENTS_DOING:
            found.append(f"the code is {code}: {error.get('message')}")
        if not error.get("message"):
            found.append(f"an error without a sentence: {error}")
    return found + leaks(json.dumps(errors), sent)


def leaks(text: str, sent: str = "") -> list[str]:
    """Return the words from inside the service that stand in a text, but for those that were sent."""
    words = {match[0] for match in _INSIDE.finditer(_OURS.sub("", text))}
    own = {word for word in words if word.lower() not in sent.lower()}
    return [f"{word!r} tells of what is inside: {text[:500]}" for word in sorted(own)]
