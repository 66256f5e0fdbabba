"""A community or municipal enterprise that must win its customers."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Founding, Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy
from sim.settings.sectors import SECTORS


@policy
class CommunityEnterprise(Policy):
    """An anchor founds a firm that belongs to the place and serves residents and firms."""

    name = "community_enterprise"
    title = "Community or municipal enterprise"
    question = "What if the place founds a firm that belongs to everyone?"
    main = "jobs"
    sentence = "{anchor} will found a firm in {sector} that belongs to the place, planned for {jobs:job|jobs}, with {capital}"
    pillar = "ownership"
    meaning = (
        "An anchor founds a firm owned by the place in a sector, such as energy, broadband or care, with capital and a bank loan "
        "for its equipment. It has no contract: residents and firms come to it as they compare sellers. Its surplus goes to the council."
    )
    where_tried = "Robin Hood Energy, Nottingham, 2015 to 2020; Bristol Energy; municipal broadband and care companies."
    evidence = (
        "Robin Hood Energy lost money in most years and closed: 230 jobs and about 38 million pounds of the council's (BBC, September "
        "2020); neither it nor Bristol Energy earned a lasting profit (PA Consulting, July 2020). No advantage over other firms is put in."
    )
    mark = "B"
    costs = "The capital, from the anchor's account, lost if the firm fails; interest on the loan; at least the living wage for its staff."
    limits = (
        "It plans at first for three tenths of its size and wins customers as they compare, over years; with too little capital it fails "
        "before. Prices are set as by any firm. It sells nothing outside the place or to the state, and hires after all other employers."
    )
    repeatable = True
    off = MappingProxyType({"jobs": 0.0})
    options = (
        ANCHOR_OPTION,
        Option("sector", "sector", "Sector the firm works in."),
        Option("jobs", "number", "Jobs the firm is planned for.", unit="jobs", low=0.0, high=10000.0),
        Option("capital", "money", "Capital from the anchor.", unit="pounds", low=0.0, high=1e9),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the founding in the first month in force."""
        if first and self.number("jobs") > 0.0:
            rules.foundings.append(
                Founding(
                    name=f"the {self.given['sector']} community enterprise",
                    kind="community",
                    sector=SECTORS.index(str(self.given["sector"])),
                    jobs=self.number("jobs"),
                    seed_capital=self.pence(town, "capital"),
                    anchor=self.anchor_row(town),
                    contract_value=0,
                    contract_months=0,
                )
            )
