"""The kinds of agent and the tables that hold them."""

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
