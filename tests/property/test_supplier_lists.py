"""Any supplier list: what is worked out of it is possible, closes, and stays the same when it is read again."""

from __future__ import annotations

import copy
import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sim.settings.places.sections import Anchor
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import Keys
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.anchor_suppliers import fill_from_suppliers
from sim.settings.suppliers.supplier import KINDS, UNKNOWN, WHERES
from sim.settings.suppliers.supplier_sums import spend_in_place, supplier_sums, unknown_sectors, unknown_wheres

SOURCE = SourceFile(Path("place.yaml"), "place.yaml")
FIGURE = {"value": 10.0, "year": 2020, "source": "made-up", "mark": "C"}
ROW = st.fixed_dictionaries(
    {
        "sector": st.sampled_from((*SECTORS[:4], UNKNOWN)),
        "where": st.sampled_from(WHERES),
        "kind": st.sampled_from(KINDS),
        "amount": st.integers(1, 10**12).map(lambda pence: pence / 100),
        "contracts": st.integers(1, 50),
    }
)
SHARE = st.one_of(st.none(), st.floats(0.0, 1.0))


def place_of(rows, shares):
    """An anchor with a list as plain values, in a place with nothing else."""
    suppliers = [row | {"supplier": f"Supplier {number}"} for number, row in enumerate(rows)]
    anchor = {"name": "council", "title": "Council", "kind": "council", "jobs": FIGURE, "contract_years": FIGURE, "suppliers": suppliers}
    anchor |= {key: FIGURE | {"value": share} for key, share in shares.items() if share is not None}
    return {"anchors": [anchor], "sources": {}}


def filled(values):
    """The values with what is left out worked out, and what was found wrong."""
    findings = Findings()
    fill_from_suppliers(values, Keys((), 1), SOURCE, findings)
    return values, findings.problems


@given(st.lists(ROW, min_size=1, max_size=30), st.fixed_dictionaries({"share_in_place": SHARE, "share_in_region": SHARE}))
def test_what_is_worked_out_of_a_list_closes(rows, shares):
    values, problems = filled(place_of(rows, shares))
    anchor = Anchor.model_validate(values["anchors"][0])
    sums = supplier_sums(anchor.suppliers)
    place, region = float(anchor.share_in_place), float(anchor.share_in_region)
    if problems:
        # Only a share that was given can be one that the list does not allow.
        assert {problem.key.rpartition(".")[2] for problem in problems} <= {key for key, share in shares.items() if share is not None}
        return
    assert math.isclose(math.fsum(float(one) for one in anchor.spend_by_sector.values()), 1.0, abs_tol=1e-9)
    assert -1e-9 <= place <= 1.0 + 1e-9 and place + region <= 1.0 + 0.003
    for where, share in (("place", place), ("region", region)):
        low, high = sums.where_bounds(where)
        assert low - 0.0011 <= share <= high + 0.0011
    here, near = unknown_wheres(anchor)
    assert here >= 0.0 and near >= 0.0 and here + near <= 1.0 + 1e-12
    assert math.isclose(math.fsum(unknown_sectors(anchor)), 1.0, abs_tol=1e-9)
    # What the model buys in the place is what the shares say, to the tolerance within which a rounded share is accepted.
    assert math.isclose(math.fsum(spend_in_place(anchor)), place * sums.total, rel_tol=1e-9, abs_tol=0.0011 * sums.total)


@given(st.lists(ROW, min_size=1, max_size=30))
def test_reading_again_what_was_worked_out_changes_nothing(rows):
    once, problems = filled(place_of(rows, {}))
    assert problems == []
    again, problems = filled(copy.deepcopy(once))
    assert problems == [] and again == once
