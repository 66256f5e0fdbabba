"""What levers of employment and shocks write into the month's rules, on a stand-in of a town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.laboratory import use
from support.places import shipped

from sim.core.registry import POLICIES, SHOCKS
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.rules import Rules, usual_rules
from sim.kinds.rules_employment import EmploymentRules
from sim.kinds.rules_events import EventRules
from sim.policies.base import Policy
from sim.settings.sectors import SECTORS

FINANCE, SHOPS = SECTORS.index("finance"), SECTORS.index("wholesale-retail")


@pytest.fixture
def town() -> Any:
    """Two anchors, three neighbourhoods, three firms."""
    places = [SimpleNamespace(deprivation=value, population_share=1 / 3) for value in (0.2, 0.9, 0.5)]
    anchors = ("council", "hospital")
    firms = {
        "kind": np.array([Branch.code, Branch.code, LocalSME.code]),
        "sector": np.array([FINANCE, SHOPS, FINANCE]),
        "workers": np.array([10, 20, 30]),
        "commuters": np.array([2, 0, 0]),
    }
    return SimpleNamespace(
        place=SimpleNamespace(anchors=[SimpleNamespace(name=name) for name in anchors], neighbourhoods=places),
        structure=SimpleNamespace(minor_units=100),
        anchors=anchors,
        firms=firms,
        month=1,
    )


def applied(town: Any, *uses: tuple[str, float, dict[str, Any]], first: bool = True) -> Rules:
    """The usual rules after some levers, each at its strength."""
    rules = usual_rules(shipped("anytown/business-as-usual").parameters, len(town.anchors))
    for name, strength, options in uses:
        kind = (POLICIES if name in POLICIES.names() else SHOCKS)[name]
        assert issubclass(kind, Policy)
        kind(use(name, **options).options).apply(town, rules, strength, first)
    return rules


def test_recruitment_names_the_most_deprived_and_grows_with_the_ramp(town: Any) -> None:
    options = {"share": 0.6, "neighbourhoods": 2, "cost_per_hire": 10.0, "anchors": ("hospital",)}
    ours = applied(town, ("targeted_recruitment", 0.5, options)).employment
    assert ours.recruitment_share is not None and ours.recruitment_cost is not None and ours.recruitment_neighbourhoods is not None
    assert ours.recruitment_share.tolist() == [0.0, 0.3]
    assert ours.recruitment_cost.tolist() == [0, 1000]
    assert ours.recruitment_neighbourhoods.tolist() == [False, True, True]


def test_progression_of_two_anchors_is_set_one_by_one(town: Any) -> None:
    one = {"share": 0.2, "gain": 0.1, "cost_per_person": 5.0, "anchors": ("council",)}
    two = {"share": 0.4, "gain": 0.05, "cost_per_person": 7.0, "anchors": ("hospital",)}
    ours = applied(town, ("progression", 1.0, one), ("progression", 1.0, two)).employment
    assert ours.training_share is not None and ours.training_cost is not None
    assert ours.training_share.tolist() == [0.2, 0.4]
    assert ours.training_cost.tolist() == [500, 700]
    assert ours.training_gain is not None
    assert ours.training_gain.tolist() == [0.1, 0.05]


def test_guarantee_and_accreditation(town: Any) -> None:
    ours = applied(town, ("secure_hours", 0.5, {"guaranteed_share": 0.8, "anchors": ("council",)})).employment
    assert ours.guaranteed_hours is not None
    assert ours.guaranteed_hours.tolist() == [0.4, 0.0]
    campaign = {"firms_a_year_share": 0.1, "monthly_cost": 3.0, "anchors": ("council",)}
    rules = applied(town, ("living_wage_accreditation", 1.0, campaign))
    assert rules.employment.accredited_share == 0.1
    assert rules.monthly_cost.tolist() == [300, 0]


def test_energy_and_recession_multiply(town: Any) -> None:
    events = applied(town, ("energy_prices", 0.5, {"rise": 1.0}), ("energy_prices", 1.0, {"rise": 0.2})).events
    assert events.energy_price == pytest.approx(1.8)
    events = applied(town, ("export_recession", 1.0, {"fall": 0.5}), ("export_recession", 1.0, {"fall": 0.5, "sector": "finance"})).events
    assert events.export_fall is not None
    assert events.export_fall[FINANCE] == 0.75
    assert events.export_fall[SHOPS] == 0.5


def test_a_pandemic_concerns_its_categories_and_furlough_is_there_at_once(town: Any) -> None:
    events = applied(town, ("pandemic", 0.5, {"eating_out": 0.6, "furlough_share": 0.8, "furlough_most": 2500.0})).events
    assert events.spending_fall is not None
    assert np.flatnonzero(events.spending_fall).tolist() == [4]
    assert events.spending_fall[4] == 0.3
    assert (events.furlough_share, events.furlough_most) == (0.8, 250000)


def test_banks_close_a_share_of_the_branches_of_finance_once(town: Any) -> None:
    options = {"overdraft_fall": 0.4, "loan_fall": 0.2, "branch_jobs": 0.5}
    rules = applied(town, ("bank_retreat", 0.5, options))
    assert (rules.events.credit_line, rules.events.credit_loans) == (0.8, 0.9)
    assert [(item.sector, item.jobs) for item in rules.closures] == [(FINANCE, 6.0)]
    assert applied(town, ("bank_retreat", 1.0, options), first=False).closures == []


def test_an_anchor_leaves_with_its_grant(town: Any) -> None:
    rules = applied(town, ("anchor_leaves", 0.5, {"anchor": "hospital", "share": 0.5}))
    assert rules.events.anchor_kept is not None
    assert rules.events.anchor_kept.tolist() == [1.0, 0.75]
    assert rules.grant_factor.tolist() == [1.0, 0.75]


@pytest.mark.parametrize(
    "name",
    [
        "targeted_recruitment",
        "progression",
        "secure_hours",
        "living_wage_accreditation",
        "energy_prices",
        "export_recession",
        "pandemic",
        "bank_retreat",
        "anchor_leaves",
    ],
)
def test_at_its_off_settings_no_cost_is_left(town: Any, name: str) -> None:
    item = POLICIES[name] if name in POLICIES else SHOCKS[name]
    given = {option.name: option.low for option in item.options if option.required and option.kind not in ("anchor", "sector")}
    given |= {option.name: "council" for option in item.options if option.kind == "anchor"}
    rules = applied(town, (name, 1.0, {**given, **item.off}))
    assert rules.monthly_cost.sum() == 0
    assert rules.closures == []
    assert rules.employment.accredited_share == EmploymentRules().accredited_share
    assert rules.events.energy_price == EventRules().energy_price
