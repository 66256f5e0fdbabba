"""Changes to bytes: what lines, disks and editors do to a file, whatever it holds."""

from __future__ import annotations

from random import Random

from .nasty import SCRAPS

__all__ = ["broken"]


def broken(content: bytes, random: Random, other: bytes = b"") -> bytes:
    """The bytes with one to five changes."""
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        content = _once(content, random, other)
    return content


def _once(content: bytes, random: Random, other: bytes) -> bytes:
    """One change."""
    at = random.randrange(len(content) + 1)
    end = min(len(content), at + random.choice((1, 2, 4, 16, 64)))
    which = random.randrange(13)
    if which == 0:
        return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
    if which == 1:
        return content[:at] + content[end:]
    if which in (2, 3, 4, 5):
        return content[:at] + random.choice(SCRAPS) + content[at if which < 4 else end :]
    if which == 6:
        return content[:end] + content[at:]
    if which == 7:
        return content[:at]
    if which == 8:
        return content[:at] + other[random.randrange(len(other) + 1) :]
    if which == 9:
        lines = content.split(b"\n")
        one, two = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
        return b"\n".join(lines)
    if which == 10:
        return content[:at] + content[at:end] * random.choice((2, 9, 40)) + content[end:]
    return (
        _written_otherwise(content, random)
        if which == 11
        else content[:at] + bytes([random.choice(b"\x00\t\n\r \"'#,:;-{}[]&*!|>%@`0.eE+")]) + content[at:]
    )


def _written_otherwise(content: bytes, random: Random) -> bytes:
    """The same text in another encoding, with a mark of byte order, or with other ends of lines."""
    which = random.randrange(6)
    if which == 0:
        return b"\xef\xbb\xbf" + content
    if which == 1:
        return content.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8")))
    text = content.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7", "cp037")), "replace")
