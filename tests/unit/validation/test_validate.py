"""The command as a whole: a reduced run of the invented town, its folder, going on after a cut, and what it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.errors import InputError
from sim.runs.execute import Interrupted
from sim.runs.validation import validate
from sim.runs.validation.plan import plan_place
from sim.runs.validation.task import DrawOutcome, DrawTask

#: Reads a place once; what is read is frozen.
READ = lru_cache(plan_place)
RUN = ("--seeds", "2", "--scale", "0.1", "--workers", "1")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["sim.runs.validation.validate"], "plan_place", READ)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Draws that answer at once; returns the numbers of those that ran."""
    ran: list[int] = []

    def run(task: DrawTask) -> DrawOutcome:
        ran.append(task.draw.number)
        values = {question.fact.name: 0.5 + 0.01 * task.draw.number for question in task.plan.questions}
        return DrawOutcome(task.plan.place.name, task.draw.number, task.draw.seed, task.draw.ranged, values)

    monkeypatch.setattr(DrawTask, "run", run)
    monkeypatch.setattr(sys.modules["sim.runs.validation.validate"], "plan_place", READ)
    return ran


def test_a_reduced_run_of_the_invented_town(command: Callable[..., Result], tmp_path: Path) -> None:
    result = command("validate", "anytown", *RUN, "--out", "mine")
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert "anytown, at 10.0% of its size, counts and sums brought back to full size: 2 draws and 2 runs with luck alone" in said
    assert "only these speak for the model" in " ".join(result.stdout.split())
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "draws.csv",
        "manifest.json",
        "points.csv",
        "table.csv",
        "table.json",
    ]
    table = pd.read_csv(tmp_path / "mine" / "table.csv")
    assert set(table["result"]) <= {"hit", "miss", "no answer"}
    assert table["size"].eq(0.1).all()
    draws = pd.read_csv(tmp_path / "mine" / "draws.csv")
    assert draws.groupby("ranged")["draw"].nunique().to_dict() == {False: 2, True: 2}
    birth = draws[draws["fact"].str.startswith("Firms founded")]
    assert birth["value"].between(0.0, 1.0).all()


def test_the_same_question_gives_the_same_table_and_json_for_programs(command: Callable[..., Result], quick: list[int]) -> None:
    first, second = (command("validate", "anytown", *RUN, "--json", "--out", name) for name in ("one", "two"))
    found, again = (json.loads(result.stdout) for result in (first, second))
    assert found["table"] == again["table"]
    assert found["command"] == "localwealth validate anytown --seeds 2 --ranges all --scale 0.1"
    assert found["counts"]["check"]["facts"] > 0
    assert quick == [1, 2, 3, 4] * 2


def test_a_validation_that_was_cut_goes_on(tmp_path: Path, quick: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = DrawTask.run

    def cut(task: DrawTask) -> DrawOutcome:
        if task.draw.number == 3:
            raise KeyboardInterrupt
        return answers(task)

    monkeypatch.setattr(DrawTask, "run", cut)
    with pytest.raises(Interrupted, match=r"Stopped. 2 of 4 draws had ended, kept in .*mine.unfinished; the same command goes on"):
        validate(["anytown"], draws=2, scale=0.1, workers=1, out=tmp_path / "mine")
    monkeypatch.setattr(DrawTask, "run", answers)
    monkeypatch.setattr(DrawTask, "run", cut)
    with pytest.raises(Interrupted, match="2 of 6 draws had ended"):
        validate(["anytown"], draws=3, scale=0.1, workers=1, out=tmp_path / "mine")
    monkeypatch.setattr(DrawTask, "run", answers)
    whole = validate(["anytown"], draws=2, scale=0.1, workers=1, out=tmp_path / "mine")
    assert quick == [1, 2, 1, 2, 3, 4], "draws of another question do not count, and those of this one are not run again"
    assert len(whole.outcomes) == 4
    assert not (tmp_path / "mine.unfinished").exists()
    with pytest.raises(InputError, match="there is something of this name already"):
        validate(["anytown"], draws=2, scale=0.1, out=tmp_path / "mine")


def test_a_draw_that_fails_is_in_no_number_and_stays_visible(command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def values(task: DrawTask) -> dict[str, float]:
        return {question.fact.name: 1 / (task.draw.number - 2) for question in task.plan.questions}

    monkeypatch.setattr(DrawTask, "_values", values)
    result = command("validate", "anytown", *RUN, "--out", "results/mine")
    assert result.exit_code == 1
    assert "Draw 2 of anytown failed and is in no number. ZeroDivisionError" in " ".join(result.stdout.split())
    assert "2 draws and 1 runs with luck alone" in " ".join(result.stdout.split())


def test_quiet_prints_the_folder_alone(command: Callable[..., Result], quick: list[int]) -> None:
    assert command("validate", "anytown", *RUN, "--quiet").stdout == "results/validation\n"
    assert command("validate", "anytown", *RUN, "--quiet").stdout == "results/validation-2\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--seeds", "0"), "so many draws can't be run"),
        (("--ranges", "some"), "this is no choice of ranges"),
        (("--scale", "2"), "a place can't be run at this share of its size"),
        (("--residents", "10"), "so few residents are no town"),
        (("--workers", "0"), "there must be a worker"),
    ],
)
def test_what_can_not_be_run_is_refused(command: Callable[..., Result], options: tuple[str, ...], message: str) -> None:
    result = command("validate", "anytown", *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_every_unknown_place_is_named(command: Callable[..., Result]) -> None:
    result = command("validate", "anytwon", "prestn")
    assert result.exit_code == 2
    assert "write 'anytown'" in result.stderr and "write 'preston'" in result.stderr


def test_figures_are_listed_and_described(command: Callable[..., Result]) -> None:
    assert "anchor_share" in command("list", "figures").stdout
    assert "share of contract spend" in command("describe", "anchor_share").stdout
