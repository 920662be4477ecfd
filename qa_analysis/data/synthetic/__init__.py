"""A whole synthetic council, made from a seed: the demo's data and the tests' ground.

Every dataset of the data dictionary, coherent with the others, with planted truths that a good analysis should find
(`planted`), planted faults it should list (`plant_faults`) and the mess of real extracts (`write_council`).
"""

from collections.abc import Mapping
from pathlib import Path

from pandas import DataFrame

from qa_analysis.data.synthetic.actions import action_rows
from qa_analysis.data.synthetic.answers import answer_rows
from qa_analysis.data.synthetic.audits import audit_rows, moderation_rows
from qa_analysis.data.synthetic.columns import COLUMNS, shaped
from qa_analysis.data.synthetic.concerns import alert_rows, concern_rows
from qa_analysis.data.synthetic.corrections import correction_rows
from qa_analysis.data.synthetic.era import Era
from qa_analysis.data.synthetic.files.faults import Faulty, plant_faults
from qa_analysis.data.synthetic.files.mess import renamed_team, write_messy
from qa_analysis.data.synthetic.files.writing import Style, write_clean, write_mixed, write_settings
from qa_analysis.data.synthetic.findings import finding_rows, found
from qa_analysis.data.synthetic.grading import Grader
from qa_analysis.data.synthetic.meetings import decision_rows, event_rows, narrative_rows
from qa_analysis.data.synthetic.people.children import caseload_rows, records
from qa_analysis.data.synthetic.people.staff import recruit, staff_rows
from qa_analysis.data.synthetic.performance import (
    conference_rows,
    contribution_rows,
    indicator_rows,
    recommendation_rows,
)
from qa_analysis.data.synthetic.planted import PLANTED, Planted, planted
from qa_analysis.data.synthetic.practice_week import with_practice_week
from qa_analysis.data.synthetic.quotations import quotation_rows
from qa_analysis.data.synthetic.selection import cases, plan_rows
from qa_analysis.data.synthetic.supervision import days_held, observation_rows, sessions, supervision_rows
from qa_analysis.data.synthetic.voice import complaint_rows, feedback_rows, survey_rows

__all__ = [
    "PLANTED",
    "Faulty",
    "Planted",
    "council",
    "plant_faults",
    "planted",
    "renamed_team",
    "with_practice_week",
    "write_council",
    "write_settings",
]

_STYLES = {"clean": write_clean, "mixed": write_mixed, "messy": write_messy}


def council(seed: int = 2022, *, first_cycle: str = "2022-06", cycles: int = 26) -> dict[str, DataFrame]:
    """Every dataset of the data dictionary, for so many audit cycles. One frame per dataset, in canonical columns.

    The same seed gives the same council. The extracts are taken on the last day of the month after the last cycle:
    nothing later is known but what is due.
    """
    era, truths = Era.of(first_cycle, cycles), planted(first_cycle)
    roster, spells = recruit(seed, era), records(seed, era)
    grader = Grader(seed, era, truths)
    audits = [grader.judged(case) for case in cases(seed, era, spells, roster)]
    findings, held = found(seed, audits, truths), sessions(seed, roster, era, truths)
    moderations = list(moderation_rows(seed, audits, era))
    conferences = conference_rows(seed, spells, roster, era)
    rows = {
        "audits": audit_rows(seed, audits, roster),
        "moderations": moderations,
        "findings": finding_rows(findings),
        "actions": action_rows(seed, audits, findings, moderations, roster, era),
        "immediate_concerns": concern_rows(seed, audits, days_held(held), era),
        "caseload": caseload_rows(spells, roster, era),
        "staff": staff_rows(roster, era),
        "supervision": supervision_rows(seed, held, audits),
        "family_feedback": feedback_rows(seed, audits),
        "audit_answers": answer_rows(seed, audits, findings, era),
        "audit_plan": plan_rows(era),
        "observations": observation_rows(seed, roster, era),
        "indicators": indicator_rows(seed, era, truths),
        "narratives": narrative_rows(seed, roster, era),
        "smt_decisions": decision_rows(seed, roster, era, truths),
        "practice_alerts": alert_rows(seed, spells, roster, era, truths),
        "conferences": conferences,
        "partner_contributions": contribution_rows(seed, conferences),
        "complaints_compliments": complaint_rows(seed, era),
        "survey_responses": survey_rows(seed, roster, era),
        "external_reviews": recommendation_rows(seed, era),
        "learning_events": event_rows(seed, era, truths),
        "approved_quotations": quotation_rows(seed, findings),
        "code_corrections": correction_rows(seed, findings),
    }
    return {dataset: shaped(dataset, rows[dataset], known_until=era.extracted_on) for dataset in COLUMNS}


def write_council(folder: Path, frames: Mapping[str, DataFrame], *, style: Style = "mixed") -> None:
    """The council's extracts in a folder: `clean` CSV files, workbooks `mixed` with CSV files, or `messy` ones.

    Read by the contracts, each of the three gives the same frames again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _STYLES[style](folder, frames)
