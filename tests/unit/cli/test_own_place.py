"""The commands about a place of one's own: made from a table or from answers, described by what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import sim.cli.own_place
from sim.cli import app

Command = Callable[..., Result]
TABLE = (
    "key,value\ntitle,Smallton\nregion,Bigshire\nresidents,6000\njobs,2400\nregion_jobs,50000\n"
    "anchor.council.kind,council\nanchor.council.jobs,120\nanchor.council.annual_spend,5000000\n"
)


def test_a_place_from_a_table_is_good_and_a_scenario_can_be_made_for_it(command: Command) -> None:
    Path("mine.csv").write_text(TABLE, encoding="utf-8")
    assert command("new", "place", "my-town", "--from", "mine.csv", "--out", "my-town.yaml").exit_code == 0
    assert "name: my-town" in Path("my-town.yaml").read_text(encoding="utf-8")
    assert command("check", "my-town.yaml").exit_code == 0
    scenario = command("new", "scenario", "./my-town.yaml", "--out", "mine.yaml")
    assert scenario.exit_code == 0
    assert command("check", "mine.yaml").exit_code == 0


def test_a_table_is_given_to_fill_in_and_nothing_is_overwritten(command: Command) -> None:
    assert command("new", "place", "--template").stdout.startswith("key,value,year")
    wrong = command("new", "place", "--template", "--out", "mine.xlsx")
    assert wrong.exit_code == 2 and "written as CSV" in wrong.stderr and "give --out mine.csv" in wrong.stderr
    assert not Path("mine.xlsx").exists()
    assert command("new", "place", "--template", "--out", "mine.csv").exit_code == 0
    again = command("new", "place", "--template", "--out", "mine.csv")
    assert again.exit_code == 2
    assert "there is something of this name already" in again.stderr


def test_without_a_terminal_and_without_a_table_it_says_what_to_do(command: Command) -> None:
    refused = command("new", "place", "my-town")
    assert refused.exit_code == 2
    assert "figures are asked for at a terminal only" in refused.stderr
    assert "new place --template" in refused.stderr


def test_at_a_terminal_it_asks(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.cli.own_place, "at_terminal", lambda: True)
    answers = [
        "Smallton",
        "",
        "",
        "Bigshire",
        "6000",
        "",
        "2400",
        "",
        "50000",
        "",
        "",
        "",
        "",
        "Town council",
        "",
        "120",
        "",
        "5000000",
        "",
        "",
        "",
    ]
    asked = CliRunner().invoke(app, ["new", "place", "smallton"], input="\n".join(answers) + "\n", prog_name="localwealth")
    assert asked.exit_code == 0, asked.stderr
    assert "# Smallton: made from a handful of figures" in asked.stdout
    assert "Name of an anchor" in asked.stderr


def test_a_place_is_described_by_what_its_figures_rest_on(command: Command) -> None:
    told = command("describe", "place", "north-ayrshire").stdout
    assert "figures: 0 firm, 3 worked out" in told
    assert "population.residents: 135,989 (133,400 to 138,146) persons [C, ardrossan-herald" in told
    assert "labour.employment_rate: 0.757 (0.65 to 0.83) share [ons-local-statistics, 2023]" in told
    described = json.loads(command("describe", "cleveland", "--json").stdout)
    assert described["national_tables"] == "uk-2019, a stand-in for those of another country"
    assert described["currency"] == "USD"
    assert all(one["low"] <= one["value"] <= one["high"] for one in described["figures"]["assumed"])


def test_a_file_can_be_described_and_a_kind_may_stand_before_a_name(command: Command) -> None:
    Path("mine.csv").write_text(TABLE, encoding="utf-8")
    command("new", "place", "--from", "mine.csv", "--out", "mine.yaml")
    assert command("describe", "mine.yaml").stdout.startswith("Smallton\n")
    assert command("describe", "policy", "lots").stdout.startswith("kind: policy\n")
    for words, said in (
        (("plase", "anytown"), "write 'place'"),
        (("place", "anytwon"), "write 'anytown'"),
        (("place", "lots"), "nothing has the name 'lots'"),
        (("place", "none.yaml"), "there is no file 'none.yaml'"),
        (("a", "b", "c"), "one name is described at a time"),
    ):
        refused = command("describe", *words)
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
