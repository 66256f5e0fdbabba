"""Runs in words for a terminal."""
