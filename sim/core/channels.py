"""The channels money moves through, and the institutional sectors that hold it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

#: Institutional sectors in the order of the flow and balance-sheet matrices (after the System of National Accounts 2008, chapter 4).
INSTITUTIONS: Final = (
    "residents",
    "local firms",
    "co-operatives",
    "community firms",
    "branches",
    "anchors",
    "community funds",
    "government",
    "neighbouring region",
    "rest of the world",
    "banks",
)

RESIDENTS, LOCAL_FIRMS, COOPERATIVES, COMMUNITY_FIRMS, BRANCHES, ANCHORS, FUNDS, GOVERNMENT, REGION, WORLD, BANKS = range(len(INSTITUTIONS))

#: Sectors inside the place; the rest stand outside it, and a payment to them is a leakage.
LOCAL_INSTITUTIONS: Final = (RESIDENTS, LOCAL_FIRMS, COOPERATIVES, COMMUNITY_FIRMS, BRANCHES, ANCHORS, FUNDS)

#: The accounts that decide nothing have the first numbers of every ledger.
GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT, BANK_ACCOUNT = range(4)

#: Every channel with what it means. A booking names one of these.
CHANNELS: Final = MappingProxyType(
    {
        "grants": "government money to anchors",
        "benefits": "benefits to residents without work, with the rent they cannot meet",
        "pensions": "state and private pensions to residents of 65 and over",
        "council tax": "residents to councils, and to the government for what other authorities levy",
        "contracts": "anchors to the suppliers that hold their contracts",
        "invoices taken over": "firms that step in for a contract holder that has ended, for what an anchor still owes it",
        "subcontracts": "firms that are full to outside firms that do the work",
        "inputs": "firms to the suppliers of their inputs",
        "business taxes": "product and production taxes of firms",
        "rates forgone": "councils to the government, for business rates that a cut no longer brings in",
        "exports": "buyers outside the place to firms",
        "wages": "employers to workers, after tax; to the neighbouring region for workers who live there",
        "work taxes": "income tax and social contributions of workers and employers",
        "shopping": "residents to sellers",
        "spending taxes": "taxes in what residents buy",
        "rents": "tenants to landlords",
        "mortgage interest": "owners with a mortgage to banks",
        "loan interest": "firms to banks",
        "new loans": "banks to firms that invest or begin",
        "repayments": "firms to banks",
        "profit taxes": "firms to the government",
        "investment": "firms to the makers of buildings and equipment",
        "payouts": "surplus to owners and members",
        "owner capital": "founders to their firms",
        "estates": "what a firm that ends leaves to its owners",
        "write-offs": "debts that banks lose when a firm ends",
        "firm sales": "buyers of a whole firm to its owner",
        "seed capital": "anchors to the firms they found",
        "policy costs": "what running a policy costs an anchor",
        "business support": "anchors to firms they help to grow or to come",
        "member stakes": "members to the co-operative they join",
        "stakes returned": "co-operatives to members who leave",
        "solidarity": "co-operatives to and from their common fund",
        "furlough": "the government to workers who are kept on without work",
        "training": "anchors to the makers of training",
        "fund capital": "what anchors and others pay into a fund, and get back",
        "fund deposits": "savings into and out of community banks and credit unions",
        "fund loans": "community banks, credit unions and funds to those they lend to",
        "fund repayments": "repaid to community banks, credit unions and funds",
        "fund interest": "interest and returns to and from community banks, credit unions and funds",
        "currency exchange": "pounds for local currency and back",
        "leases": "firms to anchors and trusts for premises",
        "home building": "anchors and trusts to builders",
        "home sales": "buyers of homes and buildings to their owners",
        "new mortgages": "banks to residents who buy a home from a trust",
        "land loans": "banks to anchors and trusts that build, and repayment",
    }
)

CHANNEL_NAMES: Final = tuple(CHANNELS)
