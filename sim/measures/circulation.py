"""Circulation: velocity, cycling, path length and the order of the web, on flows between groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import LOCAL_INSTITUTIONS
from sim.core.registry import measure
from sim.kinds.flows import FIRST_FIRM, FIRST_RESIDENT, GROUPS, OUTSIDE
from sim.kinds.town import Town
from sim.measures.formulas.ascendency import extended_flows, network_information
from sim.measures.formulas.finn import average_path_length, finn_cycling_index

NODES = (
    f"{len(GROUPS) - len(OUTSIDE)} local nodes: anchors, five groups of residents, eighteen sectors by owner; "
    "compare only runs with the same nodes."
)


def network(town: Town) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Local flows (local, local), what enters and what leaves each local node (local,), pence."""
    pence = town.notes.flows.pence.astype(np.float64)
    outside = len(OUTSIDE)
    return pence[outside:, outside:], pence[:outside, outside:].sum(axis=0), pence[outside:, :outside].sum(axis=1)


@measure(
    name="velocity",
    title="Velocity of local deposits",
    unit="times a year",
    kind="rate",
    meaning="Payments between accounts in the place in a year's time at this month's pace, against deposits held there.",
    source="Payments over deposits, as for complementary currencies (de la Rosa and Stodder 2015).",
)
def velocity(town: Town) -> float:
    """Twelve times local payments over local deposits."""
    local = town.notes.flows.local.sum()
    held = town.ledger.balance[town.ledger.sector <= max(LOCAL_INSTITUTIONS)].sum()
    return 12.0 * float(local) / float(held) if held > 0 else 0.0


@measure(
    name="finn_cycling",
    title="Finn cycling index",
    unit="share of throughflow",
    kind="share",
    meaning="Part of all flow in the place that passes a node it has passed before.",
    source=f"Finn 1976, divisor inflow. {NODES}",
)
def finn_cycling(town: Town) -> float:
    """Cycling index of the month's flows between local groups; 1 where a part of the place loses nothing at all."""
    flows, enters, _ = network(town)
    try:
        return finn_cycling_index(flows, enters)
    except ValueError:
        return 1.0


@measure(
    name="path_length",
    title="Average path length",
    unit="nodes for each pound that enters",
    kind="ratio",
    meaning="Total flow through local nodes for each pound that enters the place.",
    source=f"Finn 1976. {NODES}",
)
def path_length(town: Town) -> float:
    """Throughflow over inflow."""
    flows, enters, _ = network(town)
    return average_path_length(flows, enters)


@measure(
    name="web_order",
    title="Ascendency of the web as a share of its capacity",
    unit="share of capacity",
    kind="share",
    meaning="How far the flows are bound to certain paths: nought where all pays all alike, 1 where each pays one.",
    source=f"Ascendency over capacity (Ulanowicz 1986, 2009), entries and exits as extra nodes. {NODES}",
)
def web_order(town: Town) -> float:
    """Order of the month's flows between groups."""
    flows, enters, leaves = network(town)
    return float(network_information(extended_flows(flows, enters, leaves)).order)


@measure(
    name="robustness",
    title="Robustness of the web",
    unit="index, at most 0.368",
    kind="index",
    meaning="How balanced the web is between order and redundancy; more is not simply better.",
    source=f"-a ln a with a = ascendency / capacity (Ulanowicz 2009). {NODES}",
)
def robustness_of_web(town: Town) -> float:
    """Robustness of the month's flows, entries and exits as extra nodes."""
    flows, enters, leaves = network(town)
    return float(network_information(extended_flows(flows, enters, leaves)).robustness)


@measure(
    name="household_retention",
    title="Share of residents' spending that stays in the place",
    unit="share of spending, rents and taxes included",
    kind="share",
    meaning="Part of what residents pay that goes to accounts in the place.",
    source="This month's bookings; Scotland keeps 0.55 with imputed rent, a city less.",
)
def household_retention(town: Town) -> float:
    """Local part of residents' payments."""
    rows = town.notes.flows.pence[FIRST_RESIDENT:FIRST_FIRM]
    total = rows.sum()
    return float(rows[:, len(OUTSIDE) :].sum() / total) if total > 0 else 0.0
