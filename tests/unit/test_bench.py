"""The bench holds what it measured against what we promise, with figures written here."""

from __future__ import annotations

import pytest
from bench import month, page, spend, survival


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


def a_room(**other: object) -> page.Room:
    """A room in which all went well, but for what is given."""
    usual = {"seconds": [0.5, 1.9, 2.5], "wrong": [], "memory": [300.0, 400.0, 440.0], "done": {"move": 3}, "checked": 3}
    return page.Room(**{**usual, "other_work": 0.1, "page_work": 0.5, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alone", "room", "said"),
    [
        (1.0, a_room(), []),
        (None, None, []),
        (1.01, None, ["alone a move took 1.01 s (median), and at most 1 is promised"]),
        (None, a_room(seconds=[0.1, 2.01, 2.02]), ["in the room a move took 2.01 s (median), and at most 2 is promised"]),
        (None, a_room(seconds=[]), ["no move was answered in the room"]),
        (
            None,
            a_room(memory=[1.0, 100.0, 111.0]),
            ["memory grew from 100 MiB in the middle to 111 at the end, and at most a tenth is promised"],
        ),
        (0.5, a_room(wrong=["visitor 3: /api/web answered 503"]), ["visitor 3: /api/web answered 503"]),
    ],
)
def test_a_missed_bound_of_the_page_is_said_and_ends_with_1(
    alone: float | None,
    room: page.Room | None,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(page, "write_table", lambda *_: None)
    monkeypatch.setattr(page, "alone_in_browser", lambda: ([alone], [alone], 0.0))
    monkeypatch.setattr(page, "room_of", lambda *_: room)
    only = [name for name, found in (("alone", alone), ("room", room)) if found is not None]
    code = page.main(["--only", *only]) if only else len(page.missed(None, None))
    assert capsys.readouterr().err == "".join(f"Bound missed: {line}.\n" for line in said)
    assert code == (1 if said else 0)


@pytest.mark.long
def test_a_room_of_three_goes_well_and_each_sees_the_own_town() -> None:
    room = page.room_of(3, 6.0, (1.0, 2.0), 12, "--workers", "1")
    assert room.wrong == []
    assert len(room.seconds) >= 3 and room.checked >= 3 and room.done["report"] == 1
    assert all(0 < mebibytes < 4000 for mebibytes in room.memory)


def test_a_view_of_another_town_would_be_noticed() -> None:
    from support.page_alone import view_alone

    state = {"place": "anytown", "months": 12, "title": "One", "policies": [{"use": "local_spend_target", "share": 0.3}]}
    view = {**view_alone(state, 1), "of": 8}
    assert page.differences(state, view) == []
    other = {**state, "policies": [{"use": "local_spend_target", "share": 0.1}]}
    assert "pence differ" in page.differences(other, view)[0]
    view["rows"][0]["policy"]["shown"] = "99%"
    assert "a view differs" in page.differences(state, view)[0]
