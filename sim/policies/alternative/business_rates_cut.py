"""A cut in business rates."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class BusinessRatesCut(Policy):
    """Firms pay less in rates; a council and the government forgo it."""

    name = "business_rates_cut"
    title = "Business rates cut"
    question = "What if every firm pays less local tax on its premises?"
    main = "share"
    sentence = "business rates will fall by {share}, and {anchor} will bear {borne_by_council} of that"
    pillar = "alternative"
    meaning = (
        "Every firm's business rates fall by a share, with the ramp, whoever owns it. A council bears part of what is forgone and the "
        "government the rest."
    )
    where_tried = "Enterprise zones in England in the 1980s and from 2012; reliefs under section 69 of the Localism Act 2011."
    evidence = (
        "About three quarters of a change in rates passes into rents in two to three years (Regeneris 2015); in early enterprise zones "
        "about all did (Cambridge Econometrics for HM Treasury, range 65% to 150%). No effect on jobs is put in: firms keep the money, "
        "invest or pay it out."
    )
    mark = "B"
    costs = "The council's income falls by its share of what is forgone; the government's by the rest. It buys less and keeps fewer posts."
    limits = (
        "Rents of premises do not move in the model, so none of it passes into them, though the evidence says most does: read what owners "
        "gain as what owners and landlords gain. Rates are a fixed part of business taxes, which follow output."
    )
    one_for_the_place = True
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHOR_OPTION,
        Option("share", "share", "Share by which rates fall.", unit="share of rates", low=0.0, high=1.0),
        Option(
            "borne_by_council",
            "share",
            "Part of what is forgone that the anchor bears; half is what councils in England kept of rates from 2013.",
            unit="share of rates forgone",
            low=0.0,
            high=1.0,
            default=0.5,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Lower the taxes of firms and say who bears it."""
        share = self.number("share") * strength
        if share > 0.0:
            rules.enterprise.business_tax_factor *= 1.0 - share * rules.parameters["finance.rates_in_business_taxes"]
            rules.enterprise.rates_borne = self.number("borne_by_council")
            rules.enterprise.rates_anchor = self.anchor_row(town)
