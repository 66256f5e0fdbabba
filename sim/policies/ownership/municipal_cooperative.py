"""A municipal co-operative with seed capital and an anchored contract."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Founding, Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy
from sim.settings.sectors import SECTORS


@policy
class MunicipalCooperative(Policy):
    """An anchor founds a co-operative and gives it work out of its own contracts."""

    name = "municipal_cooperative"
    title = "Municipal co-operative"
    question = "What if a public body founds a firm owned by its workers?"
    main = "jobs"
    sentence = (
        "{anchor} will found a worker co-operative in {sector} for {jobs:job|jobs}, with a contract of {contract_annual_value} a year"
    )
    pillar = "ownership"
    meaning = (
        "An anchor founds a worker co-operative in a sector with seed capital and a contract for a time; the work is taken "
        "out of the anchor's running contracts in that sector, those held outside first."
    )
    where_tried = "Cleveland, Ohio: Evergreen Cooperatives from 2009 (0 to 320 jobs in twelve years; target missed at year six)."
    evidence = (
        "Evergreen case studies; about half of revenue sought from anchors; the non-profit developer holds 10 to 20% of each co-operative, "
        "here the founding anchor's part of surplus (firms.municipal_anchor_share)."
    )
    mark = "B"
    costs = (
        "Seed capital, which stays in the firm's indivisible reserve, and, where its price is higher, less service; both come from the "
        "anchor's account."
    )
    limits = (
        "No more than the anchor buys in the sector; after the contract ends it must win it; it can fail. Each month it hires after all "
        "other employers, so that arms keep the same luck; it sells nothing outside the place; its equipment is bought on a bank loan."
    )
    repeatable = True
    options = (
        ANCHOR_OPTION,
        Option("sector", "sector", "Sector the co-operative works in."),
        Option("seed_capital", "money", "Seed capital from the anchor.", unit="pounds", low=0.0, high=1e9),
        Option("contract_annual_value", "money", "Yearly value of the anchored contract.", unit="pounds a year", low=0.0, high=1e9),
        Option("contract_months", "months", "Length of the anchored contract.", unit="months", low=1, high=600),
        Option("jobs", "number", "Jobs the co-operative is planned for; none founds nothing.", unit="jobs", low=0.0, high=10000.0),
    )
    off = MappingProxyType({"jobs": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the founding in the first month in force."""
        if first and self.number("jobs") > 0.0:
            rules.foundings.append(
                Founding(
                    name=f"the {self.given['sector']} co-operative",
                    kind="cooperative",
                    sector=SECTORS.index(str(self.given["sector"])),
                    jobs=self.number("jobs"),
                    seed_capital=self.pence(town, "seed_capital"),
                    anchor=self.anchor_row(town),
                    contract_value=self.pence(town, "contract_annual_value") // 12,
                    contract_months=int(self.given["contract_months"]),
                )
            )
