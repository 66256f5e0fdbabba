"""Other places: what policies take from suppliers elsewhere, and the sum over here and there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import measure
from sim.kinds.flows import FIRST_FIRM, OUTSIDE, GroupFlows
from sim.kinds.town import Town
from sim.measures.formulas.multiplier import entries_response
from sim.month.trade.neighbours import lost_to_adopters, work_elsewhere

Floats = NDArray[np.float64]

SOURCE = (
    "Compare it with a run without the policies. Suppliers elsewhere are taken to lose, with the respending that follows, what suppliers "
    "here of the same sector gain from the same work at the opening, and at once, while firms here hire and grow over years: in the first "
    "years of a policy the sum errs on the side of loss. Places that adopt the same policies are taken to be like this one. "
    "Displacement as in the Additionality Guide (English Partnerships); that if everyone does it no place gains is the critics' argument "
    "(Young Fabians, What Works Growth)."
)
MEANING = (
    "that hang on the contract work that suppliers elsewhere hold, and on what places that adopt the same policies bring home from here, "
    "with the respending that goes with it. What policies move here is missing there: the difference from a run without them counts."
)


def sales_for_each_pound(flows: GroupFlows) -> float:
    """Sales of firms here that follow from a pound of contract work given to a firm here, itself included, at this month's flows."""
    entry = flows.contracts[len(OUTSIDE) :].astype(np.float64)
    if entry.sum() <= 0.0:
        return 1.0
    received = entries_response(flows.passed_on(), entry)
    return float(received[FIRST_FIRM - len(OUTSIDE) :].sum() / entry.sum())


def _work_elsewhere(town: Town) -> Floats:
    """Contract work of suppliers elsewhere and what adopting places bring home, by sector (18,) pence a month."""
    sectors = len(town.structure.export_pool)
    result: Floats = work_elsewhere(town.contracts, town.firm_row, sectors).sum(axis=0) + lost_to_adopters(town)
    return result


@measure(
    name="sales_here",
    title="Sales of firms in the place",
    unit="pounds a month",
    kind="money",
    meaning="What firms in the place sell to anchors, residents, other firms and buyers outside.",
    source="Counted as firms sell: contract work when it is invoiced, the rest when it is paid.",
)
def sales_here(town: Town) -> float:
    """Sales of all firms."""
    return float(town.firms["sales"].sum()) / town.structure.minor_units


@measure(
    name="sales_elsewhere",
    title="Sales elsewhere that hang on the anchors' buying",
    unit="pounds a month",
    kind="money",
    meaning=f"Sales of suppliers elsewhere {MEANING}",
    source=SOURCE,
)
def sales_elsewhere(town: Town) -> float:
    """Work elsewhere times the respending of a pound of work here at the opening."""
    return float(_work_elsewhere(town).sum()) * town.respending / town.structure.minor_units


@measure(
    name="sales_in_all",
    title="Sales here and elsewhere together",
    unit="pounds a month",
    kind="money",
    meaning="Sales of firms here and sales elsewhere that hang on the anchors' buying: its change is the sum over place and others.",
    source=SOURCE,
)
def sales_in_all(town: Town) -> float:
    """The sum of the two."""
    return sales_here(town) + sales_elsewhere(town)


@measure(
    name="jobs_elsewhere",
    title="Jobs elsewhere that hang on the anchors' buying",
    unit="jobs",
    kind="count",
    meaning=f"Jobs elsewhere {MEANING}",
    source=SOURCE,
)
def jobs_elsewhere(town: Town) -> float:
    """Jobs of the work elsewhere, by sector, times the respending of a pound of work here at the opening."""
    return float((_work_elsewhere(town) * town.structure.jobs_per_output).sum()) * town.respending


@measure(
    name="jobs_in_all",
    title="Jobs here and elsewhere together",
    unit="jobs",
    kind="count",
    meaning="Jobs in the place and jobs elsewhere that hang on the anchors' buying: its change is the sum over place and others.",
    source=SOURCE,
)
def jobs_in_all(town: Town) -> float:
    """The sum of the two."""
    here = sum(float((table["workers"] + table["commuters"]).sum()) for table in (town.firms, town.anchors))
    return here + jobs_elsewhere(town)


@measure(
    name="exports_lost",
    title="Sales lost to places that adopt the same policies",
    unit="pounds a month",
    kind="money",
    meaning="What places that adopt the same policies no longer buy from firms here; nought unless a scenario has them adopt.",
    source=SOURCE,
)
def exports_lost(town: Town) -> float:
    """What adopters no longer buy here."""
    return float(lost_to_adopters(town).sum()) / town.structure.minor_units
