"""The rows that a month was made from, checked and pseudonymised: kept in restricted/ for whoever may look at them.

They hold free text, in which names may stand; identifiers in them are pseudonyms, and the way back is not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pandas import DataFrame

from qa_analysis.council import SAYS_NOTHING, Own, own_of
from qa_analysis.data.aside import no_aside
from qa_analysis.data.contracts import Contract, load_contracts
from qa_analysis.data.kept import keep, kept
from qa_analysis.disclosure.places import RESTRICTED, ROWS
from qa_analysis.disclosure.weighed import none_weighed
from qa_analysis.month.drawn import with_record
from qa_analysis.month.narratives import no_narratives

_OWN: Final = "council"  # what it says of itself, in one cell
_BESIDE: Final = (
    "issues",
    "extracts",
    "quotations",
    "aside",
    "told_narratives",
    "weighing",
)  # what is kept beside the datasets, none of which has such a name


@dataclass(frozen=True, eq=False)
class Rows:
    """Everything that a month of any place can be measured from.

    `frames` hold each dataset; `issues` one row per problem; `extracts` one row per file or sheet that was read;
    `quotations` one row per finding that may be quoted, masked; `own` is what the council says of itself; `aside` one
    row per record that was set aside; `told_narratives` one row per line of what managers say of their months;
    `weighing` one row per place and period that the month tells of, as it was weighed.
    """

    frames: Mapping[str, DataFrame]
    contracts: Mapping[str, Contract]
    issues: DataFrame
    extracts: DataFrame
    quotations: DataFrame
    own: Own = SAYS_NOTHING
    aside: DataFrame = field(default_factory=no_aside)
    told_narratives: DataFrame = field(default_factory=no_narratives)
    weighing: DataFrame = field(default_factory=none_weighed)


def write_rows(rows: Rows, folder: Path) -> None:
    """The rows of a month, in the private part of its folder."""
    place = folder / RESTRICTED
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = DataFrame({"written": [json.dumps(rows.own.written())]}, dtype="str")
    keep({**rows.frames, **{name: getattr(rows, name) for name in _BESIDE}, _OWN: own}, place / ROWS)


def read_rows(folder: Path) -> Rows:
    """The rows of a published month.

    Raises:
        WrongUse: they are not there, or cannot be read.
    """
    frames = kept(folder / RESTRICTED / ROWS)
    beside = {name: frames.pop(name) for name in _BESIDE if name in frames}  # an earlier version kept fewer
    own = own_of(json.loads(frames.pop(_OWN)["written"].iloc[0])) if _OWN in frames else SAYS_NOTHING
    return Rows(frames=frames, contracts=with_record(load_contracts()), own=own, **beside)
