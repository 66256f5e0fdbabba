"""What came of runs, kept in a file for each reader: a run of a million may be done in parts, and the parts are added up."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any

from .loop import Tally, number_of

__all__ = ["KeptTally", "report"]


class KeptTally:
    """The file of one reader: what it held before this run, and what is written with the run added.

    Parameters
    ----------
    path : Path
        The file, JSON; it need not be there yet.
    name : str
        The reader.
    seed : int
        Of the luck by which inputs are made: where to go on is kept for each.
    """

    def __init__(self, path: Path, name: str, seed: int) -> None:
        self.path, self.seed = path, str(seed)
        empty = {"reader": name, "next": {}, "inputs": 0, "different": 0, "seconds": 0.0, "slowest": 0.0, "mib": 0.0}
        empty |= {"came": {}, "died": [], "python": []}
        self.before: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else empty
        if self.before["reader"] != name:
            raise SystemExit(f"{path} counts the inputs of {self.before['reader']}, not of {name}")

    @property
    def first(self) -> int:
        """Number of the first input that was not read yet."""
        return int(self.before["next"].get(self.seed, 0))

    def write(self, tally: Tally, died: list[str], after: int) -> None:
        """Write the file anew: what was there before, and this run so far.

        Parameters
        ----------
        tally : Tally
            What came of the inputs of this run.
        died : list of str
            How processes of this run died.
        after : int
            Number of the input that comes after those of this run.
        """
        before, came = self.before, dict(self.before["came"])
        for what, count in tally.came.items():
            came[what] = came.get(what, 0) + count
        now = {
            "reader": before["reader"],
            "next": {**before["next"], self.seed: max(self.first, after)},
            "inputs": before["inputs"] + tally.inputs,
            "different": before["different"] + tally.distinct,
            "seconds": round(before["seconds"] + tally.seconds, 1),
            "slowest": round(max(before["slowest"], tally.slowest), 2),
            "mib": round(max(before["mib"], tally.mib)),
            "came": dict(sorted(came.items(), key=lambda one: -one[1])),
            "died": [*before["died"], *died],
            "python": sorted({*before["python"], platform.python_version()}),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
        new.replace(self.path)


def report(folder: Path) -> str:
    """A table of all kept counts of a folder, in Markdown.

    Parameters
    ----------
    folder : Path
        Where the files are, one for each reader.
    """
    lines = [
        "| Reader | Inputs | Different | Read | Refused in words | Faults | Processes died | Slowest, s | Memory, MiB | Each, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for path in sorted(folder.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        came = kept["came"]
        counts = (
            kept["inputs"],
            kept["different"],
            came.get("read", 0),
            number_of(came, "refused"),
            number_of(came, "fault"),
            len(kept["died"]),
        )
        each = 1000.0 * kept["seconds"] / max(kept["inputs"], 1)
        cells = [kept["reader"], *(f"{count:,}" for count in counts), f"{kept['slowest']:.2f}", f"{kept['mib']:.0f}", f"{each:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
