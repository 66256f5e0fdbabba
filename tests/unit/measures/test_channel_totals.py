"""What sectors received and paid through each channel over a run, against the ledger's own bookings."""

from __future__ import annotations

import numpy as np

import sim
from sim.core.channels import CHANNEL_NAMES, INSTITUTIONS
from sim.core.ledger import Ledger
from sim.runs.opening.opened import opened


def test_receipts_within_a_sector_count():
    ledger = Ledger()
    one, two = ledger.open(2, sector=1)
    ledger.endow(np.array([one]), np.array([500]))
    ledger.begin_month(1)
    ledger.book("inputs", one, two, np.array([120]))
    row = CHANNEL_NAMES.index("inputs")
    assert ledger.flows[row].tolist() == [0] * len(INSTITUTIONS)
    assert ledger.received[row, 1] == ledger.received.sum() == 120
    ledger.begin_month(2)
    assert not ledger.received.any()


def test_totals_of_a_run_are_the_bookings_of_all_months():
    economy = opened(sim.load("anytown/full-package"), seed=2)
    expected = {}
    for _ in range(3):
        economy.step()
        for booking in economy.ledger.journal:
            expected[booking.channel] = expected.get(booking.channel, 0) + int(booking.pence.sum())
    totals = economy.recorder.finish(economy).channel_totals
    assert dict(zip(totals.channels, totals.received.sum(axis=1).tolist(), strict=True)) == {
        name: expected.get(name, 0) for name in CHANNEL_NAMES
    }
    assert (totals.received.sum(axis=1) == totals.paid.sum(axis=1)).all()
    assert totals.received.min() >= 0
    assert totals.paid.min() >= 0
