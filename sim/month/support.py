"""Support: help for firms and workers that policies pay for, and work that anchors take in or put out, before the month's work begins."""

from __future__ import annotations

from sim.kinds.town import Town
from sim.month.contracts.in_house import bring_in, put_out
from sim.month.contracts.leaving import end_contracts
from sim.month.contracts.supplier_development import develop_suppliers
from sim.month.labour.accreditation import accredit
from sim.month.labour.progression import train
from sim.month.trade.demand_shocks import pay_anchors_energy


def phase(town: Town) -> None:
    """Pay for help."""
    if town.frozen:
        return
    accredit(town)
    train(town)
    pay_anchors_energy(town)
    end_contracts(town)
    bring_in(town)
    put_out(town)
    develop_suppliers(town)
