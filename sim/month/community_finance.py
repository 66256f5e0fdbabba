"""Community finance: the place's own banks, funds and currency, after the month's repayments."""

from __future__ import annotations

from sim.kinds.town import Town
from sim.month.finance import community_bank, credit_union, investment_fund, local_currency, reserves


def phase(town: Town) -> None:
    """Deposit, invest, lend, convert."""
    if town.frozen:
        return
    community_bank.run(town)
    reserves.run(town)
    investment_fund.run(town)
    credit_union.run(town)
    local_currency.run(town)
