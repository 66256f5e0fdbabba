"""Explanations and experiments given with a result: taken when they are about it, refused in words when not, asked for when lacking."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from fixtures.page_reader import problems_of
from typer.testing import CliRunner

from sim.cli import app
from sim.errors import InputError
from sim.report import build_report
from sim.runs import compare, explain

sys.path[:0] = [str(Path(__file__).parents[1] / part) for part in ("runs", "runs/sweep")]

from small_experiments import small, swept  # noqa: E402
from stand_in import MEASURES, StandIn, package  # noqa: E402

USUAL = package("town/as-usual")
CHANGED = package("town/changed", ("local_spend_target", {"effect": 2.0}), ("living_wage_anchors", {"effect": -0.7}))
OTHER = package("town/changed", ("local_spend_target", {"effect": 3.0}), ("living_wage_anchors", {"effect": -0.7}))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A comparison, an explanation of its scenario and of another, and an experiment."""
    place = tmp_path_factory.mktemp("beside")
    options: Any = {"workers": 1, "factory": StandIn}
    compare([USUAL, CHANGED], seeds=2, measures=MEASURES, out=place / "result", **options)
    for name, scenario in (("explained", CHANGED), ("of-another", OTHER)):
        explain(scenario, by="pillar", seeds=3, known=MEASURES, measures=["level", "share"], out=place / name, **options)
    swept(small(effects=(0.0, 2.0), seeds=(1, 2)), place / "experiment")
    return {path.name: path for path in place.iterdir()}


def page_of(folders: dict[str, Path], **given: Any) -> str:
    """The page of the comparison with what is given."""
    page = build_report(folders["result"], charts=False, **given).read_text(encoding="utf-8")
    assert problems_of(page) == []
    return page


def words_of(page: str, section: str) -> str:
    """The words of one section."""
    found = re.search(rf'<section id="{section}".*?</section>', page, flags=re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(0)).replace("&quot;", '"').split())


def test_what_was_not_worked_out_is_said_with_the_command(folders: dict[str, Path]) -> None:
    page = page_of(folders)
    made, hangs = words_of(page, "made"), words_of(page, "hangs")
    assert "They were not made for this report, so nothing is said here." in made
    assert "localwealth explain town/changed --by pillar --seeds 2 --months 14 --out result-changed-explained" in made
    assert "localwealth report result --explain result-changed-explained" in made
    assert "was not tried for this report, so nothing is said here" in hangs
    assert "localwealth new experiment town/changed --out result-experiment.yaml" in hangs
    assert not re.search(r"\d%|\d points", made + hangs)


def test_an_explanation_that_is_given_is_told_with_what_differs(folders: dict[str, Path]) -> None:
    page = page_of(folders, explanations=[folders["explained"]])
    made = words_of(page, "made")
    assert "By pillar: “Town/Changed” against “Town/Changed, without its policies”" in made
    assert "it rests on 3 paired runs, this report on 2." in made
    assert "its reference is" not in made  # the same town without policies
    assert re.search(r"Level: \+[\d.]+ \(\+[\d.]+ to \+[\d.]+\) in all", made)
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert all("<details>" in figure and "<table" in figure for figure in figures)
    assert "localwealth report result --explain explained" in words_of(page, "again")


def test_an_experiment_that_is_given_is_told(folders: dict[str, Path]) -> None:
    hangs = words_of(page_of(folders, sweep=folders["experiment"]), "hangs")
    assert "From the experiment “A small one”: 4 settings, each with 2 seeds" in hangs
    assert "Does it work?" in hangs
    assert "From one end to the other" in hangs


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"explanations": ["of-another"]}, "this explains a scenario that is none of this result, or one with other settings"),
        ({"explanations": ["result"]}, "this result has not been explained"),
        ({"explanations": ["nothing"]}, "there is no such result"),
        ({"sweep": "nothing"}, "there is no such folder"),
    ],
)
def test_what_is_about_something_else_is_refused(folders: dict[str, Path], given: dict[str, Any], said: str) -> None:
    place = folders["result"].parent
    paths = {key: [place / name for name in value] if isinstance(value, list) else place / value for key, value in given.items()}
    with pytest.raises(InputError, match=said):
        build_report(folders["result"], charts=False, **paths)


def test_an_experiment_about_another_scenario_is_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    options: Any = {"workers": 1, "factory": StandIn, "measures": MEASURES}
    compare([USUAL, package("town/chanced", ("local_spend_target", {"effect": 1.0}))], seeds=2, out=tmp_path / "chanced", **options)
    with pytest.raises(InputError, match="this experiment is about another scenario") as caught:
        build_report(tmp_path / "chanced", charts=False, sweep=folders["experiment"])
    assert caught.value.problems[0].nearest == "town/chanced"


def test_the_command_takes_them_for_one_result_alone(folders: dict[str, Path]) -> None:
    result, explained, experiment = (str(folders[name]) for name in ("result", "explained", "experiment"))
    for arguments, said in (
        (["report", result, result, "--explain", explained], "--explain and --sweep belong to one result"),
        (["report", experiment, "--explain", explained], "an experiment has no place for --explain and --sweep"),
        (["report", result, "--sweep", explained], "no experiment.json"),
    ):
        found = CliRunner().invoke(app, arguments)
        assert found.exit_code == 2, found.output
        assert said in found.stderr
        assert "Traceback" not in found.output
    found = CliRunner().invoke(app, ["report", result, "--explain", explained, "--sweep", experiment])
    assert (found.exit_code, found.stdout) == (0, f"{(folders['result'] / 'report.html').as_posix()}\n")
