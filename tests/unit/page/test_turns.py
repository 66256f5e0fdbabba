"""Turnstiles: who comes in, who waits, and who gives way where no more may wait."""

from __future__ import annotations

import asyncio

from sim.page.serving.refusal import Refusal
from sim.page.serving.turns import Turnstile


async def enter(turnstile: Turnstile, address: str, ends: asyncio.Event, told: list[str]) -> None:
    """Come in and stay until the end, or be refused."""
    try:
        async with turnstile.turn(address):
            told.append(f"{address} in")
            await ends.wait()
    except Refusal as refusal:
        told.append(f"{address} {refusal.status}")


async def visited(waiting: int, addresses: str) -> tuple[list[str], list[str]]:
    """What becomes of requests of these addresses in a turnstile for one: before the first leaves, and then."""
    turnstile, ends = Turnstile(1, 1, waiting, 60.0, "files are being sent"), asyncio.Event()
    told: list[str] = []
    requests = [asyncio.create_task(enter(turnstile, address, ends, told)) for address in addresses]
    for _ in range(4):
        await asyncio.sleep(0)
    before = list(told)
    ends.set()
    await asyncio.gather(*requests)
    assert turnstile.inside.total() == 0
    return before, told[len(before) :]


def test_where_no_more_may_wait_the_newest_of_the_address_with_the_most_gives_way() -> None:
    # One is inside and sixteen wait, two of each address: as many as may.
    before, then = asyncio.run(visited(2, "a" + "aabbccddeeffgghh" + "x"))
    assert before == ["a in", "a 503"]
    assert sorted(then) == sorted([f"{address} in" for address in "abbccddeeffgghhx"])


def test_nobody_gives_way_to_an_address_that_would_have_as_many() -> None:
    before, then = asyncio.run(visited(1, "a" + "abcdefgh" + "x"))
    assert before == ["a in", "x 503"] and len(then) == 8
