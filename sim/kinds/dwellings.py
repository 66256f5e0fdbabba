"""Dwellings: homes that anchors and trusts build under a policy, one row for each adult who lives there. A table, not agents."""

from __future__ import annotations

from typing import Final

from sim.core.columns import Column

#: Codes of the column `use`: let at social rent, or sold on a land trust's land.
SOCIAL, TRUST_SALE = range(2)
#: Adults who share a home, as at the opening.
ADULTS_A_HOME: Final = 2


class Dwelling:
    """One adult's part of a home: a row of a table, never an agent."""

    owner = Column("int32", -1, doc="account of the anchor that lets it, or of the trust whose land it stands on")
    anchor = Column("int16", 0, low=0, doc="row of the anchor that pays for building it")
    use = Column("int8", SOCIAL, low=0, high=1, doc="let at social rent, or sold on a land trust's land")
    cost = Column("int64", 0, unit="pence", low=0, doc="cost of building it")
    stage = Column("int64", 0, unit="pence a month", low=0, doc="what is built in a month")
    paid = Column("int64", 0, unit="pence", low=0, doc="built and paid for so far")
    grant_share = Column("float64", 0.0, unit="share of cost", low=0, high=1, doc="paid by a government grant; an anchor borrows the rest")
    loan = Column("int64", 0, unit="pence", low=0, doc="owed to the bank")
    loan_months = Column("int32", 1, unit="months", low=1, doc="months over which the loan is paid back")
    finished = Column("int32", -1, unit="month", doc="month in which it was finished; -1 before")
    upkeep = Column("int64", 0, unit="pence a month", low=0, doc="repairs and management once it is let")
    resident = Column("int32", -1, doc="account of who lives there; -1 while nobody does")
    rent = Column("int64", 0, unit="pence a month", low=0, doc="rent of a tenant, ground rent of a buyer")
    market = Column("int64", 0, unit="pence", low=0, doc="market value")
    price = Column("int64", 0, unit="pence", low=0, doc="price to a buyer, locked for every later sale")
    deposit = Column("int64", 0, unit="pence", low=0, doc="part of the price that a buyer must have saved")


DWELLING_COLUMNS: Final = {name: column for name, column in vars(Dwelling).items() if isinstance(column, Column)}
