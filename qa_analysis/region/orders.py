"""What is asked for one council, and what came of it: small values that travel to another machine and back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

State = Literal["published", "already published", "not due", "outside its dates", "failed"]
STATES: Final[tuple[State, ...]] = ("published", "already published", "not due", "outside its dates", "failed")
REGION: Final = "region"  # the folder of the region's own pages, beside the councils' folders


@dataclass(frozen=True)
class Limits:
    """What one council may take before it is ended: so many minutes, and so much memory a process (Linux)."""

    minutes: float
    gigabytes: float


@dataclass(frozen=True)
class Order:
    """One council's month, as whoever runs it needs to know it: paths and words, no data and no key."""

    council: str
    month: str
    data: Path
    outputs: Path  # the region's; the council's own is a folder in it
    limits: Limits
    program: str  # the version that asks: a worker of another would publish other figures
    begun: str  # when the region's run began, which names it
    key_file: Path | None = None  # none: the council's own, kept for the user who runs it
    options: tuple[str, ...] = ()  # of `qa-analysis run`, the same for every council
    is_again: bool = False  # also what is published from the same inputs

    @property
    def own_outputs(self) -> Path:
        """Where the council's months are published, and nobody else's."""
        return self.outputs / self.council


@dataclass(frozen=True)
class Outcome:
    """What came of one council: where its month lies, or the one line that says why there is none."""

    council: str
    state: State
    folder: str = ""  # of the published month, in the council's outputs: 2023-06 or a revision of it
    exit_code: int = 0
    line: str = ""
    seconds: float = 0.0
    tries: int = 0  # more than one where whoever ran it died

    @property
    def is_failed(self) -> bool:
        """Whether the council is left without the month that was asked for."""
        return self.state == "failed"
