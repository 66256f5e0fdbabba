"""The made-up reading for every test of this folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_up_spending import made_up_reading, made_up_suppliers


@pytest.fixture
def reading() -> Any:
    """The reading, to be changed at will."""
    return made_up_reading()


@pytest.fixture
def suppliers() -> Any:
    """Its suppliers, to be changed at will."""
    return made_up_suppliers()
