"""Anything in any order on a living town leaves the books exact: a short walk always, 100,000 steps with ``-m long``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import numpy as np
import pytest
from property import stateful
from support.living_books import LivingBooks

from sim.core.channels import COOPERATIVES
from sim.economy import Economy
from sim.kinds.firms import LocalSME

#: The town of the short walk and its steps.
TOWN, STEPS = 101, 150
ALL_STEPS = 100_000


def test_phases_are_those_of_the_month():
    """Else the walk would test another month than the one that runs."""
    body = inspect.getsource(Economy.advance)
    assert re.findall(r"^ {8}(\w+)\.phase\(self\)", body, re.MULTILINE) == [module.__name__.rsplit(".", 1)[-1] for module in stateful.MONTH]


def test_books_are_exact_after_each_of_a_few_steps():
    walker = stateful.walk(TOWN, STEPS)
    assert sum(walker.taken.values()) == STEPS and walker.books.payments > 0


@pytest.mark.long
def test_books_are_exact_after_each_of_100_000_steps(capsys):
    code = stateful.main(["--steps", str(ALL_STEPS), "--first", "1000"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert f"{ALL_STEPS:,} steps" in said
    for event in stateful.EVENTS:
        assert event.__name__.replace("_", " ") in said


@pytest.fixture(scope="module")
def town() -> Economy:
    """The town that is spoilt below."""
    walker = stateful.walk(TOWN, 40)
    while walker.within:
        walker.step()
    return walker.town


def a_penny_made(town: Economy) -> None:
    town.ledger._balance[int(town.residents["account"][0])] += 1


def a_penny_moved(town: Economy) -> None:
    first, second = town.residents["account"][np.argsort(-town.ledger.balance[town.residents["account"]])[:2]]
    town.ledger._balance[first] -= 1
    town.ledger._balance[second] += 1


def a_stake_without_a_firm(town: Economy) -> None:
    town.residents["stake"][0], town.residents["stake_in"][0] = 100, 1


def a_worker_without_a_post(town: Economy) -> None:
    town.residents["employer"][np.flatnonzero(town.residents["status"] == 0)[0]] = 0


def a_firm_in_the_wrong_sector(town: Economy) -> None:
    town.ledger._sector[town.firms["account"][town.firms["kind"] == LocalSME.code][0]] = COOPERATIVES


def a_debt_below_nought(town: Economy) -> None:
    town.residents["rent_arrears"][0] = -1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (a_penny_made, "what was booked says"),
        (a_penny_moved, "what was booked says"),
        (a_stake_without_a_firm, "stake"),
        (a_worker_without_a_post, "workers are miscounted|not there"),
        (a_firm_in_the_wrong_sector, "wrong sector|other means"),
        (a_debt_below_nought, "rent_arrears is below nought|balance"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_look_at_the_books_finds(town, spoil: Callable[[Economy], None], words: str):
    spoilt = town._copy()
    books = LivingBooks(spoilt)
    books.look()
    spoil(spoilt)
    with pytest.raises(Exception, match=words):
        books.look()


def test_a_step_that_fails_says_what_repeats_it(monkeypatch):
    def fails(self: stateful.Walker) -> None:
        raise ValueError("on purpose")

    monkeypatch.setattr(stateful.Walker, "month_begins", fails)
    with pytest.raises(stateful.Failed, match=r"(?s)town 5, step \d+: ValueError: on purpose.*--first 5 --steps \d+"):
        stateful.walk(5, 200)
