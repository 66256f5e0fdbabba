"""Mutated spend files are read with totals that add up, or refused with a reason; never a silent loss, never another exception.

A hundred and fifty files here; ``python tests/property/spend_mutations.py --files 10000`` runs as many as the promise says.
"""

from __future__ import annotations

from pathlib import Path

from property.spend_mutations import GOOD, Made, made, outcome, run


def test_every_file_is_read_with_its_total_or_refused_with_a_reason() -> None:
    counts, failures = run(150, seed=1)
    assert not failures, "\n".join(failures[:5])
    assert sum(counts[result] for result in GOOD) == 150
    assert counts["  whole: read"] > 80


def test_whole_files_are_not_refused() -> None:
    counts, _ = run(60, seed=2)
    assert not [name for name in counts if name.startswith("  whole: refused")]


def test_a_wrong_total_a_silent_loss_and_a_traceback_would_be_seen(tmp_path: Path) -> None:
    file = made(1, next(number for number in range(100) if made(1, number).name == "spend.csv" and made(1, number).whole))
    assert outcome(file, tmp_path)[0] == "read"
    assert outcome(Made(file.name, file.content, [*file.paid, 1]), tmp_path)[0] == "wrong total"
    lost = Made(file.name, file.content, [*file.paid, 1], False, file.content, ["damage flipped"])
    assert outcome(lost, tmp_path)[0] == "silent loss"
    assert outcome(Made("spend.csv", b"", []), tmp_path)[0] == "refused"
    assert outcome(Made("no-folder/spend.csv", b"", []), tmp_path)[0] == "another exception"
