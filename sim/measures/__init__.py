"""Measures: what a month is recorded as, one subject a file. `sim.catalogue` imports them all."""
