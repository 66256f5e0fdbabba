"""Supplier lists of anchors: rows, their sums, and what of a place is filled from them."""
