"""Parameters of the regional accounts."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "accounts.flq_delta",
        0.25,
        "exponent",
        0.0,
        0.5,
        "Exponent of Flegg's location quotient: the higher, the less a small place buys from itself.",
        "Flegg and Webber, Regional Studies 31(8), 1997; values near 0.25 fitted Finland's regions in Flegg and Tohmo, Regional Studies "
        "47(5), 2013. The value for one town is not known: sweep it.",
        "assumption",
    ),
    Parameter(
        "accounts.minimum_export_share",
        0.02,
        "share",
        0.0,
        0.5,
        "Least share of each sector's sales that goes to buyers outside the place.",
        "Assumed: no sector of an open town sells only inside it. It binds only where local demand would exceed what the sector makes.",
        "assumption",
    ),
    Parameter(
        "accounts.remote_seller_weight",
        0.25,
        "ratio",
        0.01,
        1.0,
        "How strongly residents turn to local sellers of what is mostly bought at a distance (goods from makers, energy, information, "
        "finance), against 1 for shops, meals, care and other services bought in person.",
        "Assumed: no survey of where residents buy by sector was found. The overall share is households.local_shopping whatever this is.",
        "assumption",
    ),
)
