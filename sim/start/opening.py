"""The opening of a town: accounts, organisations, residents, contracts, web, money; then a burn-in to rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.core.channels import REGION_ACCOUNT
from sim.core.ledger import NO_LIMIT
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.town import Town
from sim.month.contracts.trade_credit import set_opening_credit
from sim.start import balance_sheets, chances, contracts, organisations, population, structure, web
from sim.start.regional_accounts import RegionalAccounts, regional_accounts


def open_town(town: Town) -> RegionalAccounts:
    """Fill an empty town from its place file; returns the regional accounts it stands on."""
    parameters = town.rules.parameters
    accounts = regional_accounts(town.place, parameters)
    town.structure = structure.build_structure(town.place, accounts, parameters)
    organisations.build_anchors(town)
    organisations.build_firms(town, accounts)
    population.build_residents(town)
    population.assign_jobs(town)
    population.choose_owners(town)
    population.assign_homes(town)
    contracts.build_contracts(town)
    contracts.award_opening(town)
    web.choose_links(town)
    spending = balance_sheets.endow_residents(town)
    web.close_with_exports(town, spending)
    chances.find_chances(town)
    _set_patterns(town)
    balance_sheets.endow_firms(town)
    balance_sheets.endow_anchors(town)
    set_opening_credit(town)
    if town.frozen:
        _freeze(town)
    return accounts


def _freeze(town: Town) -> None:
    """For proofs: contracts at base prices, and no firm or anchor is ever short of money, so that payments stay in proportion."""
    town.contracts["price"][:] = 1.0
    for table in (town.firms, town.anchors):
        town.ledger.set_credit(table["account"], NO_LIMIT)


def _set_patterns(town: Town) -> None:
    """New firms resemble opening ones; residents who work outside keep as many jobs there."""
    outside = int(np.count_nonzero(town.residents["employer"] == REGION_ACCOUNT))
    town.structure = replace(town.structure, outside_jobs=outside)
    firms = town.firms
    pattern = structure.FirmPattern(
        sector=firms["sector"],
        kind=firms["kind"],
        appeal=firms["appeal"],
        capacity=firms["capacity"],
        export_weight=firms["export_weight"],
        jobs=(firms["workers"] + firms["commuters"]).astype("int64"),
        age=town.month - firms["born"].astype("int64"),
    )
    town.structure = structure.with_turnover(town.structure, pattern, town.place, town.rules.parameters, Branch.code, LocalSME.code)
