"""The file of a stored opening: a checked header of plain values, then arrays, each compressed.

No pickle: a pickle is a program, and a file in a cache may have been changed by anybody who can write there. JSON and arrays of
numbers can only be read. Everything behind the checksum is read only when the checksum, taken together with the key, is right; so
a file that was cut off, damaged, or written for another town is not read at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.runs.opening.state import ARRAY_TYPES, Arrays, StateError

__all__ = ["file_of", "read_file"]

MAGIC: Final = b"localwealth opening 1\n"
DIGEST: Final = 32
LENGTH: Final = 8
#: Zstandard's quickest level: a fourth of the size, at some 400 MB a second.
LEVEL: Final = 1


def file_of(key: str, state: dict[str, Any], arrays: Arrays) -> Iterator[bytes]:
    """The parts of the file in order.

    Examples
    --------
    >>> contents = b"".join(file_of("k", {"month": 0}, [np.arange(3)]))
    >>> read_file("k", contents)[1][0].tolist()
    [0, 1, 2]
    """
    import pyarrow as pa

    codec = pa.Codec("zstd", compression_level=LEVEL)
    bodies, table = [], []
    for array in arrays:
        order: Literal["C", "F"] = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
        raw = array.tobytes(order)
        bodies.append(codec.compress(raw, asbytes=True) if raw else b"")
        table.append([array.dtype.str, list(array.shape), order, len(bodies[-1])])
    header = json.dumps({"key": key, "state": state, "arrays": table}).encode()
    parts = [len(header).to_bytes(LENGTH, "little"), header, *bodies]
    checked = _digest(key)
    for part in parts:
        checked.update(part)
    yield MAGIC
    yield checked.digest()
    yield from parts


def read_file(key: str, contents: bytes) -> tuple[dict[str, Any], Arrays]:
    """The plain values and arrays of a file.

    Raises
    ------
    StateError
        When it is not the file that was written under this key.
    """
    begin = len(MAGIC) + DIGEST
    view = memoryview(contents)
    checked = _digest(key)
    checked.update(view[begin:])
    if contents[: len(MAGIC)] != MAGIC or contents[len(MAGIC) : begin] != checked.digest():
        raise StateError("not the file that was written")
    first = begin + LENGTH
    last = first + int.from_bytes(view[begin:first], "little")
    header = json.loads(bytes(view[first:last]))
    if header["key"] != key:
        raise StateError("the file of another opening")
    arrays = []
    for kind, shape, order, size in header["arrays"]:
        arrays.append(_array(kind, shape, order, view[last : last + size]))
        last += size
    if last != len(contents):
        raise StateError("a file of another length")
    return header["state"], arrays


def _array(kind: str, shape: list[int], order: str, body: memoryview) -> NDArray[Any]:
    """One array, with memory of its own."""
    import pyarrow as pa

    if kind not in ARRAY_TYPES or order not in ("C", "F") or any(length < 0 for length in shape):
        raise StateError("an array of no kind that is stored")
    dtype = np.dtype(kind)
    size = math.prod(shape) * dtype.itemsize
    raw = pa.Codec("zstd").decompress(body, size) if size else b""
    flat = np.frombuffer(raw, dtype)
    # A copy: what was unpacked can't be written to.
    array: NDArray[Any] = flat.reshape(shape, order="F" if order == "F" else "C").copy(order="K")
    return array


def _digest(key: str) -> Any:
    """A checksum that belongs to the key."""
    return blake2b(digest_size=DIGEST, key=blake2b(key.encode(), digest_size=DIGEST).digest())
