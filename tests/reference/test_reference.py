"""Whatever is asked, the service answers what a plain reading of the whole graph in Python gives, byte for byte.

150 operations of one seed in `make test`, 10,000 of a new seed in `make proof`. What differs is shrunk, and the seed
that is printed gives it again: `make proof SEED=7`.
"""

import ast
from pathlib import Path
from random import Random

import pytest

from graph_api.model import MODEL
from tests.reference.operations import CONVERSATION, Operation
from tests.reference.proof import LINK_FIELDS, OPERATIONS, SEED, Proof

CONVERSATIONS = max((OPERATIONS - len(MODEL.kinds)) // CONVERSATION, 1)


def test_the_reference_shares_nothing_with_the_compiler() -> None:
    for path in Path(__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            assert not [name for name in names if name.startswith("graph_api.compile")], path.name


async def test_every_link_of_every_kind_is_answered_as_the_reference_does(proof: Proof) -> None:
    for operation in proof.generator.sweep(Random(SEED)):
        await proof.ask(operation)
    assert set(proof.used) >= LINK_FIELDS


async def test_random_operations_are_answered_as_the_reference_does(proof: Proof) -> None:
    for number in range(CONVERSATIONS):
        conversation = proof.generator.conversation(Random(f"{SEED}/{number}"))
        operation = next(conversation)
        for _ in range(CONVERSATION - 1):
            operation = conversation.send(await proof.ask(operation))
        await proof.ask(operation)


@pytest.mark.parametrize(("links", "code"), [(40, None), (41, "TOO_COSTLY")])
async def test_both_count_the_links_of_an_operation_alike(proof: Proof, links: int, code: str | None) -> None:
    selected = " ".join(f"w{number}: needs {{ totalCount }}" for number in range(links))
    data = await proof.ask(Operation([], text=f"query Wide {{ personas {{ nodes {{ {selected} }} }} }}"))
    assert (data is None) == (code is not None)


@pytest.mark.parametrize(("depth", "code"), [(10, None), (11, "TOO_COSTLY")])
async def test_both_count_the_depth_of_an_operation_alike(proof: Proof, depth: int, code: str | None) -> None:
    selected = "key"
    for _ in range(depth):
        selected = f"subJourneys(first: 1) {{ nodes {{ {selected} }} }}"
    data = await proof.ask(Operation([], text=f"query Deep {{ journeys {{ nodes {{ {selected} }} }} }}"))
    assert (data is None) == (code is not None)


async def test_what_was_asked_is_worth_asking(proof: Proof, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nSEED={SEED}\n{proof.figures()}")  # noqa: T201 - the figures of the proof
    assert proof.asked >= OPERATIONS * 0.9
    assert not proof.unused_links
    names = {name.rpartition(".")[2] for name in proof.used if "Filter." in name}
    assert not {name.rpartition(".")[2] for name in proof.unused_operators} - names
    assert proof.filled >= 0.6
    assert proof.deep >= 0.2
    assert proof.reference.figures["with unknown values"]
    assert proof.reference.figures["with ties"]
