"""A supplier that is listed twice is one firm: which firm that is, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.start.listed_suppliers import _Holding


def listed(name: str, category: int, firm: int) -> Any:
    """A supplier of a list for which the firm of a slot stands; -1 for none."""
    return SimpleNamespace(row=SimpleNamespace(supplier=name), category=category, firm=firm)


def test_a_supplier_that_is_named_again_is_the_firm_that_stands_for_it_already() -> None:
    suppliers = [listed("Acme Ltd", 5, -1), listed("Acme Ltd", 4, 30), listed("ACME LTD", 5, 99), listed("Acme Ltd", 5, 20)]
    town: Any = SimpleNamespace(firms=SimpleNamespace(slots=np.array([10, 20, 30])), listed=SimpleNamespace(suppliers=suppliers))
    holding = _Holding(town, 0, SimpleNamespace())  # type: ignore[arg-type]
    # The firm of slot 99 has ended, so the next counts; that of another sector is another firm.
    assert [holding.same_supplier(listed("acme ltd", sector, -1)) for sector in (5, 4, 3)] == [1, 2, -1]
    assert holding.same_supplier(listed("Acme", 5, -1)) == -1
