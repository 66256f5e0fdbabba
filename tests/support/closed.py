"""A town with no way out: everybody buys, works, rents and owns at home, and nothing is taxed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from support.places import shipped, with_parameters

from sim.core.channels import LOCAL_FIRMS, WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.runs.opening.opened import opened


def closed_town(seed: int = 1) -> Economy:
    """The invented town, frozen, with every link to the outside cut: no taxes, imports, commuters, branches, exports or grants."""
    nothing = dict.fromkeys(
        (
            "work__tax_rate",
            "work__higher_tax_rate",
            "work__contribution_rate",
            "work__employer_contribution_rate",
            "finance__profit_tax_rate",
            "behaviour__burn_in_months",
        ),
        0.0,
    )
    town = opened(with_parameters(shipped("anytown/business-as-usual"), behaviour__frozen=1.0, **nothing), seed=seed)
    _buy_at_home(town)
    _work_at_home(town)
    _own_at_home(town)
    town.anchors["grant"][:] = 0
    town.residents["pension"][:] = 0
    return town


def _buy_at_home(town: Economy) -> None:
    """Inputs, shopping and contracts from firms of the place alone."""
    structure, firms, residents, contracts = town.structure, town.firms, town.residents, town.contracts
    bought = structure.local + 0.0
    bought[~np.isin(np.arange(18), firms["sector"])] = 0.0
    wanted = structure.local.sum(axis=0) + structure.region + structure.world + np.maximum(structure.taxes, 0.0)
    nothing = np.zeros(18)
    town.structure = replace(
        structure,
        local=bought * (wanted / bought.sum(axis=0)),
        region=nothing,
        world=nothing,
        taxes=nothing,
        export_pool=nothing,
        spending_tax=np.zeros(len(structure.spending_tax)),
        unemployment_benefit=0,
        inactive_benefit=0,
        council_tax=0,
    )
    accounts = firms["account"]
    habits = residents["habits"]
    row, column = np.nonzero(habits <= WORLD_ACCOUNT)
    habits[row, column] = accounts[(row + column) % len(accounts)]
    outside = np.flatnonzero(town.firm_row[contracts["supplier"]] < 0)
    contracts["supplier"][outside] = accounts[outside % len(accounts)]


def _work_at_home(town: Economy) -> None:
    """Nobody comes from next door or goes there."""
    residents = town.residents
    away = (residents["status"] == EMPLOYED) & (residents["employer"] <= WORLD_ACCOUNT)
    residents["status"][away] = UNEMPLOYED
    residents["employer"][away] = -1
    residents["wage"][away] = 0
    town.firms["commuters"][:] = 0
    town.anchors["commuters"][:] = 0


def _own_at_home(town: Economy) -> None:
    """Branches belong to residents, landlords live here, nobody owes a bank; tenants out of work live rent-free."""
    firms, residents = town.firms, town.residents
    branch = np.flatnonzero(firms["kind"] == Branch.code)
    firms["kind"][branch] = LocalSME.code
    firms["owner"][branch] = residents["account"][branch]
    town.ledger.reclassify(firms["account"][branch], LOCAL_FIRMS)
    residents["mortgage"][:] = 0
    residents["rent"][residents["status"] != EMPLOYED] = 0
    away = (residents["landlord"] >= 0) & (residents["landlord"] <= WORLD_ACCOUNT)
    residents["landlord"][away] = residents["account"][0]
