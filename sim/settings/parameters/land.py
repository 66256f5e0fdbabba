"""Parameters of land, premises and homes that policies provide."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "land.unit_jobs",
        10.0,
        "jobs",
        2.0,
        50.0,
        "Only firms with fewer jobs than this fit a unit that an anchor or a trust lets.",
        "Affordable workspace is for micro and small businesses (Islington); a micro firm has fewer than 10 staff.",
        "C",
    ),
    Parameter(
        "land.loan_rate",
        0.045,
        "share a year",
        0.0,
        0.15,
        "Interest on loans that anchors take to build homes.",
        "Between the yields of long government bonds and business lending in the 2010s; no figure of a scheme was read.",
        "assumption",
    ),
    Parameter(
        "land.loan_to_income",
        4.5,
        "years of income",
        2.0,
        8.0,
        "Largest mortgage of a buyer against yearly income.",
        "Bank of England, Financial Policy Committee, June 2014: few loans at or above 4.5 times income. Here on income after tax.",
        "B",
    ),
)
