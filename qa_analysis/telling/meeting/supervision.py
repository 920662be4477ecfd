"""Supervision in words and tables: in time, reflective, who stands where, and whether audits were talked about."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name, span_name
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of
from qa_analysis.measures.populations import SUPERVISIONS_DUE, SUPERVISIONS_HELD
from qa_analysis.measures.supervision.after_audits import IN_NEXT, LEFT, NOT_YET
from qa_analysis.measures.supervision.in_time import NEW, OTHERS
from qa_analysis.measures.supervision.sessions import NO_FREQUENCY
from qa_analysis.measures.supervision.standing import NOT_DUE, STATES
from qa_analysis.month.month import Month
from qa_analysis.month.place import PlaceMonth
from qa_analysis.telling.blocks import Html, absent, bullets, heading, page, paragraph, table
from qa_analysis.telling.wording import (
    TOO_FEW_TO_SHOW,
    all_cycles,
    interval,
    last_cycles,
    part_of,
    percent,
    share_of,
    were,
)

DATASET, CALLED = "supervision", "Supervision"
PLACES = {"service_area": "Service", "team": "Team"}
SAID = (IN_NEXT, NOT_YET, LEFT)  # told even where it is zero
NOT_TOLD = "Too few to show, or none."
NOBODY = "Nobody is named here: who is overdue or has none recorded is in the list of their own manager."


def supervision(month: Month) -> Html:
    """Whether supervision is in time and reflective, how everybody stands on the day, and what followed audits."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    by_place, after = places_table(month), after_audits_table(month)
    return page(
        bullets([*_timely(month), *_reflective(month), *_standing(month)]),
        *([] if by_place.empty else [table(by_place, f"Supervision by service and team, {_year_of_places(month)}")]),
        paragraph(NOBODY, kind="note"),
        heading("After an audit", level=3),
        bullets(list(_after(month)) or [NOT_TOLD]),
        *([] if after.empty else [table(after, f"Supervision after headline audits, {_year_of_places(month)}")]),
    )


def supervision_line(month: Month) -> str:
    """Supervision in one sentence, for a report that has no more room; nothing where it was not supplied."""
    share = month.figure("supervision_in_time", population=SUPERVISIONS_DUE)
    if DATASET not in month.supplied:
        return ""
    return _in_time(month, share) if share else f"Supervision in time: {NO_FREQUENCY}."


def places_table(month: Month) -> DataFrame:
    """Supervision in time and reflective, of each place that may be told of. One row per service and team."""
    rows = []
    for by, called in PLACES.items():
        held = [
            {figure.group[0]: figure for figure in _of_places(month, name, by, population)}
            for name, population in (
                ("supervision_in_time", SUPERVISIONS_DUE), ("supervision_reflective", SUPERVISIONS_HELD),
            )
        ]  # fmt: skip
        names = sorted({*held[0], *held[1]})
        rows += [[f"{called}: {name}", *(_cell(one.get(name)) for one in held)] for name in names if len(names) > 1]
    return pd.DataFrame(rows, columns=["Place", "In time", "Reflective"])


def after_audits_table(month: Month) -> DataFrame:
    """What followed audits in supervision, of each place that may be told of. One row per service and team."""
    measures = ("days_to_next_supervision_median", "discussed_in_next_supervision", "below_good_discussed_in_next",
                "next_supervision_reflective")  # fmt: skip
    rows = []
    for by, called in PLACES.items():
        held = [{figure.group[0]: figure for figure in _of_places(month, name, by)} for name in measures]
        names = sorted(set().union(*held))
        for name in names if len(names) > 1 else ():
            days, *shares = (one.get(name) for one in held)
            rows.append([f"{called}: {name}", _days(days), *map(_cell, shares)])
    columns = ["Place", "Median days", "Audit discussed", "Below good, discussed", "Next one reflective"]
    return pd.DataFrame(rows, columns=columns)


def _of_places(month: Month, measure: str, by: str, population: str | None = None) -> list[Figure]:
    return figures_of(month.figures(measure, by=by, period=month.place_year, population=population))


def _cell(figure: Figure | None) -> str:
    return share_of(figure) if figure else "none"


def _days(figure: Figure | None) -> str:
    if figure is None:
        return "none"
    if figure.is_withheld:
        return TOO_FEW_TO_SHOW
    return f"{figure.value:.0f}" if figure.is_given else figure.note


def _timely(month: Month) -> Iterator[str]:
    """In time in the month and the year, the newly qualified apart, and how far supervisions lie apart."""
    share = month.figure("supervision_in_time", population=SUPERVISIONS_DUE)
    year = month.figure("supervision_in_time", period=_year(month), population=SUPERVISIONS_DUE)
    if _is_of_place(month):  # of which nothing is told but over a year, and not of few
        yield from () if year else (NOT_TOLD,)
    elif share is None and year is None:
        yield f"Whether supervision was in time cannot be said: {NO_FREQUENCY}, and no record says when it is due."
    else:
        yield _in_time(month, share)
    if year is not None and _year(month) != month.month and not year.is_withheld:
        yield f"Over {_over(month)} {part_of(year, 'supervision')} were held by the day they were due."
    new, others = (
        month.figure("supervision_in_time", by="newly_qualified", group=group, period=_year(month))
        for group in (NEW, OTHERS)
    )
    if new and others:
        sides = [f"{name} {part_of(share, 'supervision')}" for name, share in ((NEW, new), (OTHERS, others))]
        yield f"In time over {all_cycles(month)}: {'; '.join(sides)}."
    apart = month.figure("days_between_supervisions_median", period=_year(month))
    if apart is not None and apart.is_given:
        yield f"Supervisions of the same person lay {counted(apart.value, 'day')} apart (median, {last_cycles(month)})."


def _in_time(month: Month, share: Figure | None) -> str:
    when = month_name(month.month)
    if share is not None and share.is_withheld:
        return "Supervision in time: too few people to show."
    if share is None:
        return f"No supervision fell due in {when}."
    return (
        f"Of the {counted(share.denominator, 'supervision')} that fell due in {when}, {share.numerator} "
        f"({percent(share.value)}, {interval(share, first=True)}) {were(share)} held by the day {_its(share)} due."
    )


def _its(share: Figure) -> str:
    return agreeing(share.numerator, "it was", "they were")


def _reflective(month: Month) -> Iterator[str]:
    now = month.figure("supervision_reflective")
    year = month.figure("supervision_reflective", period=_year(month))
    if now is None and year is None:
        yield from () if _is_of_place(month) else ("Whether supervision was reflective is not recorded.",)
        return
    said = [
        f"{part_of(share, 'supervision')} {when}"
        for share, when in ((now, f"in {month_name(month.month)}"), (year, f"over {_over(month)}"))
        if share is not None and not share.is_withheld
    ]
    if not said:
        yield "Whether supervision was reflective: too few people to show."
        return
    yield f"Reflective, of those that say: {'; '.join(said)}."


def _standing(month: Month) -> Iterator[str]:
    """How everybody who is supervised stands on the day, in one sentence; the states add up to all."""
    everybody = month.figure("people_supervised")
    if everybody is None and _is_of_place(month):
        return
    if everybody is None:
        yield "Who has no supervision recorded cannot be said: staff were not supplied."
        return
    if everybody.is_withheld:
        yield "How people stand on the day: too few to show."
        return
    states = {state: month.count("people_supervised", by="state", group=state) for state in STATES}
    told = "; ".join(f"{state}: {size}" for state, size in states.items() if size or state == NOT_DUE)
    yield (
        f"Supervised and in post on {day_name(month.as_at)}: {counted(everybody.value, 'person', 'people')}. "
        f"{at_first(told)}. Nobody is left out for want of a record."
    )


def _after(month: Month) -> Iterator[str]:
    """What became of the audits of the year in supervision, those below good and immediate concerns apart."""
    found = figures_of(month.figures("audits_by_next_supervision", by="state", period=_year(month)))
    if not found and not _is_of_place(month):
        yield "No audit of the year was followed by supervision of a known key worker."
        return
    if any(figure.is_withheld for figure in found):
        yield "What followed audits in supervision: too few key workers to show."
        return
    if found:
        every = int(sum(figure.value for figure in found))
        told = "; ".join(f"{one.group[0]}: {one.value:.0f}" for one in found if one.value or one.group[0] in SAID)
        yield f"{counted(every, 'audit')} of {last_cycles(month)}. {at_first(told)}."
    days = month.figure("days_to_next_supervision_median", period=_year(month))
    if days is not None and days.is_given:
        yield (
            f"Half of the key workers had their next supervision within {counted(days.value, 'day')} of the audit; "
            "those still waiting are counted for as long as they have waited."
        )
    for measure, one, words in (
        ("below_good_discussed_in_next", "audit below good", "discussed in the next supervision"),
        ("next_supervision_reflective", "next supervision", "reflective"),
        ("concerns_discussed_by_next_supervision", "immediate concern", "discussed by the next supervision"),
    ):
        share = month.figure(measure, period=_year(month))
        if share is not None and share.denominator > 0:
            plural = "audits below good" if one == "audit below good" else ""
            verb = agreeing(share.denominator, "was", "were") if share.verdict == TOO_FEW else "were"
            yield f"{at_first(part_of(share, one, plural))} {verb} {words}."


def _year(month: Month) -> str:
    """The year that is told of: of a place's part of the whole, the one that moves on by whole quarters."""
    return month.place_year if _is_of_place(month) else month.year


def _over(month: Month) -> str:
    """That year in words."""
    return f"the year {span_name(month.place_year)}" if _is_of_place(month) and month.place_year else all_cycles(month)


def _is_of_place(month: Month) -> bool:
    """Whether it is a place's part of the whole, of which a figure that is not there may only not be told."""
    return isinstance(month, PlaceMonth)


def _year_of_places(month: Month) -> str:
    return span_name(month.place_year)
