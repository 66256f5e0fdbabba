"""Policies of the land pillar, one a file."""
