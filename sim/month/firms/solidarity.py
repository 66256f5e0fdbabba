"""Solidarity: co-operatives pay part of their surplus into a common fund that founds others and bridges bad months."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import FUNDS
from sim.core.streams import RESERVED
from sim.kinds.claims import fund_row
from sim.kinds.firms import Cooperative
from sim.kinds.funds import SolidarityFund
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, means, rationed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: The fund's slot, away from those of other funds.
SLOT = RESERVED + (1 << 20)


def account_of_fund(town: Town) -> int:
    """Account of the co-operatives' fund; -1 for none."""
    row = fund_row(town, SolidarityFund)
    return int(town.funds["account"][row]) if row >= 0 else -1


def pay_in(town: Town, pence: Integers, kept: Integers) -> Integers:
    """What co-operatives pay into the fund out of the surplus they might pay (firms,), after what they keep; set up when first needed."""
    share, firms = town.rules.ownership.solidarity_share, town.firms
    given = np.zeros(len(pence), np.int64)
    if share <= 0.0:
        return given
    if account_of_fund(town) < 0:
        account = town.ledger.open(1, FUNDS)
        town.funds.add(1, slots=np.array([SLOT]), kind=SolidarityFund.code, account=account, founded=town.month)
    mine = firms["kind"] == Cooperative.code
    given[mine] = np.minimum(np.floor(pence[mine] * share).astype(np.int64), pence[mine] - kept[mine])
    town.ledger.book("solidarity", firms["account"], account_of_fund(town), given)
    return given


def short_of_wages(town: Town) -> Integers:
    """Wages of residents that each co-operative could not pay this month, pence (firms,): the rest of what its share paid is a part of."""
    firms, residents = town.firms, town.residents
    firm = town.firm_row[residents["employer"]]
    rows = np.flatnonzero((residents["status"] == EMPLOYED) & (firm >= 0))
    firm = firm[rows]
    share, gross = firms["paid_share"][firm], residents["gross"][rows]
    # Where nothing was paid, what was due is known from the wage alone.
    nothing = residents["wage"][rows] * firms["hours_factor"][firm]
    due = np.divide(gross, share, out=nothing.astype(np.float64), where=share > 0.0)
    short = np.bincount(firm, weights=due - gross, minlength=len(firms))
    in_need = (firms["kind"] == Cooperative.code) & (firms["distress"] > 0)
    return np.where(in_need, np.maximum(short, 0.0), 0.0).astype(np.int64)


def bridge(town: Town) -> None:
    """The fund puts in what co-operatives lacked for wages, each the same part of it, no more than it holds."""
    share = town.rules.ownership.solidarity_bridging
    account = account_of_fund(town) if share > 0.0 else -1
    if account < 0:
        return
    wanted = np.floor(short_of_wages(town) * share).astype(np.int64)
    fill = fill_rate(np.array([float(wanted.sum())]), means(town.ledger, np.array([account])))
    town.ledger.book("solidarity", account, town.firms["account"], rationed(wanted, fill))


def capital_from_fund(town: Town, firm: int) -> int:
    """Capital of the fund for a co-operative that a policy founds (its account); returns the pence."""
    wanted = town.rules.ownership.solidarity_capital
    account = account_of_fund(town) if wanted > 0 else -1
    if account < 0:
        return 0
    return town.ledger.book("solidarity", account, firm, np.array([min(wanted, int(town.ledger.available(account)))]))
