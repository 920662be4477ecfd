"""Promises of moderation and of immediate concerns."""

import math

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures.actions.concerns import FLAGS, HELD_IN, SIGNED, TOLD, of_year, steps
from qa_analysis.measures.audits.linked import Flags, are_named, flagged, is_of_cycles, numbers_in, numbers_of
from qa_analysis.measures.closing_the_loop.in_supervision import following
from qa_analysis.measures.framework_review.promise import stated, tallied
from qa_analysis.measures.moderation.agreement import is_random, of_route, pairs

CONCERNS = "immediate_concerns"


def third_moderated(tables: Tables) -> DataFrame | None:
    """Whether each cycle's third was moderated, by audits selected at random. One row per cycle and state.

    Where decisions of the cycle say no route, the rest of the third could not be known as far as those reach.
    """
    if tables.optional("moderations") is None:
        return None
    is_of_year, rows = is_of_cycles(tables, tables.rolling_cycles), []
    is_drawn = are_named(tables, "moderations", is_random(tables))
    is_unsaid = are_named(tables, "moderations", tables.moderations["route"].isna().to_numpy()) & ~is_drawn
    year = tables.audits[["cycle_month"]].assign(is_drawn=is_drawn, is_unsaid=is_unsaid)[is_of_year]
    for cycle, audits in year.groupby("cycle_month"):
        required = math.ceil(tables.rules.moderation_share * len(audits))
        done = min(required, int(audits["is_drawn"].sum()))
        unknown = min(required - done, int(audits["is_unsaid"].sum()))
        rows.append((str(cycle), done, required - done - unknown, unknown))
    return tallied(rows)


def disputed_moderated(tables: Tables) -> DataFrame | None:
    """Whether each disputed audit reached the panel. One row per disputed audit."""
    if tables.optional("moderations") is None or not tables.holds("audits", "is_disputed"):
        return None
    is_disputed = tables.audits["is_disputed"].fillna(value=False).to_numpy(dtype=bool)
    is_asked = is_of_cycles(tables, tables.rolling_cycles) & is_disputed
    return _stated_of_audits(tables, is_asked, are_named(tables, "moderations"))


def grades_upheld(tables: Tables) -> DataFrame | None:
    """Whether the panel upheld each grade of an audit selected at random. One row per such decision.

    Where either grade is not on the scale it could not be known.
    """
    if tables.optional("moderations") is None:
        return None
    is_asked = is_of_cycles(tables, tables.rolling_cycles) & are_named(tables, "moderations", is_random(tables))
    both = of_route(pairs(tables, tables.rolling_cycles), tables, random_only=True)
    numbers = numbers_in(tables, both["audit_id"])
    upheld, graded = (
        flagged(tables, some)[numbers_of(tables, "audits")]
        for some in (numbers[both["steps"].to_numpy() == 0], numbers)
    )
    return _stated_of_audits(tables, is_asked, upheld, known=graded)


def _stated_of_audits(tables: Tables, is_asked: Flags, kept: Flags, known: Flags | None = None) -> DataFrame:
    """The state of each audit asked about, from one answer per audit. One row per audit asked about."""
    is_known = None if known is None else Series(known[is_asked])
    return stated(tables.audits.loc[is_asked, ["cycle_month"]], kept=Series(kept[is_asked]), known=is_known)


def concern_told(tables: Tables) -> DataFrame | None:
    """Whether a manager was told of each concern; without its day nobody knows, as it is done by word of mouth.

    One row per concern.
    """
    held = of_year(tables)
    if held is None or not any(tables.holds(CONCERNS, name) for name in HELD_IN[TOLD]):
        return None
    return stated(held, kept=(told := steps(tables, held)[TOLD].notna()), known=told)


def concern_in_trays(tables: Tables) -> DataFrame | None:
    """Whether each concern's form reached both managers' trays with a summary. One row per concern."""
    held = of_year(tables)
    if held is None or not any(tables.holds(CONCERNS, name) for name in FLAGS):
        return None
    flags = held[list(FLAGS)].astype("boolean")
    says_no = flags.eq(other=False).fillna(value=False).any(axis=1)
    return stated(held, kept=flags.fillna(value=False).all(axis=1), known=says_no)


def concern_signed_off(tables: Tables) -> DataFrame | None:
    """Whether each concern was signed off by the role that the framework names. One row per concern.

    What was signed off by a role that is not recorded, or on a day that cannot be read, could not be known.
    """
    held = of_year(tables)
    if held is None or not all(tables.holds(CONCERNS, name) for name in ("signed_off_on", "signed_off_role")):
        return None
    signed, by_right_role = held["signed_off_on"].notna(), steps(tables, held)[SIGNED].notna()
    unsaid = (signed & held["signed_off_role"].isna()) | _unread(tables, held, "signed_off_on")
    return stated(held, kept=by_right_role, known=~unsaid)


def concern_discussed(tables: Tables) -> DataFrame | None:
    """Whether each concern was discussed by the key worker's next supervision. One row per concern with one held."""
    held, supervision = of_year(tables), tables.optional("supervision")
    if held is None or supervision is None or not tables.holds(CONCERNS, "supervision_discussed_on"):
        return None
    next_on = following(supervision, held.assign(audited_on=held["found_on"] - pd.Timedelta(days=1)))
    rows = held[next_on.notna()]  # one on the day itself is the next
    unread = _unread(tables, rows, "supervision_discussed_on")
    return stated(rows, kept=rows["supervision_discussed_on"] <= next_on[rows.index], known=~unread)


def _unread(tables: Tables, held: DataFrame, column: str) -> "Series[bool]":
    """Whether the column held something that could not be read. One answer per concern."""
    supplied = tables.frames[CONCERNS]
    unread: Series[bool] = held["concern_id"].isin(supplied.loc[tables.unread(CONCERNS, column), "concern_id"])
    return unread
