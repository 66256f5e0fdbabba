"""Scenarios for tests of runs, and the way to the stand-in economy, also for worker processes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stand_in import stand_in_scenario


@pytest.fixture
def reference() -> Any:
    """The arm without a policy."""
    return stand_in_scenario("town/as-usual")


@pytest.fixture
def changed() -> Any:
    """An arm whose policy adds 2 to every measure that it touches."""
    return stand_in_scenario("town/changed", effect=2.0)
