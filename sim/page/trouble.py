"""What the page says when work can't be done: in words, with what to do."""

from __future__ import annotations

from sim.errors import RunError

__all__ = ["Trouble"]


class Trouble(RunError):
    """Work of the page that could not be done.

    Parameters
    ----------
    message : str
        What happened, in words for a visitor.
    remedy : str
        What to do.
    busy : bool
        Whether there is only too much to do: the same request may work later.

    Examples
    --------
    >>> trouble = Trouble("Too many runs are waiting.", "Wait a minute.", busy=True)
    >>> str(trouble), trouble.as_dict()
    ('Too many runs are waiting. Wait a minute.', {'message': 'Too many runs are waiting.', 'remedy': 'Wait a minute.'})
    """

    def __init__(self, message: str, remedy: str, *, busy: bool = False) -> None:
        super().__init__(message, remedy, busy)
        self.message, self.remedy, self.busy = message, remedy, busy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return _made, (self.message, self.remedy, self.busy)

    def as_dict(self) -> dict[str, str]:
        """The trouble as plain values."""
        return {"message": self.message, "remedy": self.remedy}


def _made(message: str, remedy: str, busy: bool) -> Trouble:
    """A trouble that comes from another process."""
    return Trouble(message, remedy, busy=busy)
