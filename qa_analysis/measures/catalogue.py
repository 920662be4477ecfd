"""Every measure of a month. A new measure is a module of this room and one line here."""

from collections.abc import Callable
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.actions import concerns, decisions, sign_off
from qa_analysis.measures.actions import flow as action_flow
from qa_analysis.measures.actions import stock as actions
from qa_analysis.measures.audits import coverage, selection, volumes
from qa_analysis.measures.closing_the_loop import change as loop
from qa_analysis.measures.closing_the_loop import change_by_panel as loop_by_panel
from qa_analysis.measures.closing_the_loop import ledger, verdicts
from qa_analysis.measures.closing_the_loop import like_for_like as likeness
from qa_analysis.measures.figure import Figure, frame_of
from qa_analysis.measures.grades import grades, trends
from qa_analysis.measures.learning import session as learning_session
from qa_analysis.measures.moderation import agreement as moderation
from qa_analysis.measures.moderation import calibration, panel_movement, panel_practice, panel_sample, panel_view
from qa_analysis.measures.shared_edition import protected as shared
from qa_analysis.measures.themes import both_kinds as balance
from qa_analysis.measures.themes import change as theme_change
from qa_analysis.measures.themes import course as theme_course
from qa_analysis.measures.themes import findings as themes
from qa_analysis.measures.themes import impact, suggestions
from qa_analysis.measures.themes import links as theme_links
from qa_analysis.measures.themes import phrases as theme_words
from qa_analysis.measures.themes import prevalence as theme_prevalence
from qa_analysis.measures.themes import response as theme_response
from qa_analysis.measures.voices import audit_survey, families
from qa_analysis.measures.voices import contact as voice

EVERY_MEASURE: Final[tuple[Callable[[Tables], list[Figure]], ...]] = (
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
    """Every figure of the month, in the order of the list. One row per figure (columns: docs/methods.md)."""
    figures = (figure for measure in EVERY_MEASURE for figure in measure(tables))
    return frame_of(figures, as_at=tables.as_at)
