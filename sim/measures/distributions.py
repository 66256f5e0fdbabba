"""Small tables: by income tenth, by neighbourhood, by owner of local business."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import Firm
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.town import Town
from sim.measures.equity import firm_equity, net_wealth


def distributions(town: Town) -> dict[str, list[dict[str, Any]]]:
    """All tables; money in pence."""
    return {"income_tenth": _by_tenth(town), "neighbourhood": _by_neighbourhood(town), "ownership": _by_owner(town)}


def _mean(values: NDArray[Any]) -> float:
    """Mean, nought of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def _by_tenth(town: Town) -> list[dict[str, Any]]:
    """Residents by tenth of usual income."""
    residents, wealth = town.residents, net_wealth(town)
    rows = []
    for tenth in range(10):
        mine = residents["income_tenth"] == tenth
        rows.append(
            {
                "tenth": tenth + 1,
                "residents": int(mine.sum()),
                "mean_usual_income": _mean(residents["usual_income"][mine]),
                "mean_spending": _mean(residents["spending"][mine]),
                "mean_savings": _mean(town.ledger.balance[residents["account"]][mine]),
                "mean_net_wealth": _mean(wealth[mine]),
            }
        )
    return rows


def _by_neighbourhood(town: Town) -> list[dict[str, Any]]:
    """Residents by neighbourhood."""
    residents = town.residents
    rows = []
    for index, part in enumerate(town.place.neighbourhoods):
        mine = residents["neighbourhood"] == index
        status = residents["status"][mine]
        seeking, working = int((status == UNEMPLOYED).sum()), int((status == EMPLOYED).sum())
        rows.append(
            {
                "neighbourhood": part.name,
                "residents": int(mine.sum()),
                "mean_usual_income": _mean(residents["usual_income"][mine]),
                "unemployment": seeking / max(seeking + working, 1),
            }
        )
    return rows


def _by_owner(town: Town) -> list[dict[str, Any]]:
    """Firms by kind of owner."""
    firms, equity = town.firms, firm_equity(town)
    rows = []
    for kind in Firm.kinds[1:]:
        mine = firms["kind"] == kind.code
        jobs = firms["workers"][mine] + firms["commuters"][mine]
        rows.append(
            {
                "owner": kind.__name__,
                "firms": int(mine.sum()),
                "jobs": int(jobs.sum()),
                "sales": int(firms["sales"][mine].sum()),
                "equity": int(equity[mine].sum()),
            }
        )
    return rows
