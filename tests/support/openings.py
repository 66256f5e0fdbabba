"""A scenario that opens quickly, what is raised when a town is built, and where two towns differ."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from support.places import shipped, with_parameters

from sim.settings.scenario import Scenario

SHORT = 2


@cache
def short(name: str = "anytown/full-package") -> Scenario:
    """A scenario with a short burn-in, which is quickly built."""
    return with_parameters(shipped(name), behaviour__burn_in_months=SHORT)


class Built(Exception):
    """A town was built."""


def plain(item: Any) -> Any:
    """The state of a generator of luck; of a set, which has no order, the kinds of its members (Mesa's own from 3.5 on)."""
    if isinstance(item, set):
        return sorted(type(each).__name__ for each in item)
    return item.getstate() if isinstance(item, random.Random) else item.bit_generator.state


def differences(one: Any, other: Any, path: str = "town", seen: dict[tuple[int, int], Any] | None = None) -> Iterator[str]:
    """Where two graphs of objects differ, down to the bits of their arrays."""
    seen = {} if seen is None else seen
    if (id(one), id(other)) in seen or one is other:
        return
    seen[id(one), id(other)] = one, other  # kept, so that no other object gets their ids
    if type(one) is not type(other):
        yield f"{path}: {type(one).__name__} and {type(other).__name__}"
    elif isinstance(one, np.ndarray):
        if (one.dtype, one.shape) != (other.dtype, other.shape) or one.tobytes() != other.tobytes():
            yield f"{path}: other values"
    elif isinstance(one, (dict, list, tuple)):
        keys = list(one) if isinstance(one, dict) else range(len(one))
        if list(keys) != (list(other) if isinstance(one, dict) else list(range(len(other)))):
            yield f"{path}: other keys"
            return
        for key in keys:
            yield from differences(one[key], other[key], f"{path}[{key!r}]", seen)
    elif isinstance(one, (set, np.random.Generator, random.Random)):
        yield from differences(plain(one), plain(other), path, seen)
    elif type(one).__module__.startswith("sim.") and hasattr(one, "__dict__") and not isinstance(one, type):
        yield from differences(dict(sorted(vars(one).items())), dict(sorted(vars(other).items())), path, seen)
    elif type(one).__module__ == "builtins" and not callable(one) and one != other and (one == one or other == other):  # noqa: PLR0124
        yield f"{path}: {one!r} and {other!r}"
