"""Shocks, one a file: what happens to a place that no policy chose."""
