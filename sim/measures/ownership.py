"""Ownership: who owns the equity of local business."""

from __future__ import annotations

import numpy as np

from sim.core.registry import measure
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, FORMS, MULTI_STAKEHOLDER, NO_FORM, WORKER
from sim.kinds.town import Town
from sim.measures.equity import firm_equity

OWNERS = {"local owners": LocalSME, "workers": Cooperative, "community and council": CommunityFirm, "outside owners": Branch}


@measure(
    name="equity_share",
    title="Who owns local business",
    unit="share of firms' book equity",
    kind="share",
    meaning="Deposits and capital less loans of firms in the place, by kind of owner.",
    source="The balance-sheet matrix; firms whose debts are larger count as nought.",
    summary="last",
    keys="owner",
)
def equity_share(town: Town) -> dict[str, float]:
    """Shares of owners in positive equity."""
    equity = np.maximum(firm_equity(town), 0).astype(np.float64)
    kind, total = town.firms["kind"], float(equity.sum())
    return {name: float(equity[kind == cls.code].sum()) / total if total > 0 else 0.0 for name, cls in OWNERS.items()}


@measure(
    name="jobs_by_owner",
    title="Jobs of firms by who owns them",
    unit="share of firms' jobs",
    kind="share",
    meaning="Parts of the jobs of firms in the place, by kind of owner.",
    source="Head counts of firms; anchors left out.",
    keys="owner",
)
def jobs_by_owner(town: Town) -> dict[str, float]:
    """Shares of owners in firms' jobs."""
    firms = town.firms
    jobs = (firms["workers"] + firms["commuters"]).astype(np.float64)
    total = float(jobs.sum())
    return {name: float(jobs[firms["kind"] == cls.code].sum()) / total if total > 0 else 0.0 for name, cls in OWNERS.items()}


@measure(
    name="survival",
    title="Firms of a year ago that are still there, by who owned them",
    unit="share of firms of a year ago",
    kind="share",
    meaning="Of the firms and branches of twelve months ago, those still there, whoever owns them now. In the first year: since the "
    "opening, raised to a year.",
    source="Survival of the stock of enterprises over a year, one less the death rate as in business demography (Eurostat and OECD 2007).",
    keys="owner",
)
def survival(town: Town) -> dict[str, float]:
    """Survival of a year by kind of owner then, and of all; 1 where there was none."""
    before = town.notes.firms_before
    alive = np.isin(before.slots, town.firms.slots, assume_unique=True)
    groups = {"all": np.ones(len(alive), bool), **{name: before.kind == cls.code for name, cls in OWNERS.items()}}
    return {name: float(alive[mine].mean()) ** (12.0 / before.months) if mine.any() else 1.0 for name, mine in groups.items()}


@measure(
    name="cooperative_jobs",
    title="Jobs in co-operatives",
    unit="jobs",
    kind="count",
    meaning="Jobs of co-operatives in the place.",
    source="Head counts of firms.",
)
def cooperative_jobs(town: Town) -> float:
    """Workers and commuters of co-operatives."""
    mine = town.firms["kind"] == Cooperative.code
    return float((town.firms["workers"] + town.firms["commuters"])[mine].sum())


@measure(
    name="cooperatives",
    title="Co-operatives",
    unit="firms",
    kind="count",
    meaning="Co-operatives in the place.",
    source="Count of firms.",
)
def cooperatives(town: Town) -> float:
    """Number of co-operatives."""
    return float((town.firms["kind"] == Cooperative.code).sum())


@measure(
    name="cooperatives_by_form",
    title="Co-operatives by form",
    unit="firms",
    kind="count",
    meaning="Co-operatives in the place by who their members are; one without a form of its own is a worker co-operative.",
    source="Count of firms.",
    keys="form",
)
def cooperatives_by_form(town: Town) -> dict[str, float]:
    """Number of co-operatives of each form."""
    mine = town.firms["kind"] == Cooperative.code
    form = town.firms["form"][mine]
    count = np.bincount(np.where(form == NO_FORM, WORKER, form), minlength=len(FORMS))
    return {name: float(count[code]) for code, name in enumerate(FORMS) if code != NO_FORM}


@measure(
    name="economic_democracy",
    title="A vote in the firm",
    unit="share of people who work in or own its firms",
    kind="share",
    meaning=(
        "Of all who work in private firms of the place, and resident owners, the share with a vote in their firm, by kind of owner. "
        "Owners of local firms have a vote, residents who work in a co-operative that is not its customers' alone have one each, other "
        "workers have none."
    ),
    source=(
        "One member, one vote: International Cooperative Alliance, Statement on the Co-operative Identity (1995), second principle. "
        "Workers from next door and those of a council's firm have no vote here; customer_members counts customers who have one."
    ),
    keys="owner",
)
def economic_democracy(town: Town) -> dict[str, float]:
    """Votes over all people of private firms, by kind of owner; `all` is their sum."""
    firms = town.firms
    kind = firms["kind"]
    owners = (kind == LocalSME.code) & (firms["owner"] >= 0)
    members = np.where((kind == Cooperative.code) & (firms["form"] != CONSUMER), firms["workers"], 0)
    people = float(firms["workers"].sum() + firms["commuters"].sum() + owners.sum())
    votes = owners.astype(np.int64) + members
    shares = {name: float(votes[kind == cls.code].sum()) / people if people > 0 else 0.0 for name, cls in OWNERS.items()}
    return {"all": float(votes.sum()) / people if people > 0 else 0.0, **shares}


@measure(
    name="customer_members",
    title="Residents who are members as customers",
    unit="share of residents",
    kind="share",
    meaning="Adults whose usual seller in some category is a consumer or multi-stakeholder co-operative, and so have a vote in it.",
    source="International Cooperative Alliance (1995), second principle; residents' habits.",
)
def customer_members(town: Town) -> float:
    """Residents with a habit at such a co-operative."""
    firms, habits = town.firms, town.residents["habits"]
    theirs = (firms["kind"] == Cooperative.code) & np.isin(firms["form"], (CONSUMER, MULTI_STAKEHOLDER))
    if not theirs.any() or not len(habits):
        return 0.0
    marked = np.zeros(len(town.ledger), bool)
    marked[firms["account"][theirs]] = True
    return float(marked[habits].any(axis=1).mean())


@measure(
    name="member_stakes",
    title="Members' stakes",
    unit="pounds",
    kind="money",
    meaning="What members have paid into co-operatives and would get back on leaving.",
    source="Stakes of residents.",
    summary="last",
)
def member_stakes(town: Town) -> float:
    """Sum of stakes."""
    return float(town.residents["stake"].sum()) / town.structure.minor_units


@measure(
    name="stakes_lost",
    title="Stakes lost",
    unit="pounds a month",
    kind="money",
    meaning="Stakes of members that co-operatives could not return when they ended.",
    source="Notes of the month.",
    summary="sum",
)
def stakes_lost(town: Town) -> float:
    """Pounds lost this month."""
    return float(town.notes.stakes_lost) / town.structure.minor_units
