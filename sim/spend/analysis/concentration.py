"""How concentrated spending is: shares of the largest suppliers, the index of Herfindahl, how many make most of it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

__all__ = ["STEPS", "concentration", "largest_suppliers"]

#: How many of the largest are looked at.
STEPS: Final = (1, 5, 10, 20, 50, 100)
MOST_OF_IT: Final = 0.8


def concentration(ranked: pd.DataFrame) -> pd.DataFrame:
    """Measures of concentration over all suppliers that have a name.

    Parameters
    ----------
    ranked : DataFrame
        Suppliers, the largest first, with `amount` in pence. Those with more credits than payments count as nought.

    Returns
    -------
    DataFrame
        measure, suppliers (how many it is about), pence, share (of the sum of all above nought). The row "herfindahl" holds the sum
        of squared shares (0 to 1) in `share`. Without a supplier above nought there are no rows.

    Examples
    --------
    >>> table = concentration(pd.DataFrame({"amount": [75, 25]}))
    >>> table.set_index("measure").loc[["largest 1", "herfindahl", "suppliers that make 80%"], ["suppliers", "share"]].values.tolist()
    [[1.0, 0.75], [2.0, 0.625], [2.0, 1.0]]
    """
    pence = np.sort(ranked["amount"].to_numpy(dtype=np.int64))[::-1]
    pence = pence[pence > 0]
    columns = ["measure", "suppliers", "pence", "share"]
    if not len(pence):
        return pd.DataFrame({name: pd.Series(dtype="str" if name == "measure" else float) for name in columns})
    whole, running = int(pence.sum()), np.cumsum(pence)
    rows = [(f"largest {step}", step, int(running[step - 1]), running[step - 1] / whole) for step in STEPS if step <= len(pence)]
    most = int(np.searchsorted(running, MOST_OF_IT * whole)) + 1
    rows.append(("suppliers that make 80%", most, int(running[most - 1]), running[most - 1] / whole))
    rows.append(("herfindahl", len(pence), whole, float(((pence / whole) ** 2).sum())))
    rows.append(("all above nought", len(pence), whole, 1.0))
    return pd.DataFrame(rows, columns=columns)


def largest_suppliers(ranked: pd.DataFrame, whole: int, top: int) -> pd.DataFrame:
    """The largest suppliers with what is known of each.

    Parameters
    ----------
    ranked : DataFrame
        Suppliers, the largest first, as they may be shown.
    whole : int
        Pence of all payments, persons and withheld names included.
    top : int
        How many.

    Returns
    -------
    DataFrame
        rank, key, all columns of the suppliers but `amount`, then pence, share (of all payments), running_share.
    """
    largest = ranked.head(top)
    pence = largest["amount"].to_numpy(dtype=np.int64)
    result = largest.drop(columns="amount").rename_axis("key").reset_index()
    result.insert(0, "rank", np.arange(1, len(largest) + 1))
    result["pence"] = pence
    result["share"] = pence / whole if whole > 0 else np.nan
    result["running_share"] = np.cumsum(pence) / whole if whole > 0 else np.nan
    return result
