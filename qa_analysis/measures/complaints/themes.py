"""What complaints and compliments are about, beside what auditors found on the same themes."""

from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles, records_of
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.complaints.clocks import DATASET, complaints
from qa_analysis.measures.complaints.periods import within, year_of
from qa_analysis.measures.complaints.received import UPHELD
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import COMPLAINTS, COMPLIMENTS, EVERY_ROUTE, HEADLINE

THEME: Final = "theme_code"


@declares(
    Measure(
        "complaint_themes",
        title="Complaints by theme",
        family=family.COMPLAINTS,
        counts="complaints received in the year to date by theme, each once; the numerator is how many were upheld at "
        "least in part",
        by=THEME,
        limits="those without a theme are counted as not recorded; of one with several stages the first with a theme",
        unit="complaints",
    ),
    Measure(
        "compliment_themes",
        title="Compliments by theme",
        family=family.COMPLAINTS,
        counts="compliments received in the year to date by theme",
        by=THEME,
        limits="those without a theme are counted as not recorded",
        unit="compliments",
    ),
    Measure(
        "complaint_theme_audits",
        title="Audits with an area for development on a theme of complaints",
        family=family.COMPLAINTS,
        counts="audits of the cycles of the year to date, every route, with an area for development on each theme that "
        "complaints are about; the denominator is all audits of those cycles",
        by=THEME,
        limits="coded by auditors; that both name a theme does not show that one explains the other",
        unit="audits",
    ),
    Measure(
        "complaint_theme_below_good",
        title="Audits on a theme of complaints graded below good",
        family=family.COMPLAINTS,
        counts="audits whose audit theme is what complaints are about, graded below good overall, of those with a "
        "grade in the cycles of the year to date, headline routes",
        by=THEME,
        limits="that both name a theme does not show that one explains the other",
        unit="share",
    ),
    needs=(DATASET,),
)
def themes(tables: Tables) -> list[Figure]:
    """Complaints and compliments by theme, and the audits that found the same. One figure per theme and source."""
    year, frame = year_of(tables), tables.frames[DATASET]
    period = {"period": year.period}
    held = within(complaints(tables), "received_on", year.now).sort_values("received_on", kind="stable")
    whole = held.groupby("whole").agg(theme=(THEME, "first"), upheld=("outcome", lambda said: said.isin(UPHELD).any()))
    by_theme = whole.assign(theme=whole["theme"].fillna("not recorded")).groupby("theme")["upheld"].agg(["size", "sum"])
    praise = within(frame[frame["kind"].eq("compliment")], "received_on", year.now)[THEME].fillna("not recorded")
    return [
        *(
            count("complaint_themes", int(size), by=THEME, group=str(theme), population=COMPLAINTS, unit="complaints",
                  **period).but(numerator=float(upheld), denominator=float(size))
            for theme, size, upheld in by_theme.itertuples(name=None)
        ),
        *(
            count("compliment_themes", int(size), by=THEME, group=str(theme), population=COMPLIMENTS,
                  unit="compliments", **period)
            for theme, size in praise.value_counts().sort_index().items()
        ),
        *_audits(tables, year.now, [str(theme) for theme in by_theme.index], year.period),
        *_below_good(tables, year.now, [str(theme) for theme in by_theme.index], year.period),
    ]  # fmt: skip


def _audits(tables: Tables, cycles: tuple[str, ...], named: list[str], period: str) -> list[Figure]:
    """The audits that found each theme wanting. One figure per theme that complaints are about and auditors know."""
    is_asked = is_of_cycles(tables, cycles)
    found = records_of(tables, "findings", is_asked, columns=("audit_id", "polarity", THEME))
    tally = found[found["polarity"].eq("development") & found[THEME].isin(named)].groupby(THEME)["audit_id"].nunique()
    labels = {"period": period, "population": EVERY_ROUTE, "unit": "audits"}
    return [
        count("complaint_theme_audits", int(tally.get(theme, 0)), by=THEME, group=theme, **labels).but(
            numerator=float(tally.get(theme, 0)), denominator=float(is_asked.sum())
        )
        for theme in named
        if theme in tables.rules.codebook
    ]


def _below_good(tables: Tables, cycles: tuple[str, ...], named: list[str], period: str) -> list[Figure]:
    """How audits on each theme were graded. One figure per theme that complaints and audits share."""
    audits = headline_audits(tables, months=cycles, columns=("overall_grade", THEME)).dropna(subset=["overall_grade"])
    is_below = ~audits["overall_grade"].isin(tables.rules.good_grades)
    few, labels = tables.rules.percentage_from, {"period": period, "population": HEADLINE, "by": THEME}
    return [
        share("complaint_theme_below_good", int(is_below[own].sum()), int(own.sum()), few=few, group=theme, **labels)
        for theme in named
        if (own := audits[THEME].eq(theme)).any()
    ]
