"""Policies of the alternative to community wealth building, one a file."""
