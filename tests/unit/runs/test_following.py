"""A trail in words where money goes no further, made up so that every word of it is known."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd

from sim.runs.following.trail import PathStep, Step, Trail
from sim.runs.following.words import path_sentence, print_trail

KEPT = Trail(
    place="Smallton",
    anchor="The council",
    of="contracts",
    scenario="smallton/usual",
    seed=3,
    month=7,
    months=1,
    date="2020-07",
    symbol="£",
    minor_units=100,
    total=10_000,
    spent=50_000,
    steps=(Step(1, {"firms": 10_000}, {}),),
    ends={"kept here": 10_000},
    kinds={"kept here": "kept here"},
    shares={"kept here": 1.0},
    receipts=1.0,
    hands=1.0,
    hands_by_groups=1.0,
    path=(
        PathStep("The council", "firm no. 4 (construction)", "contracts", 80.0),
        PathStep("firm no. 4 (construction)", "kept here", "kept here", 60.0),
    ),
    moves=pd.DataFrame(),
)


def test_what_is_kept_is_said_so_in_the_sentence() -> None:
    words = "The council paid £80.00 of it (contracts) to a firm no. 4 (construction), which kept £60.00 of it."
    assert path_sentence(KEPT) == words
    stream = io.StringIO()
    print_trail(KEPT, stream)
    assert f"The likeliest way through the place: {words}" in " ".join(stream.getvalue().split())


def test_where_nothing_was_paid_in_the_place_there_is_no_sentence() -> None:
    gone = replace(KEPT, path=())
    assert path_sentence(gone) == ""
    stream = io.StringIO()
    print_trail(gone, stream)
    assert "likeliest" not in stream.getvalue() and "£100.00 all together" in " ".join(stream.getvalue().split())


def test_a_trail_says_what_it_is() -> None:
    assert repr(KEPT) == "Trail(£100.00 of The council, contracts, month 7, 1 payments)"
