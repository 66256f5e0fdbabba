"""The town of the tests of agents in columns."""

from __future__ import annotations

import pytest
from support.column_town import Town


@pytest.fixture
def town() -> Town:
    return Town(rng=1)
