"""The sections of the report on performance: all indicators on one page, those that need a look first."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.reports.performance.desk import desks
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.indicators.shown import CALLED, DATASET, others, to_look_at, told
from qa_analysis.telling.indicators.tables import breaks_table, charts_table, places_table
from qa_analysis.telling.indicators.watched import whole
from qa_analysis.telling.indicators.words import chance_sentence, look_sentence, provisional_sentence
from qa_analysis.telling.meeting.completeness import completeness as completeness
from qa_analysis.telling.meeting.decisions import decisions_followed as decisions_followed
from qa_analysis.telling.meeting.narrative import narrative as narrative
from qa_analysis.telling.meeting.supervision import supervision as supervision


def cover(month: Month) -> Html:
    """What this is, how many figures need a look, and how many of the signals chance alone would give."""
    said = [
        look_sentence(len(to_look_at(whole(month)))),
        chance_sentence(month),
        "A signal is a change beyond the ordinary ups and downs. No signal is a normal answer.",
        provisional_sentence(whole(month)),
    ]
    return page(cover_line(month), *_not_supplied(month), bullets(filter(None, said)))


def first(month: Month) -> Html:
    """The figures that need a look: getting worse, target missed, unusual where neither way is better, or missing."""
    some = to_look_at(whole(month))
    if not some:
        return paragraph("No figure is getting worse, consistently misses its target or is missing.")
    return page(*told(month, some, "Figures to look at first"))


def rest(month: Month) -> Html:
    """All other figures, in the order of their codes."""
    some = others(whole(month))
    if not some:
        return paragraph("There is no other figure.")
    return page(*told(month, some, "All other figures"))


def places(month: Month) -> Html:
    """Services and teams that show a signal, or differ from the others by more than chance."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    shown = places_table(month)
    said = [chance_sentence(month, level) for level in ("service_area", "team")]
    found = (
        paragraph("No service or team shows a signal or differs from the others.")
        if shown.empty
        else table(shown, "Services and teams with a signal, or unlike the others")
    )
    return page(
        bullets(f"By {name}: {sentence}" for name, sentence in zip(("service", "team"), said, strict=True) if sentence),
        found,
        paragraph(
            "Places look after different children and are not ranked. A place is unlike the others only outside limits "
            "that chance alone seldom passes.",
            kind="note",
        ),
    )


def method(month: Month) -> Html:
    """Which chart each figure has and why, and the breaks at which a usual range begins anew."""
    every = whole(month)
    breaks = breaks_table(month, every)
    return page(
        *([] if not every else [table(charts_table(every), "The chart of each figure, and why")]),
        *([] if breaks.empty else [table(breaks, "Breaks: the usual range begins anew")]),
        paragraph(
            "Signals follow the rules of the NHS programme Making Data Count: a month beyond a limit, seven months on "
            "one side, seven rising or falling, or two of three near a limit. Limits rest on the first year "
            "since the last break."
        ),
    )


def summary(month: Month) -> Html:
    """The figures that need a look, in another report."""
    return page(*_not_supplied(month), first(month))


def _not_supplied(month: Month) -> list[Html]:
    return [] if DATASET in month.supplied else [absent(CALLED)]


REPORT = Report(
    name="performance",
    title="Performance",
    question="Which figures have changed, and which need a look first?",
    families=(family.INDICATORS, family.DIRECTION, family.SUPERVISION, family.NARRATIVES, family.DECISIONS),
    restricted=(RestrictedList("each Service Manager and Team Manager", desks, needs=("staff",)),),
    summary=summary,
    place=15,
)
