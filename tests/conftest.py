"""What all tests share: the folder of helpers on the path."""

from __future__ import annotations

import sys
from pathlib import Path

# So that tests, and processes they start, read `support.places` and its like.
FOLDER = str(Path(__file__).parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)
