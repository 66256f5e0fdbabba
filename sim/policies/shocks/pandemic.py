"""Residents stay at home."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np

from sim.core.registry import Option, shock
from sim.kinds.categories import CATEGORIES
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy

#: Options, with the category of spending that each is about.
FALLS: Final = MappingProxyType(
    {"eating_out": "eating out and stays", "culture": "culture and personal services", "travel": "travel", "shops": "shops"}
)


@shock
class Pandemic(Policy):
    """Spending that brings people together falls and is saved; workers without work are furloughed or laid off."""

    name = "pandemic"
    title = "A pandemic"
    question = "What if people stay at home for months?"
    sentence = (
        "residents will spend {eating_out} less on eating out, {culture} less on culture, {travel} less on travel and {shops} "
        "less in shops[; the government will pay {furlough_share} of the wages of those without work]"
    )
    pillar = "shock"
    meaning = (
        "Residents spend a share less on eating out, culture, travel and shops, with the ramp, while the shock lasts, and keep the money. "
        "With furlough the government pays part of the wages of workers whom firms would lay off, and they keep their jobs."
    )
    where_tried = "The United Kingdom in 2020 and 2021, with the Job Retention Scheme: 80% of pay, at most 2,500 pounds a month."
    evidence = (
        "Office for National Statistics: in the year to March 2021 spending in restaurants and hotels fell by 65%, on recreation by 39%; "
        "in the spring of 2020 more than a fifth of usual spending was prevented."
    )
    mark = "B"
    costs = "The government pays for furlough; anchors pay nothing."
    limits = (
        "Firms answer with their smoothed demand, so lay-offs and furlough build up over months rather than in a week. Visitors' spending "
        "and exports do not fall, illness is not in the model, anchors keep their staff, and firms get no grants or loans."
    )
    off = MappingProxyType({**dict.fromkeys(FALLS, 0.0), "furlough_share": 0.0})
    options = (
        *(
            Option(name, "share", f"Fall of spending: {category}.", unit="share of usual spending", low=0.0, high=1.0, default=0.0)
            for name, category in FALLS.items()
        ),
        Option(
            "furlough_share",
            "share",
            "Share of pay that the government pays to workers kept on without work; nought for no furlough.",
            unit="share of pay",
            low=0.0,
            high=1.0,
            default=0.0,
        ),
        Option("furlough_most", "money", "The most it pays for one worker.", unit="pounds a month", low=0.0, high=10000.0, default=2500.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the falls; furlough is there in full from the first month."""
        events = rules.events
        fall = np.array([self._fall(name) * strength for name, _ in CATEGORIES])
        if fall.any():
            events.spending_fall = fall if events.spending_fall is None else np.maximum(events.spending_fall, fall)
        events.furlough_share = max(events.furlough_share, self.number("furlough_share"))
        events.furlough_most = max(events.furlough_most, self.pence(town, "furlough_most"))

    def _fall(self, category: str) -> float:
        """Fall of spending in a category; none in those that no option is about."""
        return sum(self.number(name) for name, about in FALLS.items() if about == category)
