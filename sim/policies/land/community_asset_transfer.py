"""Buildings of an anchor go to a community land trust."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_land import AssetTransfer
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class CommunityAssetTransfer(Policy):
    """A trust of the place gets buildings with a grant to repair them, and lets them for good."""

    name = "community_asset_transfer"
    title = "Community asset transfer"
    question = "What if residents are given public buildings to run themselves?"
    main = "buildings"
    sentence = "{anchor} will give {buildings:building|buildings} to a trust of the place, with {grant} for the repair of each"
    pillar = "land"
    meaning = (
        "An anchor gives buildings for nothing to a trust that the place owns, with a grant to repair them. The trust lets their "
        "units, to co-operatives and community firms first, then to small firms owned here; out of the rents it pays for upkeep, and "
        "what is over goes into works on its buildings. The anchor's contracts for building work shrink by the upkeep it is rid of."
    )
    where_tried = "English councils since 2003: Kirklees, Sheffield, Milton Keynes; Scotland; over 6,300 assets in England are owned so."
    evidence = (
        "6,325 community-owned assets in England; three quarters in good financial health, one in five with an operating loss of a "
        "tenth of revenue or more; upkeep is the commonest strain (Our Assets, Our Future, Sheffield Hallam University for Power to "
        "Change, 2019, as reported by thirdsector.co.uk and thenews.coop). Milton Keynes planned to give 50 assets to save 300,000 pounds a"
        " year in upkeep (Power to Change, 3 March 2016)."
    )
    mark = "B"
    costs = "The repair grant, out of the anchor's account, and the value of the buildings, which the anchor gives up."
    limits = (
        "A building without its grant is not transferred. The anchor had no rent from the buildings before. Upkeep that the trust "
        "cannot pay is left undone and does no harm that the model sees. Anchors' own buildings are not in the balance sheet before "
        "they change hands."
    )
    off = MappingProxyType({"buildings": 0})
    options = (
        Option("anchor", "anchor", "Anchor that gives the buildings and the grant."),
        Option("buildings", "count", "Buildings transferred in the first month.", unit="buildings", low=0, high=10000),
        Option("units", "count", "Units in a building, one for each tenant.", unit="units a building", low=1, high=200),
        Option("value", "money", "Market value of a building.", unit="pounds a building", low=0.0, high=1e8),
        Option("grant", "money", "Grant to repair a building.", unit="pounds a building", low=0.0, high=1e8),
        Option("upkeep", "money", "Upkeep of a building.", unit="pounds a building a month", low=0.0, high=1e6),
        Option("discount", "share", "How far rents lie below the market's.", unit="share of market rent", low=0.0, high=1.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the transfer in the first month."""
        if first and int(self.given["buildings"]):
            transfer = AssetTransfer(
                anchor=self.anchor_row(town),
                buildings=int(self.given["buildings"]),
                units=int(self.given["units"]),
                value=self.pence(town, "value"),
                grant=self.pence(town, "grant"),
                upkeep=self.pence(town, "upkeep"),
                rent_share=1.0 - self.number("discount"),
            )
            rules.land.transfers.append(transfer)
