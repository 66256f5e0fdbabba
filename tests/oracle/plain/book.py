"""A double-entry book of whole pence in dicts."""

from __future__ import annotations

from collections import defaultdict


class Book:
    """Every account by its number, and what flowed through each channel to and from each institutional sector."""

    def __init__(self) -> None:
        self.balance: dict[int, int] = {}
        self.credit: dict[int, int] = {}
        self.sector: dict[int, int] = {}
        self.flows: defaultdict[tuple[str, int], int] = defaultdict(int)

    def open(self, sector: int) -> int:
        """A new, empty account: the next number."""
        number = len(self.balance)
        self.balance[number], self.credit[number], self.sector[number] = 0, 0, sector
        return number

    def pay(self, channel: str, payer: int, payee: int, pence: int) -> None:
        """One payment: the same pence leave one account and reach another."""
        assert pence >= 0, f"{channel}: a payment of {pence} pence"
        if pence == 0:
            return
        self.balance[payer] -= pence
        self.balance[payee] += pence
        self.flows[channel, self.sector[payer]] -= pence
        self.flows[channel, self.sector[payee]] += pence

    def can_pay(self, account: int) -> int:
        """What an account can pay now, its credit line included."""
        return max(self.balance[account] + self.credit[account], 0)

    def set_credit(self, account: int, pence: int) -> None:
        """A credit line, never below what is owed already."""
        self.credit[account] = max(pence, -self.balance[account])

    def check(self) -> None:
        """The books close: nothing made or lost, nobody below the limit."""
        assert sum(self.balance.values()) == 0
        rows: defaultdict[str, int] = defaultdict(int)
        for (channel, _), pence in self.flows.items():
            rows[channel] += pence
        assert not any(rows.values()), dict(rows)
        below = [number for number, pence in self.balance.items() if pence < -self.credit[number]]
        assert not below, below
