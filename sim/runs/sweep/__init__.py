"""Sweeps: every point of an experiment with every seed."""
