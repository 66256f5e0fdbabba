"""The double-entry ledger: every account of the place, every payment, in whole pence.

One booking takes whole pence from payers and gives the same pence to payees, so the sum over all
accounts is what it was at the opening: nought, since the banks' account holds the other side of
every deposit (Godley and Lavoie, *Monetary Economics*, 2007, chapter 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.channels import (
    BANK_ACCOUNT,
    BANKS,
    CHANNEL_NAMES,
    GOVERNMENT,
    INSTITUTIONS,
    REGION,
    WORLD,
)
from sim.core.records import FlowMatrix
from sim.errors import MoneyError

Integers = NDArray[np.int64]

#: The accounts outside the place may owe any amount: they are the other side of the place's books.
NO_LIMIT: Final = 2**62
#: From this length on accounts in a row are a slice: kept by the journal and read without a copy of their numbers.
LONG: Final = 1 << 14


@dataclass(frozen=True)
class Booking:
    """One set of payments through one channel: payer and payee accounts (n,) or one for all, pence (n,)."""

    channel: str
    payer: NDArray[np.int32]
    payee: NDArray[np.int32]
    pence: Integers


class Ledger:
    """All accounts of an economy.

    Examples
    --------
    >>> ledger = Ledger()
    >>> shop, resident = ledger.open(1, sector=1)[0], ledger.open(1, sector=0)[0]
    >>> ledger.endow(np.array([resident]), np.array([500]))
    >>> ledger.begin_month(1)
    >>> ledger.book("shopping", resident, shop, np.array([120]))
    120
    >>> int(ledger.balance[shop]), int(ledger.balance.sum())
    (120, 0)
    """

    def __init__(self, keep_journal: bool = True) -> None:
        self.month = 0
        self.keep_journal = keep_journal
        self.journal: list[Booking] = []
        self.bookings = 0
        self._size = 0
        self._balance = np.zeros(64, np.int64)
        self._credit = np.zeros(64, np.int64)
        self._sector = np.zeros(64, np.int8)
        self._before = np.zeros(64, np.int64)
        self.flows: Integers = np.zeros((len(CHANNEL_NAMES), len(INSTITUTIONS)), np.int64)
        self.received: Integers = np.zeros_like(self.flows)
        self._numbers: NDArray[np.int32] = np.zeros(0, np.int32)
        self._moved: Integers = np.zeros(len(INSTITUTIONS), np.int64)
        self._channel_row = {name: row for row, name in enumerate(CHANNEL_NAMES)}
        for sector in (GOVERNMENT, REGION, WORLD, BANKS):
            self.open(1, sector, credit=NO_LIMIT)

    def __len__(self) -> int:
        return self._size

    @property
    def balance(self) -> Integers:
        """Pence on each account (accounts,): a view for reading."""
        view = self._balance[: self._size].view()
        view.flags.writeable = False
        return view

    @property
    def sector(self) -> NDArray[np.int8]:
        """Institutional sector of each account (accounts,): a view for reading."""
        view = self._sector[: self._size].view()
        view.flags.writeable = False
        return view

    @property
    def credit(self) -> Integers:
        """Credit line of each account in pence (accounts,): a view for reading."""
        view = self._credit[: self._size].view()
        view.flags.writeable = False
        return view

    def open(self, n: int, sector: ArrayLike, credit: ArrayLike = 0) -> NDArray[np.int32]:
        """Open `n` empty accounts and return their numbers (n,)."""
        first, last = self._size, self._size + n
        while last > len(self._balance):
            for name in ("_balance", "_credit", "_sector", "_before"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.zeros(max(len(old) // 2, 64), old.dtype)]))
        self._sector[first:last] = sector
        self._credit[first:last] = credit
        self._size = last
        return np.arange(first, last, dtype=np.int32)

    def reclassify(self, accounts: ArrayLike, sector: ArrayLike) -> None:
        """Move accounts to another institutional sector: a firm that becomes a co-operative."""
        accounts = np.atleast_1d(np.asarray(accounts))
        # What an account gained before it moved belongs to its old sector's flows: note the difference for the check.
        gained = self._balance[accounts] - self._before[accounts]
        np.subtract.at(self._moved, self._sector[accounts], gained)
        self._sector[accounts] = sector
        np.add.at(self._moved, self._sector[accounts], gained)

    def set_credit(self, accounts: ArrayLike, pence: ArrayLike) -> None:
        """Set credit lines; a line is never set below what is owed already."""
        accounts = np.asarray(accounts)
        self._credit[accounts] = np.maximum(np.asarray(pence, np.int64), -self._balance[accounts])

    def endow(self, accounts: ArrayLike, pence: ArrayLike) -> None:
        """Put opening deposits on accounts; the banks' account holds the other side."""
        amounts = np.broadcast_to(np.asarray(pence, np.int64), np.shape(accounts))
        np.add.at(self._balance, np.asarray(accounts), amounts)
        self._balance[BANK_ACCOUNT] -= amounts.sum()
        self._before[: self._size] = self._balance[: self._size]

    def available(self, accounts: ArrayLike) -> Integers:
        """What each account can pay now: its deposit and its credit line, pence (n,)."""
        accounts = np.asarray(accounts)
        where: slice | NDArray[np.integer] = accounts
        if accounts.size >= LONG and _in_a_row(accounts):
            where = slice(accounts.item(0), accounts.item(-1) + 1)
        result: Integers = np.maximum(self._balance[where] + self._credit[where], 0)
        return result

    def begin_month(self, month: int) -> None:
        """Begin a month: empty journal and flow matrix, balances noted for the check."""
        self.month = month
        self.journal = []
        self.bookings = 0
        self.flows[:] = 0
        self.received[:] = 0
        self._moved[:] = 0
        self._before[: self._size] = self._balance[: self._size]

    def book(self, channel: str, payer: ArrayLike, payee: ArrayLike, pence: ArrayLike, sums: Integers | None = None) -> int:
        """Move whole pence from payers to payees; return the total.

        Parameters
        ----------
        channel : str
            One of `sim.core.channels.CHANNELS`.
        payer, payee : array_like of int
            Account numbers (n,), or one account for all.
        pence : array_like of int
            Amounts (n,), never negative.
        sums : array of int64 (accounts,), optional
            What each account receives of these payments together, where the caller has had to add it up.

        Raises
        ------
        MoneyError
            For a negative or fractional amount, an unknown channel, or sums of another total.
        """
        if channel not in self._channel_row:
            raise MoneyError(f"month {self.month}: no channel is called {channel!r}; there are {', '.join(CHANNEL_NAMES)}")
        amounts = np.asarray(pence)
        if amounts.ndim == 0:
            amounts = amounts.reshape(1)
        if amounts.dtype.kind not in "iu":
            raise MoneyError(f"month {self.month}, {channel}: amounts must be whole pence, not {amounts.dtype}")
        if amounts.size == 0:
            return 0
        if (least := int(amounts.min())) < 0:
            raise MoneyError(f"month {self.month}, {channel}: a payment of {least} pence is below nought")
        total = int(amounts.sum())
        payers, payees = np.asarray(payer, np.int32), np.asarray(payee, np.int32)
        row = self._channel_row[channel]
        self._post(payers, amounts, total, -1, (self.flows[row],))
        into = (self.flows[row], self.received[row])
        if sums is None:
            self._post(payees, amounts, total, 1, into)
        else:
            self._post_sums(channel, sums, total, into)
        self.bookings += amounts.size
        if self.keep_journal:
            self.journal.append(Booking(channel, self._kept(payers), self._kept(payees), np.array(amounts)))
        return total

    def _kept(self, accounts: NDArray[np.int32]) -> NDArray[np.int32]:
        """Account numbers for the journal: a copy, or for accounts in a row a part of one array of all numbers."""
        if accounts.size < LONG or not _in_a_row(accounts):
            return np.array(accounts)
        if len(self._numbers) < self._size:
            self._numbers = np.arange(len(self._balance), dtype=np.int32)
            self._numbers.flags.writeable = False
        return self._numbers[accounts.item(0) : accounts.item(-1) + 1]

    def _post(self, accounts: NDArray[np.integer], amounts: Integers, total: int, sign: int, sums: tuple[Integers, ...]) -> None:
        """Add signed amounts to accounts, and to sums by sector (11,)."""
        if accounts.size == 1:
            account = accounts.item()
            self._balance[account] += sign * total
            sector = self._sector.item(account)
            for row in sums:
                row[sector] += sign * total
            return
        if _in_a_row(accounts):
            # Residents nearly always pay and are paid all together: a slice is read in order and copied nowhere.
            first, last = accounts.item(0), accounts.item(-1) + 1
            part = self._balance[first:last]
            (np.add if sign > 0 else np.subtract)(part, amounts, out=part)
            sectors = self._sector[first:last]
        else:
            (np.add if sign > 0 else np.subtract).at(self._balance, accounts, amounts)
            sectors = self._sector.take(accounts)
        if bool((sectors == sectors[0]).all()):
            for row in sums:
                row[sectors[0]] += sign * total
            return
        by_sector = np.zeros(len(INSTITUTIONS), np.int64)
        np.add.at(by_sector, sectors, amounts)
        for row in sums:
            np.add(row, sign * by_sector, out=row)

    def _post_sums(self, channel: str, sums: Integers, total: int, into: tuple[Integers, ...]) -> None:
        """Add what accounts receive (accounts,), and to sums by sector."""
        accounts = np.flatnonzero(sums != 0)
        amounts = sums[accounts]
        if int(amounts.sum()) != total:
            raise MoneyError(f"month {self.month}, {channel}: the sums by payee are {int(amounts.sum())} pence, the payments {total}")
        if total:
            self._post(accounts, amounts, total, 1, into)

    def flow_matrix(self) -> FlowMatrix:
        """This month's transaction flow matrix: channels by sectors, receipts positive, rows sum to nought."""
        return FlowMatrix(CHANNEL_NAMES, INSTITUTIONS, self.flows.copy())

    def check(self) -> None:
        """Raise `MoneyError` unless the month's books close to the penny.

        Checked with ``==``: the sum of all accounts is nought; each channel's row of the flow matrix
        sums to nought; each sector's balances changed by its flows alone; no account is below its limit.
        """
        balance, sector = self._balance[: self._size], self._sector[: self._size]
        where = f"month {self.month}"
        if int(balance.sum()) != 0:
            raise MoneyError(f"{where}: the accounts sum to {int(balance.sum())} pence and should sum to 0")
        rows = self.flows.sum(axis=1)
        if rows.any():
            bad = [f"{CHANNEL_NAMES[i]} {int(rows[i])}" for i in np.flatnonzero(rows)]
            raise MoneyError(f"{where}: these channels lose or make pence: {', '.join(bad)}")
        below = np.flatnonzero(balance < -self._credit[: self._size])
        if below.size:
            raise MoneyError(f"{where}: account {below[0]} holds {balance[below[0]]} pence, below its limit of {-self._credit[below[0]]}")
        change = np.zeros(len(INSTITUTIONS), np.int64)
        np.add.at(change, sector, balance - self._before[: self._size])
        gap = change - self.flows.sum(axis=0) - self._moved
        if gap.any():
            bad = [f"{INSTITUTIONS[i]} {int(gap[i])}" for i in np.flatnonzero(gap)]
            raise MoneyError(f"{where}: balances changed by other means than bookings: {', '.join(bad)}")


def _in_a_row(accounts: NDArray[np.integer]) -> bool:
    """Whether each account is the one after the account before it."""
    ends = accounts.item(-1) - accounts.item(0) == len(accounts) - 1
    return ends and bool((accounts[1:] > accounts[:-1]).all())
