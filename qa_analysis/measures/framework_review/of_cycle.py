"""Promises of the audit cycle: that there is one, how audits are announced, who does them and what they look at."""

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, looks_back_further, months_of
from qa_analysis.measures.audit_cycle.announced import IN_TIME, when
from qa_analysis.measures.audit_cycle.looked_back import END, REASON, START
from qa_analysis.measures.audits.children import shortfall
from qa_analysis.measures.audits.linked import coded
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.framework_review.promise import PERSON, cycles_expected, of_pairs, stated, tallied


def cycles_with_audits(tables: Tables) -> DataFrame:
    """Whether each cycle of the year had an audit. One row per cycle."""
    held = set(tables.audits["cycle_month"].unique())
    return tallied([(cycle[-1], *((1, 0, 0) if held & set(cycle) else (0, 1, 0))) for cycle in cycles_expected(tables)])


def audits_in_their_cycle(tables: Tables) -> DataFrame:
    """Whether each audit was done within the months of its cycle. One row per audit."""
    audits = audits_of_year(tables)
    cycles = audits["cycle_month"]
    months = {cycle: frozenset(tables.rules.months_of(cycle)) for cycle in cycles.unique()}
    kept = of_pairs(months_of(audits["audited_on"]), cycles, lambda month, cycle: month in months[cycle])
    return stated(audits, kept=kept, known=audits["audited_on"].notna())


def audits_planned(tables: Tables) -> DataFrame | None:
    """Whether audits planned were done; those of a cycle whose plan gives no number could not be known.

    One row per cycle and state.
    """
    if tables.optional("audit_plan") is None:
        return None
    plan, audits = shortfall(tables), audits_of_year(tables)
    unplanned = audits[~audits["cycle_month"].isin(plan["cycle_month"])].groupby("cycle_month").size()
    sums = plan.groupby("cycle_month")[["planned_audits", "missing"]].sum().astype(int)
    return tallied(
        [
            *((str(cycle), planned - missing, missing, 0) for cycle, planned, missing in sums.itertuples()),
            *((str(cycle), 0, 0, int(many)) for cycle, many in unplanned.items()),
        ]
    )


def list_in_last_week(tables: Tables) -> DataFrame | None:
    """Whether each audit's list went out in the last week of the month before. One row per audit."""
    if not tables.holds("audits", "list_sent_on"):
        return None
    audits = audits_of_year(tables)
    sent = audits["list_sent_on"].notna()
    in_time = when(audits, tables.rules) == IN_TIME
    return stated(audits, kept=sent & in_time, known=sent)


def notice_given(tables: Tables) -> DataFrame | None:
    """Whether each audit was announced at least so many days before. One row per audit."""
    if not tables.holds("audits", "notice_on"):
        return None
    audits = audits_of_year(tables)
    days = calendar_days(audits["notice_on"], audits["audited_on"])
    return stated(audits, kept=days >= tables.rules.notice_days, known=days.notna())


def workers_spared(tables: Tables) -> DataFrame:
    """Whether each key worker of a cycle was not audited in the one before. One row per cycle and key worker.

    An audit without a key worker is a case of which nobody knows.
    """
    places, cycles = coded(tables.audits, "cycle_month")
    workers, names = pd.factorize(tables.audits["key_worker_id"])
    following = cycles.get_indexer(pd.Index([tables.rules.cadence.after(cycle) for cycle in cycles]))
    is_known, many = (places >= 0) & (workers >= 0), len(names) + 1
    pairs = pd.unique(places[is_known].astype(np.int64) * many + workers[is_known])
    of_cycle, who = np.divmod(pairs, many)
    again = np.isin(pairs, (following[of_cycle] * many + who)[following[of_cycle] >= 0])
    unknown = places[(places >= 0) & (workers < 0)]
    place = np.concatenate([of_cycle, unknown])
    rows = DataFrame({"cycle_month": cycles.take(place), PERSON: np.concatenate([who, np.full(len(unknown), np.nan)])})
    of_year = cycles.isin(tables.rolling_cycles)[place]
    kept = Series(np.concatenate([~again, np.zeros(len(unknown), dtype=bool)]))
    return stated(rows[of_year], kept=kept[of_year], known=rows.loc[of_year, PERSON].notna())


def period_looked_at(tables: Tables) -> DataFrame | None:
    """Whether each audit looked at the last six months alone, or says why it looked further. One row per audit."""
    if not (tables.holds("audits", START) and tables.holds("audits", END)):
        return None
    audits = audits_of_year(tables)
    dated = audits[START].notna() & audits[END].notna()
    further = looks_back_further(audits[START], audits[END], months=tables.rules.lookback_months)
    return stated(audits, kept=dated & (~further | audits[REASON].notna()), known=dated)


def role_that_audits(tables: Tables) -> DataFrame | None:
    """Whether each audit was by a role that the rules of its own cycle name. One row per audit."""
    if not tables.holds("audits", "auditor_role"):
        return None
    audits = audits_of_year(tables)
    roles = {cycle: set(tables.rules.of(cycle).auditor_roles) for cycle in audits["cycle_month"].unique()}
    allowed = of_pairs(audits["cycle_month"], audits["auditor_role"], lambda cycle, role: role in roles[cycle])
    return stated(audits.assign(**{PERSON: audits["auditor_id"]}), kept=allowed, known=audits["auditor_role"].notna())
