"""Premises: units that anchors and trusts let to firms under a policy. A table, not agents."""

from __future__ import annotations

from typing import Final

from sim.core.columns import Column

#: Codes of the column `use`: let below market rent, held by a land trust, let for a while to new firms.
LEASE, TRUST, MEANWHILE = range(3)


class Premises:
    """One unit, large enough for one firm: a row of a table, never an agent."""

    owner = Column("int32", -1, doc="account of the anchor or trust that owns it")
    use = Column("int8", LEASE, low=0, high=2, doc="let below market rent, held by a land trust, let for a while to new firms")
    tenant = Column("int32", -1, doc="account of the firm that has it; -1 while it is empty")
    rent_share = Column("float64", 1.0, unit="share of market rent", low=0, high=1, doc="what the tenant pays")
    until = Column("int32", -1, unit="month", doc="month in which the tenant must leave; -1 for no end")
    value = Column("int64", 0, unit="pence", low=0, doc="value at which it changed hands; nought where it did not")
    upkeep = Column("int64", 0, unit="pence a month", low=0, doc="upkeep that a trust pays; an anchor's is a cost of the policy")
    rent = Column("int64", 0, unit="pence", low=0, doc="rent received this month")
    forgone = Column("int64", 0, unit="pence", low=0, doc="market rent not asked of the tenant this month")


PREMISES_COLUMNS: Final = {name: column for name, column in vars(Premises).items() if isinstance(column, Column)}
