"""Contracts: what anchors buy, from whom, until when. A table, not agents."""

from __future__ import annotations

from typing import Final

from sim.core.columns import Column


class Contract:
    """One contract of an anchor: a row of a table, never an agent."""

    anchor = Column("int16", 0, low=0, doc="row of the anchor")
    category = Column("int8", 0, low=0, high=17, doc="sector bought from")
    supplier = Column("int32", 1, doc="account of the holder")
    base_value = Column("int64", 0, unit="pence a month", low=0, doc="value at the anchor's opening budget")
    value = Column("int64", 0, unit="pence a month", low=0, doc="value of the contract held")
    owing = Column("int64", 0, unit="pence", low=0, doc="invoiced and not yet paid")
    price = Column("float64", 1.0, unit="ratio", low=0, doc="price against the base price: value / price is the service bought")
    quality = Column("float64", 0.5, unit="score", low=0, high=1, doc="quality of the bid that won; the middle where there was no bid")
    start = Column("int32", 0, unit="month", doc="month in which it was let")
    end = Column("int32", 0, unit="month", doc="last month in force")
    bids = Column("int16", 0, low=0, doc="valid bids when it was let")
    influenceable = Column("bool", True, doc="can be let on the anchor's own terms; else called off again from a framework when it ends")
    stands_in = Column("bool", False, doc="an outside firm stands in, since the holder has ended")
    materials = Column("bool", False, doc="what is still bought for work taken in-house")
    listed = Column("int32", -1, low=-1, doc="number of the listed supplier that holds it since the opening; -1 for any other holder")
    living_wage = Column(
        "float64",
        0.0,
        unit="share",
        low=0,
        high=1,
        doc="how far the floor it requires goes from legal minimum to real living wage",
    )


CONTRACT_COLUMNS: Final = {name: column for name, column in vars(Contract).items() if isinstance(column, Column)}
