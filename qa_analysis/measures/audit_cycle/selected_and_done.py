"""Whether the audits done are the ones that were selected, by the record of the selection."""

from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import DRAW_RECORD

RECORD: Final = "draw_record"  # the dataset that month/drawn.py makes of the record
SELECTED_DONE, SELECTED_NOT_DONE = "selected and audited", "selected and not audited"
IN_ORDER, OUT_OF_ORDER = "replacement, in order", "replacement, out of order"
NOT_SELECTED = "audited as selected at random, not on the record's list"
OUTCOMES: Final = (SELECTED_DONE, SELECTED_NOT_DONE, IN_ORDER, OUT_OF_ORDER, NOT_SELECTED)


@declares(
    Measure(
        "selection_followed",
        title="Audits against the record of the selection",
        family=family.AUDIT_CYCLE,
        counts="records of the cycle by whether they were selected and audited: selected and audited, selected and not "
        "audited, replacements audited in the order of their tickets or out of it, and audits said to be selected at "
        "random that the record neither selected nor named as a replacement",
        by="outcome",
        limits="only where qa-analysis select made the record of the cycle; a household of foster carers, whose audit "
        "names no child, cannot be found in it and is left out",
        unit="records",
    ),
    needs=(RECORD,),
)
def selected_and_done(tables: Tables) -> list[Figure]:
    """The cycle's audits beside what was selected. One figure per outcome; none without a record of the cycle."""
    held = record(tables)
    if held.empty:
        return []
    found = outcomes(tables, held)
    return [
        count(
            "selection_followed", found[name], unit="records", by="outcome", group=name, period=tables.month,
            population=DRAW_RECORD,
        )
        for name in OUTCOMES
    ]  # fmt: skip


def record(tables: Tables) -> DataFrame:
    """The record of the cycle without households of foster carers. One row per open record."""
    held = tables.frames[RECORD]
    chosen: DataFrame = held[(held["cycle_month"] == tables.month) & (held["case_status"] != "fostering")]
    return chosen


def outcomes(tables: Tables, held: DataFrame) -> dict[str, int]:
    """How many records each outcome has."""
    audits = cycle_audits(tables)
    at_random = set(audits.loc[audits["selection_route"] == "random", "child_id"].dropna())
    is_done = held["child_id"].isin(audits["child_id"].dropna())
    selected, spare = held["outcome"] == "drawn", held[held["outcome"] == "replacement"]
    used = spare["child_id"].isin(at_random)
    is_in_order = spare["rank"] <= spare["stratum"].map(_first_left(spare, used)).fillna(spare["rank"])
    named = set(held.loc[selected, "child_id"]) | set(spare["child_id"])
    return {
        SELECTED_DONE: int((selected & is_done).sum()),
        SELECTED_NOT_DONE: int((selected & ~is_done).sum()),
        IN_ORDER: int((used & is_in_order).sum()),
        OUT_OF_ORDER: int((used & ~is_in_order).sum()),
        NOT_SELECTED: len(at_random - named),
    }


def _first_left(spare: DataFrame, used: "Series[bool]") -> Series:
    """The first replacement of each stratum that was not used: one used after it was out of order."""
    first: Series = spare[~used].groupby("stratum")["rank"].min()
    return first
