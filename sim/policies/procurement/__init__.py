"""Policies of the procurement pillar, one a file."""
