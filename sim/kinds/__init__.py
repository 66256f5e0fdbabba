"""The kinds of agent and the tables that hold them.

Names are imported when they are first used: what only reads declarations needs no Mesa.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.kinds.anchors import Anchor, College, Council, HospitalTrust, HousingAssociation, Police, University
    from sim.kinds.contracts import CONTRACT_COLUMNS
    from sim.kinds.firms import Branch, CommunityFirm, Cooperative, Firm, LocalSME
    from sim.kinds.funds import CommunityBank, CreditUnion, CurrencyIssuer, Fund, InvestmentFund, LandTrust, SolidarityFund
    from sim.kinds.residents import Resident

__all__ = [
    "CONTRACT_COLUMNS",
    "Anchor",
    "Branch",
    "College",
    "CommunityBank",
    "CommunityFirm",
    "Cooperative",
    "Council",
    "CreditUnion",
    "CurrencyIssuer",
    "Firm",
    "Fund",
    "HospitalTrust",
    "HousingAssociation",
    "InvestmentFund",
    "LandTrust",
    "LocalSME",
    "Police",
    "Resident",
    "SolidarityFund",
    "University",
]

_HOMES = {
    "Anchor": "sim.kinds.anchors",
    "Branch": "sim.kinds.firms",
    "CONTRACT_COLUMNS": "sim.kinds.contracts",
    "College": "sim.kinds.anchors",
    "CommunityBank": "sim.kinds.funds",
    "CommunityFirm": "sim.kinds.firms",
    "Cooperative": "sim.kinds.firms",
    "Council": "sim.kinds.anchors",
    "CreditUnion": "sim.kinds.funds",
    "CurrencyIssuer": "sim.kinds.funds",
    "Firm": "sim.kinds.firms",
    "Fund": "sim.kinds.funds",
    "HospitalTrust": "sim.kinds.anchors",
    "HousingAssociation": "sim.kinds.anchors",
    "InvestmentFund": "sim.kinds.funds",
    "LandTrust": "sim.kinds.funds",
    "LocalSME": "sim.kinds.firms",
    "Police": "sim.kinds.anchors",
    "Resident": "sim.kinds.residents",
    "SolidarityFund": "sim.kinds.funds",
    "University": "sim.kinds.anchors",
}

__getattr__ = from_homes(__name__, _HOMES, __all__)
