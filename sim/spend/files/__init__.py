"""How published files are taken apart: bytes, text, sheets, headers, amounts, dates. Used by `sim.spend.read_spend`."""
