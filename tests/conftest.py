"""What all tests share: the folder of helpers on the path."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# So that tests, and processes they start, read `support.places` and its like.
FOLDER = str(Path(__file__).parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

# Modules and tests are read once and stay: looking through them for rubbish again and again takes a fifth of the reading.
gc.disable()

# The same examples each time; `--hypothesis-profile=thousand` runs as many as the promise says.
SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("few", max_examples=15, **SETTINGS)
settings.register_profile("hundred", max_examples=100, **SETTINGS)
settings.register_profile("thousand", max_examples=1000, **SETTINGS)
settings.load_profile("few")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From here on rubbish is collected again, among what is new."""
    gc.collect()
    gc.freeze()
    gc.enable()
