"""What services and teams say of their month, as they wrote it; who sent it in, who did not, and what is empty."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first, counted, listed
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.narratives.places import COLUMN, SERVICE, TEAM
from qa_analysis.measures.narratives.submitted import CALLED, DATASET, EMPTY, MISSING, PART
from qa_analysis.month.month import Month
from qa_analysis.month.narratives import KEPT_BACK, SHOWN
from qa_analysis.month.place import PlaceMonth
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table

NARRATIVES: Final = "Managers' narratives"
BACK: Final = "not shown here, because somebody may be named. Each author has a list of where."


def narrative(month: Month) -> Html:
    """What the place says of its month in three parts, after who has sent it in.

    The whole shows what services say; a service what it and its teams say; a team its own.
    """
    if DATASET not in month.supplied:
        return absent(NARRATIVES)
    return page(bullets(sent_in_sentences(month)), *_told(month))


def sent_in(month: Month) -> Html:
    """Who has sent in what they say of the month, and who has not, without what they say."""
    if DATASET not in month.supplied:
        return absent(NARRATIVES)
    return bullets(sent_in_sentences(month))


def sent_in_sentences(month: Month) -> list[str]:
    """How many services and teams sent in what they say, each missing one by name, and what is empty or kept back."""
    return [*_counts(month), *_empty(month), *_kept_back(month)]


def _counts(month: Month) -> Iterator[str]:
    """How many of those there are; what is missing by name."""
    levels = (TEAM,) if month.scope.team else (SERVICE, TEAM)
    shares = [month.figure("narratives_in", by="level", group=level) for level in levels]
    when = month_name(month.month)
    if isinstance(month, PlaceMonth):
        yield from _of_place(month, when)
        return
    if not any(shares):
        sent = len(month.narratives[["level", "entity"]].drop_duplicates())
        yield (
            f"{counted(sent, 'narrative')} of {when} came in. How many were expected cannot be said: staff were not "
            "supplied."
        )
        return
    for level, share in zip(levels, shares, strict=True):
        if share is not None:
            lacking = f" {at_first(share.note)}." if share.note else ""
            yield f"{share.numerator} of {counted(share.denominator, level)} sent in what they say of {when}.{lacking}"


def _of_place(month: Month, when: str) -> Iterator[str]:
    """How many narratives of a service, its teams or a team came in, and which did not, by name."""
    sent = len(month.narratives[["level", "entity"]].drop_duplicates())
    yield f"{counted(sent, 'narrative')} of {when} came in." if sent else f"No narrative of {when} came in."
    own, teams = (figures_of(month.figures("narrative_parts", by=by)) for by in ("", COLUMN[TEAM]))
    lacking = [month.scope.words for one in own if one.verdict == MISSING]
    lacking += [one.group[0] for one in teams if one.verdict == MISSING]
    if sent and lacking:
        yield f"Not sent in: {listed(lacking)}."


def _empty(month: Month) -> Iterator[str]:
    """The places of which a part is empty."""
    for level in (SERVICE, TEAM):
        partly = [one for one in _places(month, level) if one.verdict == PART]
        if partly:
            told = [f"{one.group[0]} ({one.note.removeprefix('empty: ')})" for one in partly]
            yield f"Partly empty: {'; '.join(told)}."


def _kept_back(month: Month) -> Iterator[str]:
    back = month.narratives.loc[month.narratives["state"] == KEPT_BACK, "entity"].tolist()
    if back:
        yield f"{listed(back)}: {BACK}"


def _told(month: Month) -> Iterator[Html]:
    """The narratives of the place, a table each."""
    level = TEAM if month.scope.team else SERVICE
    shown = month.narratives[month.narratives["state"] == SHOWN]
    if not month.scope.service or month.scope.team:
        shown = shown[shown["level"] == level]
    for (_, place), lines in shown.groupby(["level", "entity"], sort=False):
        yield table(_parts(lines), f"{place}: {month_name(month.month)}")
    if shown.empty:
        yield paragraph(f"No narrative of a {level} can be shown.")


def _parts(lines: DataFrame) -> DataFrame:
    """One narrative as it was written. One row per line; an empty part says that it is."""
    rows = [[at_first(CALLED[part]), text or "Nothing written"] for part, text in _in_order(lines)]
    return pd.DataFrame(rows, columns=["Part", "In the manager's words"])


def _in_order(lines: DataFrame) -> list[tuple[str, str]]:
    order = list(CALLED)
    rows = list(zip(lines["part"], lines["text"], strict=True))
    return sorted(rows, key=lambda row: order.index(row[0]))


def _places(month: Month, level: str) -> list[Figure]:
    found = figures_of(month.figures("narrative_parts", by=COLUMN[level]))
    return [one for one in found if one.verdict not in (MISSING, EMPTY)]


def narratives_line(month: Month) -> str:
    """Who has sent in what they say, in one sentence; nothing where narratives were not supplied."""
    if DATASET not in month.supplied:
        return ""
    shares = {level: month.figure("narratives_in", by="level", group=level) for level in (SERVICE, TEAM)}
    said = [f"{one.numerator} of {counted(one.denominator, level)}" for level, one in shares.items() if one]
    return f"Narratives of the month: {' and '.join(said)} sent theirs in." if said else ""
