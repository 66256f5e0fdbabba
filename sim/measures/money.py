"""Money of the place: what its own funds lend, hold and lose, and its local currency."""

from __future__ import annotations

import numpy as np

from sim.core.registry import measure
from sim.kinds.claims import fund_equity, fund_row, held_with, lent_by
from sim.kinds.funds import CommunityBank, CreditUnion, CurrencyIssuer, InvestmentFund
from sim.kinds.town import Town

#: Funds that lend, by the names readers see.
LENDERS = {"community bank": CommunityBank, "credit union": CreditUnion, "investment fund": InvestmentFund}
SAVERS = {"community bank": CommunityBank, "credit union": CreditUnion}


@measure(
    name="local_lending",
    title="Lent by the place's own funds",
    unit="pounds",
    kind="money",
    meaning="Owed by firms and residents to the community bank, the credit union and the investment fund at the end of the month.",
    source="Debts noted with the bookings of fund loans and repayments.",
    summary="last",
    keys="fund",
)
def local_lending(town: Town) -> dict[str, float]:
    """Outstanding loans by kind of fund."""
    return {name: lent_by(town, kind.code) / town.structure.minor_units for name, kind in LENDERS.items()}


@measure(
    name="local_saving",
    title="Saved with the place's own funds",
    unit="pounds",
    kind="money",
    meaning="Held by residents and anchors with the community bank and the credit union at the end of the month.",
    source="Claims noted with the bookings of fund deposits.",
    summary="last",
    keys="fund",
)
def local_saving(town: Town) -> dict[str, float]:
    """Savings by kind of fund."""
    return {name: held_with(town, kind.code) / town.structure.minor_units for name, kind in SAVERS.items()}


@measure(
    name="pension_shortfall",
    title="Shortfall of pension money invested in the place",
    unit="pounds",
    kind="money",
    meaning="What the pension fund paid in and has not had back, less its share of the investment fund's cash and loans.",
    source="The fund's balance sheet; interest passed on is not counted against losses.",
    summary="last",
)
def pension_shortfall(town: Town) -> float:
    """Capital of the pension fund at cost less its share of the fund's value."""
    row = fund_row(town, InvestmentFund)
    if row < 0:
        return 0.0
    paid, all_paid = int(town.funds["capital"][row]), int(town.funds["capital"][row] + town.anchors["fund_units"].sum())
    value = fund_equity(town, row) * paid / all_paid if all_paid else 0.0
    return max(paid - value, 0.0) / town.structure.minor_units


@measure(
    name="fund_losses",
    title="Lent and lost by the place's own funds",
    unit="pounds since the opening",
    kind="money",
    meaning="Debts to the community bank, the credit union and the investment fund that were never repaid.",
    source="Debts of firms that ended and of members who could not pay.",
    summary="last",
    keys="fund",
)
def fund_losses(town: Town) -> dict[str, float]:
    """Losses so far by kind of fund."""
    funds = town.funds
    return {name: float(funds["losses"][funds["kind"] == kind.code].sum()) / town.structure.minor_units for name, kind in LENDERS.items()}


@measure(
    name="currency_in_circulation",
    title="Local currency in circulation",
    unit="pounds",
    kind="money",
    meaning="Held in purses at the end of the month, against as many pounds with the issuer.",
    source="The account of the issuer.",
    summary="last",
)
def currency_in_circulation(town: Town) -> float:
    """What the issuer owes."""
    return currency_owed(town) / town.structure.minor_units


@measure(
    name="currency_velocity",
    title="Velocity of the local currency",
    unit="times a year",
    kind="rate",
    meaning="Payments from purse to purse in a year's time at this month's pace, against the currency in circulation.",
    source="Payments over circulation, as de la Rosa and Stodder 2015 count for WIR (2.6) and RES (1.9).",
)
def currency_velocity(town: Town) -> float:
    """Twelve times payments between purses over circulation at the end of the month."""
    owed = currency_owed(town)
    if owed <= 0:
        return 0.0
    purse = np.zeros(len(town.ledger), bool)
    for table in (town.residents, town.firms):
        purse[table["purse"][table["purse"] >= 0]] = True
    spent = sum(int((item.pence * (purse[item.payer] & purse[item.payee])).sum()) for item in town.ledger.journal)
    return 12.0 * spent / owed


def currency_owed(town: Town) -> int:
    """Local currency in circulation, pence."""
    row = fund_row(town, CurrencyIssuer)
    return -int(town.ledger.balance[town.funds["issue"][row]]) if row >= 0 else 0
