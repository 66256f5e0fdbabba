"""A town that has moved on, or is of another place, is not copied to another scenario."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sim.economy import Economy


@pytest.mark.parametrize(
    ("month", "place", "parameters", "words"),
    [
        (1, "here", "usual", "only a town at its opening can be copied to another scenario"),
        (0, "there", "usual", "the scenario has another place or other parameters: build its own Economy"),
        (0, "here", "other", "the scenario has another place or other parameters: build its own Economy"),
    ],
)
def test_a_town_is_copied_at_its_opening_to_a_scenario_of_the_same_place(month: int, place: str, parameters: str, words: str) -> None:
    town: Any = SimpleNamespace(month=month, place="here", scenario=SimpleNamespace(parameters="usual"))
    with pytest.raises(ValueError, match=words):
        Economy.with_scenario(town, SimpleNamespace(place=place, parameters=parameters))  # type: ignore[arg-type]
