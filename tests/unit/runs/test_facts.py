"""What a result says of the machine and the packages it was made with."""

from __future__ import annotations

import os

import numpy as np
import pytest

from sim.runs.stored import facts, tables


def test_a_package_that_is_not_installed_as_one_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "PACKAGES", ("numpy", "Package-That-Is-Not-There"))
    assert facts.versions()["package-that-is-not-there"] == "unknown"
    assert facts.versions()["numpy"] == np.__version__


def test_processors_are_counted_where_a_process_can_use_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert facts.available_processors() == 6
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert facts.available_processors() == 1


def test_a_distribution_holds_numbers_and_text() -> None:
    assert tables._plain(np.int64(3)) == 3
    with pytest.raises(TypeError, match="a distribution holds set, which JSON does not know"):
        tables._plain({1})
