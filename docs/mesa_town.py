"""The town of Mesa's own page (mesa_page.py): a model that holds an `Economy`, what may be chosen, what is drawn. No Solara in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mesa
import networkx as nx

import sim
from sim.core.registry import MEASURES

SCENARIOS: Final = ("anytown/business-as-usual", "anytown/buy-local", "anytown/living-wage", "anytown/full-package")
MOST_MONTHS: Final = 60
STAYS: Final = "stays"
OWNERS: Final = {"local owners": "#0072B2", "workers": "#009E73", "community and council": "#56B4E9", "outside owners": "#E69F00"}
CHOICES: Final[dict[str, dict[str, Any]]] = {
    "plan": {"type": "Select", "label": "Scenario", "value": SCENARIOS[1], "values": list(SCENARIOS)},
    "luck": {"type": "SliderInt", "label": "Seed", "value": 1, "min": 1, "max": 20, "step": 1},
    "months": {"type": "SliderInt", "label": "Months", "value": 24, "min": 6, "max": MOST_MONTHS, "step": 6},
}


def reported(measure: str, key: str | None = None) -> Callable[[PageTown], float]:
    """A measure of the town, or one of its several values, as a reporter of the model that holds it."""

    def report(model: PageTown) -> float:
        value = MEASURES[measure].function(model.town)
        return value if key is None else value[key]

    return report


class PageTown(mesa.Model):
    """The invented town with a data collector, made by keywords alone, as Mesa's page asks.

    It holds an `Economy` and is none: from Mesa 3.5 on the page takes the `scenario` of a model for one of Mesa's own kind, and
    makes a new one at Reset for a model whose keywords name it. So the keyword has another name too.

    Parameters
    ----------
    plan : str
        One of `SCENARIOS`.
    luck : int
        The seed.
    months : int
        The model stops itself after these.

    Raises
    ------
    ValueError
        For another scenario, or more months than `MOST_MONTHS`.
    """

    def __init__(self, plan: str = SCENARIOS[1], luck: int = 1, months: int = 24) -> None:
        if plan not in SCENARIOS or not 1 <= months <= MOST_MONTHS:
            raise ValueError(f"the page runs {', '.join(SCENARIOS)} for 1 to {MOST_MONTHS} months; given: {plan!r}, {months}")
        super().__init__(rng=luck)
        self.town = sim.Economy(sim.load(plan), seed=luck)
        self.months = months
        owners = {name: reported("jobs_by_owner", name) for name in OWNERS}
        whole = {"jobs": reported("jobs"), STAYS: reported("retention_place", "all")}
        self.datacollector = mesa.DataCollector(model_reporters={**whole, **owners})
        self.datacollector.collect(self)  # the opening, so that the place on the axis is the month

    def step(self) -> None:
        """One month."""
        self.town.step()
        self.datacollector.collect(self)
        self.running = self.town.month < self.months


def contract_web(town: sim.Economy) -> nx.DiGraph:
    """Whom the anchors paid under contracts this month: `kind` of each node, `pence` of each edge."""
    whole = town.supply_web()
    web = nx.DiGraph()
    for payer, payee, channel, pence in whole.edges(keys=True, data="pence"):
        if channel == "contracts":
            web.add_edge(payer, payee, pence=pence)
    for node in web:
        web.nodes[node]["kind"] = whole.nodes[node]["kind"]
    return web
