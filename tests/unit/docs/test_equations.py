"""The pages of equations name what exists, leave out no formula, and say what the code computes."""

from __future__ import annotations

import ast
import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from support.pages import DOCS, ROOT

from sim.measures.formulas import ascendency, finn, inequality, multiplier
from sim.month.contracts.bids import Bids, award
from sim.month.firms.founding import chance_of_birth
from sim.month.labour.offers import offered_pay
from sim.month.labour.taxes import PayTaxes, tax_on_pay
from sim.month.labour.vote import least_hours
from sim.month.surplus import price_level
from sim.month.trade.comparing import accepts
from sim.month.turnover import closing_chance
from sim.runs.statistics.differences import holm, paired_difference, power
from sim.start.input_output import flegg_location_quotients
from sim.start.population import spread_from_gini, spread_of_pay

EQUATIONS = (DOCS / "equations.md", DOCS / "equations-of-measures.md")
SECTION = re.compile(r"^### (.+?)$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = [(page.name, title, text) for page in EQUATIONS for title, text in SECTION.findall(page.read_text(encoding="utf-8"))]
TITLES = [title for _, title, _ in SECTIONS]


def functions_of(path: Path) -> set[str]:
    """Names of the functions that a module defines."""
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def named(text: str) -> list[tuple[str, list[str]]]:
    """Modules that an equation names as its code, each with the functions named after it."""
    places = re.split(r"`(sim/[\w/]+\.py)`", text.partition("Code:")[2])
    return [(path, re.findall(r"`(\w+)`", rest)) for path, rest in zip(places[1::2], places[2::2], strict=True)]


@pytest.mark.parametrize(("page", "title", "text"), SECTIONS, ids=TITLES)
def test_an_equation_has_symbols_units_a_source_and_code_that_exists(page: str, title: str, text: str) -> None:
    assert "$$" in text
    assert "| Symbol | Meaning | Unit |" in text
    assert "Source: " in text
    for row in re.findall(r"^\| \$.*$", text, re.MULTILINE):
        assert len(row.replace("\\|", "").strip("| ").split(" | ")) == 3, row
    assert named(text)
    for path, functions in named(text):
        missing = set(functions) - functions_of(ROOT / path)
        assert not missing, f"{page}, {title}: {path} has no {missing}"


def test_every_published_formula_is_among_the_equations() -> None:
    told = {(path, name) for _, _, text in SECTIONS for path, names in named(text) for name in names}
    for path in [*(ROOT / "sim" / "measures" / "formulas").glob("[!_]*.py"), ROOT / "sim/runs/statistics/differences.py"]:
        for name in functions_of(path):
            assert name.startswith("_") or (path.relative_to(ROOT).as_posix(), name) in told, f"{path.name}: {name} stands on no page"


#: Where equations are worked out by hand or held against published tables, relative to the folder of tests.
WORKED = (
    "oracle/test_*.py",
    "unit/accounts/*.py",
    "unit/docs/test_equations*.py",
    "unit/formulas/*.py",
    "unit/month/*.py",
    "unit/runs/test_*.py",
)


def test_every_function_that_an_equation_names_is_worked_out_somewhere() -> None:
    tests = ROOT / "tests"
    worked = "\n".join(path.read_text(encoding="utf-8") for pattern in WORKED for path in sorted(tests.glob(pattern)))
    for _, title, text in SECTIONS:
        for path, names in named(text):
            for name in names:
                assert re.search(rf"\b{name}\(", worked), f"{title}: {path}: {name} is worked out in none of {WORKED}"


def clip(value: float, low: float, high: float) -> float:
    """A value held between two others."""
    return min(max(value, low), high)


def test_equations_of_the_opening_are_those_of_the_code() -> None:
    here, there = np.array([30.0, 10.0]), np.array([300.0, 700.0])
    simple = (here / 40.0) / (there / 1000.0)
    expected = simple[0] / simple[1] * math.log2(1 + 40 / 1000) ** 0.3
    assert flegg_location_quotients(here, there, 0.3)[0, 1] == pytest.approx(expected)
    assert spread_of_pay(4.0) == pytest.approx(math.log(4.0) / (2 * stats.norm.ppf(0.9)))
    assert spread_from_gini(0.6) == pytest.approx(math.sqrt(2) * stats.norm.ppf(0.8))


def test_equations_of_the_month_are_those_of_the_code() -> None:
    chance = 1 / (1 + math.exp(-5.0 * (1.1 - 1.0) - 0.4 * (1 - 0)))
    draws = np.array([chance - 1e-9, chance + 1e-9])
    went = accepts(np.full(2, 1.1), np.ones(2), np.ones(2, bool), np.zeros(2, bool), 5.0, 0.4, draws)
    assert went.tolist() == [True, False]
    assert price_level(np.array([90.0]), np.array([100.0]), 0.8, 0.3)[0] == pytest.approx(1 + 0.3 * clip(0.9 - 0.8, -0.2, 1))
    assert offered_pay(0.03, 0.06, 0.1) == pytest.approx((0.03 / 0.06) ** -0.1)
    rates = PayTaxes(1000.0, 0.2, 4000.0, 0.4, 500.0, 0.1)
    assert tax_on_pay(np.array([5000]), rates)[0] == math.floor(0.2 * 4000 + (0.4 - 0.2) * 1000 + 0.1 * 4500)
    assert closing_chance(np.array([13]), np.array([5]), np.array([0.1, 0.02]), 10.0, 1.5)[0] == pytest.approx(0.02 * 1.5 / (1 + 5 / 10))
    born = chance_of_birth(3.0, 10, np.array([80]), np.array([100]))[0]
    assert born == pytest.approx(min(1, 3 / 10 * clip(1 + 6 * 20 / 100, 0.25, 4)))
    hours = float(least_hours(np.array([0.4]), 3.0)[0])
    utility = [(x ** (1 - 3.0) - 1) / (1 - 3.0) for x in (hours, 1.0, 0.4)]
    assert utility[0] == pytest.approx(hours * utility[1] + (1 - hours) * utility[2], rel=1e-4)


def test_the_award_is_that_of_the_code() -> None:
    price, quality, social = np.array([[1.0, 1.2]]), np.array([[0.2, 0.9]]), np.array([[0.0, 1.0]])
    for weight in (0.0, 0.3):
        score = [(1 - weight) * (0.6 * 1.0 / b + 0.4 * q) + weight * v for b, q, v in zip(price[0], quality[0], social[0], strict=True)]
        fields = {
            "price": price,
            "quality": quality,
            "social": social,
            "valid": np.ones((1, 2), bool),
            "origin": np.array([[1, 1]], np.int8),
        }
        bids = Bids(**{name: fields.get(name, np.zeros((1, 2), np.int64)) for name in Bids.__dataclass_fields__})
        assert award(bids, 0.6, np.array([weight]), np.array([False]), np.array([0.0]))[0] == int(np.argmax(score))


def test_equations_of_measures_are_those_of_the_code() -> None:
    incomes = np.array([1.0, 2.0, 3.0, 10.0])
    assert inequality.gini(incomes) == pytest.approx(2 * sum(i * x for i, x in enumerate(incomes, 1)) / (4 * 16) - 5 / 4)
    passed, enters = np.array([[0.1, 0.3], [0.2, 0.2]]), np.array([0.6, 0.4])
    staying = [enters @ np.linalg.matrix_power(passed, n) @ np.ones(2) for n in range(60)]
    assert multiplier.hands_before_leaving(passed, enters) == pytest.approx(sum(staying))
    assert multiplier.hands_distribution(passed, enters, 2) == pytest.approx([1 - staying[1], staying[1] - staying[2]])
    assert multiplier.half_life(passed, enters).between == pytest.approx(math.log(1 / 0.5) / math.log(1 / staying[1]))
    flows = np.array([[0.0, 3.0], [1.0, 2.0]])
    diversity = -sum(f / 6 * math.log2(f / 6) for f in (3.0, 1.0, 2.0))
    mutual = sum(f / 6 * math.log2(f * 6 / (s * r)) for f, s, r in ((3.0, 3.0, 5.0), (1.0, 3.0, 1.0), (2.0, 3.0, 5.0)))
    found = ascendency.network_information(flows)
    assert (found.order, found.robustness) == pytest.approx((mutual / diversity, -mutual / diversity * math.log(mutual / diversity)))
    assert finn.average_path_length(flows, [2.0, 0.0]) == pytest.approx((6 + 2) / 2)


def test_equations_of_statistics_are_those_of_the_code() -> None:
    differences = np.array([1.0, 2.5, 0.5, 2.0, 1.5])
    found = paired_difference(np.zeros(5), differences)
    reach = stats.t.ppf(0.975, 4) * differences.std(ddof=1) / math.sqrt(5)
    assert (found.low, found.high) == pytest.approx((1.5 - reach, 1.5 + reach))
    values = [0.01, 0.04, 0.03]
    ordered = sorted(values)
    steps = [min(1.0, (3 - j) * p) for j, p in enumerate(ordered)]
    assert holm(values) == pytest.approx([max(steps[: ordered.index(p) + 1]) for p in values])
    edge, shift = stats.t.ppf(0.975, 19), math.sqrt(20) * 0.4
    assert power(0.4, 1.0, 20) == pytest.approx(1 - stats.nct.cdf(edge, 19, shift) + stats.nct.cdf(-edge, 19, shift), abs=1e-6)
