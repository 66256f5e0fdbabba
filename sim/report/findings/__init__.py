"""Findings: numbers drawn from a stored result, without a word about how they are shown."""
