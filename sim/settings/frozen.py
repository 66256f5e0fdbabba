"""A mapping that can't be changed, can be pickled, and that pydantic can read."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar, get_args, overload

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sim.errors import nearest

__all__ = ["FrozenMapping"]

Value = TypeVar("Value", covariant=True)
Other = TypeVar("Other")


class FrozenMapping(Mapping[str, Value], Generic[Value]):
    """A mapping from names to values, frozen once made. The order is the order given.

    Parameters
    ----------
    items : mapping of str to Value
        What it holds; copied.

    Examples
    --------
    >>> tenure = FrozenMapping({"owner": 0.6, "private": 0.4})
    >>> tenure["owner"], len(tenure)
    (0.6, 2)
    """

    __slots__ = ("_items",)

    _items: dict[str, Value]

    def __init__(self, items: Mapping[str, Value] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items or {}))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a FrozenMapping can't be changed (tried to set {name!r})")

    def __getitem__(self, key: str) -> Value:
        try:
            return self._items[key]
        except KeyError:
            near = nearest(key, self._items)
            raise KeyError(f"{key}; nearest: {near}" if near else key) from None

    @overload
    def get(self, key: str, /) -> Value | None: ...

    @overload
    def get(self, key: str, default: Value | Other, /) -> Value | Other: ...

    def get(self, key: str, default: Any = None, /) -> Any:
        """The value of a name, or a default; unlike indexing it does not look for the nearest name."""
        return self._items.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def keys(self) -> KeysView[str]:
        """The names, in order."""
        return self._items.keys()

    def values(self) -> ValuesView[Value]:
        """The values, in order."""
        return self._items.values()

    def items(self) -> ItemsView[str, Value]:
        """Pairs of name and value, in order."""
        return self._items.items()

    def __eq__(self, other: object) -> bool:
        return self._items == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMapping({self._items!r})"

    def __reduce__(self) -> tuple[type[FrozenMapping[Any]], tuple[dict[str, Any]]]:
        return (FrozenMapping, (dict(self._items),))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads one: as a dictionary of the declared values, then frozen; written out as a dictionary."""
        (value_type,) = get_args(source) or (Any,)
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.dict_schema(core_schema.str_schema(strict=True), handler.generate_schema(value_type)),
            serialization=core_schema.plain_serializer_function_ser_schema(_written, when_used="always"),
        )


def _written(mapping: FrozenMapping[Any]) -> dict[str, Any]:
    """A frozen mapping as plain values."""
    return {key: value.model_dump() if hasattr(value, "model_dump") else value for key, value in mapping.items()}
