"""Towns at their opening that a worker keeps, and what they and the runs from them depend on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from sim.economy import Economy
    from sim.settings.scenario import Scenario

__all__ = ["MOST_OPENINGS", "Key", "Openings", "arm_key", "opening_key"]

#: Towns at their opening that one worker keeps.
MOST_OPENINGS: Final = 36


@final
class Key:
    """What something depends on. The hash of a place takes long enough to be worked out once.

    Parameters
    ----------
    parts : hashable
        Two keys are equal when their parts are.

    Examples
    --------
    >>> Key("town", 1) == Key("town", 1) != Key("town", 2), len({Key("town", 1), Key("town", 1)})
    (True, 1)
    """

    __slots__ = ("_hash", "_parts")

    def __init__(self, *parts: Hashable) -> None:
        self._parts, self._hash = parts, hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Key) and self._hash == other._hash and self._parts == other._parts)


def opening_key(scenario: Scenario, seed: int) -> Key:
    """What an opening depends on; scenarios that open the same town have one key.

    Examples
    --------
    >>> import sim
    >>> usual, package = (sim.load(f"anytown/{name}") for name in ("business-as-usual", "full-package"))
    >>> opening_key(usual, 1) == opening_key(package, 1) != opening_key(usual, 2)
    True
    """
    return Key(scenario.place, scenario.parameters, scenario.start, seed)


def arm_key(scenario: Scenario, seed: int) -> Key:
    """What a run depends on: all of a scenario but its name, title and notes, and the seed."""
    return Key(opening_key(scenario, seed), scenario.months, scenario.policies, scenario.shocks, scenario.neighbours)


class Openings:
    """Towns at their opening, the last used kept; every run gets a copy.

    Parameters
    ----------
    most : int
        Towns that are kept.
    look : callable
        Called in every month of a run that can be left; raises to leave it.

    Examples
    --------
    >>> import sim
    >>> openings = Openings(most=2)
    >>> openings.town(sim.load("anytown/buy-local"), 1).scenario.name, len(openings)
    ('anytown/buy-local', 1)
    """

    def __init__(self, most: int = MOST_OPENINGS, look: Callable[[], None] | None = None) -> None:
        self.most, self.look = most, look
        self._towns: OrderedDict[Hashable, Economy] = OrderedDict()

    def __len__(self) -> int:
        return len(self._towns)

    def town(self, scenario: Scenario, seed: int) -> Economy:
        """A town of a scenario's own at its opening, without a journal."""
        key = opening_key(scenario, seed)
        if key not in self._towns:
            from sim.runs.opening.opened import opened

            self._towns[key] = opened(scenario, seed, keep_journal=False)
            if len(self._towns) > self.most:
                self._towns.popitem(last=False)
        self._towns.move_to_end(key)
        return self._towns[key].with_scenario(scenario)
