"""Arithmetic that several phases use: sharing whole pence, choosing some of a group."""
