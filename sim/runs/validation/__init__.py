"""Validation: published facts beside what the model answers."""

from __future__ import annotations

from sim.runs.validation.validate import Validation, validate

__all__ = ["Validation", "validate"]
