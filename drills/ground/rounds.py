"""What a drill is: rounds on a ground of its own, and the record by which a stopped one goes on."""

import importlib
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WORST = "worst "
HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a drill takes place: an empty PostgreSQL database and a folder, both gone afterwards."""

    database: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: figures to add up, and the promises that did not hold, in words."""

    figures: Mapping[str, int]
    broken: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill by its module's own words."""

    name: str
    about: str
    rounds: int
    play: Callable[[Ground, Iterable[int]], AsyncGenerator[Round, None]]


@dataclass(slots=True)
class Record:
    """The finished rounds of a drill, one line each in a file; a drill that ran to its end leaves another file."""

    file: Path
    rounds: list[Round] = field(default_factory=list)

    @classmethod
    def at(cls, file: Path, *, fresh: bool) -> "Record":
        """The record in a file, or an empty one."""
        file.parent.mkdir(parents=True, exist_ok=True)
        if fresh or not file.exists():
            file.unlink(missing_ok=True)
            return cls(file)
        return cls(file, [Round(**json.loads(line)) for line in file.read_text().splitlines()])

    def add(self, played: Round) -> None:
        """Keep a round that was just played."""
        self.rounds.append(played)
        with self.file.open("a") as lines:
            lines.write(json.dumps({"figures": dict(played.figures), "broken": list(played.broken)}) + "\n")

    def close(self) -> None:
        """Put a finished drill's record beside, so that the next one begins anew."""
        self.file.replace(self.file.with_suffix(".last.jsonl"))

    @property
    def broken(self) -> list[str]:
        """What did not hold, with its round."""
        return [f"round {number}: {words}" for number, each in enumerate(self.rounds, 1) for words in each.broken]

    @property
    def figures(self) -> Mapping[str, int]:
        """The figures of all rounds, added up; of those called worst, the largest."""
        sums: Counter[str] = Counter()
        for each in self.rounds:
            for name, figure in each.figures.items():
                sums[name] = max(sums[name], figure) if name.startswith(WORST) else sums[name] + figure
        return sums


def names() -> list[str]:
    """Every drill there is."""
    return sorted(file.stem for file in HERE.glob("*.py") if file.stem != "__init__")


def about(name: str) -> str:
    """What a drill tries, in its own first line; the drill itself is not loaded."""
    first = (HERE / f"{name}.py").read_text().partition("\n")[0]
    return first.strip('"')


def drill_named(name: str) -> Drill:
    """The drill of this name."""
    module = importlib.import_module(f"drills.{name}")
    return Drill(name, about(name), module.ROUNDS, module.drill)
