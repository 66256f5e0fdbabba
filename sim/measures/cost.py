"""Cost: what anchors pay, what service they get for it, and what policies cost."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.core.channels import ANCHORS, CHANNEL_NAMES, GOVERNMENT
from sim.core.registry import measure
from sim.kinds.town import Town

#: Channels by which anchors pay for policies and get nothing back.
COSTS: Final = ("policy costs", "seed capital", "business support", "training", "loan interest")


def _paid(town: Town, channel: str) -> float:
    """What anchors paid through a channel this month, in major units."""
    return max(-float(town.ledger.flows[CHANNEL_NAMES.index(channel), ANCHORS]), 0.0) / town.structure.minor_units


@measure(
    name="contract_spend",
    title="Anchors' contract spend",
    unit="pounds a month",
    kind="money",
    meaning="What anchors pay on contracts.",
    source="The month's bookings.",
)
def contract_spend(town: Town) -> float:
    """Contract payments."""
    return _paid(town, "contracts")


@measure(
    name="service_bought",
    title="Service bought by anchors",
    unit="pounds a month at base prices",
    kind="money",
    meaning="What is invoiced divided by the prices of the contracts, and work taken in-house at its cost, less own work put out.",
    source="Invoices over contract prices, 1 for an outside bid without luck; in-house work at cost, as national accounts value it.",
)
def service_bought(town: Town) -> float:
    """Volume of service."""
    return float(town.notes.service_bought.sum() + town.notes.service_in_house.sum()) / town.structure.minor_units


@measure(
    name="contract_price",
    title="Price of what anchors buy",
    unit="ratio to base price",
    kind="ratio",
    meaning="What suppliers invoice in the month over the service bought.",
    source="The month's invoices and contract prices.",
)
def contract_price(town: Town) -> float:
    """Mean price weighted by service."""
    service = float(town.notes.service_bought.sum()) / town.structure.minor_units
    return town.notes.invoiced / town.structure.minor_units / service if service > 0 else 1.0


@measure(
    name="contract_quality",
    title="Quality of what anchors buy",
    unit="score, 0 to 1",
    kind="index",
    meaning="Mean quality score of the winning bids of contracts in force, weighted by value: what an award on other grounds gives up.",
    source="Quality as scored at award, even between 0 and 1 over all bids; contracts given without a tender count as the middle.",
)
def contract_quality(town: Town) -> float:
    """Value-weighted mean quality of the contracts in force."""
    value = town.contracts["value"].astype(np.float64)
    return float((value * town.contracts["quality"]).sum() / value.sum()) if value.sum() > 0 else 0.5


@measure(
    name="anchor_payroll",
    title="Anchors' payroll",
    unit="pounds a month",
    kind="money",
    meaning="Pay and employers' contributions of anchors.",
    source="The month's bookings.",
)
def anchor_payroll(town: Town) -> float:
    """Payroll with contributions."""
    return float(town.anchors["payroll"].sum()) / town.structure.minor_units


@measure(
    name="policy_costs",
    title="Cost of running policies",
    unit="pounds a month",
    kind="money",
    meaning="What anchors pay for outreach, lots, advice, training, upkeep of premises and homes, subsidies to land trusts and to firms, "
    "interest on homes they build, and the seed capital they give; rents that come in are not set against it.",
    source="The month's bookings.",
    summary="mean",
)
def policy_costs(town: Town) -> float:
    """Policy costs, grants, training, seed capital and interest: anchors owe banks for homes alone."""
    return sum(_paid(town, channel) for channel in COSTS)


@measure(
    name="anchor_reserves",
    title="Anchors' reserves",
    unit="pounds",
    kind="money",
    meaning="Deposits of all anchors at the end of the month.",
    source="The ledger.",
    summary="last",
)
def anchor_reserves(town: Town) -> float:
    """Deposits of anchors."""
    return float(town.ledger.balance[town.anchors["account"]].sum()) / town.structure.minor_units


@measure(
    name="passed_outside",
    title="Contract work that full firms pass outside",
    unit="pounds a month",
    kind="money",
    meaning="What local contract holders pay to outside firms because they lack capacity.",
    source="The month's bookings.",
)
def passed_outside(town: Town) -> float:
    """Subcontracts to outside firms."""
    return town.notes.passed_outside / town.structure.minor_units


@measure(
    name="government_balance",
    title="What the government receives from this place, net",
    unit="pounds a month",
    kind="money",
    meaning="Taxes of the place less grants, benefits, pensions and purchases there. Tax on the same work done by suppliers outside the "
    "place is not seen, so work won from them counts as a gain even where the whole country's tax is the same.",
    source="The month's transaction flow matrix.",
)
def government_balance(town: Town) -> float:
    """Net receipts of the government's account."""
    return float(town.ledger.flows[:, GOVERNMENT].sum()) / town.structure.minor_units


@measure(
    name="bids",
    title="Bids for each tender",
    unit="valid bids",
    kind="count",
    meaning="Valid bids on the contracts in force.",
    source="The contract book; Europe 2012 to 2018: nearly 4 falling to under 3.",
)
def bids(town: Town) -> float:
    """Mean number of valid bids."""
    return float(np.mean(town.contracts["bids"])) if len(town.contracts) else 0.0
