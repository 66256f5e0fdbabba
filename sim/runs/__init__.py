"""Runs of scenarios: one or many seeds, one or many arms, kept in a result folder."""
