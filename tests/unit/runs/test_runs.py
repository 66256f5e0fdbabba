"""Runs: pairs, shared openings, workers that change nothing, failures that stay visible, clean stops."""

from __future__ import annotations

import concurrent.futures
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stand_in import MEASURES, StandIn, stand_in_scenario

import sim
from sim.errors import InputError, RunError
from sim.runs import Interrupted, Result, compare, load_result, run
from sim.runs.seeds import parse_seeds, seed_list
from sim.runs.stored.folder import PARQUET
from sim.runs.workers import SeedTask, run_seed
from sim.settings.scenario import PolicyUse


def compared(*arms: Any, **options: Any) -> Result:
    return compare(list(arms), **{"seeds": 4, "workers": 1, "factory": StandIn, "measures": MEASURES, **options})


def parquet_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


def test_any_number_of_workers_writes_the_same_bytes(reference: Any, changed: Any, tmp_path: Path) -> None:
    compared(reference, changed, seeds=5, out=tmp_path / "one")
    compared(reference, changed, seeds=5, workers=2, out=tmp_path / "two")
    with concurrent.futures.ThreadPoolExecutor(3) as threads:
        compared(reference, changed, seeds=[5, 3, 1, 2, 4], executor=threads, out=tmp_path / "threads")
    one = parquet_bytes(tmp_path / "one")
    assert set(one) == {f"{name}.parquet" for name in PARQUET}
    assert one == parquet_bytes(tmp_path / "two")
    assert one == parquet_bytes(tmp_path / "threads")
    assert load_result(tmp_path / "two").manifest["timings"]["workers"] == 2


def test_arms_of_one_opening_share_it(changed: Any, reference: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN_NOTES", str(tmp_path))
    third = stand_in_scenario("town/third", effect=1.0)
    outcome = run_seed(SeedTask(1, {arm.name: arm for arm in (reference, changed, third)}, 14, StandIn))
    assert (tmp_path / "1.txt").read_text().splitlines() == ["open town/as-usual", "copy town/changed", "copy town/third"]
    assert list(outcome.records) == ["town/as-usual", "town/changed", "town/third"]


def test_arms_of_another_opening_do_not_share(reference: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN_NOTES", str(tmp_path))
    values = {field: getattr(reference, field) for field in reference.__dataclass_fields__}
    later = type(reference)(**{**values, "name": "town/later", "start": type(reference.start)(2014, 1)})
    result = compared(reference, later, seeds=1)
    assert (tmp_path / "1.txt").read_text().splitlines() == ["open town/as-usual", "open town/later"]
    assert "town/later begins in another month than the reference" in result.manifest["notes"]


def test_what_begins_after_the_last_month_is_told(reference: Any) -> None:
    late = replace(stand_in_scenario("town/late", effect=1.0), shocks=(PolicyUse("branch_closes", start=49),))
    result = compared(reference, late, seeds=1, months=6)
    assert "town/late has what begins only after the 6 months that were run: branch_closes (month 49)" in result.manifest["notes"]


def test_another_place_and_other_parameters_are_told(reference: Any) -> None:
    place = reference.place.model_copy(update={"title": "Elsewhere"})
    moved, tuned = replace(reference, name="town/moved", place=place), replace(reference, name="town/tuned")
    tuned = replace(tuned, parameters=tuned.parameters.with_values({"firms.target_use": 0.5}))
    assert compared(reference, moved, tuned, seeds=1).manifest["notes"] == [
        "town/moved is of another place than the reference: its difference is not that of policies alone",
        "town/tuned has other parameters than the reference: its difference is not that of policies alone",
    ]


def test_a_shared_opening_changes_no_number(reference: Any, changed: Any) -> None:
    together = compared(reference, changed)
    alone = run(changed, seeds=4, workers=1, factory=StandIn, measures=MEASURES)
    assert (together.values("level", "town/changed") == alone.values("level")).all()


def test_two_arms_of_one_name_stay_apart(reference: Any) -> None:
    result = compared(reference, reference)
    assert result.arms == ("town/as-usual", "town/as-usual (2)")
    assert set(result.summary()["decision"]) == {"identical"}


def test_a_failed_seed_stays_visible_and_in_no_number(reference: Any, tmp_path: Path) -> None:
    failing = stand_in_scenario("town/failing", effect=1.0, fails_at=3)
    result = compared(reference, failing, out=tmp_path / "out")
    assert result.status == "partial"
    assert result.seeds == (1, 2, 4)
    (failure,) = load_result(tmp_path / "out").failures
    assert (failure.seed, failure.arm, failure.error) == (3, "town/failing", "MoneyError")
    assert failure.message == "month 3: the accounts sum to 1 pence and should sum to 0"
    assert "stand_in" in failure.where
    assert str(Path.cwd()) not in failure.where
    assert failure.repeat == "localwealth compare town/as-usual town/failing --seed 3"
    assert set(result.tables["series"]["seed"]) == {1, 2, 4}
    assert (result.summary()["pairs"] == 3).all()


def test_the_same_seed_fails_on_workers(reference: Any) -> None:
    result = compared(reference, stand_in_scenario("town/failing", fails_at=3), workers=2)
    assert [failure.seed for failure in result.failures] == [3]
    assert result.seeds == (1, 2, 4)


def test_when_every_seed_fails_the_result_says_so(reference: Any, tmp_path: Path) -> None:
    result = compared(reference, stand_in_scenario("town/failing", fails_at=1), seeds=[1], out=tmp_path / "out")
    assert result.status == "failed"
    loaded = load_result(tmp_path / "out")
    assert loaded.status == "failed"
    assert len(loaded.summary()) == 0
    assert not loaded.manifest["accounting"]["closed"]


def test_a_lost_worker_costs_its_own_seed_only(reference: Any) -> None:
    killing = stand_in_scenario("town/killing", kills_at=4, effect=1.0)
    result = compared(reference, killing, seeds=4, workers=2)
    assert result.seeds == (1, 2, 3)
    (failure,) = result.failures
    assert (failure.seed, failure.error) == (4, "LostWorker")
    assert "fewer workers" in failure.message


def test_workers_that_die_at_once_are_an_error(reference: Any, tmp_path: Path) -> None:
    killing = stand_in_scenario("town/killing", kills_at=1)
    slow = stand_in_scenario("town/slow", seconds=30.0)
    with pytest.raises(RunError, match=r"before any seed had ended.*workers=1"):
        compared(slow, killing, seeds=2, workers=2, out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


class Stopping(StandIn):
    """Is interrupted in its third seed."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 3:
            raise KeyboardInterrupt
        return super().run(months)


def test_an_interruption_keeps_what_is_done(reference: Any, changed: Any, tmp_path: Path) -> None:
    with pytest.raises(Interrupted) as caught:
        compared(reference, changed, seeds=5, factory=Stopping, out=tmp_path / "out")
    message = str(caught.value)
    assert "2 of 5 seeds had ended" in message
    assert "localwealth compare town/as-usual town/changed --seeds 3-5" in message
    loaded = load_result(tmp_path / "out")
    assert loaded.status == "partial"
    assert loaded.manifest["interrupted"] is True
    assert loaded.seeds == (1, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interruption_before_the_first_seed_keeps_nothing(reference: Any, changed: Any, tmp_path: Path) -> None:
    with pytest.raises(Interrupted, match="nothing was kept"):
        compared(reference, changed, seeds=[3], factory=Stopping, out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


#: Starts a command that listens to Ctrl-C: where the tests run in the background, the signal is ignored from the start.
LISTENING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"

SLOW_SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
from stand_in import MEASURES, StandIn, stand_in_scenario
from sim.runs import Interrupted, compare

if __name__ == "__main__":
    arms = [stand_in_scenario("town/as-usual"), stand_in_scenario("town/slow", seconds=0.4)]
    print("ready", flush=True)
    try:
        compare(arms, seeds=200, workers=2, factory=StandIn, measures=MEASURES, out={out!r})
    except Interrupted as stop:
        print(stop.message)
        sys.exit(130)
"""


def with_package() -> dict[str, str]:
    """The environment of a process that can import the package."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(sim.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}


def wait_until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something another process does."""
    for _ in range(int(seconds / 0.05)):
        if happened():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen in time")


def group_is_gone(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("whole_group", [True, pytest.param(False, marks=pytest.mark.long)])
def test_ctrl_c_stops_workers_cleanly(tmp_path: Path, whole_group: bool) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW_SCRIPT.format(folder=str(Path(__file__).parent), out=str(tmp_path / "out")))
    notes = tmp_path / "notes"
    notes.mkdir()
    environment = {**with_package(), "STAND_IN_NOTES": str(notes)}
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING, sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    wait_until(lambda: len(list(notes.iterdir())) >= 6)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "of 200 seeds had ended" in output
    loaded = load_result(tmp_path / "out")
    assert 0 < len(loaded.seeds) < 200
    wait_until(lambda: group_is_gone(process.pid))


UNGUARDED_SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
from stand_in import MEASURES, StandIn, stand_in_scenario
from sim.runs import compare

compare([stand_in_scenario("a"), stand_in_scenario("b")], seeds=4, workers=2, factory=StandIn, measures=MEASURES)
"""


def test_a_script_without_its_guard_is_told(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED_SCRIPT.format(folder=str(Path(__file__).parent)))
    process = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=with_package(), timeout=60, check=False)
    assert process.returncode == 1
    assert 'if __name__ == "__main__":' in process.stderr


@pytest.mark.parametrize(
    ("seeds", "said"),
    [
        (0, "0 seeds can't be run"),
        (-3, "0 seeds can't be run"),
        ([], "0 seeds can't be run"),
        ([1, 2, 2], "a seed is given twice"),
        ([1, -1], "a seed is out of bounds"),
        ([2**31], "given:   2147483648\n    allowed: whole seeds from 0 to 2147483647\n    remedy:  write a seed of 0 to"),
        ([7, 10**23, -1], "given:   100000000000000000000000, -1"),
        (10**23, "100000000000000000000000 seeds can't be run"),
        ([1.5], "these are no seeds"),
        (True, "these are no seeds"),
        ([1, True], "these are no seeds"),
        ("12", "these are no seeds"),
        (2.0, "these are no seeds"),
        (100_001, "100001 seeds can't be run"),
    ],
)
def test_seeds_that_can_not_be_run(seeds: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        seed_list(seeds)


@pytest.mark.parametrize(("text", "seeds"), [("30", 30), ("7-7", [7]), ("1-3, 9", [1, 2, 3, 9]), ("4,2", [4, 2])])
def test_seeds_of_the_command_line(text: str, seeds: Any) -> None:
    assert parse_seeds(text) == seeds


@pytest.mark.parametrize("text", ["", "x", "1-", "-3", "3-1", "1,,2", "1-999999999", "1.5", "٣"])
def test_text_that_is_no_seeds(text: str) -> None:
    with pytest.raises(InputError, match="these are no seeds"):
        parse_seeds(text)


def test_what_can_not_be_run_is_refused_before_anything_is_made(reference: Any, changed: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one scenario can't be compared"):
        compared(reference)
    with pytest.raises(InputError, match="there must be a worker"):
        compared(reference, changed, workers=0, out=tmp_path / "out")
    with pytest.raises(InputError, match="so many months can't be run"):
        compared(reference, changed, months=0, out=tmp_path / "out")
    with pytest.raises(InputError, match="of different length"):
        compared(reference, stand_in_scenario("town/long", months=24))
    assert list(tmp_path.iterdir()) == []


def test_months_given_count_for_all_arms(reference: Any) -> None:
    result = compared(reference, stand_in_scenario("town/long", months=24), months=3)
    assert result.values("level", "town/long").shape == (4, 3)
    assert result.manifest["command"].endswith("--seeds 4 --months 3")


def test_all_problems_of_all_scenarios_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        compare(["no-such/one", "no-such/two"])
    assert len(caught.value.problems) == 2


def test_progress_is_silent_without_a_terminal(reference: Any, changed: Any, capfd: pytest.CaptureFixture[str]) -> None:
    compared(reference, changed, quiet=False)
    assert capfd.readouterr() == ("", "")


def test_progress_shows_on_stderr_of_a_terminal(reference: Any, changed: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    compared(reference, changed, quiet=False)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Seeds of 2 arms" in captured.err
