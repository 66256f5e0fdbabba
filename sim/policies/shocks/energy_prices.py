"""Energy costs more."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, shock
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy


@shock
class EnergyPrices(Policy):
    """Firms, anchors and residents pay more for the same energy; the rise leaves the place."""

    name = "energy_prices"
    title = "Energy prices jump"
    question = "What if energy suddenly costs much more?"
    main = "rise"
    sentence = "energy will cost {rise} more"
    pillar = "shock"
    meaning = (
        "Energy, water and waste services cost a share more, with the ramp, while the shock lasts. Firms and anchors buy the same volume "
        "and pay more; residents buy the same volume and less of all else. What they pay more goes to those who make energy outside."
    )
    where_tried = "Everywhere in 2022: the cap on bills of households in Great Britain rose by 54% in April and by 27% in October."
    evidence = (
        "House of Commons Library CBP-9491 for households. Manufacturers paid 66% more for electricity and 162% more for gas early in "
        "2022 than a year before (Department for Business statistics)."
    )
    mark = "B"
    costs = "Anchors pay more for the energy they hold contracts for, within what wages leave them; less is left for the rest."
    limits = (
        "Firms do not raise their prices, so their surplus bears it all and shoppers too little. Nobody saves energy. Water and waste rise "
        "with energy, as the accounts hold them as one sector. Energy made in the place gains nothing."
    )
    off = MappingProxyType({"rise": 0.0})
    options = (
        Option("rise", "number", "Rise of the price of energy against the usual.", unit="share of the usual price", low=0.0, high=5.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Raise the price by what is reached."""
        rules.events.energy_price *= 1.0 + self.number("rise") * strength
