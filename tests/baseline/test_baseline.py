"""The exact figures of the invented town are those that were kept."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


def refresher() -> ModuleType:
    """The script beside this file."""
    spec = spec_from_file_location("baseline_refresh", Path(__file__).with_name("refresh.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFRESH = refresher()


@pytest.mark.parametrize("name", REFRESH.SCENARIOS)
def test_the_figures_are_those_kept(name):
    found = list(REFRESH.changes(REFRESH.kept()[name], json.loads(json.dumps(REFRESH.measured(name)))))
    assert not found, "\n".join(["run `python tests/baseline/refresh.py` if this is meant:", *found[:40]])


def test_a_change_reads_well():
    old, new = {"a": {"wages, pence": 1000, "money": "x"}, "gone": 1}, {"a": {"wages, pence": 1100, "money": "y"}, "come": 0}
    assert list(REFRESH.changes(old, new)) == [
        "a: wages, pence: 1000 -> 1100 (+100, +10.00%)",
        "a: money: x -> y",
        "gone is gone",
        "come is new",
    ]
