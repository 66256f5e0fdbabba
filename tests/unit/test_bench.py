"""The bench holds what it measured against what we promise, with figures written here."""

from __future__ import annotations

import pytest
from bench import month, spend, survival


def tables(peak: str, ratio: str, same: str, cost: str) -> dict[str, list[list[str]]]:
    """The tables of a bench with these figures."""
    return {
        "preston_memory": [["imports alone", "90", "", ""], ["120 months, measured", peak, "1.0", "9"]],
        "plain_against_columns": [["plain objects", "9", "9", "1"], ["columns", "1", "1", ratio], ["same pence", same, "", ""]],
        "cost_by_size": [["10,000", "9.00"], ["100,000", "2.00"], ["1,000,000", cost]],
    }


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (("1024", "1/30.0", "yes", "4.00"), ""),
        (("1025", "1/30.0", "yes", "4.00"), "Bound missed: Preston took 1025 MiB, and at most 1024 is promised.\n"),
        (("900", "1/29.9", "yes", "1.00"), "Bound missed: columns are 29.9 times as fast as objects, and at least 30 times is promised.\n"),
        (("900", "1/40.0", "no: balance", "1.00"), "Bound missed: the same pence after it: no: balance.\n"),
        (
            ("900", "1/40.0", "yes", "4.02"),
            "Bound missed: a resident costs 2.01 times as much at 1,000,000 as at 100,000, and at most 2 is promised.\n",
        ),
    ],
)
def test_a_missed_bound_is_said_and_ends_with_1(
    figures: tuple[str, str, str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, rows in tables(*figures).items():
        monkeypatch.setattr(month, name, lambda *_, rows=rows, **__: rows)
    monkeypatch.setattr(month, "write_table", lambda *_: None)
    code = month.main(["--only", "memory", "objects", "sizes"])
    assert capsys.readouterr().err == said
    assert code == (1 if said else 0)


@pytest.mark.parametrize(
    ("cpu", "peak", "wrong", "said"),
    [
        ("60.0", "953", "", ""),
        ("60.1", "100", "", "Bound missed: it took 60.1 s, and at most 60 is promised.\n"),
        ("10.0", "955", "", "Bound missed: it took 955 MiB, and at most 954 is promised.\n"),
        ("10.0", "100", "9 rows were read", "Bound missed: 9 rows were read.\n"),
    ],
)
def test_a_missed_bound_of_spending_is_said_and_ends_with_1(
    cpu: str, peak: str, wrong: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spend, "measured", lambda *_: ([["read", "1", "1", ""], ["all", cpu, "1", peak]], wrong))
    assert spend.main([]) == (1 if said else 0)
    assert capsys.readouterr().err == said


def test_the_file_of_the_bench_of_spending_is_read_to_the_penny() -> None:
    table, wrong = spend.measured(2000, 300)
    assert (wrong, len(table)) == ("", len(spend.STAGES) + 1)


def test_tables_of_a_disturbed_sweep_that_differ_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = dict.fromkeys(survival.TABLES, b"as it was")
    assert survival.same(wanted, wanted, "kills")
    assert not survival.same({**wanted, "runs.parquet": b"as it is"}, wanted, "disk")
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "kills: the tables are byte for byte those of the undisturbed sweep.",
        "disk: THE TABLES DIFFER: runs.parquet.",
    ]
