"""What the page does not do, said in words: a status of HTTP, what is wrong and what to do."""

from __future__ import annotations

from typing import Final

from sim.errors import LocalWealthError

__all__ = ["FAULT", "Refusal"]


class Refusal(LocalWealthError):
    """A request that is not served.

    Parameters
    ----------
    status : int
        Status of HTTP, such as 413.
    message : str
        What is wrong, in one sentence.
    remedy : str
        What to do.

    Examples
    --------
    >>> Refusal(429, "too many requests came at once", "wait a moment, then try again").as_dict()
    {'message': 'too many requests came at once', 'remedy': 'wait a moment, then try again'}
    """

    def __init__(self, status: int, message: str, remedy: str) -> None:
        super().__init__(status, message, remedy)
        self.status = status
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}"

    def as_dict(self) -> dict[str, str]:
        """The words, for the page."""
        return {"message": self.message, "remedy": self.remedy}


FAULT: Final = Refusal(500, "this is a fault of the page", "try again; if it stays, please report what you did")
"""What is said of any fault of ours, whichever part of the page it is in."""
