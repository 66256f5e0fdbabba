"""Wrong experiment files: title, scenarios and seeds; and all that is wrong told at once."""

from __future__ import annotations

import pytest
from support.wrong_experiments import ARMS, GOOD, SEEDS, SHARE, Case, Read, problems, told_as_it_should_be

from sim.settings.reading.problems import Findings, Kind

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
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_wrong_scenarios_and_seeds(case: Case, read: Read) -> None:
    told_as_it_should_be(case, read)


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
