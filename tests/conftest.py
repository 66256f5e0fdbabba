"""What all tests share: the folder of helpers on the path."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# So that tests, and processes they start, read `support.places` and its like.
FOLDER = str(Path(__file__).parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

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
