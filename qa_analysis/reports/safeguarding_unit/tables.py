"""The tables of the Safeguarding Unit's report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.safeguarding_unit.alerts import FORMAL, INFORMAL, WAY
from qa_analysis.measures.safeguarding_unit.conferences import IN_TIME, KINDS, LATE, NOT_HELD
from qa_analysis.month.month import Month
from qa_analysis.reports.safeguarding_unit.words import CALLED, agencies, cell, lately, plain
from qa_analysis.telling.prompts import subject_title

NOT_CODED, CONFERENCES = "not recorded", "Conferences and reviews"


def kinds_table(month: Month) -> DataFrame:
    """Conferences and reviews due in the month by state, and the share in time of three months. One row per kind."""
    period = lately(month)
    rows = []
    for kind in KINDS:
        states = [
            month.figure("conferences_due", by=("kind", "state"), group=(kind, state))
            for state in (IN_TIME, LATE, NOT_HELD)
        ]
        of_three = month.figure("conferences_in_time", by="kind", group=kind, period=period)
        rows.append([CALLED[kind], *map(plain, states), cell(of_three)])
    return pd.DataFrame(rows, columns=["Kind", "In time", "Held late", "Not yet held", f"In time, {span_name(period)}"])


def overdue_table(month: Month) -> DataFrame:
    """Conferences and reviews overdue on the day. One row per band of days."""
    found = figures_of(month.figures("conferences_overdue", by="days over"))
    return pd.DataFrame([[at_first(one.group[0]), plain(one)] for one in found], columns=["Days overdue", CONFERENCES])


def participation_table(month: Month) -> DataFrame:
    """Children who took part, in the month and in three. One row per kind."""
    period = lately(month)
    rows = [
        [
            CALLED[kind],
            *(
                cell(month.figure("child_took_part", by="kind", group=kind, period=one))
                for one in (month.month, period)
            ),
        ]
        for kind in KINDS
    ]
    return pd.DataFrame(rows, columns=["Kind", month_name(month.month), span_name(period)])


def themes_table(month: Month) -> DataFrame:
    """The themes of the alerts of three months, in the codebook's order. One row per theme."""
    found = {
        one.group[0]: one for one in figures_of(month.figures("alert_themes", by="theme_code", period=lately(month)))
    }
    order = {code: place for place, code in enumerate(month.rules.prompts)}
    codes = sorted(found, key=lambda code: (code == NOT_CODED, order.get(code, len(order)), code))
    rows = [[_called(month, code), plain(found[code])] for code in codes]
    return pd.DataFrame(rows, columns=["Theme", "Alerts"])


def _called(month: Month, code: str) -> str:
    """What an alert is about: the prompt as an area for development, or the theme's own name."""
    if code == NOT_CODED:
        return "No theme recorded"
    return subject_title(month.rules, code)


def roles_table(month: Month) -> DataFrame:
    """The alerts of three months. One row per role of who raised them."""
    found = figures_of(month.figures("alerts_raised", by="raised_by_role", period=lately(month)))
    return pd.DataFrame([[at_first(one.group[0]), plain(one)] for one in found], columns=["Raised by", "Alerts"])


def partners_table(month: Month) -> DataFrame:
    """What each agency was invited to, took up and reported on in three months. One row per agency, alphabetical."""
    period = lately(month)
    measures = ("partner_invited", "partner_attended", "partner_reported")
    rows = [
        [at_first(agency), *(cell(month.figure(name, by="agency", group=agency, period=period)) for name in measures)]
        for agency in agencies(month)
    ]
    return pd.DataFrame(rows, columns=["Agency", "Invited, of those held", "Came, of those invited", "Report received"])


def complaint_themes_table(month: Month) -> DataFrame:
    """What the year's complaints to the unit were about. One row per theme."""
    found = figures_of(month.figures("unit_complaint_themes", by="theme_code", period=month.year))
    rows = sorted((_called(month, one.group[0]), plain(one)) for one in found)
    return pd.DataFrame(rows, columns=["Theme", "Complaints"])


def teams_table(month: Month) -> DataFrame:
    """Conferences in time and alerts by team, over the year that teams are told of. One row per team, alphabetical."""
    period = month.place_year
    held = {one.group[0]: one for one in figures_of(month.figures("conferences_in_time", by="team", period=period))}
    alerts = {one.group: one for one in figures_of(month.figures("alerts_raised", by=("team", WAY), period=period))}
    teams = sorted({*held, *(team for team, _ in alerts)})
    rows = [
        [team, cell(held.get(team)), *(plain(alerts.get((team, way))) for way in (FORMAL, INFORMAL))] for team in teams
    ]
    return pd.DataFrame(rows, columns=["Team", "Held in time", "Formal alerts", "Informal alerts"])
