"""A town that has moved on, or is of another place, is not copied to another scenario; and phases that are added run last."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from support.small_town import small_town

from sim import economy as economy_module
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


def test_a_phase_that_was_added_runs_once_a_month_after_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    town, seen = small_town(), []

    def note(economy: Economy) -> None:
        seen.append((economy.month, len(economy.ledger.journal)))

    monkeypatch.setattr(economy_module, "PHASES", [SimpleNamespace(function=note)])
    for _ in range(2):
        town.advance()
        assert seen[-1] == (town.month, len(town.ledger.journal)) and seen[-1][1] > 10
    assert len(seen) == 2
