"""Land: what anchors and trusts let, what it costs them, and what rent takes of residents' income."""

from __future__ import annotations

import numpy as np

from sim.core.registry import measure
from sim.kinds.dwellings import ADULTS_A_HOME, SOCIAL, TRUST_SALE
from sim.kinds.funds import LandTrust
from sim.kinds.land_values import land_value
from sim.kinds.residents import PRIVATE_RENT, SOCIAL_RENT, TENURES
from sim.kinds.town import Town


@measure(
    name="premises_let",
    title="Premises let by anchors and trusts",
    unit="units",
    kind="count",
    meaning="Units that a policy provides and a firm has at the end of the month.",
    source="The list of premises.",
    summary="last",
)
def premises_let(town: Town) -> float:
    """Units with a tenant."""
    return float((town.premises["tenant"] >= 0).sum())


@measure(
    name="rent_forgone",
    title="Rent that anchors and trusts forgo",
    unit="pounds a month",
    kind="money",
    meaning="Market rent of the premises let less the rent asked: what letting below the market gives up.",
    source="The market rent of a tenant is what it bought from real estate for its output; the month's leases.",
)
def rent_forgone(town: Town) -> float:
    """Market rent not asked."""
    return float(town.premises["forgone"].sum()) / town.structure.minor_units


@measure(
    name="homes_provided",
    title="Homes that anchors let and land trusts have sold",
    unit="homes",
    kind="count",
    meaning="Homes built under a policy with somebody living in them, by who provides them.",
    source="The list of dwellings; two adults share a home.",
    summary="last",
    keys="provider",
)
def homes_provided(town: Town) -> dict[str, float]:
    """Homes lived in."""
    lived_in = town.dwellings["use"][town.dwellings["resident"] >= 0]
    return {name: float((lived_in == use).sum()) / ADULTS_A_HOME for name, use in (("anchors", SOCIAL), ("land trusts", TRUST_SALE))}


@measure(
    name="land_held",
    title="Land, homes and buildings that anchors and trusts have gained",
    unit="pounds",
    kind="money",
    meaning="Buildings given to trusts at their value, homes that anchors let at cost, and the part of the market value of homes sold that "
    "stays with the trust; what anchors owned at the opening is left out.",
    source="The lists of premises and dwellings.",
    summary="last",
)
def land_held(town: Town) -> float:
    """Value held for the place."""
    return sum(land_value(town)) / town.structure.minor_units


@measure(
    name="rent_burden",
    title="Rent against income",
    unit="share of usual income",
    kind="share",
    meaning="Rent due over usual disposable income, benefits included, of private tenants, social tenants, and the fifth of all residents "
    "with the least income.",
    source="Residents' rents and smoothed incomes.",
    keys="group",
)
def rent_burden(town: Town) -> dict[str, float]:
    """Rent over income of each group."""
    residents = town.residents
    rent, income = residents["rent"].astype(np.float64), np.maximum(residents["usual_income"], 0.0)
    groups = {
        "private tenants": residents["tenure"] == PRIVATE_RENT,
        "social tenants": residents["tenure"] == SOCIAL_RENT,
        "poorest fifth": residents["income_tenth"] < 2,
    }
    return {name: float(rent[group].sum() / max(income[group].sum(), 1.0)) for name, group in groups.items()}


@measure(
    name="income_after_housing",
    title="Income after housing of the poorest tenth",
    unit="pounds a month",
    kind="money",
    meaning="Usual disposable income less rent and mortgage interest, mean of the tenth of residents with the least of it.",
    source="Residents' rents, mortgages and smoothed incomes; no arrears.",
)
def income_after_housing(town: Town) -> float:
    """Mean over the tenth with the least left."""
    residents = town.residents
    interest = residents["mortgage"] * (float(town.place.housing.mortgage_rate) / 12.0)
    left = residents["usual_income"] - residents["rent"] - interest
    number = max(len(left) // 10, 1)
    return float(np.partition(left, number - 1)[:number].mean()) / town.structure.minor_units


@measure(
    name="tenure",
    title="How residents live",
    unit="share of adults",
    kind="share",
    meaning="Adults who own outright, own with a mortgage, rent privately, and rent from a social landlord.",
    source="Residents' tenure.",
    summary="last",
    keys="tenure",
)
def tenure(town: Town) -> dict[str, float]:
    """Share of each tenure."""
    counts = np.bincount(town.residents["tenure"], minlength=len(TENURES)) / max(len(town.residents), 1)
    return dict(zip(TENURES, counts.tolist(), strict=True))


@measure(
    name="homes_debt",
    title="What anchors owe on homes they have built",
    unit="pounds",
    kind="money",
    meaning="Loans for homes that anchors let, with interest they could not pay, at the end of the month.",
    source="The list of dwellings.",
    summary="last",
)
def homes_debt(town: Town) -> float:
    """Loans on dwellings."""
    return float(town.dwellings["loan"].sum()) / town.structure.minor_units


@measure(
    name="trust_subsidy",
    title="What anchors have put into land trusts for good",
    unit="pounds",
    kind="money",
    meaning="Grants for buildings and the cost of homes, less the prices of homes sold that have gone back to the anchor.",
    source="Capital of land trusts.",
    summary="last",
)
def trust_subsidy(town: Town) -> float:
    """Capital of land trusts."""
    trusts = town.funds["kind"] == LandTrust.code
    return float(town.funds["capital"][trusts].sum()) / town.structure.minor_units
