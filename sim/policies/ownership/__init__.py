"""Policies of the ownership pillar, one a file."""
