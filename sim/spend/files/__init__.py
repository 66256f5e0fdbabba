"""How published files are taken apart: bytes, text, sheets, headers, amounts, dates. Used by :func:`sim.spend.read_spend`."""
