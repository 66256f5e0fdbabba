"""Wrong experiment files, one for each way to be wrong: line, key, what was given and allowed, nearest name, remedy.

Each case changes one piece of a good file; the wrong line ends with ``# HERE``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.core.registry import Intervention, Measure, Registry
from sim.errors import InputError, Problem
from sim.settings import experiment_scenarios
from sim.settings.experiment import Experiment, load_experiment
from sim.settings.files import SourceFile
from sim.settings.layer import Known
from sim.settings.parameters import Parameter
from sim.settings.problems import Findings, Kind
from sim.settings.scenario import Scenario
from sim.settings.scenario_reader import read_scenario

Interventions = Registry[type[Intervention]]
Read = Callable[[str], Experiment]

TINY = Path(__file__).parents[1] / "settings" / "files" / "tiny-place.yaml"
SCENARIOS = {
    "reference": f"title: Reference\nplace: {TINY}\nstart: 2020-01\nmonths: 24\n",
    "buying": "title: Buying\nbased_on: ./reference.yaml\npolicies:\n  - {use: buy_here, share: 0.2}\n"
    "  - {use: found_cooperative, anchor: council, sector: finance, start: 2021-06}\n",
    "longer": "title: Longer\nbased_on: ./reference.yaml\nmonths: 36\n",
    "later": "title: Later\nbased_on: ./reference.yaml\nstart: 2020-02\n",
    "elsewhere": "title: Elsewhere\nplace: anytown\nstart: 2020-01\nmonths: 24\n",
    "broken": "title: Broken\nbased_on: ./reference.yaml\nmonths: 0\n",
    "other/buying": "title: Another\nbased_on: ../reference.yaml\n",
}
GOOD = """\
title: Good
scenarios:
  - ./reference.yaml
  - ./buying.yaml
seeds: 3
design: {kind: grid, levels: 3}
vary:
  - parameter: households.local_shopping
    low: 0.2
    high: 0.6
  - policy: buy_here
    option: share
    values: [0.1, 0.3]
measures: [jobs]
keep: {months: [12, 24]}
answers:
  measure: jobs
  decision: {above: 0}
"""


@dataclass(frozen=True)
class Case:
    """A piece of the good file, what stands there instead, and what is said about it."""

    name: str
    old: str
    new: str
    kind: Kind
    key: str
    given: str = ""
    allowed: str = ""
    remedy: str = ""
    message: str = ""
    nearest: str | None = None


SEEDS, DESIGN, MEASURES, KEEP = "seeds: 3", "design: {kind: grid, levels: 3}", "measures: [jobs]", "keep: {months: [12, 24]}"
ARMS = "  - ./reference.yaml\n  - ./buying.yaml"
SHOPPING = "  - parameter: households.local_shopping\n    low: 0.2\n    high: 0.6"
SHARE = "  - policy: buy_here\n    option: share\n    values: [0.1, 0.3]"
ANSWERS = "answers:\n  measure: jobs\n  decision: {above: 0}"

CASES = (
    Case("unknown key", SEEDS, "sedes: 3  # HERE", Kind.UNKNOWN_KEY, "sedes", "sedes", "seeds", "write 'seeds'", nearest="seeds"),
    Case("no title", "title: Good", "question: Why?  # HERE", Kind.MISSING_KEY, "title", "nothing", "text", "add 'title:'"),
    Case(
        "no scenario",
        f"scenarios:\n{ARMS}",
        "scenarios: []  # HERE",
        Kind.WRONG_FORM,
        "scenarios",
        "[]",
        "one scenario or more",
        "add a scenario",
    ),
    Case(
        "scenario that is not there",
        "./buying.yaml",
        "./bying.yaml  # HERE",
        Kind.NO_SUCH_FILE,
        "scenarios[1]",
        "./bying.yaml",
        "a path",
        "localwealth list scenarios",
    ),
    Case("months nought", SEEDS, "months: 0  # HERE", Kind.OUT_OF_BOUNDS, "months", "0", "from 1 to 1200", "from 1 to 1200"),
    Case(
        "scenarios of different lengths",
        ARMS,
        "  - ./reference.yaml\n  - ./longer.yaml\n  - ./buying.yaml",
        Kind.MISSING_KEY,
        "months",
        "longer 36",
        "a whole number",
        "add 'months: 24'",
    ),
    Case(
        "scenario of another place",
        "./buying.yaml",
        "./buying.yaml\n  - ./elsewhere.yaml  # HERE",
        Kind.CONTRADICTION,
        "scenarios[2]",
        "anytown",
        "tinyton",
        "take scenarios of tinyton",
        "can't be compared",
    ),
    Case(
        "scenario of another start",
        "./buying.yaml",
        "./buying.yaml\n  - ./later.yaml  # HERE",
        Kind.CONTRADICTION,
        "scenarios[2]",
        "2020-02",
        "2020-01",
        "write start: 2020-01",
    ),
    Case(
        "two arms of one name",
        "./buying.yaml",
        "./buying.yaml\n  - ./other/buying.yaml  # HERE",
        Kind.REPEATED_NAME,
        "scenarios[2]",
        "buying",
        "each name once",
        "scenario: ./other/buying.yaml}",
    ),
    Case(
        "arm with an unknown key",
        "./buying.yaml",
        "{nme: x, scenario: ./buying.yaml}  # HERE",
        Kind.UNKNOWN_KEY,
        "scenarios[1].nme",
        "nme",
        "name, scenario",
        "write 'name'",
        nearest="name",
    ),
    Case("arm without a scenario", "./buying.yaml", "{name: x}  # HERE", Kind.MISSING_KEY, "scenarios[1]", "name", "'scenario:'", "alone"),
    Case("seeds nought", SEEDS, "seeds: 0  # HERE", Kind.OUT_OF_BOUNDS, "seeds", "0", "from 1 to 1000000", "from 1"),
    Case(
        "seeds in words",
        SEEDS,
        "seeds: many  # HERE",
        Kind.WRONG_TYPE,
        "seeds",
        "'many'",
        "a whole number",
        "write a whole number such as 12",
    ),
    Case("no seeds", SEEDS, "seeds: []  # HERE", Kind.WRONG_FORM, "seeds", "[]", "one or more", "write seeds: 10"),
    Case("seed twice", SEEDS, "seeds: [4, 4]  # HERE", Kind.REPEATED_NAME, "seeds[1]", "4", "each seed once", "delete one"),
    Case("seed below nought", SEEDS, "seeds: [-1]  # HERE", Kind.OUT_OF_BOUNDS, "seeds[0]", "-1", "from 0", "from 0"),
    Case(
        "design unknown",
        DESIGN,
        "design: {kind: gird}  # HERE",
        Kind.UNKNOWN_NAME,
        "design.kind",
        "gird",
        "grid, one",
        "grid",
        nearest="grid",
    ),
    Case("design without kind", DESIGN, "design: {levels: 3}  # HERE", Kind.MISSING_KEY, "design", "levels", "grid, one", "add 'kind:'"),
    Case("design that is a list", DESIGN, "design: [grid]  # HERE", Kind.WRONG_TYPE, "design", "a list of 1", "'kind:'", "name: value"),
    Case(
        "key of another design",
        DESIGN,
        "design: {kind: grid, levels: 3, points: 9}  # HERE",
        Kind.UNKNOWN_KEY,
        "design.points",
        "points",
        "kind, levels",
        "delete it",
        "the design grid takes no 'points'",
    ),
    Case(
        "points of a grid",
        DESIGN,
        "design: {kind: grid, points: 9}  # HERE",
        Kind.UNKNOWN_KEY,
        "design.points",
        "points",
        "kind, levels",
        "write 'levels:', the number of values of each range, in place of it",
    ),
    Case(
        "keep monthly",
        KEEP,
        "keep: monthly  # HERE",
        Kind.NOT_A_CHOICE,
        "keep",
        "monthly",
        "or {months: [12, 24]}",
        "write all, or the months",
    ),
    Case(
        "unknown key of a design",
        DESIGN,
        "design: {kind: grid, lvels: 3, levels: 3}  # HERE",
        Kind.UNKNOWN_KEY,
        "design.lvels",
        "lvels",
        "kind",
        "levels",
        nearest="levels",
    ),
    Case("levels one", DESIGN, "design: {kind: grid, levels: 1}  # HERE", Kind.OUT_OF_BOUNDS, "design.levels", "1", "from 2", "from 2"),
    Case(
        "grid without levels",
        DESIGN,
        "design: grid  # HERE",
        Kind.MISSING_KEY,
        "design.levels",
        "nothing",
        "'levels:'",
        "add levels: 5",
        "local_shopping",
    ),
    Case(
        "sobol with no power of two",
        f"{DESIGN}\nvary:\n{SHOPPING}\n{SHARE}",
        f"design: {{kind: sobol, points: 100}}  # HERE\nvary:\n{SHOPPING}",
        Kind.WRONG_FORM,
        "design.points",
        "100",
        "2, 4, 8",
        "write 64 or 128",
    ),
    Case(
        "sobol without points",
        f"{DESIGN}\nvary:\n{SHOPPING}\n{SHARE}",
        f"design: sobol  # HERE\nvary:\n{SHOPPING}",
        Kind.MISSING_KEY,
        "design",
        "nothing",
        "a whole number from 2",
        "add points: 256",
    ),
    Case(
        "morris with odd levels",
        f"{DESIGN}\nvary:\n{SHOPPING}\n{SHARE}",
        f"design: {{kind: morris, trajectories: 4, levels: 5}}  # HERE\nvary:\n{SHOPPING}",
        Kind.WRONG_FORM,
        "design.levels",
        "5",
        "2, 4, 6",
        "write 6",
    ),
    Case(
        "hypercube with a list",
        f"{DESIGN}\nvary:\n{SHOPPING}\n{SHARE}",
        f"design: {{kind: latin-hypercube, points: 9}}\nvary:\n{SHOPPING}\n{SHARE}".replace("buy_here", "buy_here  # HERE"),
        Kind.CONTRADICTION,
        "vary",
        "a list of 2",
        "'low:' and 'high:'",
        "write low: 0.1 and high: 0.3",
    ),
    Case(
        "whole numbers that do not fit the levels",
        SHARE,
        "  - policy: found_cooperative  # HERE\n    option: jobs\n    low: 1\n    high: 4",
        Kind.CONTRADICTION,
        "vary",
        "1 to 4",
        "a multiple of 2",
        "write high: 5",
    ),
    Case(
        "one at a time with a policy that is nowhere",
        SHARE,
        "  - shock: exports_fall  # HERE\n    option: depth",
        Kind.CONTRADICTION,
        "vary[1]",
        "exports_fall",
        "a shock that a scenario uses",
        "add a scenario that uses exports_fall",
    ),
    Case(
        "nothing varied",
        f"vary:\n{SHOPPING}\n{SHARE}",
        "vary: []  # HERE",
        Kind.WRONG_FORM,
        "vary",
        "[]",
        "one entry or more",
        "add an entry",
    ),
    Case(
        "entry without a subject",
        SHARE,
        "  - {low: 1, high: 2}  # HERE",
        Kind.MISSING_KEY,
        "vary[1]",
        "low",
        "one of parameter",
        "add 'parameter:'",
    ),
    Case(
        "entry with two subjects",
        SHARE,
        "  - {parameter: work.search_months, policy: buy_here, option: share}  # HERE",
        Kind.MISSING_KEY,
        "vary[1]",
        "parameter, policy",
        "one of",
        "an entry of its own",
    ),
    Case(
        "entry that is a name",
        SHARE,
        "  - work.search_months  # HERE",
        Kind.WRONG_TYPE,
        "vary[1]",
        "'work.search_months'",
        "one of parameter",
        "name: value",
    ),
    Case(
        "unknown key of an entry",
        SHARE,
        "  - {parameter: work.search_months, hihg: 4}  # HERE",
        Kind.UNKNOWN_KEY,
        "vary[1].hihg",
        "hihg",
        "parameter",
        "high",
        nearest="high",
    ),
    Case(
        "key of another entry",
        SHARE,
        "  - {parameter: work.search_months, option: share}  # HERE",
        Kind.UNKNOWN_KEY,
        "vary[1].option",
        "option",
        "parameter, values",
        "delete it",
    ),
    Case(
        "assumptions with a range",
        SHARE,
        "  - {assumptions: parameters, low: 0}  # HERE",
        Kind.UNKNOWN_KEY,
        "vary[1].low",
        "low",
        "assumptions",
        "delete it",
    ),
    Case(
        "assumptions of an unknown kind",
        SHARE,
        "  - assumptions: parameter  # HERE",
        Kind.NOT_A_CHOICE,
        "vary[1].assumptions",
        "parameter",
        "parameters, place, all",
        "parameters",
        nearest="parameters",
    ),
    Case(
        "unknown parameter",
        SHARE,
        "  - parameter: work.serch_months  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].parameter",
        "work.serch",
        "work.search_months",
        "work.search_months",
        nearest="work.search_months",
    ),
    Case(
        "unknown policy",
        SHARE,
        "  - {policy: buy_hre, option: share}  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].policy",
        "buy_hre",
        "buy_here",
        "buy_here",
        nearest="buy_here",
    ),
    Case(
        "unknown shock",
        SHARE,
        "  - {shock: export_fall, option: depth}  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].shock",
        "export_fall",
        "exports_fall",
        "exports_fall",
        nearest="exports_fall",
    ),
    Case(
        "unknown figure of the place",
        SHARE,
        "  - place: labour.comuter_share  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].place",
        "labour.comuter",
        "labour.commuter_share",
        "commuter_share",
        nearest="labour.commuter_share",
    ),
    Case(
        "figure without a range",
        SHARE,
        "  - place: labour.commuter_share  # HERE",
        Kind.MISSING_KEY,
        "vary[1].low",
        "nothing",
        "from 0 to 1 (share)",
        "add 'low:'",
    ),
    Case(
        "figure out of bounds",
        SHARE,
        "  - {place: labour.commuter_share, low: 0.1, high: 30}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "vary[1].high",
        "30",
        "from 0 to 1 (share)",
        "write 0.3 for 30%",
    ),
    Case(
        "no option",
        SHARE,
        "  - policy: buy_here  # HERE",
        Kind.MISSING_KEY,
        "vary[1].option",
        "nothing",
        "share, premium, start, ramp_months",
        "add 'option:'",
    ),
    Case(
        "option that is no number",
        SHARE,
        "  - {policy: buy_here, option: anchors}  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].option",
        "anchors",
        "share, premium",
        "allowed names",
    ),
    Case(
        "option without bounds",
        SHARE,
        "  - {policy: found_cooperative, option: seed_capital}  # HERE",
        Kind.MISSING_KEY,
        "vary[1].low",
        "nothing",
        "currency units",
        "add 'low:'",
    ),
    Case(
        "option out of bounds",
        SHARE,
        "  - {policy: buy_here, option: premium, values: [0.1, 0.6]}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "vary[1].values[1]",
        "0.6",
        "from 0 to 0.5",
        "from 0 to 0.5",
    ),
    Case(
        "months in parts",
        SHARE,
        "  - {policy: found_cooperative, option: contract_months, values: [12, 24.5]}  # HERE",
        Kind.WRONG_TYPE,
        "vary[1].values[1]",
        "24.5",
        "a whole number",
        "write 24 or 25",
    ),
    Case(
        "start after the last month",
        SHARE,
        "  - {policy: buy_here, option: start, values: [1, 25]}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "vary[1].values[1]",
        "25",
        "from 1 to 24",
        "from 1 to 24",
    ),
    Case(
        "policy that begins too late",
        SEEDS,
        "seeds: 3\nmonths: 12\n",
        Kind.OUTSIDE_SCENARIO,
        "vary[1]",
        "month 18",
        "1 to 12",
        "write months: 30",
    ),
    Case(
        "arm that does not use it",
        SHARE,
        "  - {policy: buy_here, option: share, scenarios: [reference]}  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].scenarios[0]",
        "reference",
        "buying",
        "allowed names",
        "reference does not use buy_here",
    ),
    Case(
        "arm that is none",
        SHARE,
        "  - {policy: buy_here, option: share, scenarios: [buyin]}  # HERE",
        Kind.UNKNOWN_NAME,
        "vary[1].scenarios[0]",
        "buyin",
        "buying",
        "buying",
        "none of the scenarios",
        nearest="buying",
    ),
    Case(
        "no arms",
        SHARE,
        "  - {policy: buy_here, option: share, scenarios: []}  # HERE",
        Kind.WRONG_FORM,
        "vary[1].scenarios",
        "[]",
        "buying",
        "name one",
    ),
    Case(
        "values and a range",
        SHARE,
        "  - {parameter: work.search_months, values: [1, 2], low: 0}  # HERE",
        Kind.CONTRADICTION,
        "vary[1].values",
        "values and low",
        "one of the two",
        "delete the values",
    ),
    Case(
        "one value",
        SHARE,
        "  - {parameter: work.search_months, values: [1]}  # HERE",
        Kind.WRONG_FORM,
        "vary[1].values",
        "a list of 1",
        "two values",
        "add a value",
    ),
    Case(
        "value twice",
        SHARE,
        "  - {parameter: work.search_months, values: [1, 2, 1.0]}  # HERE",
        Kind.REPEATED_NAME,
        "vary[1].values[2]",
        "1",
        "each value once",
        "delete one",
    ),
    Case(
        "values that are no list",
        SHARE,
        "  - {parameter: work.search_months, values: 1}  # HERE",
        Kind.WRONG_TYPE,
        "vary[1].values",
        "1",
        "a list of numbers",
        "write a list",
    ),
    Case(
        "value in words",
        SHARE,
        "  - {parameter: work.search_months, values: [1, 20%]}  # HERE",
        Kind.WRONG_TYPE,
        "vary[1].values[1]",
        "'20%'",
        "a number (months)",
        "write 0.2",
    ),
    Case(
        "value that is no number",
        SHARE,
        "  - {parameter: work.search_months, values: [1, .nan]}  # HERE",
        Kind.NOT_FINITE,
        "vary[1].values[1]",
        "nan",
        "a finite number",
        "write a number",
    ),
    Case(
        "range the wrong way round",
        SHARE,
        "  - {parameter: work.search_months, low: 6, high: 2}  # HERE",
        Kind.WRONG_ORDER,
        "vary[1]",
        "low 6, high 2",
        "'low' below",
        "above 6",
    ),
    Case(
        "low out of bounds",
        SHARE,
        "  - {parameter: work.search_months, low: -1}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "vary[1].low",
        "-1",
        "from 0 to 24 (months)",
        "from 0 to 24",
    ),
    Case(
        "middle outside the range",
        SHARE,
        "  - {parameter: work.search_months, low: 1, high: 9, middle: 10}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "vary[1].middle",
        "10",
        "from 1 to 9",
        "from 1 to 9",
    ),
    Case(
        "the same thing twice",
        SHARE,
        "  - parameter: households.local_shopping  # HERE",
        Kind.REPEATED_NAME,
        "vary[1]",
        "households.local_shopping",
        "each thing once",
        "delete line 8 or line 11",
        "varied twice",
    ),
    Case(
        "unknown measure",
        MEASURES,
        "measures: [jobs, retentoin/all]  # HERE",
        Kind.UNKNOWN_NAME,
        "measures[1]",
        "retentoin",
        "jobs, retention",
        "retention",
        nearest="retention",
    ),
    Case(
        "measure without its key",
        MEASURES,
        "measures: [jobs, retention]  # HERE",
        Kind.MISSING_KEY,
        "measures[1]",
        "retention",
        "retention/ with an anchor",
        "write retention/",
    ),
    Case(
        "measure with a key it has not",
        MEASURES,
        "measures: [jobs, jobs/all]  # HERE",
        Kind.UNKNOWN_NAME,
        "measures[1]",
        "jobs/all",
        "jobs",
        "write jobs",
    ),
    Case(
        "measure twice",
        MEASURES,
        "measures: [jobs, jobs]  # HERE",
        Kind.REPEATED_NAME,
        "measures[1]",
        "jobs",
        "each measure once",
        "delete one",
    ),
    Case(
        "no measures",
        f"{MEASURES}\n{KEEP}\n{ANSWERS}",
        "measures: []  # HERE",
        Kind.WRONG_FORM,
        "measures",
        "[]",
        "one or more",
        "add a measure",
    ),
    Case(
        "month kept beyond the last",
        KEEP,
        "keep: {months: [12, 36]}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "keep.months[1]",
        "36",
        "from 1 to 24",
        "from 1 to 24",
    ),
    Case(
        "month kept twice", KEEP, "keep: [12, 12]  # HERE", Kind.REPEATED_NAME, "keep[1]", "12", "each month of the run once", "delete one"
    ),
    Case(
        "keep in other words",
        KEEP,
        "keep: every-yaer  # HERE",
        Kind.NOT_A_CHOICE,
        "keep",
        "every-yaer",
        "none, every-year, all",
        "every-year",
        nearest="every-year",
    ),
    Case("keep without months", KEEP, "keep: {}  # HERE", Kind.MISSING_KEY, "keep", "nothing", "'months:'", "write none or every-year"),
    Case(
        "keep with another key",
        KEEP,
        "keep: {mnths: [12], months: [12]}  # HERE",
        Kind.UNKNOWN_KEY,
        "keep.mnths",
        "mnths",
        "months",
        "months",
        nearest="months",
    ),
    Case(
        "answers without a measure",
        ANSWERS,
        "answers: {decision: {above: 0}}  # HERE",
        Kind.MISSING_KEY,
        "answers.measure",
        "nothing",
        "jobs",
        "add 'measure:'",
    ),
    Case(
        "answers about what is not measured",
        ANSWERS,
        "answers: {measure: output}  # HERE",
        Kind.UNKNOWN_NAME,
        "answers.measure",
        "output",
        "jobs",
        "allowed names",
    ),
    Case(
        "answers about another arm",
        ANSWERS,
        "answers: {measure: jobs, scenario: byuing}  # HERE",
        Kind.UNKNOWN_NAME,
        "answers.scenario",
        "byuing",
        "reference, buying",
        "buying",
        nearest="buying",
    ),
    Case(
        "answers about the reference",
        ANSWERS,
        "answers: {measure: jobs, scenario: reference}  # HERE",
        Kind.CONTRADICTION,
        "answers",
        "reference",
        "another scenario",
        "write of: level",
    ),
    Case(
        "answers of an unknown kind",
        ANSWERS,
        "answers: {measure: jobs, of: levels}  # HERE",
        Kind.NOT_A_CHOICE,
        "answers.of",
        "levels",
        "difference, level",
        "level",
        nearest="level",
    ),
    Case(
        "answers with another key",
        ANSWERS,
        "answers: {measure: jobs, arm: buying}  # HERE",
        Kind.UNKNOWN_KEY,
        "answers.arm",
        "arm",
        "measure, scenario",
        "allowed names",
    ),
    Case(
        "decision above and below",
        ANSWERS,
        "answers: {measure: jobs, decision: {above: 0, below: 9}}  # HERE",
        Kind.WRONG_FORM,
        "answers.decision",
        "2 of the two",
        "'above:' or 'below:'",
        "write above: 0",
    ),
    Case(
        "decision that is a number",
        ANSWERS,
        "answers: {measure: jobs, decision: 0}  # HERE",
        Kind.WRONG_TYPE,
        "answers.decision",
        "0",
        "'above:'",
        "name: value",
    ),
    Case(
        "decision with another key",
        ANSWERS,
        "answers: {measure: jobs, decision: {above: 0, abve: 1}}  # HERE",
        Kind.UNKNOWN_KEY,
        "answers.decision.abve",
        "abve",
        "above, below",
        "above",
        nearest="above",
    ),
    Case(
        "too many runs",
        f"{SEEDS}\n{DESIGN}",
        "seeds: 5000\ndesign: {kind: grid, levels: 900}  # HERE",
        Kind.OUT_OF_BOUNDS,
        "design",
        "9,000,000 runs",
        "at most 1,000,000 runs",
        "fewer values",
        "too large",
    ),
    Case(
        "too many values",
        f"{SEEDS}\n{DESIGN}",
        "seeds: 500\nmonths: 1200\nkeep: all  # HERE\ndesign: {kind: grid, levels: 500}",
        Kind.OUT_OF_BOUNDS,
        "keep",
        "500,000 runs",
        "values",
        "keep fewer months",
        "keeps too much",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenarios."""
    made = tmp_path_factory.mktemp("experiments")
    for name, text in SCENARIOS.items():
        path = made / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def good_scenarios() -> dict[Path, Scenario]:
    """Scenarios that were read without a problem."""
    return {}


@pytest.fixture
def read(
    folder: Path,
    good_scenarios: dict[Path, Scenario],
    monkeypatch: pytest.MonkeyPatch,
    dummy_policies: Interventions,
    dummy_shocks: Interventions,
    dummy_parameters: tuple[Parameter, ...],
) -> Read:
    """Read a text as the experiment file ``own.yaml``, beside which lie the scenarios; a good scenario is read once for all cases."""
    measures: Registry[Measure] = Registry("measure")
    for name, keys in (("jobs", ""), ("retention", "anchor")):
        measures.add(Measure(name, name.title(), "jobs", "count", "A stand-in.", "tests", "mean", keys, len))

    def once(source: SourceFile, known: Known, findings: Findings) -> Scenario | None:
        path = source.path.resolve()
        if path not in good_scenarios:
            scenario = read_scenario(source, known, findings)
            if scenario is None:
                return None
            good_scenarios[path] = scenario
        return good_scenarios[path]

    monkeypatch.setattr(experiment_scenarios, "read_scenario", once)

    def from_text(text: str) -> Experiment:
        path = folder / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return load_experiment(path, dummy_policies, dummy_shocks, measures, dummy_parameters)

    return from_text


def problems(read: Read, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.problems


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_wrong_experiment(case: Case, read: Read) -> None:
    assert GOOD.count(case.old) == 1
    text = GOOD.replace(case.old, case.new)
    if case.name == "too many values":
        text = text.replace(f"\n{KEEP}", "")
    if case.name == "policy that begins too late":
        text = text.replace(SHARE, "  - policy: found_cooperative  # HERE\n    option: jobs\n    values: [1, 2]").replace(f"\n{KEEP}", "")
    (problem,) = problems(read, text)
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith("# HERE")]
    assert problem.kind == case.kind
    assert problem.line == (lines[0] if lines else 1)
    assert problem.key == case.key
    for wanted, told in ((case.given, problem.given), (case.allowed, problem.allowed), (case.remedy, problem.remedy)):
        assert wanted in told
    assert case.message in problem.message
    assert problem.nearest == case.nearest


def test_the_good_file_is_good(read: Read) -> None:
    experiment = read(GOOD)
    assert experiment.arms == ("reference", "buying") and experiment.points == 6 and experiment.months == 24


def test_everything_wrong_is_told_at_once(read: Read) -> None:
    text = GOOD.replace(SEEDS, "seeds: 0").replace("levels: 3", "levels: 1").replace("[jobs]", "[work]").replace("0.6", "1.6")
    found = problems(read, text)
    assert [problem.key for problem in found] == ["seeds", "design.levels", "vary[0].high", "measures[0]"]


def test_a_broken_scenario_is_told_once_with_its_own_line(read: Read) -> None:
    text = GOOD.replace("./buying.yaml", "./broken.yaml").replace(f"\n{SHARE}", "")
    (problem,) = problems(read, text)
    assert problem.file.endswith("broken.yaml") and problem.line == 3 and problem.key == "months"


def test_a_missing_key_is_told_with_what_belongs_there(read: Read) -> None:
    found = problems(read, "title: Nothing else\n")
    assert {problem.key for problem in found} == {"scenarios", "design", "vary"}
    assert all(problem.kind == Kind.MISSING_KEY for problem in found)


def test_one_at_a_time_takes_low_usual_and_high(read: Read) -> None:
    text = GOOD.replace("{kind: grid, levels: 3}", "one-at-a-time")
    assert read(text).points == 1 + 2 + 2


def test_a_long_list_of_names_is_cut_to_the_nearest_and_a_command() -> None:
    findings = Findings()
    names = tuple(f"firms.parameter_{number}" for number in range(30))
    for listed in ("", "localwealth list parameters"):
        findings.add(Kind.UNKNOWN_NAME, "a.yaml", 1, (), "there is none", given="firms.parameter_7", names=names, listed=listed)
    whole, cut = (problem.allowed for problem in findings.problems)
    assert whole == ", ".join(names)
    assert cut.startswith("firms.parameter_7, ") and cut.endswith(" and 25 more: localwealth list parameters")
