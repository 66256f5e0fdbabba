"""Reports of stored results: one page that opens offline and prints, and a workbook with the same numbers.

Names are imported when they are first used: the workshop page takes the words of the report and draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.report.build import build_report
    from sim.report.sweep.report import build_sweep_report

__all__ = ["build_report", "build_sweep_report"]

_HOMES = {"build_report": "sim.report.build", "build_sweep_report": "sim.report.sweep.report"}

__getattr__ = from_homes(__name__, _HOMES, __all__)
