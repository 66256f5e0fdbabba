"""Exact figures of every shipped scenario, kept in `tests/baseline/pence` so that a change shows.

``python tests/baseline/refresh.py`` prints what has changed and writes the files anew; with ``--check`` it writes nothing and fails
where something has. A change is no error as such: read it, and say in the commit why it is right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[level]) for level in (0, 1, 2)]


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def remove_strangers(*, check: bool) -> int:
    """Files of scenarios that no longer ship: told, and removed unless only a check is asked for; how many."""
    from shipped_figures import FOLDER, file_of, names

    strangers = sorted(set(FOLDER.rglob("*.txt")) - {file_of(name) for name in names()})
    for file in strangers:
        say(f"{file.relative_to(FOLDER).with_suffix('')} no longer ships")
        if not check:
            file.unlink()
    return len(strangers)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and write unless only a check is asked for."""
    parser = argparse.ArgumentParser(description="Refresh the exact figures of the shipped scenarios.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a figure has changed")
    parser.add_argument("--only", default="*", help="scenarios by a pattern, such as 'levers/*' (all)")
    parser.add_argument("--money", action="store_true", help="compare pence and heads alone, not the fingerprint of measures")
    given = parser.parse_args(arguments)
    from shipped_figures import Openings, changes, kept, measured, names, opening_key, write

    chosen = sorted((name for name in names() if fnmatch(name, given.only)), key=opening_key)
    openings, changed, figures = Openings(), 0, 0
    for name in chosen:
        new, old = measured(name, openings), kept(name)
        figures += len(new)
        found = [line for line in changes(old, new) if not (given.money and line.startswith("fingerprint of every measure"))]
        changed += len(found)
        for line in found if old else [f"{len(new)} figures are new"]:
            say(f"{name}: {line}")
        if found and not given.check:
            write(name, new)
    if given.only == "*":
        from short_months import refresh

        changed += remove_strangers(check=given.check)
        if hashes := refresh(check=given.check):
            say(f"short months: {hashes} lines of hashes")
        changed += hashes
    say(f"{len(chosen)} scenarios, {figures} figures: {changed or 'none'} changed")
    return 1 if given.check and (changed or not chosen) else 0


if __name__ == "__main__":
    raise SystemExit(main())
