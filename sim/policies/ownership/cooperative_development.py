"""An agency that helps residents to found co-operatives."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.forms import FORMS
from sim.kinds.rules import Rules
from sim.kinds.rules_ownership import Development
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy
from sim.settings.sectors import SECTORS


@policy
class CooperativeDevelopment(Policy):
    """An anchor pays an agency and start-up capital; residents out of work or in low pay found co-operatives."""

    name = "cooperative_development"
    title = "Co-operative development agency"
    question = "What if people get help to start firms they own together?"
    main = "cooperatives_a_year"
    sentence = "{anchor} will pay an agency that founds {cooperatives_a_year:co-operative|co-operatives} a year[, each with {capital}]"
    pillar = "ownership"
    meaning = (
        "An anchor pays for an agency and for start-up capital. So many co-operatives a year begin, of one form, in one sector or any; "
        "their founders are residents out of work or paid less than the real living wage. They have no contract: customers must be won."
    )
    where_tried = "UK: about 100 local agencies in the mid-1980s, 30 with 60 people by 2019; Preston, Islington, Scotland, Wales."
    evidence = (
        "The UK had 150 new co-operatives in 2019 (Co-operatives UK) beside some 300,000 new firms; about 30 agencies worked then (Co-op "
        "News 2019). What an agency adds was not found, so its number is set, small, and what they win is left to the model."
    )
    mark = "assumption"
    costs = "The agency's running cost and start-up capital, from the anchor's account; employers lose low-paid workers who join."
    limits = (
        "No more capital than the anchor has; its members' pay is at least the real living wage; nothing is sold outside the place; plant "
        "is bought on a bank loan; each month it hires after all other employers. It ends like any firm."
    )
    repeatable = True
    options = (
        ANCHOR_OPTION,
        Option("cooperatives_a_year", "number", "Co-operatives founded a year, on average.", unit="firms a year", low=0.0, high=60.0),
        Option("running_cost", "money", "Cost of the agency.", unit="pounds a year", low=0.0, high=1e7),
        Option("capital", "money", "Start-up capital for each.", unit="pounds", low=0.0, high=1e6, default=0.0),
        Option("jobs", "number", "Jobs each is planned for.", unit="jobs", low=1.0, high=1000.0, default=10.0),
        Option("form", "text", "Who its members are.", default="worker", choices=FORMS[1:]),
        Option("sector", "sector", "Sector they work in; any in which firms begin when left out.", default=None),
        Option("entry_stake", "money", "Stake of each member, deducted from pay.", unit="pounds", low=0.0, high=20000.0, default=0.0),
    )
    off = MappingProxyType({"cooperatives_a_year": 0.0, "running_cost": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for foundings, whose number grows with the ramp, and charge the agency's cost."""
        anchor, sector = self.anchor_row(town), self.given.get("sector")
        rules.monthly_cost[anchor] += self.pence(town, "running_cost") // 12
        if self.number("cooperatives_a_year") <= 0.0:
            return
        rules.ownership.developments.append(
            Development(
                rate=self.number("cooperatives_a_year") * strength,
                form=str(self.given["form"]),
                sector=-1 if sector is None else SECTORS.index(str(sector)),
                jobs=self.number("jobs"),
                capital=self.pence(town, "capital"),
                entry_stake=self.pence(town, "entry_stake"),
                anchor=anchor,
            )
        )
