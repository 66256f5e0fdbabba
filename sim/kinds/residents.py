"""Residents: the adults of the place, one for one."""

from __future__ import annotations

from typing import Final

from sim.core.columns import Column
from sim.core.handles import RowAgent
from sim.kinds.categories import CATEGORIES

#: Codes of the column `status`.
EMPLOYED, UNEMPLOYED, INACTIVE, RETIRED = range(4)

#: Codes of the column `tenure`.
OWNER, MORTGAGE, PRIVATE_RENT, SOCIAL_RENT = range(4)
TENURES: Final = ("owner", "mortgage", "private", "social")

#: Codes of the column `age_band`.
AGE_BANDS: Final = ("16-24", "25-34", "35-49", "50-64", "65+")

#: Weeks in a month, which turns hours a week into pay a month.
WEEKS_A_MONTH: Final = 52.0 / 12.0

#: Codes of the column `skill`.
SKILLS: Final = ("lower", "middle", "higher")


class Resident(RowAgent):
    """An adult who lives in the place."""

    first_id = 1_000_000_000

    account = Column("int32", -1, doc="account in the ledger")
    neighbourhood = Column("int16", 0, low=0, doc="index of the neighbourhood")
    age_band = Column("int8", 0, low=0, high=4, doc="age band: 16-24, 25-34, 35-49, 50-64, 65+; of the opening, read by no phase")
    skill = Column(
        "int8",
        1,
        low=0,
        high=2,
        doc="third of the pay scale at the opening, a step up with each training",
    )
    talent = Column("float64", 1.0, unit="ratio", low=0, doc="hourly pay against the mean of the employer's sector")
    hours = Column("float64", 37.0, unit="hours a week", low=0, doc="paid hours when in work")
    variable_hours = Column("bool", False, doc="takes jobs whose hours vary from month to month")
    status = Column("int8", UNEMPLOYED, low=0, high=3, doc="employed, unemployed, inactive, retired")
    employer = Column("int32", -1, doc="account of the employer; the neighbouring region's for work outside; -1 for none")
    wage = Column("int64", 0, unit="pence a month", low=0, doc="gross pay in the job held")
    tenure = Column("int8", 0, low=0, high=3, doc="owner, mortgage, private tenant, social tenant")
    landlord = Column("int32", -1, doc="account the rent goes to; -1 for none")
    rent = Column("int64", 0, unit="pence a month", low=0, doc="rent due")
    rent_arrears = Column("int64", 0, unit="pence", low=0, doc="rent that could not be paid")
    mortgage = Column("int64", 0, unit="pence", low=0, doc="mortgage principal")
    property_value = Column("int64", 0, unit="pence", low=0, doc="homes owned, own and let")
    pension_wealth = Column("int64", 0, unit="pence", low=0, doc="private pension entitlement at the opening")
    pension = Column("int64", 0, unit="pence a month", low=0, doc="state and private pension received from 65")
    savings_target = Column("int64", 0, unit="pence", low=0, doc="liquid savings the resident returns to")
    windfall_share = Column("float64", 0.5, unit="share", low=0, high=1, doc="share of unusual income spent at once")
    stake = Column("int64", 0, unit="pence", low=0, doc="paid into a co-operative as a member, owed back when the resident leaves")
    stake_in = Column("int32", -1, doc="account of the co-operative that owes the stake; -1 for none")
    usual_income = Column("float64", 0.0, unit="pence a month", doc="smoothed disposable income")
    income = Column("int64", 0, unit="pence", doc="disposable income this month, after tax")
    other_income = Column("int64", 0, unit="pence", low=0, doc="rents and payouts received since the last income was counted")
    gross = Column("int64", 0, unit="pence", low=0, doc="gross pay received this month")
    spending = Column("int64", 0, unit="pence", low=0, doc="spent at sellers this month, taxes included")
    income_tenth = Column("int8", 0, low=0, high=9, doc="tenth of usual income, set once a year")
    months_without_work = Column("int16", 0, unit="months", low=0, doc="months since the last job")
    bank_deposits = Column("int64", 0, unit="pence", low=0, doc="savings held at the community bank")
    union_savings = Column("int64", 0, unit="pence", low=0, doc="savings held at the credit union")
    union_debt = Column("int64", 0, unit="pence", low=0, doc="owed to the credit union")
    union_member = Column("bool", False, doc="member of the credit union")
    purse = Column("int32", -1, doc="account that holds local currency; -1 for none")
    habits = Column("int32", 2, width=len(CATEGORIES), by_place=True, doc="account of the usual seller in each shopping category")
