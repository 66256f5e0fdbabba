"""Which paths lead to one file: links are followed, and what can't be followed stays as it was given."""

from __future__ import annotations

from pathlib import Path

__all__ = ["file_behind"]


def file_behind(path: Path) -> Path:
    """The file to which a path leads, whole; the path itself when there can be no such file, which whoever opens it will say.

    Parameters
    ----------
    path : Path
        As given: a link in a circle or a name that no system allows among them.

    Examples
    --------
    >>> file_behind(Path("/reports/../may.csv")).as_posix(), file_behind(Path("/reports/no\\0name.csv")).name
    ('/may.csv', 'no\\x00name.csv')
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # before Python 3.13 a circle of links is a RuntimeError
        return path.absolute()
