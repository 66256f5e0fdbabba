"""The command ``sweep``: what it says, where it writes, and its exit codes."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

sys.path.insert(0, str(Path(__file__).parents[1] / "runs" / "sweep"))

from small_experiments import Cheap, small
from stand_in import MEASURES

import sim.report.sweep.report
import sim.runs.sweep.plan
import sim.runs.sweep.runner
from sim.cli.sweeping import _stopped_by_the_system
from sim.runs.sweep.answers import Answers
from sim.runs.sweep.journal import Journal
from sim.runs.sweep.plan import SweepPlan
from sim.runs.sweep.storage import MANIFEST
from sim.runs.sweep.stored import Sweep

Command = Callable[..., Result]


@pytest.fixture
def sweep(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command with a small experiment of the stand-in; named ``failing`` one of its seeds fails."""
    plan_of = sim.runs.sweep.plan.plan_of

    def stand_in_plan(experiment: Any, out: Any = None, factory: Any = None, measures: Any = None, *, reduced: bool = False) -> SweepPlan:
        return plan_of(experiment, out, Cheap, MEASURES, reduced=reduced)

    for module in (sim.runs.sweep.plan, sim.runs.sweep.runner):
        monkeypatch.setattr(module, "plan_of", stand_in_plan)
    named = {"small": small(), "failing": small(fails_at=2)}
    load = sim.runs.sweep.plan.load_experiment
    monkeypatch.setattr(sim.runs.sweep.plan, "load_experiment", lambda name: named[name] if name in named else load(name))
    return lambda *arguments: command("sweep", *arguments, "--no-report", "--workers", "1")


def test_a_sweep_writes_its_folder_and_says_what_came_of_it(sweep: Command, tmp_path: Path) -> None:
    done = sweep("small")
    assert done.exit_code == 0, done.output
    assert "A small one: 24 of 24 runs are there, 0 failed." in done.stdout
    assert "Result: results/small" in done.stdout
    assert json.loads((tmp_path / "results/small" / MANIFEST).read_text())["command"] == "localwealth sweep small"
    assert (tmp_path / "results/small/answers/sentences.csv").exists()
    assert sweep("small", "--quiet").stdout == "results/small\n"
    told = json.loads(sweep("small", "--out", "results/other place", "--json").stdout)
    assert (told["status"], told["runs"], told["failures"]) == ("complete", {"all": 24, "good": 24, "failed": 0}, [])
    assert told["command"] == "localwealth sweep small --out 'results/other place'"


def test_failed_runs_are_told_each_with_a_command_that_makes_just_it_again(sweep: Command) -> None:
    done = sweep("failing", "--out", "out")
    assert done.exit_code == 4
    assert "Failed: setting 0, seed 2, town/changed: MoneyError: month 3: the accounts sum to 1 pence" in done.stderr
    assert "To make it again: localwealth sweep failing --point 0 --seed 2" in done.stderr
    assert "and 3 more, in failures.csv. With --retry-failed the same command runs them again." in done.stderr
    again = sweep("failing", "--point", "0", "--seed", "2")
    assert again.exit_code == 4
    assert again.stdout == "Setting 0, seed 2: stand_in.effect 0, firms.target_use 0.8\n"
    assert "The run failed: town/changed: MoneyError: month 3" in again.stderr
    good = json.loads(sweep("failing", "--point", "2", "--seed", "1", "--json").stdout)
    assert good["values"] == {"stand_in.effect": 1.0, "firms.target_use": 0.8}
    assert good["numbers"]["town/changed"]["level"] == pytest.approx(good["numbers"]["town/as-usual"]["level"] + 1.0)


def test_shards_are_told_apart_and_the_last_makes_the_tables(sweep: Command, tmp_path: Path) -> None:
    first = sweep("small", "--out", "out", "--shard", "1/2")
    assert first.exit_code == 0, first.output
    assert "Shard 1/2 has ended. A small one: 12 of 24 runs are there, 0 failed." in first.stdout
    assert "Tables are made by the shard that ends last, or by the same command without --shard." in first.stdout
    assert not (tmp_path / "out/runs.parquet").exists()
    assert "24 of 24 runs are there" in sweep("small", "--out", "out", "--shard", "2/2").stdout
    assert (tmp_path / "out/runs.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--shard", "three"), "shard: this is no shard"),
        (("--shard", "4/3"), "shard: there is no such shard"),
        (("--point", "1"), "one run is one setting with one seed"),
        (("--point", "8", "--seed", "1"), "there are 8 settings, counted from 0, and this is none"),
        (("--point", "8", "--seed", "1"), "allowed: 0 to 7"),
    ],
)
def test_what_can_not_be_is_refused_in_words(sweep: Command, arguments: tuple[str, ...], words: str) -> None:
    refused = sweep("small", *arguments)
    assert refused.exit_code == 2, refused.output
    assert words in refused.stderr


def test_one_run_is_made_again_and_its_numbers_are_shown(sweep: Command) -> None:
    done = sweep("small", "--point", "7", "--seed", "2")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Setting 7, seed 2: stand_in.effect 3, firms.target_use 0.9"
    shown = dict(line.strip().rsplit(": ", 1) for line in lines[1:])
    assert list(shown) == [f"town/{arm}, {measure}" for arm in ("as-usual", "changed") for measure in ("level", "stock", "share/council")]
    assert float(shown["town/changed, level"]) == pytest.approx(float(shown["town/as-usual, level"]) + 3.0)
    assert json.loads(sweep("small", "--point", "7", "--seed", "2", "--json").stdout)["values"] == {
        "stand_in.effect": 3.0,
        "firms.target_use": 0.9,
    }


def test_a_cluster_is_reached_before_the_folder_is_made(sweep: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[bool] = []

    @contextmanager
    def threads(address: str) -> Iterator[ThreadPoolExecutor]:
        there.append((tmp_path / "out").exists())
        with ThreadPoolExecutor(1) as executor:
            yield executor

    monkeypatch.setattr("sim.runs.sweep.cluster.cluster_executor", threads)
    assert sweep("small", "--out", "out", "--cluster", "tcp://here:8786").exit_code == 0
    assert there == [False, True], "asked whether it is there, then sent the work"


def test_the_report_is_built_from_the_answers_and_its_path_is_said(
    command: Command, sweep: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def report(found: Sweep, answers: Answers) -> Path:
        asked.append(answers.sentences["headline"])
        return found.path / "report.html"

    monkeypatch.setattr(sim.report.sweep.report, "report_of_answers", report)
    done = command("sweep", "small", "--workers", "1")
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("Result: results/small\nReport: results/small/report.html\n")
    assert asked and asked[0] in done.stdout


def test_a_cluster_out_of_reach_leaves_no_folder(sweep: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("sim.runs.sweep.cluster.PATIENCE", 0.2)
    refused = sweep("small", "--out", "out", "--cluster", "tcp://127.0.0.1:1")
    assert refused.exit_code == 2, refused.output
    assert "cluster: no Dask scheduler answered within" in refused.stderr
    assert not (tmp_path / "out").exists()
    assert sweep("small", "--out", "out").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="batch systems there end a job otherwise")
def test_the_signal_that_ends_a_job_is_taken_for_ctrl_c_while_runs_are_made_and_no_longer() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), _stopped_by_the_system():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_unknown_experiment_is_refused(sweep: Command) -> None:
    refused = sweep("no-such-experiment")
    assert refused.exit_code == 2
    assert "no-such-experiment" in refused.stderr


def test_a_full_disk_and_ctrl_c_are_told_with_the_command_that_goes_on(sweep: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    for trouble, code, words in ((full, 1, "The sweep stopped: out could not be written"), (stopped, 130, "Stopped. 0 of 24 runs")):
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "write", trouble)
            done = sweep("small", "--out", "out")
        assert done.exit_code == code, done.output
        assert words in done.stderr
        assert "to go on, give the same command: localwealth sweep small --out out" in done.stderr
    assert sweep("small", "--out", "out").exit_code == 0
