"""Measures where one person alone is counted, or hardly a penny: neither is lost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from support.hand_made import Rows

from sim.measures import places, precarity


def town(**residents: Any) -> Any:
    """Residents of three neighbourhoods."""
    place = SimpleNamespace(neighbourhoods=[SimpleNamespace(name=name) for name in "ABC"])
    return SimpleNamespace(place=place, structure=SimpleNamespace(minor_units=100), residents=Rows(residents))


def test_one_resident_of_a_neighbourhood() -> None:
    alone = town(neighbourhood=np.array([1]), usual_income=np.array([900.0]))
    assert places.neighbourhood_income(alone) == {"A": 0.0, "B": 9.0, "C": 0.0}
    assert places.by_neighbourhood(alone, np.array([0.1]), np.array([0.4])) == {"A": 0.0, "B": 0.25, "C": 0.0}


def test_one_resident_of_a_fifth_and_one_in_all() -> None:
    two = town(income_tenth=np.array([3, 9]), usual_income=np.array([100.0, 500.0]))
    assert list(places.fifth_income(two).values()) == [0.0, 1.0, 0.0, 0.0, 5.0, 3.0]
    assert list(precarity.by_fifth(town(income_tenth=np.array([9])), np.array([7.0])).values()) == [0.0, 0.0, 0.0, 0.0, 7.0, 7.0]


def test_who_spends_half_a_penny_and_who_has_half_a_penny_a_month() -> None:
    assert precarity.months_covered([30, 30], [0.5, 1.0]).tolist() == [60.0, 30.0]
    assert precarity.swings([1.0, 3.0], [0.5, 1.0]).tolist() == [1.0, 2.0]
