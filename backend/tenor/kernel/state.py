"""A status table used three ways: check a move, guard the SQL of a compare-and-set, draw the diagram."""

from collections.abc import Mapping
from dataclasses import dataclass

from tenor.kernel.errors import Conflict


class MoveRefused(Conflict):
    pass


@dataclass(frozen=True, slots=True)
class Machine:
    """`moves`: event -> (statuses it may start from, status it ends in)."""

    name: str
    start: str
    moves: Mapping[str, tuple[frozenset[str], str]]

    def after(self, event: str, status: str) -> str:
        """The status that `event` leads to from `status`; `MoveRefused` when the table has no such move (P47)."""
        sources, target = self.moves[event]
        if status not in sources:
            raise MoveRefused(f"A {self.name} that is {status} cannot {event.replace('_', ' ')}.")
        return target

    def sources(self, event: str) -> tuple[str, ...]:
        """For `WHERE status IN (...)`: the statuses from which `event` may start, sorted."""
        return tuple(sorted(self.moves[event][0]))

    @property
    def statuses(self) -> tuple[str, ...]:
        found = dict.fromkeys([self.start])
        for sources, target in self.moves.values():
            found |= dict.fromkeys([*sorted(sources), target])
        return tuple(found)

    @property
    def terminal(self) -> frozenset[str]:
        return frozenset(self.statuses) - {source for sources, _ in self.moves.values() for source in sources}

    def mermaid(self) -> str:
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for event, (sources, target) in self.moves.items():
            lines += [f"    {source} --> {target}: {event}" for source in sorted(sources)]
        lines += [f"    {status} --> [*]" for status in sorted(self.terminal)]
        return "\n".join(lines)
