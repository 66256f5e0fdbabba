"""The month's rules on enterprise and the alternative: what is bought or made in-house, who buys firms, who is lured, taxed and cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EnterpriseRules:
    """What policies change in enterprise and public money; every default leaves the month as it is without policies.

    Attributes
    ----------
    benefit_factor : float, benefits against those of the place file
    council_tax_factor : float, council tax against that of the place file
    business_tax_factor : float, taxes on products and production that firms pay, against the usual
    rates_borne : float, share of what firms save in business taxes that an anchor bears; the government bears the rest
    rates_anchor : int, row of that anchor, -1 for none
    """

    benefit_factor: float = 1.0
    council_tax_factor: float = 1.0
    business_tax_factor: float = 1.0
    rates_borne: float = 0.0
    rates_anchor: int = -1
