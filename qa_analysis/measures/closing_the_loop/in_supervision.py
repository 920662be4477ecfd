"""Whether what an audit found was discussed in the key worker's next supervision."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_ROUTE, month_and_year


@declares(
    Measure(
        "discussed_in_next_supervision",
        title="Audits discussed in the key worker's next supervision",
        family=family.SIX_MONTHS_ON,
        counts="audits of every route that were discussed in the first supervision of their key worker after the day "
        "of the audit, of those after which one was held by the as-at date, for the month and for twelve cycles",
        by="service_area, team",
        limits="only where supervision was supplied and names the audits discussed; the whole audit, as a discussion "
        "is not recorded finding by finding; one held on the day of the audit is not the next; by service and team of "
        "headline routes, over twelve cycles to the end of a quarter",
        unit="share",
    ),
    Measure(
        "discussed_in_supervision",
        title="Audits discussed in supervision",
        family=family.SIX_MONTHS_ON,
        counts="audits of every route that were discussed in any supervision by the as-at date, of all audits, for the "
        "month and for twelve cycles",
        limits="only where supervision was supplied and names the audits discussed; an audit done last week may not "
        "have had its supervision yet",
        unit="share",
    ),
)
def in_supervision(tables: Tables) -> list[Figure]:
    """Audits discussed in the next supervision and in any, for the month and the year. One figure each."""
    year = audits_of_year(tables)
    days = discussed(tables, year)
    if days is None:
        return []
    held = year[["cycle_month"]].join(days)
    return [row for audits, period in month_and_year(tables, held) for row in _shares(tables, audits, period)]


def discussed(tables: Tables, audits: DataFrame) -> DataFrame | None:
    """The key worker's next supervision after each audit, and the first in which it was discussed. One row per audit.

    Columns next_on and discussed_on, blank where there was none; is_in_next. None where no supervision names an audit.
    """
    return discussed_in(tables.optional("supervision"), audits)


def discussed_in(supervision: DataFrame | None, audits: DataFrame) -> DataFrame | None:
    """The same of supervisions held by a day. One row per audit."""
    if supervision is None or supervision["audit_id"].isna().all():
        return None
    named = supervision.dropna(subset="audit_id")
    first = _day(audits["audit_id"].map(named.groupby("audit_id")["held_on"].min()))
    next_on = following(supervision, audits)
    pairs = pd.MultiIndex.from_frame(named[["audit_id", "worker_id", "held_on"]])
    is_in_next = audits["audit_id"].isin(named["audit_id"]).to_numpy(dtype=bool, copy=True)  # of those named anywhere
    here = [column[is_in_next] for column in (audits["audit_id"], audits["key_worker_id"], next_on)]
    is_in_next[is_in_next] = pd.MultiIndex.from_arrays(here).isin(pairs)
    return DataFrame({"next_on": next_on, "discussed_on": first, "is_in_next": is_in_next}, index=audits.index)


def following(supervision: DataFrame, audits: DataFrame) -> Series:
    """The day of the key worker's first supervision after the day of each audit, blank where there was none."""
    asked = DataFrame({"worker_id": audits["key_worker_id"], "audited_on": audits["audited_on"], "row": audits.index})
    both = asked.dropna().merge(supervision[["worker_id", "held_on"]].dropna(), on="worker_id")
    later = both[both["held_on"] > both["audited_on"]].groupby("row")["held_on"].min()
    return _day(later.reindex(audits.index))


def _shares(tables: Tables, held: DataFrame, period: str) -> list[Figure]:
    """The two shares of a period; none of the next supervision where none was held yet."""
    after, labels = held[held["next_on"].notna()], {"period": period, "population": EVERY_ROUTE}
    few, any_time = tables.rules.percentage_from, int(held["discussed_on"].notna().sum())
    asked = {
        "discussed_in_next_supervision": (int(after["is_in_next"].sum()), len(after)),
        "discussed_in_supervision": (any_time, len(held)),
    }
    return [share(name, part, whole, few=few, **labels) for name, (part, whole) in asked.items() if whole]


def _day(days: Series) -> Series:
    return pd.to_datetime(days).astype("datetime64[us]")
