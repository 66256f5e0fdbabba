"""Several waits at once, of which none is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

__all__ = ["all_of", "cancelled", "look_at"]


async def all_of(waits: Sequence[Any]) -> list[Any]:
    """What several waits give, in order; when one fails, or this is cancelled, none is left behind."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        await cancelled(tasks)


async def cancelled(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until they have gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def look_at(answer: asyncio.Future[Any]) -> None:
    """Look at an answer that nobody may wait for any more."""
    if not answer.cancelled():
        answer.exception()
