"""Parameters of credit and taxes on surplus."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "finance.rates_in_business_taxes",
        0.30,
        "share of business taxes",
        0.0,
        1.0,
        "Business rates in what firms pay in taxes on products and on production together.",
        "UK 2019, ONS supply and use tables: taxes on production 26.9 of the 89.3 billion pounds industries pay; most are rates.",
        "C",
    ),
    Parameter(
        "finance.loan_rate",
        0.05,
        "share a year",
        0.0,
        0.5,
        "Interest on firms' loans and overdrafts.",
        "Near small-business lending rates of 2013; not read in a primary source.",
        "assumption",
    ),
    Parameter(
        "finance.loan_months",
        60.0,
        "months",
        6.0,
        360.0,
        "Months over which a loan is paid back.",
        "No UK figure found.",
        "assumption",
    ),
    Parameter(
        "finance.investment_loan_share",
        0.3,
        "share",
        0.0,
        1.0,
        "Share of investment paid by loan.",
        "No UK figure found for places.",
        "assumption",
    ),
    Parameter(
        "finance.overdraft_months",
        1.5,
        "months of usual sales",
        0.0,
        12.0,
        "Overdraft a bank grants to a firm.",
        "No UK figure found.",
        "assumption",
    ),
    Parameter(
        "finance.profit_tax_rate",
        0.2,
        "share",
        0.0,
        1.0,
        "Tax on surplus.",
        "HM Revenue and Customs, small profits rate of corporation tax 2013.",
        "B",
    ),
    Parameter(
        "finance.founder_stake",
        0.25,
        "share of a founder's savings",
        0.0,
        1.0,
        "Largest part of their savings that a founder puts into a firm.",
        "No UK figure found.",
        "assumption",
    ),
)
