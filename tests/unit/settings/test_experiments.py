"""Reading good experiments, those that ship, and the same made small or written out."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.core.registry import MEASURES, POLICIES, SHOCKS
from sim.errors import InputError, RunError
from sim.runs.scenarios import fill_registries
from sim.runs.sweep.cases import scenario_at
from sim.runs.sweep.design import points_of
from sim.settings.experiment import AnswerPlan, Design, Experiment, load_experiment, varied_parameter
from sim.settings.experiments import scenarios as experiment_scenarios
from sim.settings.experiments.headline_series import HEADLINES
from sim.settings.experiments.keys import EXPERIMENT_KEYS
from sim.settings.experiments.new import new_experiment_text
from sim.settings.experiments.resolved import experiment_yaml, resolved_experiment
from sim.settings.load import check_file, kind_of_file
from sim.settings.names import experiments_folder, shipped
from sim.settings.parameters import PARAMETERS
from sim.settings.places.believed import SWITCHES
from sim.settings.places.moved import moved_place
from sim.settings.places.names import named_figures
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.scenario import Scenario
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.reader import read_scenario
from sim.settings.schema import json_schema

ROOT = Path(__file__).parents[3]
NAMES = shipped("experiment")
#: What comes with the package.
ASKED = {"spare-capacity", "cooperative-funding", "living-wage", "everyone-does-it", "robustness", "jobs-hang-on"}

HEAD = "title: Own\nscenarios: [anytown/business-as-usual, anytown/buy-local]\nmonths: 24\n"

Read = Callable[[str], Experiment]


@pytest.fixture(autouse=True, scope="module")
def _scenarios_once() -> Iterator[None]:
    """A scenario that ships is read once for all of these tests."""
    kept: dict[Path, Scenario] = {}

    def once(source: SourceFile, known: Known, findings: Findings) -> Scenario | None:
        path = source.path.resolve()
        if path not in kept:
            scenario = read_scenario(source, known, findings)
            if scenario is None or not path.is_relative_to(ROOT):
                return scenario
            kept[path] = scenario
        return kept[path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment_scenarios, "read_scenario", once)
        yield


@pytest.fixture(scope="module")
def experiments(_scenarios_once: None) -> dict[str, Experiment]:
    """Every shipped experiment by name."""
    fill_registries()
    return {name: load_experiment(name, POLICIES, SHOCKS) for name in NAMES}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a text as an experiment file."""
    fill_registries()

    def from_text(text: str) -> Experiment:
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return load_experiment(path, POLICIES, SHOCKS)

    return from_text


def test_experiments_ship_in_the_wheel_too() -> None:
    assert set(NAMES) >= ASKED
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"][
        "force-include"
    ]
    inside = {Path(file).stem for file, there in wheel.items() if there == f"sim/shipped/{file}" and file.startswith("experiments/")}
    assert inside == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_experiment_says_what_it_asks_and_can_be_made_small(name: str, experiments: dict[str, Experiment]) -> None:
    experiment = experiments[name]
    assert experiment.question.endswith("?") and experiment.notes and experiment.answers is not None
    assert experiment.reference.endswith("business-as-usual") and len(experiment.arms) > 1 and len(experiment.seeds) > 1
    small = experiment.reduced(points=3, seeds=1, months=4)
    points = points_of(small)
    # A Sobol design has no fewer than a block for each base sample.
    most = 2 * (len(small.vary) + 2) if small.design.kind == "sobol" else 4
    assert 1 < len(points) <= most and small.seeds == (1,) and small.months == 4
    for arm in small.arms:
        for row in points:
            assert scenario_at(small, arm, row).months == 4


def test_robustness_moves_every_assumption_but_switches(experiments: dict[str, Experiment]) -> None:
    varied = {one.name: one for one in experiments["robustness"].vary}
    declared = {one.name: one for one in PARAMETERS if one.mark == "assumption" and one.group not in SWITCHES and one.unit != "flag"}
    still = {name for name, one in declared.items() if not one.default}
    assert set(varied) == set(declared) - still
    assert all(one.low <= one.usual <= one.high and one.low < one.high and one.middle == one.usual for one in varied.values())


def test_defaults(read: Read) -> None:
    experiment = read(HEAD + "design: {kind: grid, levels: 2}\nvary:\n  - parameter: firms.target_use\n")
    assert experiment.name == "own" and experiment.seeds == tuple(range(1, 11)) and experiment.keep == () and experiment.answers is None
    assert experiment.measures == tuple(name for name in HEADLINES if name.partition("/")[0] in MEASURES)
    (one,) = experiment.vary
    assert (one.low, one.high, one.usual, one.mark, one.unit) == (0.5, 0.99, 0.85, "assumption", "share of capacity")
    assert points_of(experiment).tolist() == [[0.5], [0.99]]


def test_options_are_varied_where_they_are_used(read: Read) -> None:
    text = HEAD + "design: one-at-a-time\nvary:\n  - {policy: local_spend_target, option: share, low: 0.2, high: 0.6}\n"
    text += (
        "  - {policy: local_spend_target, option: ramp_months, values: [12, 24]}\n  - {policy: outreach, option: start, low: 2, high: 20}\n"
    )
    experiment = read(text)
    assert [one.usual for one in experiment.vary] == [0.4, 48.0, 1.0] and experiment.vary[0].scenarios == ("anytown/buy-local",)
    points = points_of(experiment)
    assert len(points) == experiment.points == 1 + 2 + 2 + 2
    first, *_, last = (scenario_at(experiment, "anytown/buy-local", row) for row in points)
    assert first == replace(experiment.scenarios["anytown/buy-local"], months=24)
    assert {use.use: use.start for use in last.policies}["outreach"] == 20 and isinstance(last.policies[1].start, int)
    slower = scenario_at(experiment, "anytown/buy-local", points[3])
    assert slower.policies[0].ramp_months == 12 and slower.policies[0].options["share"] == 0.4
    reference = scenario_at(experiment, "anytown/business-as-usual", points[3])
    assert reference == replace(experiment.scenarios["anytown/business-as-usual"], months=24)


def test_parameters_and_places_change_every_arm_and_keep_one_opening(read: Read) -> None:
    text = HEAD + "design: {kind: grid, levels: 2}\nvary:\n  - parameter: firms.target_use\n  - place: labour.commuter_share\n"
    experiment = read(text)
    row = points_of(experiment)[1]
    arms = [scenario_at(experiment, arm, row) for arm in experiment.arms]
    assert all(arm.parameters["firms.target_use"] == row[0] and float(arm.place.labour.commuter_share) == row[1] for arm in arms)
    assert arms[0].same_opening(arms[1]) and not arms[0].same_opening(experiment.scenarios[experiment.reference])


def test_a_policy_that_would_end_before_it_starts_fails_at_its_point(read: Read, tmp_path: Path) -> None:
    scenario = "title: Ends\nbased_on: anytown/business-as-usual\npolicies:\n  - {use: local_spend_target, share: 0.4, end: 2014-01}\n"
    (tmp_path / "ends.yaml").write_text(scenario, encoding="utf-8")
    text = (
        HEAD.replace("anytown/buy-local", "./ends.yaml")
        + "design: grid\nvary:\n  - {policy: local_spend_target, option: start, values: [5, 20]}\n"
    )
    experiment = read(text)
    assert scenario_at(experiment, "ends", [5.0]).policies[0].start == 5
    with pytest.raises(RunError, match="local_spend_target ends in month 10, before it starts in month 20"):
        scenario_at(experiment, "ends", [20.0])


def test_figures_that_cannot_all_be_true_fail_at_their_point(read: Read) -> None:
    text = HEAD + "design: grid\nvary:\n  - {place: labour.employment_rate, values: [0.6, 0.99]}\n"
    experiment = read(text)
    assert scenario_at(experiment, experiment.reference, [0.6]).place.labour.employment_rate.value == 0.6
    with pytest.raises(RunError, match="contradict each other at this setting: working"):
        scenario_at(experiment, experiment.reference, [0.99])


def test_parts_of_a_whole_still_add_up(read: Read) -> None:
    place = read(HEAD + "design: {kind: grid, levels: 2}\nvary:\n  - parameter: firms.target_use\n").scenarios["anytown/buy-local"].place
    paths = [figure.path for name, figure in named_figures(place).items() if name.startswith("housing.tenure.")]
    for moved in ({paths[0]: 0.9}, {paths[0]: 0.9, paths[1]: 0.8}, dict.fromkeys(paths, 0.4)):
        assert math.isclose(sum(map(float, moved_place(place, moved).housing.tenure.values())), 1.0)
    assert float(moved_place(place, {paths[0]: 0.9}).housing.tenure[paths[0][-1]]) == 0.9  # type: ignore[index]


def test_all_assumptions_leave_out_what_another_entry_names(read: Read) -> None:
    text = HEAD + "design: {kind: latin-hypercube, points: 5}\nvary:\n  - assumptions: all\n  - {parameter: firms.target_use, low: 0.8}\n"
    experiment = read(text)
    names = [one.name for one in experiment.vary]
    assert names[-1] == "firms.target_use" and len(set(names)) == len(names) == points_of(experiment).shape[1]
    assert experiment.vary[-1].middle is None and "place.labour.commuter_share" in names and "work.search_success" in names


def test_a_parameter_that_an_arm_sets_itself_is_no_guess(read: Read, tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text("title: Set\nbased_on: anytown/buy-local\nparameters: {firms.target_use: 0.9}\n", encoding="utf-8")
    text = HEAD.replace("anytown/buy-local", "./set.yaml") + "design: {kind: morris, trajectories: 2}\nvary:\n  - assumptions: parameters\n"
    experiment = read(text)
    assert "firms.target_use" not in {one.name for one in experiment.vary} and experiment.design.levels == 4


def test_arms_can_be_called_something_else(read: Read) -> None:
    text = HEAD.replace("anytown/buy-local]", "{name: again, scenario: anytown/business-as-usual}]") + "design: {kind: grid, levels: 2}\n"
    experiment = read(text + "vary:\n  - parameter: firms.target_use\nanswers: {measure: jobs, scenario: again, failure: {above: 3}}\n")
    assert experiment.arms == ("anytown/business-as-usual", "again")
    assert experiment.answers == AnswerPlan("jobs", "again", fail_above=3.0)


def test_of_a_single_arm_the_level_is_answered(read: Read) -> None:
    text = HEAD.replace(", anytown/buy-local]", "]") + "design: {kind: grid, levels: 2}\nvary:\n  - parameter: firms.target_use\n"
    experiment = read(text + "answers: {measure: jobs, decision: {below: 100}}\n")
    assert experiment.answers == AnswerPlan("jobs", "anytown/business-as-usual", "level", below=100.0, fail_above=100.0)


@pytest.mark.parametrize("name", NAMES)
def test_an_experiment_written_out_is_the_same_experiment(name: str, experiments: dict[str, Experiment], read: Read) -> None:
    experiment = experiments[name]
    again = read(experiment_yaml(experiment, {}))
    assert replace(again, name=name) == experiment
    assert points_of(again).tobytes() == points_of(experiment).tobytes()
    assert resolved_experiment(again)["vary"] == resolved_experiment(experiment)["vary"]


def test_a_figure_of_the_place_that_varies_is_written_out_by_its_name(read: Read) -> None:
    experiment = read(HEAD + "design: {kind: grid, levels: 2}\nvary:\n  - {place: labour.commuter_share, low: 0.1, high: 0.2}\n")
    text = experiment_yaml(experiment, {})
    assert '  - {"place": "labour.commuter_share", "low": 0.1, "high": 0.2}\n' in text
    assert read(text) == experiment


@pytest.mark.parametrize(
    ("design", "points"),
    [
        (Design("grid", levels=9), 4),
        (Design("one-at-a-time"), 3),
        (Design("latin-hypercube", points=50), 4),
        (Design("sobol", points=64, second_order=True), 6),
        (Design("morris", trajectories=9, levels=4), 4),
    ],
    ids=lambda given: getattr(given, "kind", str(given)),
)
def test_made_small_a_design_stays_a_design(design: Design, points: int) -> None:
    vary = tuple(varied_parameter(one, low=one.low, high=one.high) for one in PARAMETERS[3:9])
    small = Experiment("made", "Made", "", {}, 60, (5, 6, 7), design, vary, ("jobs",), keep=(12, 60)).reduced(4, 2, 12)
    assert (len(points_of(small)), small.points, small.seeds, small.months, small.keep) == (points, points, (5, 6), 12, (12,))
    with pytest.raises(ValueError, match="must be 1 or more"):
        small.reduced(points=0)


def test_a_start_that_varies_is_brought_within_fewer_months(read: Read) -> None:
    text = HEAD + "design: grid\nvary:\n  - {policy: local_spend_target, option: start, values: [2, 13, 20]}\n"
    assert read(text).reduced(points=9, seeds=1, months=6).vary[0].values == (2.0, 6.0)


def test_a_new_file_is_good_and_begins_with_the_base(read: Read, tmp_path: Path) -> None:
    text = new_experiment_text("anytown/buy-local", POLICIES, SHOCKS)
    experiment = read(text)
    assert experiment.arms == ("anytown/business-as-usual", "anytown/buy-local") and experiment.points == 3
    (varied,) = experiment.vary
    assert (varied.name, varied.usual, varied.mark) == ("firms.target_use", 0.85, "assumption") and varied.low < 0.85 < varied.high
    path = tmp_path / "own.yaml"
    assert kind_of_file(path) == "experiment" and check_file(path, POLICIES, SHOCKS) == []
    assert all(f"{key.name}:" in text for key in EXPERIMENT_KEYS)


def test_the_schema_has_every_key() -> None:
    schema = json_schema("experiment", POLICIES, SHOCKS)
    assert set(schema["properties"]) == {key.name for key in EXPERIMENT_KEYS}
    entry = schema["properties"]["vary"]["items"]
    assert {one["required"][0] for one in entry["oneOf"]} == {"parameter", "policy", "shock", "place", "assumptions"}
    with pytest.raises(InputError, match="write place or scenario or experiment"):
        json_schema("experimnt", POLICIES, SHOCKS)


def test_commands_know_experiments(tmp_path: Path, experiments: dict[str, Experiment]) -> None:
    runner = CliRunner()
    everyone = experiments["everyone-does-it"]
    assert "Everyone does it, from one place to all" in runner.invoke(app, ["list", "experiments"]).output
    told, runs = runner.invoke(app, ["describe", "experiment", "everyone-does-it"]).output, everyone.points * len(everyone.seeds)
    assert f"settings: {everyone.points}\n" in told and "trajectories" not in told and "second_order" not in told
    assert f"runs: {runs}\n" in told and "neighbours.adopting_share" in told and "adds up to nothing" in told
    written = tmp_path / "mine.yaml"
    assert runner.invoke(app, ["new", "experiment", "anytown/buy-local", "--out", str(written)]).exit_code == 0
    checked = runner.invoke(app, ["check", str(written), "everyone-does-it"])
    assert checked.exit_code == 0 and checked.output.count("good") == 2
    written.write_text(written.read_text(encoding="utf-8").replace("seeds: 10", "seeds: none"), encoding="utf-8")
    assert "seeds: a value of the wrong type" in runner.invoke(app, ["check", str(written)]).output


def test_names_lead_to_files() -> None:
    assert (experiments_folder() / "spare-capacity.yaml").is_file()
    fill_registries()
    with pytest.raises(InputError, match="write 'spare-capacity'"):
        load_experiment("spare-capacty", POLICIES, SHOCKS)
    with pytest.raises(InputError, match=r"there is no file '\./nowhere\.yaml'"):
        load_experiment("./nowhere.yaml", POLICIES, SHOCKS)
