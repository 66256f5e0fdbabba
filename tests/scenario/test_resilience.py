"""Resilience from runs to report: four arms, with and without a package, with and without a shock."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.laboratory import use

import sim
from sim.report.findings.view import View
from sim.report.sections.headline import headline_section
from sim.report.sections.resilience import resilience_section
from sim.report.sections.security import security_section
from sim.runs import Result, load_result
from sim.runs.statistics.resilience import BEFORE, fall_of, without_shocks
from sim.runs.words.resilience import FOUR, fallen, resilience_lines
from sim.runs.words.terminal import print_result

MONTHS, START = 12, 4
PLAIN, PACKAGE = "anytown/business-as-usual", "anytown/full-package"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of the four arms."""
    shocks = (use("branch_closes", start=START, sector="other-manufacturing", jobs=60.0),)
    shaken = [replace(sim.load(name), name=f"{name}-shaken", title=f"{name} shaken", shocks=shocks) for name in (PLAIN, PACKAGE)]
    arms = [sim.load(PLAIN), shaken[0], sim.load(PACKAGE), shaken[1]]
    out = tmp_path_factory.mktemp("four") / "arms"
    sim.compare(arms, seeds=2, workers=1, months=MONTHS, out=out, quiet=True)
    return out


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return load_result(folder)


def test_every_fall_is_that_of_the_series(result: Result) -> None:
    table = result.tables["resilience"]
    assert len(table) == 2 * 2 * 3 * 2
    row = table[(table["arm"] == f"{PACKAGE}-shaken") & (table["measure"] == "jobs") & (table["against"] == PACKAGE)].iloc[0]
    with_it, without = result.values("jobs", f"{PACKAGE}-shaken")[0], result.values("jobs", PACKAGE)[0]
    np.testing.assert_array_equal(with_it[: START - 1], without[: START - 1])
    assert (row["depth"], row["lost"]) == (max(without - with_it), np.maximum(without - with_it, 0)[START - 1 :].sum())
    assert row["depth"] > 0
    own = table[(table["arm"] == f"{PLAIN}-shaken") & (table["measure"] == "output") & (table["against"] == BEFORE)].iloc[1]
    course = result.values("output", f"{PLAIN}-shaken")[1]
    assert own["depth"] == fall_of(course, np.full(MONTHS, course[: START - 1].mean()), START - 1).depth


def test_the_report_and_the_terminal_tell_it(result: Result) -> None:
    section = resilience_section(View(result))
    assert section is not None
    page = str(section.body)
    assert [table.name for table in section.tables] == ["Resilience", "Softened"]
    assert "What the policies changed of that" in page
    assert "Jobs in the place: largest fall" in page
    stream = io.StringIO()
    print_result(result, stream)
    words = " ".join(stream.getvalue().split())
    assert f"Shock of month {START}: jobs in the place at most" in words
    assert "the same without the shock" in words
    assert resilience_lines(result, PLAIN) == []
    assert {one.against for one in fallen(result)} == {PLAIN, PACKAGE, BEFORE}


def test_policies_and_a_shock_together_are_told_apart_or_the_way_to_it_is(result: Result) -> None:
    together = "those of the policies and the shock together."
    whole = str(headline_section(View(result)).body)
    assert whole.count(together) == 1 and FOUR not in whole
    section = resilience_section(View(result))
    assert section is not None and FOUR not in str(section.body)
    table = result.tables["resilience"]
    alone = View(replace(result, tables={**result.tables, "resilience": table[table["against"] == BEFORE]}))
    assert f"{together} {FOUR}" in str(headline_section(alone).body)
    section = resilience_section(alone)
    assert section is not None
    assert str(section.body).count("changed of the fall") == 1
    assert FOUR in str(section.body)


def test_without_a_shock_the_report_has_no_such_section(result: Result) -> None:
    calm = replace(result, tables={**result.tables, "resilience": result.tables["resilience"].iloc[:0]})
    assert resilience_section(View(calm)) is None


def test_the_report_says_how_safe_money_is(result: Result) -> None:
    section = security_section(View(result))
    assert section is not None
    assert [table.name for table in section.tables][:2] == ["Security 1", "By fifth 1"]
    assert len(section.tables[0].rows) == 14
    assert "Financial Conduct Authority" in str(section.body)
    emptied = replace(result, tables={**result.tables, "series": result.tables["series"].query("measure == 'jobs'")})
    assert security_section(View(emptied)) is None


def test_the_shipped_arms_belong_together() -> None:
    names = (PLAIN, "anytown/export-recession", PACKAGE, "anytown/full-package-export-recession")
    assert without_shocks({name: sim.load(name) for name in names}) == {names[1]: names[0], names[3]: names[2]}
