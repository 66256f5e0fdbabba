"""The same pence everywhere: the baseline checked with other thread settings, other Pythons, and the oldest and newest dependencies.

``python tests/baseline/same_everywhere.py`` checks this interpreter with several settings of threads and of the processor's own
instructions. With ``--environments FOLDER`` it makes an environment in FOLDER for each ``--python`` with the oldest versions that
`pyproject.toml` allows and one with the newest, through pip as it is set up on this machine, and checks these instead. Environments
that are there already are used again. ``--setting`` takes the settings whose words fit a pattern. Each line says what was run and what
was seen; the exit code is 1 where a figure differs.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFRESH = Path(__file__).with_name("refresh.py")
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
#: What is set for a run, by the words for it.
SETTINGS: Mapping[str, Mapping[str, str]] = {
    **{f"{number} threads": dict.fromkeys(THREADS, str(number)) for number in (1, 2, 4)},
    "plain instructions": {"NPY_DISABLE_CPU_FEATURES": "X86_V3,X86_V4", "OPENBLAS_CORETYPE": "Nehalem"},
}
#: Scenarios checked unless others are asked for: one of each sort.
USUAL = "anytown/*"
#: What the tests need besides the package itself, so that a few of them can run in an environment.
TESTS = ("pytest", "pytest-xdist", "hypothesis", "openpyxl")
_WISH = re.compile(r"^([A-Za-z0-9._-]+)>=([0-9.]+)((?:,<[0-9.]+)?)$")


def wishes(*, oldest: bool) -> list[str]:
    """What pip is asked for: each dependency at its floor exactly, or the newest that is allowed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    test = [item for item in project["optional-dependencies"]["test"] if _WISH.match(item) and _WISH.sub(r"\1", item) in TESTS]
    found = []
    for item in (*project["dependencies"], *test):
        parts = _WISH.match(item)
        if parts is None:
            raise ValueError(f"pyproject.toml: {item!r} is not of the form name>=floor or name>=floor,<bound")
        found.append(f"{parts[1]}=={parts[2]}" if oldest else item)
    return found


def python_of(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(folder: Path, python: str, *, oldest: bool) -> Path:
    """An environment with the oldest or the newest dependencies, made unless it is there; its interpreter."""
    made = python_of(folder)
    if not made.exists():
        subprocess.run([python, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(made), "-m", "pip", "install", "--quiet", *wishes(oldest=oldest)], check=True)
    return made


def interpreters(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """What to check with: words and interpreter."""
    for python in given.python or [sys.executable]:
        if given.environments is None:
            yield python, python
            continue
        for which in ("oldest", "newest"):
            folder = given.environments / f"{which}-{version_of(python)}"
            yield f"{which} dependencies", str(environment(folder, python, oldest=which == "oldest"))


def version_of(python: str) -> str:
    """Such as 3.11."""
    say = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", say], capture_output=True, text=True, check=True).stdout.strip()


def versions(python: str) -> str:
    """Versions that numbers may hang on."""
    say = "import sys, numpy, scipy, pandas; print('Python %d.%d.%d' % sys.version_info[:3], *(m.__name__ + ' ' + m.__version__ for m in (numpy, scipy, pandas)), sep=', ')"  # noqa: E501
    return subprocess.run([python, "-c", say], capture_output=True, text=True, check=True).stdout.strip()


def same(python: str, settings: Mapping[str, str], only: str) -> tuple[bool, str]:
    """Whether the baseline holds with an interpreter and settings, and what was said."""
    surroundings = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [python, str(REFRESH), "--check", "--only", only]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check everything asked for; 1 when a figure differs anywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", help="an interpreter, again for each further one (this one)")
    parser.add_argument("--environments", type=Path, help="folder for environments with the oldest and the newest dependencies")
    parser.add_argument("--only", default=USUAL, help=f"scenarios by a pattern, '*' for all ({USUAL})")
    parser.add_argument("--setting", default="*", help=f"settings by a pattern, of {', '.join(SETTINGS)} ('*')")
    given = parser.parse_args(arguments)
    settings = {words: values for words, values in SETTINGS.items() if fnmatch(words, given.setting)}
    if not settings:
        parser.error(f"no setting is like {given.setting!r}: {', '.join(SETTINGS)}")
    wrong = 0
    for words, python in interpreters(given):
        sys.stdout.write(f"{words}: {versions(python)}\n")
        for setting, values in settings.items():
            holds, said = same(python, values, given.only)
            wrong += not holds
            sys.stdout.write(f"  {setting}: {'the same' if holds else 'DIFFERENT'}; {said if not holds else said.splitlines()[-1]}\n")
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
