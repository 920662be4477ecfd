"""Whether audits were fairly announced and spread: notice, and workers audited two cycles running."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import EVERY_ROUTE


@declares(
    Measure(
        "notice_under_7_days",
        title="Audits with under seven days' notice",
        family=family.AUDITS,
        counts="audits of the cycle with under seven calendar days from notice to audit, of those with both "
        "dates, every route",
        limits="reactive audits are in it; so is an audit dated before its notice",
        unit="share",
    ),
    Measure(
        "consecutive_month_workers",
        title="Key workers audited two cycles running",
        family=family.AUDITS,
        counts="key workers audited both in this cycle and in the one before, every route",
        limits="the key worker recorded at the audit, not the one on the audit list",
        unit="workers",
    ),
)
def selection(tables: Tables) -> list[Figure]:
    """Notice shorter than the rule, and workers audited in consecutive cycles. One figure each."""
    return [*short_notice(tables), consecutive_month_workers(tables)]


def short_notice(tables: Tables) -> list[Figure]:
    """The share of the cycle's audits announced under seven calendar days ahead, of those with both dates."""
    audits = cycle_audits(tables)
    days = calendar_days(audits["notice_on"], audits["audited_on"]).dropna()
    if days.empty:
        return []
    return [
        share(
            "notice_under_7_days", int((days < tables.rules.notice_days).sum()), len(days),
            period=tables.month, population=EVERY_ROUTE, few=tables.rules.percentage_from,
        )
    ]  # fmt: skip


def consecutive_month_workers(tables: Tables) -> Figure:
    """How many key workers were audited in this cycle and the one before, by any route."""
    now = set(cycle_audits(tables)["key_worker_id"].dropna())
    (before,) = tables.rules.cadence.before(tables.month)
    both = now & set(cycle_audits(tables, month=before)["key_worker_id"].dropna())
    return count("consecutive_month_workers", len(both), period=tables.month, population=EVERY_ROUTE, unit="workers")
