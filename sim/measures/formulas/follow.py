"""Where money goes, payment by payment: an absorbing Markov chain on single accounts.

Every local account passes on what it receives in the proportions of what it paid; whatever reaches an end point stays there. One
account may pay more in a period than it received, or less: the proportions are those of payments, so saving and dissaving of those who
paid anything do not appear. An account that paid nothing keeps what it gets, and so does a closed circle of accounts that pay nobody
else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

__all__ = ["Chain", "Course", "follow_money", "likeliest_path", "pass_on", "round_to_total"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Less of a unit than this is nothing.
NOTHING: Final = 1e-16
#: Payments after which the rest is solved for and no longer followed.
MOST: Final = 5000


@dataclass(frozen=True)
class Chain:
    """Shares that each account passes on.

    Parameters
    ----------
    passed_on : sparse array (accounts, accounts)
        Q: share of what the row receives that it pays to the column.
    leaving : sparse array (accounts, ends + 1)
        R: share that the row pays to each end point; the last one is "kept". Rows of Q and R together add to 1.
    """

    passed_on: sparse.csr_array
    leaving: sparse.csr_array


@dataclass(frozen=True)
class Course:
    """The way of one unit of money.

    Parameters
    ----------
    held : ndarray (payments, accounts)
        Part that each account holds after each payment.
    left : ndarray (payments, ends + 1)
        Part that reaches each end point with each payment.
    rest : ndarray (ends + 1,)
        Where what is still here after the last payment ends.
    hands : float
        Expected number of accounts in the place that the unit reaches, over all payments: e' (I - Q)^-1 1.
    """

    held: Floats
    left: Floats
    rest: Floats
    hands: float

    @property
    def still_here(self) -> float:
        """Part that is still here after the last payment."""
        return float(self.held[-1].sum())

    @property
    def ends(self) -> Floats:
        """Part that reaches each end point in the end (ends + 1,): adds to 1."""
        result: Floats = self.left.sum(axis=0) + self.rest
        return result


def pass_on(payer: ArrayLike, target: ArrayLike, pence: ArrayLike, accounts: int, ends: int) -> Chain:
    """The chain of some payments.

    Parameters
    ----------
    payer : array of int (payments,)
        Account that pays.
    target : array of int (payments,)
        Account that is paid, or `accounts` plus the number of an end point.
    pence : array (payments,)
        What was paid.
    accounts, ends : int
        How many there are.

    Notes
    -----
    J. G. Kemeny and J. L. Snell, *Finite Markov Chains*, 1960, chapter 3.

    Examples
    --------
    >>> chain = pass_on([0, 0], [1, 2], [30, 70], accounts=2, ends=1)
    >>> chain.passed_on.toarray().tolist(), chain.leaving.toarray().tolist()
    ([[0.0, 0.3], [0.0, 0.0]], [[0.7, 0.0], [0.0, 1.0]])
    """
    rows, columns, amounts = np.asarray(payer, np.int64), np.asarray(target, np.int64), np.asarray(pence, np.float64)
    if (amounts < 0).any():
        raise ValueError("a payment can't be below nought")
    paid = np.bincount(rows, weights=amounts, minlength=accounts)
    share = np.divide(amounts, paid[rows], out=np.zeros(len(rows)), where=paid[rows] > 0)
    whole = sparse.csr_array((share, (rows, columns)), shape=(accounts, accounts + ends))
    passes = (paid > 0) & _comes_to_rest(whole, paid == 0)
    passed = sparse.csr_array(sparse.diags_array(passes.astype(np.float64)) @ whole)
    kept = sparse.csr_array((~passes).astype(np.float64)[:, None])
    return Chain(sparse.csr_array(passed[:, :accounts]), sparse.csr_array(sparse.hstack([passed[:, accounts:], kept])))


def _comes_to_rest(whole: sparse.csr_array, keeps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether money of each account can come to an end point, or to an account that keeps it."""
    accounts = len(keeps)
    inside = sparse.csr_array(whole[:, :accounts])
    reached = keeps | (np.asarray(whole[:, accounts:].sum(axis=1)).ravel() > 0)
    while True:
        wider = reached | (inside @ reached.astype(np.float64) > 0)
        if (wider == reached).all():
            return np.asarray(reached)
        reached = wider


def follow_money(chain: Chain, first: ArrayLike, payments: int) -> Course:
    """Follow one unit of money.

    Parameters
    ----------
    chain : Chain
        Who passes on how much to whom.
    first : array (accounts + ends,)
        The first payment: part that each account and each end point gets. Any unit.
    payments : int
        Payments to follow one by one, the first included; where the rest ends is solved for.

    Examples
    --------
    >>> chain = pass_on([0, 0], [0, 1], [40, 60], accounts=1, ends=1)
    >>> course = follow_money(chain, [1.0, 0.0], payments=2)
    >>> course.held[:, 0].tolist(), course.ends.round(12).tolist(), round(course.hands, 12)
    ([1.0, 0.4], [1.0, 0.0], 1.666666666667)
    """
    accounts = chain.passed_on.shape[0]
    start = np.asarray(first, np.float64)
    if (start < 0).any() or not start.sum() > 0 or payments < 1:
        raise ValueError("money must be paid to someone: the first payment needs amounts at or above 0 and one above it")
    start = start / start.sum()
    held, left = [start[:accounts]], [np.append(start[accounts:], 0.0)]
    for _ in range(payments - 1):
        left.append(held[-1] @ chain.leaving)
        held.append(held[-1] @ chain.passed_on)
    received = _all_receipts(chain, held[-1])
    hands = float(np.sum(held[:-1])) + float(received.sum())
    return Course(np.array(held), np.array(left), np.asarray(received @ chain.leaving), hands)


def _all_receipts(chain: Chain, held: Floats) -> Floats:
    """What each account receives in all payments from now on, what it holds now included: held' (I - Q)^-1.

    Summed payment by payment, since the inverse of a web of 100,000 accounts is nearly full; the few that go round too long are solved for.
    """
    total, now = np.zeros(len(held)), held
    for _ in range(MOST):
        total = total + now
        now = now @ chain.passed_on
        if float(now.sum()) < NOTHING:
            return total
    identity = sparse.eye_array(len(held), format="csc")
    result: Floats = total + splu(sparse.csc_array(identity - chain.passed_on.T)).solve(now)
    return result


def likeliest_path(chain: Chain, first: ArrayLike, hands: int) -> tuple[list[int], list[float]]:
    """The likeliest way through exactly so many accounts, then to the largest end point of the last.

    Parameters
    ----------
    chain, first
        As in `follow_money`.
    hands : int
        Accounts on the way; fewer where the money can't be passed on so often.

    Returns
    -------
    list of int
        The accounts in order, then the number of accounts plus that of the end point.
    list of float
        Part of the unit that is paid along the way at each step.

    Examples
    --------
    >>> chain = pass_on([0, 0, 1], [1, 2, 2], [30, 70, 10], accounts=2, ends=1)
    >>> likeliest_path(chain, [1.0, 0.0, 0.0], hands=2)
    ([0, 1, 2], [1.0, 0.3, 0.3])
    """
    accounts = chain.passed_on.shape[0]
    links = sparse.coo_array(chain.passed_on)
    best = [np.asarray(first, np.float64)[:accounts]]
    while len(best) < hands:
        after = np.zeros(accounts)
        np.maximum.at(after, links.col, best[-1][links.row] * links.data)
        if not after.any():
            break
        best.append(after)
    path = [int(np.argmax(best[-1]))]
    for step in range(len(best) - 2, -1, -1):
        into = np.flatnonzero(links.col == path[0])
        path.insert(0, int(links.row[into[np.argmax(best[step][links.row[into]] * links.data[into])]]))
    leaving = np.asarray(chain.leaving[[path[-1]], :].toarray()).ravel()
    parts = [float(best[step][account]) for step, account in enumerate(path)]
    end = int(np.argmax(leaving))
    return [*path, accounts + end], [*parts, parts[-1] * float(leaving[end])]


def round_to_total(parts: ArrayLike, total: int) -> Integers:
    """Whole amounts in the proportions of some parts that add up to a total: the largest remainders get what is left over.

    Examples
    --------
    >>> round_to_total([1.0, 1.0, 1.0], 100).tolist()
    [34, 33, 33]
    """
    values = np.asarray(parts, np.float64)
    if total == 0 or not values.sum() > 0:
        return np.zeros(len(values), np.int64)
    exact = values / values.sum() * total
    whole: Integers = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole
