"""`mesa.batch_run` with two processes, as docs/mesa.md says to call it, ends and gives the rows that one process gives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.pages import DOCS, blocks

#: Seconds; on a machine that had a twentieth of its time for it, a longer script took 212.
LIMIT = 600
CALL = """
import json

if __name__ == "__main__":
    given = {"shopping": 0.4, "luck": [1, 2], "months": 2}
    for number in (1, 2):
        rows = mesa.batch_run(Watched, given, number_processes=number, max_steps=120, display_progress=False)
        print(json.dumps(sorted({(row["RunId"], row["luck"], row["month"], float(row["jobs"])) for row in rows})))
"""


def watched() -> str:
    """The class of the page, as a script begins with it."""
    text = next(block.text for block in blocks(DOCS / "mesa.md") if "class Watched" in block.text)
    return "import mesa\n\nimport sim\n\n" + text.partition("\nwatched = Watched()")[0]


@pytest.mark.long
def test_two_processes_end_and_give_the_rows_of_one(tmp_path: Path) -> None:
    script = tmp_path / "watched.py"
    script.write_text(watched() + CALL, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr
    one, two = map(json.loads, done.stdout.splitlines())
    assert one == two
    assert [row[:3] for row in one] == [[0, 1, 2], [1, 2, 2]]
