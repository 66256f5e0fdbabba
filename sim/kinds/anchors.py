"""Anchors: public bodies and associations tied to the place."""

from __future__ import annotations

from sim.core.columns import Column
from sim.core.handles import RowAgent


class Anchor(RowAgent):
    """An institution that will not move away and buys, employs and owns on a large scale."""

    first_id = 3_000_000_000

    account = Column("int32", -1, doc="account in the ledger")
    sector = Column("int8", 14, low=0, high=17, doc="sector its pay follows")
    grant = Column("int64", 0, unit="pence a month", low=0, doc="money from government and students before any cut")
    council_tax_share = Column("float64", 0.0, unit="share", low=0, high=1, doc="share of the place's council tax it receives")
    contract_budget = Column("int64", 0, unit="pence a month", low=0, doc="contract spend at the opening")
    payroll_budget = Column("int64", 0, unit="pence a month", low=0, doc="payroll with contributions at the opening")
    usual_income = Column("float64", 0.0, unit="pence a month", low=0, doc="smoothed income")
    received = Column("int64", 0, unit="pence", low=0, doc="received this month")
    reserves = Column("int64", 0, unit="pence", doc="deposit and reserves placed when the month began")
    reserve_target = Column("int64", 0, unit="pence", low=0, doc="reserves it returns to")
    bank_deposits = Column("int64", 0, unit="pence", low=0, doc="reserves placed with the community bank")
    fund_units = Column("int64", 0, unit="pence", low=0, doc="reserves paid into the investment fund, at cost")
    jobs = Column("float64", 0.0, unit="people", low=0, doc="posts at the opening")
    workers = Column("int32", 0, unit="people", low=0, doc="residents employed")
    commuters = Column("int32", 0, unit="people", low=0, doc="people employed who live outside the place")
    paid_share = Column("float64", 1.0, unit="share", low=0, high=1, doc="share of the wage bill paid this month")
    payroll = Column("int64", 0, unit="pence", low=0, doc="paid for work this month, contributions included")
    policy_costs = Column("int64", 0, unit="pence", low=0, doc="owed for running policies")
    pay_level = Column("float64", 1.0, unit="ratio", low=0, doc="pay of its posts against the usual pay of its sector")
    in_house = Column("int64", 0, unit="pence a month", doc="cost of work taken in-house, less that of its own work put out")
    put_out = Column("float64", 0.0, unit="people", low=0, width=18, doc="posts put out to contract in each sector")
    living_wage = Column(
        "float64",
        0.0,
        unit="share",
        low=0,
        high=1,
        doc="how far its wage floor goes from legal minimum to real living wage",
    )


class Council(Anchor):
    """A local authority."""


class HospitalTrust(Anchor):
    """A hospital or community health trust."""


class University(Anchor):
    """A university."""


class College(Anchor):
    """A further education or sixth-form college."""


class Police(Anchor):
    """A police authority."""


class HousingAssociation(Anchor):
    """A registered provider of social housing: social rents come to it."""


KIND_OF = {
    "council": Council,
    "hospital-trust": HospitalTrust,
    "university": University,
    "college": College,
    "police": Police,
    "housing-association": HousingAssociation,
}

#: The sector whose pay an anchor follows: public administration, education, health and care, real estate.
PAY_SECTOR = {"council": 14, "hospital-trust": 16, "university": 15, "college": 15, "police": 14, "housing-association": 11}
