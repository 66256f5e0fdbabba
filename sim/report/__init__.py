"""Reports of stored results: one page that opens offline and prints, and a workbook with the same numbers."""

from sim.report.build import build_report
from sim.report.sweep_report import build_sweep_report

__all__ = ["build_report", "build_sweep_report"]
