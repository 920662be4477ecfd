"""Whether a recorded draw is the one that its frame and seed give: every row worked out again from the record."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.draw.drawing import NOMINATED, counts, selected
from qa_analysis.draw.record import (
    FIXED,
    FRAME_FILE,
    RECORD_FILE,
    SELECTED,
    answers,
    digest,
    ranks_written,
    read_details,
    read_texts,
)
from qa_analysis.english import counted, listed
from qa_analysis.errors import Changed

ROWS_NAMED = 6
_NEAR = 1e-6  # chances are written to twelve places; a stratum has at most a million records


def problems(folder: Path) -> tuple[str, ...]:
    """What is wrong with a recorded draw: nothing, where each row is what the frame and the seed give.

    One sentence per problem. A frame that waits for its seed is held against its fingerprint alone.
    """
    try:
        held = read_details(folder)
        file = RECORD_FILE if held["seed"] else FRAME_FILE
        rows = read_texts(folder / file)
    except Changed as changed:
        return (str(changed),)
    except (OSError, ValueError):
        return (f"{file} is missing or cannot be read",)
    needed = [*FIXED, *(SELECTED if held["seed"] else ())]
    if missing := [name for name in needed if name not in rows]:
        return (f"{file}: column {missing[0]} is missing",)
    try:
        return tuple(_found(rows, held, file))
    except (KeyError, TypeError, ValueError, AttributeError):
        return (f"the draw's page does not say what each stratum was due: {folder.name} was changed",)


def _found(rows: DataFrame, held: Mapping[str, Any], file: str) -> Iterator[str]:
    """The problems of a draw that can be read."""
    if digest(rows, held["nonce"]) != held["frame_digest"]:
        yield f"{file}: the frame is not the one whose fingerprint was printed: a row was added, taken out or changed"
    due = {name: Fraction(one["due"]) for name, one in held["allocation"].items()}
    chances = rows["inclusion_probability"].astype("float64").groupby(rows["stratum"]).sum()
    if off := [name for name in sorted(due) if abs(chances.get(name, 0.0) - due[name]) > _NEAR]:
        yield f"{counted(len(off), 'stratum', 'strata')}: the audits due are not the sum of the records' chances"
    if not held["seed"]:
        return
    taken = counts(due, held["seed"])
    if any(one.get("drawn") != taken[name] for name, one in held["allocation"].items()):
        yield "the number of audits of a stratum is not what the seed gives"
    again = _again(rows, taken, held)
    for name in SELECTED:
        if (is_off := rows[name].ne(again[name])).any():
            yield f"{file}: {name} is not what the frame and the seed give in {_rows(is_off)}"


def _again(rows: DataFrame, taken: Mapping[str, int], held: Mapping[str, Any]) -> DataFrame:
    """What the frame and the seed give, as text. One row per record."""
    records = rows.assign(is_worker_recent=rows["is_worker_recent"].eq("yes"))
    nominated = set(rows.loc[rows["outcome"].eq(NOMINATED), "child_id"])
    share = Fraction(held["moderation_share"])
    again = selected(records, taken, held["seed"], share=share, nominated=nominated)
    return again.assign(rank=ranks_written(again["rank"]), is_moderated=answers(again["is_moderated"]))


def _rows(is_off: Series) -> str:
    """The rows of a file, the first of them by number: the heading is row 1."""
    places = [f"{place + 2:,}" for place in pd.RangeIndex(len(is_off))[is_off.to_numpy()]]
    named = listed(places[:ROWS_NAMED]) if len(places) <= ROWS_NAMED else ", ".join(places[:ROWS_NAMED])
    more = f" and {len(places) - ROWS_NAMED:,} more" if len(places) > ROWS_NAMED else ""
    return f"row{'s' if len(places) > 1 else ''} {named}{more}"
