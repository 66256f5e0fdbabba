"""Funds: bodies that policies set up to hold and lend the place's own money."""

from __future__ import annotations

from sim.core.columns import Column
from sim.core.handles import RowAgent


class Fund(RowAgent):
    """A body with an account of its own that lends, invests or gives under rules; none exists until a policy sets it up."""

    first_id = 4_000_000_000

    account = Column("int32", -1, doc="account in the ledger")
    anchor = Column("int16", -1, doc="row of the anchor that set it up; -1 for none")
    capital = Column("int64", 0, unit="pence", low=0, doc="paid in by those who set it up and never paid out")
    founded = Column("int32", 0, unit="month", doc="month in which it was set up")
    closed = Column("int32", -1, unit="month", doc="month in which it failed and was wound up; -1 while it runs")
    loan_rate = Column("float64", 0.0, unit="share a year", low=0, doc="interest on what it lends")
    deposit_rate = Column("float64", 0.0, unit="share a year", low=0, doc="interest on what savers hold with it")
    running_cost = Column("float64", 0.0, unit="share of assets a year", low=0, doc="staff and premises")
    repayment_share = Column("float64", 0.0, unit="share of income", low=0, doc="what members of a credit union repay in a month")
    default_months = Column("int32", 0, unit="months", low=0, doc="months without work after which a member's debt is lost")
    losses = Column("int64", 0, unit="pence", low=0, doc="lent and lost since it was set up")
    issue = Column("int32", -1, doc="account that owes the local currency in circulation; -1 for none")


class CommunityBank(Fund):
    """A bank owned by the place: takes deposits, lends to firms here out of what it has taken."""


class CreditUnion(Fund):
    """A savings and loan co-operative of residents."""


class SolidarityFund(Fund):
    """Co-operatives' common fund: fed by a part of surplus, spent on founding and saving co-operatives."""


class InvestmentFund(Fund):
    """Pension and reserve money set aside to be invested in the place."""


class CurrencyIssuer(Fund):
    """Issues a local currency against pounds that it holds."""


class LandTrust(Fund):
    """Holds land and homes for the place for good."""
