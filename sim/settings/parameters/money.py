"""Parameters of saving and lending in the place."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "money.working_balance",
        1.0,
        "months of usual income",
        0.0,
        12.0,
        "Deposit that savers of a community bank leave with their ordinary bank.",
        "No UK figure found; a month's income meets a month's bills.",
        "assumption",
    ),
    Parameter(
        "money.fund_return",
        0.05,
        "share a year",
        0.0,
        0.5,
        "Interest that an investment fund of anchors' reserves asks of firms, where no pension fund sets a return.",
        "As national banks in the model.",
        "assumption",
    ),
    Parameter(
        "money.fund_cost",
        0.01,
        "share of loans a year",
        0.0,
        0.2,
        "Management of an investment fund of anchors' reserves, where no pension fund sets it.",
        "No UK figure found.",
        "assumption",
    ),
    Parameter(
        "money.fund_largest_loan",
        50000.0,
        "pounds",
        0.0,
        1e9,
        "Most that one firm may owe an investment fund of anchors' reserves, where no pension fund sets it.",
        "No UK figure found.",
        "assumption",
    ),
    Parameter(
        "money.fund_cover",
        1.25,
        "ratio",
        0.0,
        10.0,
        "Times that a firm's usual surplus must cover repayment and interest to an investment fund of anchors' reserves.",
        "A usual covenant of lenders; not read in a primary source.",
        "assumption",
    ),
)
