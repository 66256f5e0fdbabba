"""Published spending and contracts of real institutions: files in; suppliers, analysis and contract books out.

Knows nothing of the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.spend.analysis.analyse import SpendAnalysis, analyse
    from sim.spend.limits import Limits
    from sim.spend.mapping import SpendMapping, read_mapping, write_mapping
    from sim.spend.matching.known import KnownSuppliers, read_known_suppliers
    from sim.spend.matching.places import PlaceAreas
    from sim.spend.ocds.book import contract_book
    from sim.spend.ocds.contracts import ContractBook
    from sim.spend.ocds.kind import is_ocds
    from sim.spend.ocds.reading import read_contracts
    from sim.spend.read import read_spend
    from sim.spend.reading import FileReading, SpendReading
    from sim.spend.suppliers import Suppliers, match_suppliers

__all__ = [
    "ContractBook",
    "FileReading",
    "KnownSuppliers",
    "Limits",
    "PlaceAreas",
    "SpendAnalysis",
    "SpendMapping",
    "SpendReading",
    "Suppliers",
    "analyse",
    "contract_book",
    "is_ocds",
    "match_suppliers",
    "read_contracts",
    "read_known_suppliers",
    "read_mapping",
    "read_spend",
    "write_mapping",
]

_HOMES = {
    "ContractBook": "sim.spend.ocds.contracts",
    "FileReading": "sim.spend.reading",
    "KnownSuppliers": "sim.spend.matching.known",
    "Limits": "sim.spend.limits",
    "PlaceAreas": "sim.spend.matching.places",
    "SpendAnalysis": "sim.spend.analysis.analyse",
    "SpendMapping": "sim.spend.mapping",
    "SpendReading": "sim.spend.reading",
    "Suppliers": "sim.spend.suppliers",
    "analyse": "sim.spend.analysis.analyse",
    "contract_book": "sim.spend.ocds.book",
    "is_ocds": "sim.spend.ocds.kind",
    "match_suppliers": "sim.spend.suppliers",
    "read_contracts": "sim.spend.ocds.reading",
    "read_known_suppliers": "sim.spend.matching.known",
    "read_mapping": "sim.spend.mapping",
    "read_spend": "sim.spend.read",
    "write_mapping": "sim.spend.mapping",
}

__getattr__ = from_homes(__name__, _HOMES, __all__)


def __dir__() -> list[str]:
    """Public names, for completion."""
    return sorted(__all__)
