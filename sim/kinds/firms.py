"""Firms: every site that sells in the place, by who owns it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sim.core.channels import BRANCHES, COMMUNITY_FIRMS, COOPERATIVES, LOCAL_FIRMS
from sim.core.columns import Column
from sim.core.handles import RowAgent


class Firm(RowAgent):
    """A site that employs people in the place and sells what its sector makes."""

    first_id = 2_000_000_000

    account = Column("int32", -1, doc="account in the ledger")
    sector = Column("int8", 0, low=0, high=17, doc="index of the sector")
    appeal = Column("float64", 0.0, unit="pence a month", low=0, doc="weight when a buyer looks for a seller: usual sales at its size")
    capacity = Column("float64", 0.0, unit="pence a month at base prices", low=0, doc="most it can make in a month")
    price = Column("float64", 1.0, unit="ratio", low=0, doc="price against the base price of its sector")
    output = Column("float64", 0.0, unit="pence at base prices", low=0, doc="made and sold this month")
    last_output = Column("float64", 0.0, unit="pence at base prices", low=0, doc="made and sold last month")
    demand = Column("float64", 0.0, unit="pence at base prices", low=0, doc="asked for this month, served or not")
    usual_demand = Column("float64", 0.0, unit="pence a month at base prices", low=0, doc="smoothed demand")
    sales = Column("int64", 0, unit="pence", low=0, doc="received for sales this month")
    usual_sales = Column("float64", 0.0, unit="pence a month", low=0, doc="smoothed sales")
    costs = Column("int64", 0, unit="pence", low=0, doc="paid for inputs, work, taxes and interest this month")
    usual_costs = Column("float64", 0.0, unit="pence a month", low=0, doc="smoothed costs")
    workers = Column("int32", 0, unit="people", low=0, doc="residents employed")
    commuters = Column("int32", 0, unit="people", low=0, doc="people employed who live outside the place")
    hours_factor = Column("float64", 1.0, unit="ratio", low=0, doc="paid hours against usual hours")
    paid_share = Column("float64", 1.0, unit="share", low=0, high=1, doc="share of the wage bill paid this month")
    export_weight = Column("float64", 0.0, unit="pence a month", low=0, doc="weight in its sector's sales outside the place")
    outside_orders = Column("float64", 0.0, unit="pence a month", low=0, doc="sales outside the place that it brought and takes with it")
    owner = Column("int32", -1, doc="account of the resident who owns it; -1 for other owners")
    form = Column("int8", 0, low=0, high=4, doc="form of a co-operative: none, worker, consumer, multi-stakeholder, municipal")
    founder = Column("int16", -1, low=-1, doc="row of the anchor that founded a municipal co-operative; -1 for none")
    born = Column("int32", 0, unit="month", doc="month it began; before the opening for older firms")
    reserve = Column("int64", 0, unit="pence", low=0, doc="indivisible reserve of a co-operative: its own, never paid out to members")
    entry_stake = Column(
        "int64", 0, unit="pence", low=0, doc="stake that each member of this co-operative is to pay in, if more than usual"
    )
    stakes = Column("int64", 0, unit="pence", low=0, doc="members' stakes: owed to them when they leave")
    loan = Column("int64", 0, unit="pence", low=0, doc="owed to banks, overdraft apart")
    bank_debt = Column("int64", 0, unit="pence", low=0, doc="owed to the community bank")
    fund_debt = Column("int64", 0, unit="pence", low=0, doc="owed to the investment fund")
    purse = Column("int32", -1, doc="account that holds local currency; -1 for none")
    suppliers = Column("int32", -1, width=18, doc="account of the local supplier of each sector's inputs; -1 for none")
    living_wage = Column(
        "float64",
        0.0,
        unit="share",
        low=0,
        high=1,
        doc="how far its wage floor goes from legal minimum to real living wage",
    )
    accredited = Column("bool", False, doc="living-wage employer of its own will, and stays one")
    distress = Column("int8", 0, unit="months", low=0, doc="months in a row in which wages could not be paid in full")
    supported_until = Column("int32", -100000, unit="month", doc="last month of support as a supplier of anchors")
    founded_by_policy = Column("bool", False, doc="founded by a policy of the scenario")
    bought_out = Column("bool", False, doc="taken over by its employees in the run; read by no phase")


class LocalSME(Firm):
    """Owned by a resident."""


class Cooperative(Firm):
    """Owned by its members: those who work in it, those who buy from it, or both, by its form."""


class CommunityFirm(Firm):
    """Owned by a community body or a council: its surplus goes to the council, which holds it for the place."""


class Branch(Firm):
    """A local site of a firm owned outside: it employs here, its surplus leaves."""


#: Institutional sector of the account of a firm, by the code of its kind.
INSTITUTION: Final = MappingProxyType(
    {LocalSME.code: LOCAL_FIRMS, Cooperative.code: COOPERATIVES, CommunityFirm.code: COMMUNITY_FIRMS, Branch.code: BRANCHES}
)
