"""What anchors pay counts as cost of policies, or they get something for it: a channel that is forgotten would make a lever look cheap."""

from __future__ import annotations

from sim.core.channels import CHANNELS
from sim.measures.cost import COSTS

#: Channels by which anchors pay and get something back, with what it is.
FOR_SOMETHING = {
    "contracts": "goods and services, which are counted as service bought",
    "wages": "work of their own staff",
    "work taxes": "the same",
    "fund capital": "a claim on a fund, or an advance that comes back",
    "home building": "homes",
    "land loans": "repayment of what was borrowed for homes",
}
#: Who speaks of anchors though they receive: the words name the payer first.
TO_ANCHORS = ("grants", "leases", "invoices taken over", "rates forgone")


def test_every_channel_of_anchors_is_a_cost_or_buys_something() -> None:
    of_anchors = {name for name, meaning in CHANNELS.items() if any(word in meaning for word in ("anchor", "employers", "councils"))}
    known = {*COSTS, *FOR_SOMETHING, *TO_ANCHORS, "council tax"}
    assert of_anchors <= known, (
        f"put into COSTS of sim/measures/cost.py, or here with what anchors get for it: {sorted(of_anchors - known)}"
    )
    assert {*COSTS, *FOR_SOMETHING, *TO_ANCHORS} <= set(CHANNELS)
