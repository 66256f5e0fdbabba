"""What the page says is what the report says: the same series, numbers, intervals, words and pence, and no penny lost in a picture."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.places import scaled, shipped

import sim
from sim.economy import Economy
from sim.page.view.page_view import Pair, page_view
from sim.page.view.pound import pound_view
from sim.page.view.room_words import room_words
from sim.page.view.web import MOST_EDGES, MOST_NODES, _chosen_edges, chosen_months, drawn_nodes, largest_firms, web_month, web_months
from sim.page.work.openings import Openings
from sim.page.work.runs import PAGE_MEASURES, ArmRun, arm_run
from sim.report.findings.receipts import receipts
from sim.report.findings.view import View
from sim.report.sections.cost import price_sentences, programme_sentences, region_sentences, winner_words
from sim.report.sections.headline import headline_sentence
from sim.report.words import difference_words
from sim.runs.stored.result import Result
from sim.runs.workers import Factory
from sim.settings.scenario import Scenario

MONTHS = 13
SEEDS = (1, 2, 3, 4)
ARMS = {"reference": "anytown/business-as-usual", "policy": "anytown/full-package"}


def small(name: str) -> Scenario:
    """A shipped scenario in a fifth of Anytown, for a year and a month."""
    scenario = shipped(name)
    return replace(scenario, place=scaled(scenario.place, 0.2), months=MONTHS)


@pytest.fixture(scope="module")
def openings() -> Openings:
    """Towns opened once for all tests of this file."""
    return Openings()


@pytest.fixture(scope="module")
def arms() -> dict[str, Scenario]:
    """Both arms."""
    return {arm: small(name) for arm, name in ARMS.items()}


@pytest.fixture(scope="module")
def pairs(openings: Openings, arms: dict[str, Scenario]) -> dict[int, Pair]:
    """The page's runs."""

    def run(arm: str, seed: int) -> ArmRun:
        return arm_run(arms[arm], seed, openings=openings)

    return {seed: (run("reference", seed), run("policy", seed)) for seed in SEEDS}


def recorded(openings: Openings) -> Factory:
    """What makes towns that record everything, out of those that are open."""

    def made(scenario: Scenario, seed: int) -> Economy:
        town = openings.town(scenario, seed)
        town.ledger.keep_journal = True
        return town

    return made


@pytest.fixture(scope="module")
def result(openings: Openings, arms: dict[str, Scenario]) -> Result:
    """The comparison as the command line makes it, everything recorded."""
    return sim.compare([arms["reference"], arms["policy"]], seeds=SEEDS, workers=1, factory=recorded(openings))


def test_series_of_the_page_are_those_of_a_full_run_to_the_last_bit(pairs: dict[int, Pair], result: Result) -> None:
    for place, arm in enumerate(result.arms):
        for row, seed in enumerate(SEEDS):
            series = pairs[seed][place].series
            assert all(np.array_equal(series[name], result.values(name, arm)[row], equal_nan=True) for name in series)
    asked = {name.partition("/")[0] for name in PAGE_MEASURES}
    assert {name.partition("/")[0] for name in pairs[1][0].series} == asked


def test_the_view_is_the_summary_of_the_comparison_to_the_last_digit(
    arms: dict[str, Scenario], pairs: dict[int, Pair], result: Result
) -> None:
    view = page_view(arms["reference"], arms["policy"], pairs, of=8)
    summary = result.summary().set_index("measure")
    report = View(result)
    assert len(view["rows"]) >= len(PAGE_MEASURES)
    for row in view["rows"]:
        told = summary.loc[row["measure"]]
        assert (row["reference"]["value"], row["policy"]["value"]) == (told["reference"], told["value"])
        found = report.compared(result.arms[1], row["measure"])
        assert found is not None
        difference = row["difference"]
        assert (difference["mean"], difference["low"], difference["high"]) == (told["difference"], found.low, found.high)
        assert row["decision"] == {"higher": "up", "lower": "down"}.get(str(told["decision"]), "none")
        # Whether it is a hint only depends on how many measures are compared, and the report compares more.
        assert without_hints(row["words"]) == without_hints(difference_words(found))
    assert [row["measure"] for row in view["rows"]][: len(result.manifest["headlines"])] == list(result.manifest["headlines"])
    json.dumps(view, allow_nan=False)


def without_hints(words: str) -> str:
    """A sentence without what hangs on how many measures are compared: the page compares fewer than the report."""
    return words.replace("; a hint only", "").replace(" (a hint only)", "")


def test_cost_losers_and_headline_are_sentences_of_the_report(arms: dict[str, Scenario], pairs: dict[int, Pair], result: Result) -> None:
    view, report, arm = page_view(arms["reference"], arms["policy"], pairs, of=4), View(result), result.arms[1]
    assert view["headline"] == headline_sentence(report, arm)
    assert [view["cost"]["sentence"]] == programme_sentences(report, arm)
    a_year = result.values("policy_costs", arm).sum(axis=1) * 12 / MONTHS
    assert view["cost"]["a_year"]["mean"] == pytest.approx(a_year.mean(), rel=1e-12)
    expected = [*region_sentences(report, arm), *price_sentences(report, arm), winner_words(receipts(report, arm), report.titles[arm])]
    titles = report.titles[arm], report.titles[result.reference]
    assert [without_hints(words) for words in view["losers"]] == [without_hints(room_words(words.strip(), *titles)) for words in expected]
    # Losses come before gains, and a signed difference has an interval with signs.
    assert view["losers"][-1].startswith("With what you chose, ")
    row = next(row for row in view["rows"] if row["measure"] == "retention_place/all")
    assert re.fullmatch(r"95% interval [+-][0-9.]+ to [+-][0-9.]+ points", row["difference"]["interval"])
    assert not any(f"“{title}”" in words for title in titles for words in (*view["losers"], *view["cost"]["more"]))


def test_courses_have_the_interval_of_each_month(arms: dict[str, Scenario], pairs: dict[int, Pair], result: Result) -> None:
    view = page_view(arms["reference"], arms["policy"], pairs, of=4)
    monthly = result.difference("jobs", result.arms[1])
    courses = view["series"]["jobs"]
    assert courses["reference"] == pytest.approx(monthly["reference"].to_list(), rel=1e-5)
    assert courses["policy"] == pytest.approx(monthly["value"].to_list(), rel=1e-5)
    assert courses["low"] == pytest.approx((monthly["reference"] + monthly["low"]).to_list(), rel=1e-5)


def test_exact_pence_are_those_of_the_run(arms: dict[str, Scenario], pairs: dict[int, Pair], openings: Openings, result: Result) -> None:
    view = page_view(arms["reference"], arms["policy"], {seed: pairs[seed] for seed in (2, 1)}, of=2)
    assert view["exact"]["seed"] == 1
    alone = sim.run(arms["policy"], seeds=1, workers=1, factory=recorded(openings))
    for arm, whole, name in (("reference", result, result.reference), ("policy", alone, alone.reference)):
        exact = view["exact"][arm]
        assert {"policy_costs", "contract_spend", "region_receipts", "anchor_payroll"} <= set(exact)
        assert exact == {series: round(100 * float(whole.values(series, name)[0, -1])) for series in exact}
        paid = whole.flow_matrix(name, 1, MONTHS)
        assert exact["contract_spend"] == -int(paid.pence[paid.channels.index("contracts"), paid.sectors.index("anchors")])


def test_one_pair_claims_nothing(arms: dict[str, Scenario], pairs: dict[int, Pair]) -> None:
    view = page_view(arms["reference"], arms["policy"], {1: pairs[1]}, of=8)
    assert (view["done"], view["of"]) == (1, 8)
    assert all(row["decision"] == "few" and row["words"].endswith("one run: wait for more") for row in view["rows"])
    differences = [row["difference"] for row in view["rows"]] + [view["cost"]["a_year"]]
    assert all(one["low"] is one["high"] is one["interval"] is None for one in differences)
    assert all(set(courses["low"]) == {None} for courses in view["series"].values())
    assert view["copy"] is None
    assert view["losers"][0] == "One run: wait for more before saying who receives more and who less."


def test_warnings_say_in_which_runs_and_months_and_a_copy_says_what_it_is_of(arms: dict[str, Scenario], pairs: dict[int, Pair]) -> None:
    told = [
        ((), ("month 40: the bank failed", "month 94: the bank failed", "a word")),
        (("month 2: the bank failed",), ("month 3: the bank failed",)),
        ((), ("month 38: the bank failed", "month 7: the trust could not pay")),
    ]
    warned = {
        seed: (replace(pairs[1][0], seed=seed, warnings=usual), replace(pairs[1][1], seed=seed, warnings=chosen))
        for seed, (usual, chosen) in enumerate(told, start=1)
    }
    policy = replace(arms["policy"], residents=1250, full_residents=5000)
    view = page_view(arms["reference"], policy, warned, of=8)
    assert view["warnings"] == [
        {"words": "The bank failed,", "runs": "in 2 of 3 runs, months 38 to 94."},  # what the paired run warned of too is left out
        {"words": "A word,", "runs": "in 1 of 3 runs."},
        {"words": "The trust could not pay,", "runs": "in 1 of 3 runs, month 7."},
    ]
    assert (view["copy"]["residents"], view["copy"]["of"]) == (1250, 5000)
    assert view["copy"]["words"] == "in the copy of 1,250 residents"
    assert "out of 5,000" in view["copy"]["note"] and "can't simply be multiplied" in view["copy"]["note"]


def test_money_keeps_its_pence_when_a_web_is_drawn(arms: dict[str, Scenario], openings: Openings) -> None:
    for scenario in arms.values():
        town = openings.town(scenario, 1)
        largest = largest_firms(town)
        town.ledger.keep_journal = True
        town.advance()
        web, graph = web_month(town, largest), town.supply_web()
        kinds = {node["id"]: node["kind"] for node in web["nodes"]}
        place = drawn_nodes(town, graph, largest)
        before: Counter[tuple[str, str]] = Counter()
        for payer, payee, pence in graph.edges(data="pence"):
            before[place[payer].kind, place[payee].kind] += pence
        after = Counter({(one["from"], one["to"]): one["pence"] for one in web["rest"]})
        for edge in web["edges"]:
            after[kinds[edge["from"]], kinds[edge["to"]]] += edge["pence"]
        assert after == before and sum(after.values()) == sum(int(one.pence.sum()) for one in town.ledger.journal)
        assert sum(node["pence_in"] for node in web["nodes"]) == sum(node["pence_out"] for node in web["nodes"]) == sum(after.values())
        people = int(sum((town.firms[name].sum() + town.anchors[name].sum()) for name in ("workers", "commuters")))
        assert sum(node["jobs"] for node in web["nodes"] if node["kind"] != "neighbourhood") == people


PENCE = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(["contracts", "wages", "inputs", "rents", "grants"])),
    st.integers(1, 10**12),
)


@given(PENCE)
def test_choosing_what_to_draw_moves_pence_and_loses_none(pence: dict[tuple[str, str, str], int]) -> None:
    kinds = dict(zip("abcdef", ["anchor", "anchor", "group", "firm", "branch", "bank"], strict=True))
    edges, rest = _chosen_edges(Counter(pence), kinds)
    before, after = Counter[tuple[str, str]](), Counter({(one["from"], one["to"]): one["pence"] for one in rest})
    for (payer, payee, _), amount in pence.items():
        before[kinds[payer], kinds[payee]] += amount
    for edge in edges:
        after[kinds[edge["from"]], kinds[edge["to"]]] += edge["pence"]
    assert after == before
    assert all(edge["from"] != edge["to"] for edge in edges) and len(edges) <= MOST_EDGES


def test_a_web_stays_in_its_place_from_month_to_month_and_between_the_arms(arms: dict[str, Scenario], openings: Openings) -> None:
    webs = {arm: web_months(scenario, 1, openings) for arm, scenario in arms.items()}
    assert [month["month"] for month in webs["policy"]] == chosen_months(MONTHS) == [1, 12, 13]
    nodes = {(arm, month["month"]): {node["id"]: node for node in month["nodes"]} for arm, found in webs.items() for month in found}
    for found in nodes.values():
        assert len(found) <= MOST_NODES
        assert list(found) == sorted(found)
    first = nodes["reference", 1]
    for found in nodes.values():
        both = set(first) & set(found)
        assert len(both) >= 0.8 * len(first)
        assert all(found[one]["sector"] == first[one]["sector"] for one in both)
        # A firm may change hands; nothing else changes its kind.
        assert all(found[one]["kind"] == first[one]["kind"] for one in both if not one.startswith("firm "))
    assert webs["policy"] == web_months(arms["policy"], 1, openings)
    json.dumps(webs, allow_nan=False)


def test_a_followed_pound_is_that_of_the_command_line(arms: dict[str, Scenario], openings: Openings) -> None:
    found = pound_view(arms["policy"], "council", 3, 100.0, 1, openings)
    trail = sim.follow(arms["policy"], "council", month=3)
    assert found | trail.as_dict() == found
    assert [hop["payer"] for hop in found["hops"]] == [step.payer for step in trail.path]
    assert sum(end["pence"] for end in found["leaves"]) == 10_000
    first = found["payments"][0]
    assert sum(one["pence"] for one in (*first["holders"], *first["ends"])) == 10_000
    json.dumps(found, allow_nan=False)


def test_a_month_that_the_run_does_not_have_is_refused_in_words(arms: dict[str, Scenario]) -> None:
    with pytest.raises(sim.errors.InputError, match="the run has no such month") as error:
        pound_view(arms["policy"], "council", MONTHS + 1)
    assert error.value.problems[0].allowed == f"1 to {MONTHS}"
