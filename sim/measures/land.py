"""Land: what anchors and trusts let, what it costs them, and what rent takes of residents' income."""

from __future__ import annotations

from sim.core.registry import measure
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
