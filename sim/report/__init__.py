"""Reports of stored results: one page that opens offline and prints, and a workbook with the same numbers."""

from sim.report.build import build_report

__all__ = ["build_report"]
