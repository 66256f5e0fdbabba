"""Broken files of every kind, made by the million, for every reader. Run by hand: ``python -m tests.fuzz READER --inputs N``."""

from __future__ import annotations

import sys
from pathlib import Path

# So that `support` is found as the tests find it.
FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
