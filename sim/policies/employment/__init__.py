"""Policies of the employment pillar, one a file."""
