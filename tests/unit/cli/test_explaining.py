"""The command explain: what it prints where, what it leaves behind, how it goes on, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stand_in import MEASURES, StandIn
from typer.testing import Result

import sim.runs.explaining.explain
import sim.runs.workers
from sim.runs import load_explanations, load_result

Command = Callable[..., Result]
LOCAL = "anytown/buy-local"
SHORT = ("--months", "3", "--workers", "1")


class Counting(StandIn):
    """Every policy adds one to the level, and a pound to wages."""

    def run(self, months: int | None = None) -> Any:
        record = super().run(months)
        record.measures["level"] = record.measures["level"] + len(self.scenario.policies)
        totals = record.channel_totals
        assert totals is not None
        more = 100 * len(self.scenario.policies) * np.array([[1, 0], [0, 0]])
        record.channel_totals = replace(totals, received=totals.received + more, paid=totals.paid + more[:, ::-1])
        return record


@pytest.fixture(autouse=True)
def counting(economy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.explaining.explain, "known_measures", lambda: MEASURES)
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Counting)


def test_explain_prints_shares_and_leaves_result_and_report(command: Command) -> None:
    result = command("explain", LOCAL, "--seeds", "3", *SHORT, "--measures", "level,count")
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert words.startswith("What made the difference: Buy local in Anytown, compared with Buy local in Anytown, without its policies ")
    assert "  Local-spend target" in result.stdout
    assert "+1.000" in result.stdout
    assert "Not changed at all: Count." in result.stdout
    assert "What local accounts received through each channel in 3 months" in result.stdout
    assert "+£3.00" in result.stdout
    assert "All 8 sets of the 3 levers were run on each of 3 seeds of 3 months" in words
    assert "Result: results/explain-anytown-buy-local" in result.stdout
    assert "Report: results/explain-anytown-buy-local/report.html" in result.stdout
    assert result.stderr == ""
    (explanation,) = load_explanations(load_result("results/explain-anytown-buy-local"))
    assert explanation.shares("level")["share"].tolist() == pytest.approx([1.0, 1.0, 1.0, 3.0])


def test_a_package_that_changes_nothing_yet_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: StandIn)
    result = command("explain", LOCAL, "--seeds", "1", *SHORT, "--measures", "level", "--no-report")
    assert result.exit_code == 0, result.output
    assert "Not changed at all: Level." in result.stdout
    assert "What local accounts received" not in result.stdout


def test_a_second_call_goes_on_in_the_same_folder(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("explain", LOCAL, "--seeds", "2", *SHORT, "--quiet").stdout == "results/explain-anytown-buy-local\n"
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Failing)
    again = command("explain", LOCAL, "--by", "pillar", "--seeds", "2", *SHORT, "--measures", "stock", "--json", "--no-report")
    assert again.exit_code == 0, again.output
    said = json.loads(again.stdout)
    assert (said["by"], said["runs"], said["report"], said["method"]) == ("pillar", 0, None, "exact")
    assert {row["measure"] for row in said["shares"]} == {"stock"}
    assert said["shares"][-1]["member"] == "whole effect"
    assert {row["pence"] for row in said["channels"] if row["channel"] == "wages"} == {300}
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Counting)
    other = command("explain", LOCAL, "--seeds", "2", "--months", "2", "--workers", "1", "--quiet")
    assert other.stdout == "results/explain-anytown-buy-local-2\n"


class Failing(StandIn):
    """Fails whenever it is run."""

    def run(self, months: int | None = None) -> Any:
        raise ZeroDivisionError("nothing to divide")


class FailingPart(Counting):
    """Fails in its second seed with one policy alone."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 2 and len(self.scenario.policies) == 1:
            raise ZeroDivisionError("nothing to divide")
        return super().run(months)


@pytest.mark.parametrize(("failing", "seeds"), [(FailingPart, (1, 3)), (Failing, ())])
def test_a_failed_run_ends_with_1(
    command: Command, monkeypatch: pytest.MonkeyPatch, failing: type[StandIn], seeds: tuple[int, ...]
) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: failing)
    result = command("explain", LOCAL, "--seeds", "3", *SHORT, "--measures", "level", "--out", "mine")
    assert result.exit_code == 1
    assert "failed: ZeroDivisionError: nothing to divide" in result.stderr
    assert "repeat: localwealth explain anytown/buy-local --by lever --seeds 3 --months 3 --measures level --out mine" in result.stderr
    assert ("2 seeds of 3 months" in result.stdout) == bool(seeds)
    assert [found.seeds for found in load_explanations(load_result("mine"))] == ([seeds] if seeds else [])


class Stopping(Counting):
    """Is interrupted in its second seed with one policy alone."""

    def run(self, months: int | None = None) -> Any:
        if self.seed == 2 and len(self.scenario.policies) == 1:
            raise KeyboardInterrupt
        return super().run(months)


def test_an_interruption_ends_with_130_and_the_command_to_go_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Stopping)
    arguments = ("explain", LOCAL, "--seeds", "3", "--months", "3")
    result = command(*arguments, "--workers", "1")
    assert result.exit_code == 130
    assert "12 runs had ended and are kept in results/explain-anytown-buy-local." in result.stderr
    going_on = next(line for line in result.stderr.splitlines() if line.startswith("To go on: "))
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: Counting)
    more = command(*going_on.split()[4:], "--workers", "1", "--json")
    assert json.loads(more.stdout)["runs"] == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("anytown/business-as-usual",), "there is nothing to explain: the scenario has no policy beyond its reference"),
        (("anytown/buy-lokal",), "nearest: anytown/buy-local"),
        ((LOCAL, "--by", "leaver"), "write lever"),
        ((LOCAL, "--measures", "levle"), "the nearest name is 'level'"),
        ((LOCAL, "--reference", "anytown/full-package"), "the reference has policies that anytown/buy-local has not"),
        ((LOCAL, "--reference", "preston/business-as-usual"), "the reference differs from anytown/buy-local in place"),
        ((LOCAL, "--permutations", "3"), "write 4"),
        ((LOCAL, "--seeds", "none"), "these are no seeds"),
        ((LOCAL, "--workers", "0"), "there must be a worker"),
        ((LOCAL, "--months", "0"), "so many months can't be run"),
        ((LOCAL, "--out", ""), "this folder is no result"),
        ((), "Missing argument"),
    ],
)
def test_a_users_mistake_ends_with_2(command: Command, arguments: tuple[str, ...], said: str) -> None:
    result = command("explain", *arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not list(Path("results").glob("*"))


def test_an_anchor_like_no_other_is_told_all_names(command: Command) -> None:
    result = command("follow", LOCAL, "--anchor", "zzz", "--month", "3")
    assert result.exit_code == 2
    assert "write one of these" in result.stderr
