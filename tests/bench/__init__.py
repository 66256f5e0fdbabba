"""What a month costs. Run by hand: ``python -m tests.bench.month``."""

from __future__ import annotations

import sys
from pathlib import Path

# So that `support` and `oracle` are found as the tests find them.
FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
