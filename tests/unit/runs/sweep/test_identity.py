"""What two sweeps differ in is named part by part, so that somebody can see which of them was meant."""

from __future__ import annotations

import pytest

from sim.runs.sweep.identity import differences


@pytest.mark.parametrize(
    ("there", "here", "words"),
    [
        ({"points": {"number": 8, "values": "a"}}, {"points": {"number": 12, "values": "b"}}, "points: 8 there, 12 now"),
        (
            {"points": {"number": 8, "values": "a"}},
            {"points": {"number": 8, "values": "b"}},
            "points: what is varied, or its values, are not the same",
        ),
        ({"measures": {"jobs": "mean"}}, {"measures": {"jobs": "last"}}, "measures: jobs mean there, last now"),
        ({"measures": {"jobs": "mean"}}, {"measures": {"jobs": "mean", "rent": "sum"}}, "measures: rent only now"),
        ({"measures": {"jobs": "mean", "rent": "sum"}}, {"measures": {"jobs": "mean"}}, "measures: rent only there"),
        (
            {"arms": {"town/a": {"place": "x", "policies": "y"}}},
            {"arms": {"town/a": {"place": "z", "policies": "y"}}},
            "scenarios: town/a differs in its place",
        ),
        ({"arms": {"one": "", "two": ""}}, {"arms": {"two": "", "one": ""}}, None),
        ({"factory": ""}, {"factory": "own.Town"}, "factory: none there, own.Town now"),
        (
            {"seeds": list(range(30))},
            {"seeds": [1]},
            "seeds: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, ... (30 of them) there, 1 now",
        ),
    ],
)
def test_each_part_in_which_two_sweeps_differ_is_named(there: dict, here: dict, words: str | None) -> None:
    assert differences(there, here) == ([] if words is None else [words])
