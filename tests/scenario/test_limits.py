"""Limits at which the answer is known: nobody here to buy from, no way out, and twice the size."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from support.closed import closed_town
from support.places import part, scaled, shipped, with_parameters, with_place

from sim.core.registry import MEASURES
from sim.economy import Economy
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, FIRST_RESIDENT, OUTSIDE, GroupFlows, no_flows
from sim.measures.formulas.multiplier import half_life, hands_before_leaving

USUAL = shipped("anytown/business-as-usual")


# --- no local suppliers ------------------------------------------------------------------------------------------------


def nobody_here_sells() -> Economy:
    """Anytown whose published shares say that no contract money stays."""
    anchors = tuple(part(item, share_in_place=0.0) for item in USUAL.place.anchors)
    place = USUAL.place.model_copy(update={"anchors": anchors})
    return Economy(with_parameters(with_place(USUAL, place), behaviour__burn_in_months=12), seed=2)


def nobody_here_may_bid() -> Economy:
    """Anytown whose firms are all full and too small, from the opening on."""
    town = Economy(with_parameters(USUAL, procurement__turnover_share=0.05, behaviour__burn_in_months=0), seed=2)
    town.firms["usual_sales"][:] = town.firms["capacity"] * town.firms["price"]
    town.contracts["supplier"][:] = 2
    town.contracts["value"][:] = np.maximum(town.contracts["value"], int(town.firms["usual_sales"].max()))
    town.contracts["base_value"][:] = town.contracts["value"]
    return town


@pytest.mark.parametrize("made", [nobody_here_sells, nobody_here_may_bid])
def test_without_local_suppliers_retention_is_nought(made):
    town = made()
    for _ in range(12 if made is nobody_here_sells else 1):
        town.step()
        found = {name: values[-1] for name, values in town.recorder.finish(town).measures.items()}
        assert found["contract_spend"] > 0.0
        for name in ("retention_place", "retention_stays"):
            assert all(found[f"{name}/{anchor}"] == 0.0 for anchor in (*USUAL.place.anchor_names, "all")), name
        assert found["spend_by_owner/outside suppliers"] == 1.0 and found["spend_small_firms"] == 0.0
        assert found["lm3"] == 1.0 and found["local_multiplier"] == 0.0


def test_with_them_it_is_not():
    town = Economy(with_parameters(USUAL, behaviour__burn_in_months=12), seed=2)
    town.step()
    assert town.recorder.finish(town).measures["retention_place/all"][-1] > 0.05


# --- no way out --------------------------------------------------------------------------------------------------------


def test_a_closed_economy_leaks_nothing():
    """Every link to the outside cut: no penny leaves in a year, and every measure of staying says so."""
    town = closed_town()
    outside = town.ledger.balance[:4].copy()
    inside = int(town.ledger.balance[4:].sum())
    for _ in range(12):
        town.step()
        assert (town.ledger.balance[:4] == outside).all()
        assert int(town.ledger.balance[4:].sum()) == inside
        assert not town.ledger.flows[:, 6:].any() and np.abs(town.ledger.flows).sum() > 0
    for name, values in town.recorder.finish(town).measures.items():
        if name.startswith("leakage") or name in ("region_receipts", "outside_supplier_receipts"):
            assert not values.any(), name
    found = {name: values[-1] for name, values in town.recorder.finish(town).measures.items()}
    assert found["household_retention"] == 1.0 and found["retention_place/all"] == 1.0
    assert found["lm3"] == 3.0
    assert found["finn_cycling"] == pytest.approx(1.0, abs=1e-9)
    assert found["hands_before_leaving"] == found["local_multiplier"] == found["half_life"] == found["path_length"] == np.inf


def closed_flows() -> GroupFlows:
    """Anchors, two groups of residents and two of firms that pay only one another."""
    flows = no_flows()
    cells = {
        (ANCHOR_GROUP, FIRST_FIRM): 60,
        (ANCHOR_GROUP, FIRST_RESIDENT): 40,
        (FIRST_FIRM, FIRST_RESIDENT): 70,
        (FIRST_FIRM, FIRST_FIRM + 3): 20,
        (FIRST_RESIDENT, FIRST_FIRM): 30,
        (FIRST_RESIDENT, ANCHOR_GROUP): 80,
        (FIRST_FIRM + 3, FIRST_RESIDENT + 2): 20,
        (FIRST_RESIDENT + 2, ANCHOR_GROUP): 20,
    }
    for (payer, payee), pence in cells.items():
        flows.pence[payer, payee] = pence
    flows.contracts[FIRST_FIRM] = 60
    return flows


def test_a_closed_flow_matrix_by_hand_leaks_nothing():
    flows = closed_flows()
    passed, entry = flows.passed_on(), flows.contracts[len(OUTSIDE) :].astype(float)
    paying = flows.local.sum(axis=1) > 0
    assert (passed.sum(axis=1)[paying] == pytest.approx(1.0)) and not passed[~paying].any()
    assert hands_before_leaving(passed, entry) == np.inf and half_life(passed, entry).steps == np.inf
    flows.pence[FIRST_RESIDENT, 2] = 1
    assert 10.0 < hands_before_leaving(flows.passed_on(), entry) < np.inf


# --- twice the size ----------------------------------------------------------------------------------------------------

SEEDS, BURN_IN, MONTHS = 7, 12, 6
#: Chance that any one of all measures is told apart though nothing differs (Bonferroni over the measures).
LEVEL = 0.01
#: Compares only runs with the same nodes, as its declaration says: a larger town has branches in more sectors.
DEPENDS_ON_NODES = frozenset({"robustness"})


def sample(factor: float, first_seed: int) -> dict[str, np.ndarray]:
    """Mean of each measure over the last months, by seed, in a town this many times as large.

    Flegg's quotient makes a place that is larger against its nation buy more from itself. That is no error: the nation
    would have to double too. With the exponent 0 size against the nation does not count.
    """
    scenario = with_parameters(with_place(USUAL, scaled(USUAL.place, factor)), accounts__flq_delta=0.0, behaviour__burn_in_months=BURN_IN)
    found: dict[str, list[float]] = {}
    for seed in range(first_seed, first_seed + SEEDS):
        for name, values in Economy(scenario, seed=seed).run(MONTHS).measures.items():
            if len(values) == MONTHS:
                found.setdefault(name, []).append(float(values.mean()))
    return {name: np.array(values) for name, values in found.items()}


@pytest.fixture(scope="module")
def sizes() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    return sample(1.0, 1), sample(2.0, 101)


def told_apart(small: np.ndarray, large: np.ndarray) -> float:
    """Welch's t test (1947): chance of a gap as large as this or larger if the means are the same.

    Written out, since one of the two may hardly vary, at which the library's own warns.
    """
    parts = np.array([small.var(ddof=1) / len(small), large.var(ddof=1) / len(large)])
    if parts.sum() == 0.0:
        return float(small.mean() == large.mean())
    freedom = parts.sum() ** 2 / (parts**2 / (np.array([len(small), len(large)]) - 1)).sum()
    return float(2.0 * stats.t.sf(abs(small.mean() - large.mean()) / np.sqrt(parts.sum()), freedom))


def test_twice_the_size_leaves_every_ratio(sizes):
    small, large = sizes
    ratios = [
        name
        for name in small
        if MEASURES[name.split("/")[0]].kind not in ("money", "count") and name in large and name not in DEPENDS_ON_NODES
    ]
    assert len(ratios) > 50
    for name in ratios:
        a, b = small[name], large[name]
        error = np.hypot(a.std(ddof=1), b.std(ddof=1)) / np.sqrt(SEEDS)
        words = f"{name}: {a.mean():.5g} and {b.mean():.5g} at twice the size, sampling error {error:.2g}"
        assert told_apart(a, b) > LEVEL / len(ratios), words


def test_twice_the_size_doubles_what_counts(sizes):
    """The test above could fail: totals are told apart with ease, and are twice as large within their sampling error."""
    small, large = sizes
    totals = ("jobs", "output", "firms", "contract_spend", "leakage/work taxes")
    for name in totals:
        assert told_apart(small[name], large[name]) < 1e-6, name
        assert told_apart(2.0 * small[name], large[name]) > LEVEL / len(totals), name
