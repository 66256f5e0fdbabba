"""Commands: what they print where, what they leave behind, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from stand_in import StandIn
from typer.testing import Result

import sim.cli.runs
import sim.runs.workers
from sim.cli.common import FAILED, catalogue, friendly
from sim.core.registry import PILLAR_TITLES, POLICIES, SHOCKS
from sim.errors import MoneyError, RunError
from sim.runs import load_result
from sim.settings.load import load_scenario
from sim.settings.names import shipped, shipped_folder

Command = Callable[..., Result]

REFERENCE, OTHER = "anytown/business-as-usual", "anytown/buy-local"
SHORT = ("--months", "3", "--workers", "1")


def test_compare_prints_a_table_and_leaves_result_and_report(command: Command, tmp_path: Path) -> None:
    result = command("compare", REFERENCE, OTHER, "--seeds", "3", *SHORT)
    assert result.exit_code == 0, result.output
    assert "Buy local in Anytown, compared with Business as usual in Anytown" in result.stdout
    assert "identical" in result.stdout
    assert "not a penny made or lost" in result.stdout
    folder = tmp_path / "results" / "anytown-business-as-usual-and-anytown-buy-local"
    assert load_result(folder).seeds == (1, 2, 3)
    assert (folder / "report.html").is_file()
    assert "Report: results/anytown-business-as-usual-and-anytown-buy-local/report.html" in result.stdout
    assert result.stderr == ""


def test_a_second_comparison_takes_the_next_name(command: Command, tmp_path: Path) -> None:
    for _ in range(2):
        assert command("compare", REFERENCE, OTHER, "--seeds", "1", *SHORT, "--quiet").exit_code == 0
    assert len(list((tmp_path / "results").iterdir())) == 2


def test_quiet_prints_the_folder_alone(command: Command) -> None:
    result = command("run", OTHER, *SHORT, "--quiet", "--out", "mine")
    assert (result.stdout, result.stderr) == ("mine\n", "")


def test_json_is_for_a_program(command: Command) -> None:
    result = command("compare", REFERENCE, OTHER, "--seeds", "2-4", *SHORT, "--json", "--out", "mine", "--no-report")
    said = json.loads(result.stdout)
    assert (said["result"], said["report"], said["status"]) == ("mine", None, "complete")
    assert said["seeds"] == {"requested": [2, 3, 4], "done": [2, 3, 4], "failed": []}
    level = next(row for row in said["summary"] if row["measure"] == "level")
    assert (level["difference"], level["decision"], level["p_value"]) == (0.0, "identical", None)


def test_run_shows_levels(command: Command) -> None:
    result = command("run", OTHER, "--seeds", "4", *SHORT)
    assert result.exit_code == 0
    assert "Level" in result.stdout
    assert "Difference" not in result.stdout
    assert "The last 3 of 3 months; 4 seeds." in result.stdout


def test_one_seed_by_its_number(command: Command) -> None:
    assert command("run", OTHER, "--seed", "7", "--seed", "9", *SHORT, "--out", "mine").exit_code == 0
    assert load_result("mine").seeds == (7, 9)


def test_demo_runs_the_main_job(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.cli.runs, "DEMO", sim.cli.runs.Demo((REFERENCE, OTHER), 2, 3))
    result = command("demo", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "Result: results/demo" in result.stdout
    assert "Few seeds: take it as a sketch" in result.stdout


def test_demo_names_scenarios_that_are_shipped() -> None:
    catalogue()  # fills the registries
    for name in sim.cli.runs.DEMO.scenarios:
        assert load_scenario(name, POLICIES, SHOCKS).months >= sim.cli.runs.DEMO.months


def test_report_is_built_again_from_the_folder(command: Command) -> None:
    command("run", OTHER, *SHORT, "--out", "results/mine")
    result = command("report", "mine")
    assert (result.exit_code, result.stdout) == (0, "results/mine/report.html\n")
    assert json.loads(command("report", "results/mine", "--json").stdout) == {"reports": ["results/mine/report.html"]}


class Failing(StandIn):
    """Loses a penny in its second seed."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 2:
            raise MoneyError("month 3: the accounts sum to 1 pence and should sum to 0")
        return super().run(months)


def test_a_failed_seed_ends_with_1_and_the_command_to_repeat_it(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Failing)
    result = command("compare", REFERENCE, OTHER, "--seeds", "3", *SHORT)
    assert result.exit_code == 1
    assert "Seed 2, anytown/buy-local failed: MoneyError: month 3" in result.stderr
    assert "repeat: localwealth compare anytown/business-as-usual anytown/buy-local --seed 2 --months 3" in result.stderr
    assert "2 seeds, each in every arm" in result.stdout


def test_when_all_seeds_fail_there_is_no_table_and_no_report(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Failing)
    result = command("compare", REFERENCE, OTHER, "--seed", "2", *SHORT)
    assert result.exit_code == 1
    assert "Report" not in result.stdout
    assert load_result(Path("results") / "anytown-business-as-usual-and-anytown-buy-local").status == "failed"


class Stopping(StandIn):
    """Is interrupted in its third seed."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 3:
            raise KeyboardInterrupt
        return super().run(months)


def test_an_interruption_ends_with_130_and_says_how_to_go_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Stopping)
    result = command("compare", REFERENCE, OTHER, "--seeds", "5", *SHORT, "--out", "mine")
    assert result.exit_code == 130
    assert "2 of 5 seeds had ended and are kept in mine, marked partial" in result.stderr
    assert "To run the rest:  localwealth compare anytown/business-as-usual anytown/buy-local --seeds 3-5 --months 3" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "anytown/business-as-usual"), "one scenario can't be compared"),
        (("compare", "anytown/busines-as-usual", "anytown/by-local"), "2 problems were found."),
        (("run", "anytown/buy-lokal"), "nearest: anytown/buy-local"),
        (("run", OTHER, "--seeds", "none"), "these are no seeds"),
        (("run", OTHER, "--seeds", "3", "--seed", "4"), "seeds are given in two ways"),
        (("run", OTHER, "--seed", "99999999999999999999999"), "allowed: whole seeds from 0 to 2147483647"),
        (("run", OTHER, "--seed", "-1"), "a seed is out of bounds"),
        (("run", OTHER, *SHORT, "--out", ""), "this can't become a result folder"),
        (("compare", REFERENCE, OTHER, *SHORT, "--out", "/"), "allowed: a name of its own"),
        (("run", OTHER, "--months", "0"), "so many months can't be run"),
        (("run", OTHER, "--workers", "0"), "there must be a worker"),
        (("run", OTHER, "--workers", "many"), "Invalid value"),
        (("run",), "Missing argument"),
        (("rum", OTHER), "No such command"),
        (("report", "no-such-result"), "there is no such result"),
        (("check", "no-such-file.yaml"), "there is no file"),
        (("list", "polices"), "nearest: policies"),
        (("describe", "local_spent_target"), "nearest: local_spend_target"),
        (("schema", "scenarios"), "nearest: scenario"),
        (("new", "scenario", "prestn"), "nearest: preston"),
    ],
)
def test_a_users_mistake_ends_with_2_and_words_on_stderr(command: Command, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = command(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not [path for path in tmp_path.rglob("*") if path.name != "results"]


def test_a_taken_folder_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    result = command("run", OTHER, *SHORT, "--out", "mine")
    assert result.exit_code == 2
    assert "there is something of this name already" in result.stderr


def test_check_lists_every_problem_of_every_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("title: Bad\nplace: anytown\nstart: 2013-13\nmonths: 0\npolices: []\n")
    result = command("check", "bad.yaml", OTHER)
    assert result.exit_code == 2
    assert "3 problems were found." in result.stderr
    assert "bad.yaml, line 3, start" in result.stderr
    assert result.stdout == "bad.yaml: 3 problems\nanytown/buy-local: good\n"
    said = json.loads(command("check", "bad.yaml", "--json").stdout)
    assert said["good"] is False
    assert {problem["line"] for problem in said["problems"]} == {3, 4, 5}


def test_check_of_good_files_ends_with_0(command: Command) -> None:
    result = command("check", REFERENCE, OTHER, "anytown")
    assert result.exit_code == 0
    assert result.stdout.count("good") == 3
    assert command("check", OTHER, "--quiet").output == ""


def test_check_says_when_taxes_are_of_another_year_than_prices(command: Command) -> None:
    said = command("check", "north-ayrshire/replay", REFERENCE).stdout.splitlines()
    assert said[0] == "north-ayrshire/replay: good" and said[2:] == [f"{REFERENCE}: good"]
    assert said[1].startswith(
        "    note:    Taxes are of the United Kingdom in 2013/14, money of the place is in prices of 2016: set work.tax_"
    )
    notes = json.loads(command("check", "north-ayrshire/replay", REFERENCE, "preston", "--json").stdout)["notes"]
    assert list(notes) == ["north-ayrshire/replay"] and notes["north-ayrshire/replay"] in said[1]


@pytest.mark.parametrize("kind", ["levers", "policies", "shocks", "measures", "parameters", "places", "scenarios", "sectors"])
def test_list_shows_every_name(command: Command, kind: str) -> None:
    shown = command("list", kind).stdout.splitlines()
    assert shown
    if kind == "places":
        assert [line.split()[0] for line in shown] == list(shipped("place"))


def test_list_for_a_program(command: Command) -> None:
    entries = json.loads(command("list", "shocks", "--json").stdout)
    assert "branch_closes" in [entry["name"] for entry in entries]
    assert set(entries[0]) == {"name", "title", "meaning", "pillar"}


def test_list_of_levers_shows_the_pillars_and_every_lever_once(command: Command) -> None:
    shown = command("list", "levers").stdout
    assert [line for line in shown.splitlines() if line and not line.startswith(" ")] == list(PILLAR_TITLES.values())
    for name in (*POLICIES.names(), *SHOCKS.names()):
        assert shown.count(f"\n  {name} ") == 1
    counted = command("list", "policies").stdout
    assert f"{len(POLICIES)} policies." in counted and "Shocks" not in counted


def test_describe_says_unit_bounds_and_default(command: Command) -> None:
    shown = command("describe", "local_spend_target").stdout
    assert "unit: share of contract value" in shown
    assert "default: 0.05" in shown
    assert json.loads(command("describe", "local_spend_target", "--json").stdout)["kind"] == "policy"


def test_a_new_scenario_can_be_checked_and_run(command: Command) -> None:
    assert command("new", "scenario", "anytown", "--out", "mine.yaml").exit_code == 0
    assert command("check", "mine.yaml").exit_code == 0
    assert command("run", str(Path("mine.yaml").resolve()), *SHORT, "--quiet").stdout == "results/mine\n"
    again = command("new", "scenario", "anytown", "--out", "mine.yaml")
    assert again.exit_code == 2
    assert "there is something of this name already" in again.stderr
    assert command("new", "scenario", "anytown").stdout == Path("mine.yaml").read_text(encoding="utf-8")


def test_a_new_scenario_in_another_folder_finds_its_place(command: Command) -> None:
    Path("town.yaml").write_bytes((shipped_folder() / "places" / "anytown.yaml").read_bytes())
    Path("plans").mkdir()
    for options, name in ((["--usual"], "usual.yaml"), ([], "plan.yaml")):
        assert command("new", "scenario", "./town.yaml", *options, "--out", f"plans/{name}").exit_code == 0
        assert 'place: "../town.yaml"' in Path("plans", name).read_text(encoding="utf-8")
        assert command("check", f"plans/{name}").exit_code == 0


def test_schema_is_json(command: Command) -> None:
    for kind in ("scenario", "place"):
        assert json.loads(command("schema", kind).stdout)["$schema"].startswith("https://json-schema.org/")


def test_version(command: Command) -> None:
    assert command("--version").stdout == f"localwealth {sim.__version__}\n"


def test_a_full_disk_is_told_without_a_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device", "results/mine")

    monkeypatch.setattr("sim.runs.stored.store.publish", full)
    result = command("run", OTHER, *SHORT)
    assert result.exit_code == 1
    assert result.stderr == "results/mine: No space left on device\n"


def test_a_run_that_fails_is_told_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise RunError("month 3: the accounts do not close")

    with pytest.raises(typer.Exit) as ended:
        friendly(fails)()
    assert ended.value.exit_code == FAILED
    assert capsys.readouterr().err == "The run failed: month 3: the accounts do not close\n"
