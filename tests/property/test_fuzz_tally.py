"""A run of a million may be done in parts: parts go on where the one before ended, and their counts are added up."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from fuzz.kept import KeptTally, report
from fuzz.loop import Tally, fuzz
from fuzz.readers import READERS
from fuzz.small_place import small_place
from fuzz.trees import yaml_text


def part(inputs: int, read: int) -> Tally:
    """A part of a run."""
    came = Counter({"read": read, "refused: syntax": inputs - read})
    return Tally(inputs=inputs, distinct=inputs - 1, came=came, seconds=2.0, slowest=0.1 * read, mib=100.0 + inputs)


def test_parts_are_added_up(tmp_path: Path) -> None:
    path = tmp_path / "link.json"
    kept = KeptTally(path, "link", 1)
    assert kept.first == 0
    kept.write(part(5, 1), [], 5)
    kept.write(part(10, 3), [], 10)  # the same part, told again as it grew
    kept = KeptTally(path, "link", 1)
    assert kept.first == 10
    kept.write(part(20, 2), ["the process ended with -9 after input 29"], 31)
    assert KeptTally(path, "link", 1).first == 31
    assert KeptTally(path, "link", 2).first == 0
    held = json.loads(path.read_text(encoding="utf-8"))
    assert (held["inputs"], held["different"], held["seconds"], held["slowest"], held["mib"]) == (30, 28, 4.0, 0.3, 120)
    assert held["came"] == {"refused: syntax": 25, "read": 5}
    row = "| link | 30 | 28 | 5 | 25 | 0 | 1 | 0.30 | 120 | 133.33 |"
    assert row in report(tmp_path).splitlines()


def test_a_tally_of_another_reader_is_not_added_to(tmp_path: Path) -> None:
    KeptTally(tmp_path / "link.json", "link", 1).write(part(5, 1), [], 5)
    with pytest.raises(SystemExit, match="counts the inputs of link, not of place"):
        KeptTally(tmp_path / "link.json", "place", 1)


def test_two_parts_read_what_one_run_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is found on the way is not changed further here: parts begin without it.
    monkeypatch.setattr("fuzz.loop.SeenLines.works", False, raising=False)
    monkeypatch.setattr("fuzz.makers.Maker.keep", lambda *_: None)
    monkeypatch.setattr("fuzz.makers.Trees.keep", lambda *_: None)
    whole = fuzz("contracts", 60, 3, tmp_path)
    parts = [fuzz("contracts", 20, 3, tmp_path), fuzz("contracts", 40, 3, tmp_path, first=20)]
    assert whole.came == parts[0].came + parts[1].came


def test_the_smallest_place_is_read(tmp_path: Path) -> None:
    READERS["place"](tmp_path).read(yaml_text(small_place(), Random(0)).encode())
