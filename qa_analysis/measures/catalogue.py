"""Every measure of the monthly report. A new measure is a module of this room and one line here."""

from collections.abc import Callable
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import (
    action_flow,
    actions,
    audit_survey,
    balance,
    calibration,
    concerns,
    coverage,
    decisions,
    families,
    grades,
    impact,
    learning_session,
    ledger,
    likeness,
    loop,
    loop_by_panel,
    moderation,
    panel_movement,
    panel_practice,
    panel_sample,
    panel_view,
    selection,
    shared,
    sign_off,
    suggestions,
    theme_change,
    theme_course,
    theme_links,
    theme_prevalence,
    theme_response,
    theme_words,
    themes,
    trends,
    verdicts,
    voice,
    volumes,
)
from qa_analysis.measures.figure import Row, frame_of

SMT_REPORT: Final[tuple[Callable[[Tables], list[Row]], ...]] = (
    volumes.volumes,
    volumes.planned,
    coverage.coverage,
    grades.grades,
    trends.trends,
    loop.loop,
    verdicts.verdicts,
    likeness.likeness,
    loop_by_panel.loop_by_panel,
    ledger.ledger,
    learning_session.learning_session,
    moderation.moderation,
    panel_sample.whole,
    panel_sample.weighted,
    panel_view.panel_view,
    panel_movement.movement,
    panel_practice.panel_practice,
    calibration.calibration,
    themes.themes,
    themes.safeguarding_without_action,
    theme_prevalence.theme_prevalence,
    theme_change.theme_change,
    theme_course.theme_course,
    theme_response.theme_response,
    theme_links.theme_links,
    theme_words.theme_words,
    suggestions.suggested_themes,
    impact.impact,
    balance.balance,
    voice.voice,
    families.families,
    audit_survey.audit_survey,
    selection.selection,
    actions.actions,
    action_flow.action_flow,
    sign_off.sign_off,
    concerns.concerns,
    decisions.decision_counts,
    shared.shared,
)


def measures(tables: Tables) -> DataFrame:
    """Every figure of the month, in the order of the report. One row per figure (columns: docs/methods.md)."""
    rows = [row for measure in SMT_REPORT for row in measure(tables)]
    return frame_of(rows, report="smt-report", as_at=tables.as_at)
