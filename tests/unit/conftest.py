"""Stand-ins for registered policies, shocks and parameters, so that the tests of settings do not hang on the real ones."""

from __future__ import annotations

from typing import Any

import pytest

from sim.core.registry import Intervention, Option, Registry
from sim.settings.parameters import Parameter

ANCHORS = Option("anchors", "anchors", "who buys", default=())


def stand_in(name: str, pillar: str, *options: Option, **more: Any) -> type[Intervention]:
    """A policy or shock that declares what it must and does nothing."""
    texts = dict.fromkeys(("where_tried", "evidence", "costs", "limits"), "nowhere: a stand-in")
    body = {"name": name, "title": name.replace("_", " ").capitalize(), "pillar": pillar, "meaning": "A stand-in.", "mark": "assumption"}
    return type(name, (Intervention,), {**texts, **body, "options": options, **more})


@pytest.fixture(scope="session")
def dummy_policies() -> Registry[type[Intervention]]:
    """Five policies with options of every kind."""
    registry: Registry[type[Intervention]] = Registry("policy")
    premium = Option("premium", "share", "dearest accepted bid", default=0.05, high=0.5)
    registry.add(stand_in("buy_here", "procurement", ANCHORS, Option("share", "share", "share to reach"), premium))
    mode = Option("mode", "text", "how points are given", default="linear", choices=("linear", "ranked"))
    weights = Option("composition", "shares", "what counts", default={"local": 1.0}, choices=("local", "small_firm", "cooperative"))
    registry.add(
        stand_in("weigh_bids", "procurement", ANCHORS, weights, mode, Option("published", "flag", "whether it is told", default=True))
    )
    founded = (
        Option("anchor", "anchor", "who contracts"),
        Option("sector", "sector", "what it does"),
        Option("seed_capital", "money", "paid at the start", default=1000),
        Option("contract_months", "months", "length of the contract", default=60, low=1),
        Option("jobs", "count", "jobs at the start", default=5, low=1),
    )
    registry.add(stand_in("found_cooperative", "ownership", *founded))
    registry.add(stand_in("give_grant", "money", Option("amount", "money", "paid once", default=10.5), repeatable=True))
    about = (Option("elasticity", "number", "how strongly", default=-1.5), Option("partner", "anchor", "who helps", default=None))
    registry.add(stand_in("live_here", "land", *about, Option("story", "text", "why", default="none")))
    return registry


@pytest.fixture(scope="session")
def dummy_shocks() -> Registry[type[Intervention]]:
    """Two shocks."""
    registry: Registry[type[Intervention]] = Registry("shock")
    registry.add(stand_in("branch_closes", "shock", Option("sector", "sector", "where"), Option("jobs", "count", "jobs lost", default=10)))
    registry.add(stand_in("exports_fall", "shock", Option("depth", "share", "how deep", default=0.2)))
    return registry


@pytest.fixture(scope="session")
def dummy_parameters() -> tuple[Parameter, ...]:
    """Two parameters."""
    source = "assumed for tests"
    return (
        Parameter("households.local_shopping", 0.4, "share", 0.0, 1.0, "Share of shopping done in the place.", source, "assumption"),
        Parameter("work.search_months", 3.0, "months", 0.0, 24.0, "Months of looking for work.", source, "assumption"),
    )
