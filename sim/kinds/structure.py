"""What does not change in a run: coefficients, pay levels, pools of outside demand, templates of new firms."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _empty() -> Floats:
    """Numbers not known yet."""
    return np.zeros(0)


def _no_codes() -> NDArray[np.int8]:
    """Codes not known yet."""
    return np.zeros(0, np.int8)


@dataclass(frozen=True, kw_only=True)
class Structure:
    """The constants of one place, money in pence a month; what has a default is found once firms and residents are there.

    Attributes
    ----------
    local : (18, 18) purchases from the local row sector for one of output of the column sector
    region, world, taxes : (18,) purchases next door, further away, and business taxes for one of output
    energy : (18,) purchases of energy, water and waste services in the nation for one of output
    premises : (18,) rent of premises for one of output, to owners in the place and elsewhere: a part of `local` and of `region`
    jobs_per_output : (18,) jobs for one pence a month of output at base prices
    sector_pay : (18,) mean gross pay of a job, pence a month
    export_pool : (18,) usual sales outside the place, pence a month; less once a branch that a shock closes takes its part away
    export_payers : (18, 3) shares of government, neighbouring region and the rest of the world in those sales
    spending_shares : (10, 10) shares of categories in spending after tax, by income tenth
    spending_tax : (10,) share of spending that is tax, by income tenth
    category_local : (10,) chance that a usual seller is in the place, by category
    category_region : (10,) chance that it is next door; the rest is further away
    category_sector : (10, 18) sectors of local sellers in a category, cumulative chances
    investment_local : (18,) share of investment bought from each local sector
    investment_region, investment_world, investment_taxes : the other shares
    mean_hours : mean paid hours a week
    outside_jobs : residents who usually work outside the place; outside_pay : mean gross pay of such a job
    commuter_share : share of the place's jobs held by people from next door
    legal_minimum, living_wage : pence an hour
    local_invitation : (anchors, 18) chance that a bidder is from the place
    region_invitation : (anchors, 18) chance that it is from next door
    closure_hazard : (6,) monthly chance of closing in the first to fifth year and later, for the smallest firms
    closure_scale : factor that makes the mean over all firms equal the place's deaths
    births_a_month : expected new firms
    branch_births_local : chance that a new firm on a branch's template is local, so that sales to outsiders leave the mix at rest
    template_* : opening firms that new ones resemble, with their cumulative chances
    """

    local: Floats
    region: Floats
    world: Floats
    taxes: Floats
    energy: Floats
    premises: Floats
    jobs_per_output: Floats
    sector_pay: Floats
    export_pool: Floats = field(default_factory=_empty)
    export_payers: Floats
    spending_shares: Floats
    spending_tax: Floats
    category_local: Floats
    category_region: Floats
    category_sector: Floats
    investment_local: Floats
    investment_region: float
    investment_world: float
    investment_taxes: float
    mean_hours: float
    outside_jobs: int = 0
    outside_pay: float
    commuter_share: float
    legal_minimum: float
    living_wage: float
    local_invitation: Floats = field(default_factory=_empty)
    region_invitation: Floats = field(default_factory=_empty)
    closure_hazard: Floats
    closure_scale: float = 1.0
    births_a_month: float = 0.0
    opening_firms: int = 0
    branch_births_local: float = 0.0
    template_chance: Floats = field(default_factory=_empty)
    template_sector: NDArray[np.int8] = field(default_factory=_no_codes)
    template_kind: NDArray[np.int8] = field(default_factory=_no_codes)
    template_appeal: Floats = field(default_factory=_empty)
    template_capacity: Floats = field(default_factory=_empty)
    template_export: Floats = field(default_factory=_empty)
    unemployment_benefit: int
    inactive_benefit: int
    council_tax: int
    minor_units: int
