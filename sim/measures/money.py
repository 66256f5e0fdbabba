"""Money of the place: what its own funds lend, hold and lose, and its local currency."""

from __future__ import annotations

from sim.core.registry import measure
from sim.kinds.claims import fund_equity, fund_row, held_with, lent_by
from sim.kinds.funds import CommunityBank, CreditUnion, InvestmentFund
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
