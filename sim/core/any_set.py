"""`AnySet`: Mesa's `AgentSet` for any mixture of agents, held strongly, agent by agent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from random import Random
from typing import Any, Self

from mesa.agent import Agent, AgentSet

try:
    from mesa.agentset import GroupBy  # Mesa 3.5 and later
except ImportError:
    from mesa.agent import GroupBy

OWN_SET = "this is the model's own set and cannot be changed in place: use inplace=False"


def is_present(agent: Any) -> bool:
    """Whether an agent is in its model now."""
    test = getattr(agent, "_is_present", None)
    return bool(test()) if test is not None else agent in agent.model.agents_by_type.get(type(agent), ())


class AnySet(AgentSet):  # type: ignore[misc]
    """Any agents, held strongly. The source is the agents, or a function that gives several sets.

    Those who have left the model are passed over, also when they leave in the middle of a `do`.
    Every method answers as Mesa's does.
    """

    random: Random

    def __init__(self, source: Iterable[Agent] | Callable[[], list[AgentSet]], random: Random) -> None:
        self._source: Any = source if callable(source) else list(dict.fromkeys(source))
        self.random = random

    def to_list(self) -> list[Agent]:
        """The agents, in order."""
        if callable(self._source):
            return [agent for part in self._source() for agent in part]
        return [agent for agent in self._source if is_present(agent)]

    def __iter__(self) -> Iterator[Agent]:
        return iter(self.to_list())

    def __len__(self) -> int:
        return sum(map(len, self._source())) if callable(self._source) else len(self.to_list())

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self._source()) if callable(self._source) else agent in self.to_list()

    def __getitem__(self, item: Any) -> Any:
        return self.to_list()[item]

    def _update(self, agents: Iterable[Agent]) -> Self:
        if callable(self._source):
            raise TypeError(OWN_SET)
        self._source = list(dict.fromkeys(agents))
        return self

    def _subset(self, agents: Any, inplace: bool = False) -> AnySet:
        return self._update(agents) if inplace else AnySet(agents, self.random)

    def __copy__(self) -> AnySet:
        return self._subset(self)

    copy = __copy__

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__.copy()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def add(self, agent: Agent) -> None:
        """Add an agent to a set that is no rule."""
        self._update([*self.to_list(), agent])

    def discard(self, agent: Agent) -> None:
        """Take an agent out, if it is there; it stays in the model."""
        self._update([other for other in self.to_list() if other != agent])

    def remove(self, agent: Agent) -> None:
        """Take an agent out; it stays in the model. KeyError if it is not there."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of one attribute, or a list of values for each agent."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        missing = (default_value,) if handle_missing == "default" else ()
        if isinstance(attr_names, str):
            return [getattr(agent, attr_names, *missing) for agent in self]
        return [[getattr(agent, name, *missing) for name in attr_names] for agent in self]

    def set(self, attr_name: str, value: Any) -> Self:
        """Set an attribute of every agent."""
        for agent in self:
            setattr(agent, attr_name, value)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method, or a function of the agent, returns for each."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self if is_present(agent)]
        return [method(agent, *args, **kwargs) for agent in self if is_present(agent)]

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, or a function of the agent, for each."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As `do`, in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def shuffle(self, inplace: bool = False) -> AnySet:
        """The same agents in random order."""
        agents = self.to_list()
        self.random.shuffle(agents)
        return self._subset(agents, inplace)

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> AnySet:
        """The same agents in order of an attribute or a function; the largest first unless `ascending`."""
        key = attrgetter(key) if isinstance(key, str) else key
        return self._subset(sorted(self, key=key, reverse=not ascending), inplace)

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: Any = None,
    ) -> AnySet:
        """Those of a type for which a function is true, at most this many, or this share if `at_most` is a float up to 1."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        kept: list[Agent] = []
        for agent in self:
            if len(kept) >= at_most:
                break
            if (agent_type is None or isinstance(agent, agent_type)) and (filter_func is None or filter_func(agent)):
                kept.append(agent)
        return self._subset(kept, inplace)

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> Groups:
        """Sets, or lists, of the agents by an attribute or a function."""
        key = by if callable(by) else attrgetter(by)
        groups: dict[Any, Any] = {}
        for agent in self:
            groups.setdefault(key(agent), []).append(agent)
        if result_type == "agentset":
            groups = {value: self._subset(agents) for value, agents in groups.items()}
        return Groups(groups)


class Groups(GroupBy):  # type: ignore[misc]
    """Mesa's GroupBy, with `agg` handed on to each set."""

    def agg(self, attr_name: str, func: Any) -> Any:
        """An attribute of each group put through a function."""
        sets = all(isinstance(group, AnySet) for group in self.groups.values())
        return {value: group.agg(attr_name, func) for value, group in self.groups.items()} if sets else super().agg(attr_name, func)
