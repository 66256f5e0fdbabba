"""Policies of this pillar, one a file."""
