"""Each policy and shock changes the month's rules as it says, and nothing else, on a stand-in of a town."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.laboratory import use
from support.places import shipped

from sim.core.calendar import Month, Ramp
from sim.core.registry import POLICIES, SHOCKS
from sim.errors import UnknownNameError
from sim.kinds.rules import Closure, Founding, Rules, usual_rules
from sim.policies.apply import InForce, PoliciesInForce, _members
from sim.policies.base import Policy
from sim.settings.reading.problems import Findings
from sim.settings.scenarios.contradictions import find_contradictions
from sim.settings.sectors import SECTORS

ANCHORS = ("council", "hospital", "college")
SHARES = (0.2, 0.1, 0.3)


@pytest.fixture
def town() -> Any:
    """What a policy may look at: three anchors, their opening local shares, pence in a pound, parameters."""
    place = SimpleNamespace(anchors=[SimpleNamespace(name=name, share_in_place=share) for name, share in zip(ANCHORS, SHARES, strict=True)])
    parameters = shipped("anytown/business-as-usual").parameters
    return SimpleNamespace(
        place=place, structure=SimpleNamespace(minor_units=100), rules=usual_rules(parameters, 3), anchors=ANCHORS, month=1
    )


def applied(town: Any, name: str, strength: float = 1.0, first: bool = True, **options: Any) -> Rules:
    """The usual rules after one policy."""
    given = use(name, **options).options
    kind = (POLICIES if name in POLICIES.names() else SHOCKS)[name]
    assert issubclass(kind, Policy)
    rules = deepcopy(town.rules)
    kind(given).apply(town, rules, strength, first)
    return rules


def changed(town: Any, rules: Rules) -> set[str]:
    """Names of the rules that are not as usual."""
    found = set()
    for item in fields(Rules):
        ours, usual = getattr(rules, item.name), getattr(town.rules, item.name)
        same = np.array_equal(ours, usual, equal_nan=True) if isinstance(ours, np.ndarray) else repr(ours) == repr(usual)
        if not same:
            found.add(item.name)
    return found


def test_a_target_rises_from_the_opening_share_of_the_anchors_named(town: Any) -> None:
    rules = applied(town, "local_spend_target", 0.5, anchors=("council", "college"), share=0.4, maximum_premium=0.07)
    assert changed(town, rules) == {"local_target", "maximum_premium"}
    np.testing.assert_allclose(rules.local_target, [0.3, np.nan, 0.35])
    np.testing.assert_allclose(rules.maximum_premium, [0.07, 0.0, 0.07])
    full = applied(town, "local_spend_target", 1.0, share=0.4)
    np.testing.assert_allclose(full.local_target, [0.4, 0.4, 0.4])


def test_outreach_grows_with_the_ramp_and_its_cost_is_shared(town: Any) -> None:
    rules = applied(town, "outreach", 0.5, anchors=("council", "college"), reach=0.6, monthly_cost=100.0)
    assert changed(town, rules) == {"reach", "monthly_cost"}
    np.testing.assert_allclose(rules.reach, [0.3, 0.0, 0.3])
    assert rules.monthly_cost.tolist() == [5000, 0, 5000]


def test_lots_come_down_with_the_ramp(town: Any) -> None:
    rules = applied(town, "lots", 0.5, anchors=("hospital",), largest_lot=50000.0, cost_per_lot=1500.0)
    assert changed(town, rules) == {"largest_lot", "cost_per_lot"}
    assert rules.largest_lot.tolist() == [np.inf, 10_000_000.0, np.inf]
    assert rules.cost_per_lot.tolist() == [0.0, 150000.0, 0.0]


def test_social_value_has_the_composition_given_or_equal_parts(town: Any) -> None:
    rules = applied(town, "social_value_weight", 0.5, weight=0.2, composition={"local": 0.75, "cooperative": 0.25})
    assert changed(town, rules) == {"social_value_weight", "social_value_parts"}
    np.testing.assert_allclose(rules.social_value_weight, 0.1)
    np.testing.assert_allclose(rules.social_value_parts, [[0.75, 0.0, 0.25, 0.0]] * 3)
    plain = applied(town, "social_value_weight", weight=0.2)
    np.testing.assert_allclose(plain.social_value_parts, 0.25)


@pytest.mark.parametrize(("name", "rule"), [("living_wage_anchors", "living_wage"), ("living_wage_contracts", "contract_living_wage")])
def test_the_living_wage_concerns_the_anchors_named(town: Any, name: str, rule: str) -> None:
    rules = applied(town, name, anchors=("college",))
    assert changed(town, rules) == {rule}
    assert getattr(rules, rule).tolist() == [False, False, True]
    assert getattr(applied(town, name), rule).all()
    # A floor half of the way up, half of it phased in.
    assert getattr(applied(town, name, 0.5, coverage=0.5), rule).tolist() == [0.25, 0.25, 0.25]


def test_a_cooperative_is_founded_in_the_first_month_only(town: Any) -> None:
    options = {
        "anchor": "hospital",
        "sector": "administrative",
        "seed_capital": 1000.0,
        "contract_annual_value": 2400.0,
        "contract_months": 36,
        "jobs": 5.0,
    }
    rules = applied(town, "municipal_cooperative", **options)
    assert changed(town, rules) == {"foundings"}
    sector = SECTORS.index("administrative")
    expected = Founding("the administrative co-operative", "cooperative", sector, 5.0, 100000, 1, 20000, 36)
    assert rules.foundings == [expected]
    assert changed(town, applied(town, "municipal_cooperative", first=False, **options)) == set()


def test_a_buy_out_share_grows_with_the_ramp_and_the_higher_of_two_counts(town: Any) -> None:
    rules = applied(town, "employee_buyout", 0.5, anchor="college", share=0.4, support_cost_per_worker=12.5)
    assert changed(town, rules) == {"buyout_share", "buyout_cost_per_worker", "buyout_anchor"}
    assert (rules.buyout_share, rules.buyout_cost_per_worker, rules.buyout_anchor) == (0.2, 1250, 2)


def test_a_cut_takes_its_share_of_the_grant_and_two_cuts_multiply(town: Any) -> None:
    rules = applied(town, "budget_cut", 0.5, anchors=("council",), share=0.2)
    assert changed(town, rules) == {"grant_factor"}
    np.testing.assert_allclose(rules.grant_factor, [0.9, 1.0, 1.0])
    SHOCKS["budget_cut"](use("budget_cut", share=0.5).options).apply(town, rules, 1.0, False)  # type: ignore[attr-defined, call-arg]
    np.testing.assert_allclose(rules.grant_factor, [0.45, 0.5, 0.5])


def test_a_closure_happens_in_the_first_month_only(town: Any) -> None:
    rules = applied(town, "branch_closes", sector="construction", jobs=40.0)
    assert changed(town, rules) == {"closures"}
    assert rules.closures == [Closure(SECTORS.index("construction"), 40.0, "A branch closes", 1.0)]
    assert changed(town, applied(town, "branch_closes", first=False, sector="construction", jobs=40.0)) == set()
    gentle = applied(town, "branch_closes", sector="construction", jobs=40.0, outside_sales_lost=0.25)
    assert gentle.closures[0].outside_sales_lost == 0.25


def test_the_first_policies_and_shocks_are_all_tested_here() -> None:
    tested = {
        "local_spend_target",
        "outreach",
        "lots",
        "social_value_weight",
        "living_wage_anchors",
        "living_wage_contracts",
        "municipal_cooperative",
        "employee_buyout",
        "budget_cut",
        "branch_closes",
    }
    assert tested <= {*POLICIES.names(), *SHOCKS.names()}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("employee_buyout", {"share": 0.4, "support_cost_per_worker": 10.0}),
        ("right_of_first_refusal", {"share": 0.4, "legal_cost": 10.0}),
        ("business_rates_cut", {"share": 0.4}),
    ],
)
def test_what_one_anchor_alone_can_pay_for_is_not_used_twice(name: str, options: dict[str, float]) -> None:
    findings = Findings()
    uses = [(use(name, anchor=anchor, **options), POLICIES[name], "policies") for anchor in ("council", "college")]
    find_contradictions(uses, Month(2020, 1), findings)
    assert len(findings.problems) == 1
    assert "twice for the same target" in findings.problems[0].message


def test_an_anchor_that_the_place_lacks_is_named_with_the_nearest(town: Any) -> None:
    """Options set in Python were not read from a file, so nothing has checked them before."""
    told = "there is no anchor 'colege'; the nearest name is 'college'; known: council, hospital, college"
    with pytest.raises(UnknownNameError, match=told):
        applied(town, "employee_buyout", anchor="colege", share=0.4, support_cost_per_worker=1.0)
    with pytest.raises(UnknownNameError, match=told):
        applied(town, "outreach", anchors=("council", "colege"), reach=0.4)


class Noting(Policy):
    """Notes when it is applied."""

    def __init__(self) -> None:
        super().__init__({})
        self.seen: list[tuple[int, float, bool]] = []

    def apply(self, town: Any, rules: Rules, strength: float, first: bool) -> None:
        self.seen.append((town.month, strength, first))


def test_a_policy_is_applied_from_its_start_to_its_end_with_its_ramp(town: Any) -> None:
    policy = Noting()
    in_force = PoliciesInForce((InForce(policy, Ramp(3, 2, 5)),))
    for month in range(1, 8):
        town.month = month
        rules = in_force.rules(town)
        assert changed(town, rules) == set()
    assert policy.seen == [(3, 0.5, True), (4, 1.0, False), (5, 1.0, False)]
    assert in_force.none().members == ()


def test_rules_start_afresh_each_month(town: Any) -> None:
    kind = SHOCKS["budget_cut"]
    assert issubclass(kind, Policy)
    in_force = PoliciesInForce((InForce(kind(use("budget_cut", share=0.5).options), Ramp(1, 0, 2)),))
    factors = []
    for month in (1, 2, 3):
        town.month = month
        town.rules = in_force.rules(town)
        factors.append(float(town.rules.grant_factor[0]))
    assert factors == [0.5, 0.5, 1.0]


@pytest.mark.parametrize(
    "name",
    [
        *("outsourcing", "below_market_leases", "meanwhile_use", "community_bank", "credit_union", "local_currency"),
        *("cooperative_development", "insourcing", "contract_length", "lots", "supplier_development"),
    ],
)
def test_a_policy_that_is_switched_off_changes_no_rule(town: Any, name: str) -> None:
    options: dict[str, Any] = {"anchor": "council"} if "anchor" in {option.name for option in POLICIES[name].options} else {}
    off = applied(town, name, **{**options, **POLICIES[name].off})
    assert changed(town, off) == set()


def test_a_policy_that_is_only_declared_can_not_be_applied() -> None:
    only_declared = type("OnlyDeclared", (), {"name": "only_declared"})
    with pytest.raises(TypeError, match=r"only_declared is declared but can't be applied: derive it from sim\.policies\.base\.Policy"):
        list(_members([SimpleNamespace(use="only_declared")], {"only_declared": only_declared}))  # type: ignore[arg-type, list-item]
