"""Run the tests while coverage.py counts, and read what it counted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from .lines import Line, lines_of

__all__ = ["ROOT", "counted", "run_tests"]

ROOT: Final = Path(__file__).resolve().parents[2]
SETTINGS: Final = ROOT / "pyproject.toml"


def run_tests(folder: Path, words: Sequence[str]) -> int:
    """Run the tests and keep in a folder which lines ran.

    Parameters
    ----------
    folder : Path
        Where each process writes a file.
    words : sequence of str
        Given to pytest.

    Returns
    -------
    int
        The code that pytest ended with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [str(ROOT), *(path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COVERAGE_FILE": str(folder.resolve() / "lines")}
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={SETTINGS}", "-m", "pytest", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def counted(folder: Path) -> dict[str, list[Line]]:
    """What all processes counted together.

    Parameters
    ----------
    folder : Path
        Where they wrote.

    Returns
    -------
    dict of str to list of Line
        For each file of ``sim`` its lines, in their order.

    Raises
    ------
    FileNotFoundError
        When nothing was counted there.
    """
    from coverage import Coverage
    from coverage.exceptions import NoDataError

    # The files of the processes are kept: the same folder can be read again, and added to.
    whole = Coverage(data_file=str(folder.resolve() / "together"), config_file=str(SETTINGS))
    try:
        whole.combine([str(path) for path in sorted(folder.glob("lines.*"))], strict=True, keep=True)
    except NoDataError:
        raise FileNotFoundError(f"no line was counted in {folder}") from None
    found = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        _, statements, _, missing, _ = whole.analysis2(str(path))
        name = path.relative_to(ROOT).as_posix()
        found[name] = lines_of(name, path.read_text(encoding="utf-8"), set(statements), set(missing))
    return found
