"""What the tests of levers share."""

from __future__ import annotations

import pytest
from support.laboratory import Laboratory
from support.places import shipped


@pytest.fixture(scope="session")
def laboratory(pytestconfig: pytest.Config) -> Laboratory:
    """The invented town under business as usual; openings and reference arms are made once."""
    return Laboratory(shipped("anytown/business-as-usual"), seeds=range(1, 1 + pytestconfig.getoption("laboratory_seeds")))
