"""What facts ask is there: figures, entries, anchors, scenarios and months of every shipped place; and what is wrong is said."""

from __future__ import annotations

from typing import Any

import pytest

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError
from sim.runs.scenarios import load
from sim.runs.validation.facts import Fact, facts_of_book, national_facts
from sim.runs.validation.plan import plan_facts, plan_place, usual_scenario
from sim.settings.load import load_place, shipped
from sim.settings.places.sections import PublishedFact
from sim.settings.scenarios.scaling import GROWING_OPTIONS, scaled_scenario, usual_share

TOWN = load_place("anytown")

#: Options with a unit of money, people or things that are of one thing, not of the whole place: they keep their size in a smaller one.
OF_ONE_THING = {
    ("below_market_leases", "upkeep"),
    ("community_asset_transfer", "grant"),
    ("community_asset_transfer", "units"),
    ("community_asset_transfer", "upkeep"),
    ("community_asset_transfer", "value"),
    ("community_bank", "interest_cover"),
    ("community_bank", "largest_loan"),
    ("community_land_trust", "cost_per_home"),
    ("community_land_trust", "ground_rent"),
    ("contract_length", "cost_per_letting"),
    ("contract_length", "years"),
    ("cooperative_development", "capital"),
    ("cooperative_development", "entry_stake"),
    ("cooperative_development", "jobs"),
    ("credit_union", "largest_loan"),
    ("credit_union", "savings_months"),
    ("employee_buyout", "support_cost_per_worker"),
    ("energy_prices", "rise"),
    ("influenceable_spend", "cost_per_contract"),
    ("insourcing", "transition_cost_per_post"),
    ("inward_investment", "subsidy_per_job"),
    ("lots", "cost_per_lot"),
    ("lots", "largest_lot"),
    ("marcora_buyout", "matching"),
    ("marcora_buyout", "stake_per_worker"),
    ("marcora_buyout", "support_cost_per_worker"),
    ("meanwhile_use", "cost"),
    ("outsourcing", "cost_per_post"),
    ("pandemic", "furlough_most"),
    ("pension_investment", "interest_cover"),
    ("pension_investment", "largest_loan"),
    ("progression", "cost_per_person"),
    ("prompt_payment", "days"),
    ("reserved_competitions", "threshold"),
    ("right_of_first_refusal", "legal_cost"),
    ("social_housing", "cost_per_home"),
    ("social_housing", "loan_years"),
    ("social_housing", "upkeep_per_home"),
    ("solidarity_fund", "capital_per_founding"),
    ("supplier_development", "advice_cost_per_firm"),
    ("supplier_development", "grant_per_firm"),
    ("targeted_recruitment", "cost_per_hire"),
    ("targeted_recruitment", "neighbourhoods"),
}


@pytest.mark.parametrize("name", shipped("place"))
def test_what_the_facts_of_a_shipped_place_ask_is_there(name: str) -> None:
    plan = plan_place(name)
    names = [question.fact.name for question in plan.questions]
    assert len(set(names)) == len(names), "two facts of one name and year can't be told apart"
    for question in plan.questions:
        arm = plan.arms[question.arm]
        assert 1 <= question.first <= question.last <= max(arm.months, 240)
        assert question.against == "" or question.against in plan.arms
    assert all(plan.months(arm) >= 12 for arm in plan.arms)


def test_national_facts_name_places_that_are_there_and_sources_that_hold_them() -> None:
    for book in national_facts():
        assert set(book.compared_in) <= set(shipped("place"))
        assert {entry.source for entry in book.facts} == set(book.sources), "a source is not used, or not declared"
        assert all(fact.address.startswith("http") for fact in facts_of_book(book))


def test_every_option_of_a_policy_grows_with_the_place_or_does_not() -> None:
    sized = {
        (item.name, option.name) for item in (*POLICIES, *SHOCKS) for option in item.options if option.kind in ("money", "count", "number")
    }
    assert sized == GROWING_OPTIONS | OF_ONE_THING
    assert not GROWING_OPTIONS & OF_ONE_THING


def fact(figure: str, **model: Any) -> Fact:
    """A made-up fact of the invented town."""
    entry = PublishedFact.model_validate(
        {"fact": "Made up", "value": 1.0, "unit": "share", "year": 2013, "source": "invented-town", "mark": "C"}
        | {"model": {"figure": figure, **model}}
    )
    return Fact(TOWN.title, entry, "Made up", "none")


WRONG = [
    (fact("anchor_shares"), "there is no figure 'anchor_shares'", "write 'anchor_share'"),
    (fact("anchor_share", anchors=("counsil",)), "the place has no anchor 'counsil'", "write 'council'"),
    (fact("survival"), "the figure survival needs a key", "write one of the allowed names"),
    (fact("firms_of_size", key="0-5"), "the figure firms_of_size has no entry '0-5'", "write one of the allowed names"),
    (fact("birth_rate", key="all"), "the figure birth_rate has no entry 'all'", "leave the key out"),
    (fact("birth_rate", where="place"), "the figure birth_rate takes no anchors and no where", "write one of the allowed names"),
    (fact("unemployment", where="place"), "the measure unemployment takes no anchors and no where", "write one of the allowed names"),
    (fact("unemployment", key="all"), "the measure unemployment has no entries", "leave the key out"),
    (fact("retention_place"), "the measure retention_place needs a key", "give one"),
    (fact("unemployment", scenario="anytown/buy-locally"), "there is no scenario 'anytown/buy-locally'", "write 'anytown/buy-local'"),
    (fact("unemployment", scenario="preston/buy-local"), "the scenario is of another place", "write one of the allowed names"),
    (fact("unemployment", first="2012-04"), "these months are not in the run", "correct the months"),
    (fact("unemployment", first="2014-04", last="2014-03"), "these months are not in the run", "correct the months"),
    (fact("unemployment", first="2014-13"), "there is no month 13 of the year 2014", "write one of the allowed names"),
    (fact("unemployment", relative=True), "only an effect can be relative", "write one of the allowed names"),
]


@pytest.mark.parametrize(("wrong", "message", "remedy"), WRONG, ids=[message for _, message, _ in WRONG])
def test_what_is_wrong_with_a_question_is_said(wrong: Fact, message: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        plan_facts(TOWN, [wrong], "mine.yaml")
    problem = caught.value.problems[0]
    assert message in problem.message
    assert problem.remedy == remedy
    if "scenario 'any" not in message:
        assert problem.where.startswith("mine.yaml, published, Made up (2013): model.")


def test_every_problem_comes_at_once() -> None:
    with pytest.raises(InputError) as caught:
        plan_facts(TOWN, [fact("one"), fact("anchor_share", anchors=("two",), first="2014-13")], "mine.yaml")
    assert len(caught.value.problems) >= 2


def test_months_are_a_year_from_the_first_unless_said() -> None:
    plan = plan_facts(
        TOWN, [fact("unemployment"), fact("jobs", first="2015-04", scenario="anytown/buy-local", against="anytown/business-as-usual")], ""
    )
    assert [(question.first, question.last) for question in plan.questions] == [(1, 12), (25, 36)]
    assert (plan.months("anytown/business-as-usual"), plan.months("anytown/buy-local")) == (36, 36)
    assert plan.month_of(plan.questions[1], 25) == "2015-04"


def test_a_place_without_scenarios_is_run_without_policies_from_the_year_of_its_prices() -> None:
    scenario = usual_scenario(TOWN.model_copy(update={"name": "elsewhere", "prices": "2019"}))
    assert (scenario.name, str(scenario.start), scenario.policies) == ("elsewhere, no policy", "2019-01", ())


def test_a_scenario_at_a_tenth_of_its_size_founds_a_tenth() -> None:
    package = load("anytown/full-package")
    small = scaled_scenario(package, 0.1)
    before, after = ({use.use: use.options for use in scenario.policies} for scenario in (package, small))
    assert after["municipal_cooperative"]["seed_capital"] == pytest.approx(0.1 * before["municipal_cooperative"]["seed_capital"])
    assert after["lots"]["largest_lot"] == before["lots"]["largest_lot"]
    assert float(small.place.population.residents) == pytest.approx(0.1 * float(TOWN.population.residents))
    assert scaled_scenario(package, 1.0) is package


def test_large_places_are_run_smaller() -> None:
    assert usual_share(TOWN) == 1.0
    preston = load_place("preston")
    assert usual_share(preston) == pytest.approx(50_000 / 140_202)
    assert usual_share(preston, 10_000) == pytest.approx(10_000 / 140_202)
    assert usual_share(preston, 10_000, counts_founding=True) == pytest.approx(50_000 / 140_202)
