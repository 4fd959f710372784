"""Heavy operations wait for their turn; small ones need none."""

import asyncio

import pytest

from graph_api.compile.gate import CrowdedError, Gate


async def test_as_many_come_in_as_there_are_places_and_the_others_in_their_order() -> None:
    gate, order, go = Gate(2, 10), [], asyncio.Event()

    async def heavy(number: int) -> None:
        async with gate.turn():
            order.append(number)
            await go.wait()

    tasks = [asyncio.create_task(heavy(number)) for number in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (order, gate.inside, gate.waiting) == ([0, 1], 2, 3)
    go.set()
    await asyncio.gather(*tasks)
    assert (order, gate.inside, gate.waiting) == ([0, 1, 2, 3, 4], 0, 0)


async def test_who_comes_when_all_may_wait_that_may_is_told_so_at_once() -> None:
    gate = Gate(1, 1)
    async with gate.turn():
        waiting = asyncio.create_task(gate.turn().__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(CrowdedError, match=r"1 heavy operations wait .*LIMIT_WAITING"):
            await gate.turn().__aenter__()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert gate.waiting == 0


async def test_who_gives_up_leaves_no_trace() -> None:
    gate = Gate(1, 5)
    async with gate.turn():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), gate.turn():
                raise AssertionError
        assert (gate.inside, gate.waiting) == (1, 0)
    async with gate.turn():
        assert gate.inside == 1
