"""What puts small faults into the model: which faults there are, that they take hold, and that the lists of survivors are true."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from mutation.changes import Mutants
from mutation.groups import ROOT, group_names, read_group
from mutation.swapping import live_functions, put_in

SOURCE = '''"""A module."""
from functools import cache, wraps

def loud(function):
    @wraps(function)
    def inside(*given):
        return function(*given) + "!"
    return inside

class Shop:
    @loud
    def price(self, pence: int, *, more: int = 0) -> str:
        """What it costs."""
        if pence < 5:
            return "cheap"
        return str(pence - more)
'''


@pytest.fixture
def shop(tmp_path) -> tuple[Mutants, dict[str, Any]]:
    """The mutants of a small module, and the module run."""
    path = tmp_path / "shop.py"
    path.write_text(SOURCE, encoding="utf-8")
    return Mutants(tmp_path, "shop.py"), runpy.run_path(str(path))


def test_every_change_of_a_small_function(shop):
    mutants, _ = shop
    assert [(one.was, one.became) for one in mutants.all if one.function == "Shop.price"] == [
        ("more=0", "more=1"),
        ("if pence < 5:", "if pence <= 5:"),
        ("if pence < 5:", "if pence >= 5:"),
        ("if pence < 5:", "if pence < 6:"),
        ("return 'cheap'", "return None"),
        ("return 'cheap'", "return 'chXXeap'"),
        ("return str(pence - more)", "return None"),
        ("return str(pence - more)", "return str(pence + more)"),
    ]


@pytest.mark.parametrize(
    ("became", "given", "says"),
    [("if pence <= 5:", 5, "cheap!"), ("if pence < 6:", 5, "cheap!"), ("return str(pence + more)", 7, "7!"), ("more=1", 7, "6!")],
)
def test_a_change_takes_hold_behind_a_decorator(shop, became, given, says):
    mutants, module = shop
    (mutant,) = (one for one in mutants.all if one.became == became)
    live = live_functions({str(mutants.path)})[str(mutants.path)]
    assert module["Shop"]().price(given) == f"{given}!"
    assert put_in(mutants, mutant, live)
    assert module["Shop"]().price(given) == says


def test_a_change_is_undone_before_the_next(shop):
    mutants, _ = shop
    before = mutants.code()
    for mutant in mutants.all:
        assert mutant.default or mutants.code(mutant) != before
    assert mutants.code() == before


@pytest.mark.parametrize("name", group_names())
def test_each_survivor_listed_is_still_a_change_that_can_be_made(name):
    group = read_group(name)
    files = {file for file, *_ in group.listed}
    assert files <= set(group.files)
    known = {one.name for file in files for one in Mutants(ROOT, file).all}
    assert [key for key in group.listed if key not in known] == []
    assert all(reason for _, reason in group.listed.values())
