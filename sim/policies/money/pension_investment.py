"""Pension money invested in the place."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_money import PensionTerms
from sim.kinds.town import Town
from sim.policies.base import INTEREST_COVER_OPTION, Policy


@policy
class PensionInvestment(Policy):
    """A pension fund outside agrees to a yearly sum for loans to firms here."""

    name = "pension_investment"
    title = "Pension money invested locally"
    question = "What if pension savings are lent to firms in the place?"
    main = "yearly_amount"
    sentence = "a pension fund will lend up to {yearly_amount} a year to firms here"
    pillar = "money"
    meaning = (
        "A pension fund outside the place agrees to put up to a sum a year into an investment fund for the place. It is called when "
        "firms owned here ask for loans at the return required: firms whose own cash does not reach for their plans and whose usual "
        "surplus bears the debt. Interest, less the fund's costs, goes back to the pension fund every month; what is repaid is lent "
        "again, and goes back once the policy ends."
    )
    where_tried = (
        "Lancashire County Pension Fund: 100 million pounds for the City Deal of Preston, South Ribble and Lancashire, and student flats, "
        "hotel and offices in Preston (Room151 2013; CLES)."
    )
    evidence = (
        "No evaluation of what local investment by a pension fund does to a place was found. Government asked local government pension "
        "funds for plans to invest up to 5% of assets in projects that support local areas (white paper of February 2022, consultation "
        "of 2023); its response of May 2025 keeps local investment as an aim of the scheme."
    )
    mark = "assumption"
    costs = (
        "The return and its risk: interest leaves the place, and loans that are lost are the pension fund's shortfall, shown as a measure."
    )
    limits = (
        "Loans to firms only: most local pension money went into property, which the model does not build for rent. Who pays for a "
        "shortfall is left open: pensions in payment do not change. Money that no sound firm asks for is not called."
    )
    one_for_the_place = True
    options = (
        Option("yearly_amount", "money", "Most that is paid in during a year.", unit="pounds a year", low=0.0, high=1e9),
        Option("required_return", "share", "Interest on its loans.", unit="share a year", low=0.0, high=0.5, default=0.06),
        Option("largest_loan", "money", "Most that one firm may owe it.", unit="pounds", low=0.0, high=1e9, default=250000.0),
        INTEREST_COVER_OPTION,
        Option("running_cost", "share", "Management of the fund.", unit="share of loans a year", low=0.0, high=0.2, default=0.01),
    )
    off = MappingProxyType({"yearly_amount": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the terms of the month."""
        most = round(self.pence(town, "yearly_amount") * strength / 12.0)
        if most > 0:
            rules.money.pension = PensionTerms(
                most_a_month=most,
                required_return=self.number("required_return"),
                largest_loan=self.pence(town, "largest_loan"),
                interest_cover=self.number("interest_cover"),
                running_cost=self.number("running_cost"),
            )
