"""Two runs of one seed share every draw that still concerns the same agent; what differs between them is the policy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.luck import different, latest, noted_draws, state
from support.places import shipped, with_parameters

import sim.start.population
from sim.core.streams import RESERVED
from sim.economy import Economy
from sim.kinds.firms import Cooperative
from sim.runs import compare
from sim.settings.scenario import PolicyUse, Scenario

USUAL = with_parameters(shipped("anytown/business-as-usual"), behaviour__burn_in_months=6)
PACKAGE = shipped("anytown/full-package")
CUT = PolicyUse("budget_cut", options={"anchors": None, "share": 0.3})


def starting(month: int) -> Scenario:
    """Every policy of the full package and a budget cut, all from this month on and at once."""
    policies = tuple(replace(use, start=month, ramp_months=0, end=None) for use in PACKAGE.policies)
    return replace(USUAL, policies=policies, shocks=(replace(CUT, start=month),))


@pytest.fixture(scope="module")
def opening() -> Economy:
    """The town at its opening."""
    return Economy(USUAL, seed=11)


# --- before a policy starts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", [13, pytest.param(60, marks=pytest.mark.long)])
def test_a_policy_leaves_the_months_before_it_as_they_were(opening, month):
    """To the penny, the booking, the column and the last bit of each measure."""
    without, with_policies = opening.with_scenario(USUAL), opening.with_scenario(starting(month))
    for _ in range(month - 1):
        without.step()
        with_policies.step()
        assert without.month < 12 or without.month > month - 3 or without.month % 6 or not different(state(without), state(with_policies))
    assert not different(state(without), state(with_policies))
    one, other = without.recorder.finish(without), with_policies.recorder.finish(with_policies)
    assert one.measures.keys() == other.measures.keys()
    assert all(one.measures[name].tobytes() == other.measures[name].tobytes() for name in one.measures)
    assert one.pound_flows == other.pound_flows and one.distributions == other.distributions
    without.step()
    with_policies.step()
    assert without.month == month
    assert different(latest(without), latest(with_policies)), "the policies changed nothing at all"


def test_a_town_built_alone_and_a_copy_of_the_opening_are_the_same(opening):
    alone, copy = Economy(starting(3), seed=11), opening.with_scenario(starting(3))
    for _ in range(6):
        alone.step()
        copy.step()
        assert not different(state(alone), state(copy))


# --- one more resident -------------------------------------------------------------------------------------------------

#: Columns drawn for each resident by its slot alone.
OWN = (
    "neighbourhood",
    "age_band",
    "hours",
    "pension",
    "tenure",
    "rent",
    "property_value",
    "mortgage",
    "habits",
    "account",
)


def test_one_more_resident_leaves_everybody_elses_luck_alone(monkeypatch):
    """Nobody else's draws change in a year, nor anything about them at the opening that was drawn by their slot."""
    # No rest before the months compared: the opening itself is looked at. Accounts of firms are opened before residents'.
    scenario = with_parameters(USUAL, behaviour__burn_in_months=0)
    with noted_draws() as usual_draws:
        usual = Economy(scenario, seed=5)
        opening = {name: usual.residents[name].copy() for name in OWN}
        for _ in range(12):
            usual.step()
    people = sim.start.population.adults
    monkeypatch.setattr(sim.start.population, "adults", lambda place: people(place) + 1)
    with noted_draws() as other_draws:
        other = Economy(scenario, seed=5)
        assert len(other.residents) == len(usual.residents) + 1
        changed = [name for name in OWN if not (other.residents[name][:-1] == opening[name]).all()]
        for _ in range(12):
            other.step()
    assert not changed
    shared, differing = usual_draws.compare(other_draws)
    assert shared > 100_000 and not differing


def test_talent_is_scaled_to_the_mean_and_so_moves_by_a_hair(monkeypatch):
    """The one thing a newcomer changes for others at once: pay is fitted to the place's mean."""
    scenario = with_parameters(USUAL, behaviour__burn_in_months=0)
    usual = Economy(scenario, seed=5)
    people = sim.start.population.adults
    monkeypatch.setattr(sim.start.population, "adults", lambda place: people(place) + 1)
    other = Economy(scenario, seed=5)
    ratio = other.residents["talent"][:-1] / usual.residents["talent"]
    assert np.ptp(ratio) < 1e-12 and abs(ratio[0] - 1.0) < 1e-3


def test_savings_go_with_the_rank_of_income_and_so_move_by_a_hair(monkeypatch):
    """A newcomer changes how many stand below; the draw behind the savings stays. The few who earn otherwise now have another rank."""
    scenario = with_parameters(USUAL, behaviour__burn_in_months=0)
    usual = Economy(scenario, seed=5)
    people = sim.start.population.adults
    monkeypatch.setattr(sim.start.population, "adults", lambda place: people(place) + 1)
    other = Economy(scenario, seed=5)
    ratio = other.residents["savings_target"][:-1] / np.maximum(usual.residents["savings_target"], 1)
    assert np.median(np.abs(ratio - 1.0)) < 1e-3 and np.quantile(np.abs(ratio - 1.0), 0.99) < 0.01


# --- a firm founded by a policy ----------------------------------------------------------------------------------------

FOUNDING = 4
COOPERATIVE = PolicyUse(
    "municipal_cooperative",
    start=FOUNDING,
    options={
        "anchor": "hospital-trust",
        "sector": "administrative",
        "seed_capital": 100_000.0,
        "contract_annual_value": 200_000.0,
        "contract_months": 60,
        "jobs": 8.0,
    },
)


def links(town: Economy) -> dict[str, dict[int, list[int]]]:
    """What each agent has chosen, by slot: usual sellers, suppliers, holders of contracts.

    Accounts are numbered as they are opened, so a firm stands here by its slot, and what is no living firm by its account below nought.
    """
    named = -np.arange(len(town.ledger), dtype=np.int64)
    named[town.firms["account"]] = town.firms.slots
    chosen = {"habits": (town.residents, "habits"), "suppliers": (town.firms, "suppliers"), "contracts": (town.contracts, "supplier")}
    found = {}
    for name, (table, column) in chosen.items():
        values = table[column].reshape(len(table), -1)
        found[name] = dict(zip(table.slots.tolist(), np.where(values >= 0, named[values], -1).tolist(), strict=True))
    return found


def test_a_founded_firm_shifts_nobody_elses_luck(opening):
    """No draw of anybody else differs, in the founding month or after; choices differ only where the new firm was chosen."""
    arms = [opening.with_scenario(USUAL), opening.with_scenario(replace(USUAL, policies=(COOPERATIVE,)))]
    draws = []
    for town in arms:
        with noted_draws() as noted:
            for _ in range(FOUNDING):
                town.step()
            town.links_then = links(town)
            town.step()
        draws.append(noted)
    without, founded = arms
    new = founded.firms.slots >= RESERVED
    assert np.count_nonzero(new) == 1 and founded.firms["kind"][new][0] == Cooperative.code
    slot_of_new = int(founded.firms.slots[new][0])
    shared, differing = draws[0].compare(draws[1])
    assert shared > 10_000 and not differing
    for moment, (before, after) in enumerate(zip((without.links_then, links(without)), (founded.links_then, links(founded)), strict=True)):
        for kind in before:
            common = before[kind].keys() & after[kind].keys()
            moved = [slot for slot in common if before[kind][slot] != after[kind][slot]]
            strayed = [
                slot for slot in moved if any(y not in (x, slot_of_new) for x, y in zip(before[kind][slot], after[kind][slot], strict=True))
            ]
            assert not strayed, f"{kind}, month {FOUNDING + moment}: {len(strayed)} of {len(moved)} changes are not to the new firm"
            assert moment == 1 or not moved, f"{kind}: chosen before it was founded"
    assert founded.firms["sales"][new][0] > 0


def test_new_firms_of_chance_keep_their_slots(opening):
    """Firms founded by chance stand in slots of their month, whatever policies found."""
    arms = [opening.with_scenario(USUAL), opening.with_scenario(replace(USUAL, policies=(COOPERATIVE,)))]
    for town in arms:
        for _ in range(12):
            town.step()
    slots = [set(town.firms.slots[town.firms.slots < RESERVED].tolist()) for town in arms]
    assert len(slots[0] ^ slots[1]) <= 0.02 * len(slots[0])


# --- workers -----------------------------------------------------------------------------------------------------------


def test_the_same_bytes_on_one_and_two_workers():
    """Every table of a comparison, whatever the number of processes and the order in which they end."""
    names = ["anytown/business-as-usual", "anytown/full-package"]
    one, two = (compare(names, seeds=[3, 1, 2], months=4, workers=workers) for workers in (1, 2))
    assert one.status == two.status == "complete"
    for name, table in one.tables.items():
        if name != "timings":
            assert table.equals(two.tables[name]), name
    assert one.tables["series"]["value"].to_numpy().tobytes() == two.tables["series"]["value"].to_numpy().tobytes()
