"""Practice Week in sentences: who took part, how leaders and usual auditors grade alike, and what is not known."""

from typing import Final

import pandas as pd

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, counted, in_letters, listed
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.practice_week.calibration import HIGHER, LOWER
from qa_analysis.measures.practice_week.week import DAYS, GROUPS
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import share_of

NONE_YET: Final = "No Practice Week lies within the council's audit cycles yet."
BESIDE: Final = (
    "Leaders choose the records they audit, so these audits stand beside the headline figures and are in none of them."
)
DATASETS: Final = {"learning_events": "Training events", "observations": "Observations of practice"}


def week_month(month: Month) -> str:
    """The cycle of the newest Practice Week that there are figures of; nothing where there is none."""
    held = month.over_time("practice_week_audits")
    return "" if held.empty else str(held["period"].iloc[0])


def headline_sentences(month: Month) -> list[str]:
    """Who took part, and how leaders' grades compare with usual auditors'."""
    if not (of := week_month(month)):
        return [NONE_YET]
    return [*took_part_sentences(month, of), *calibration_sentences(month, of)[:1]]


def took_part_sentences(month: Month, of: str) -> list[str]:
    """How many events, observations and audits there were, and who did them. One sentence per kind."""
    said = [audits_sentence(month, of)]
    if "observations" in month.supplied and (held := month.figure("practice_week_observations", period=of)):
        said.append(f"{_made(held, 'observation', 'made')}{_by_whom(month, 'practice_week_observations', of)}.")
    elif "observations" in month.supplied:
        said.append("Observations of the week are not counted: its dates are not known.")
    if "learning_events" in month.supplied:
        said.append(training_sentence(month, of))
    return said


def audits_sentence(month: Month, of: str) -> str:
    """How many audits there were, and by whom."""
    audits = month.figure("practice_week_audits", period=of)
    made = _made(audits, "audit of Practice Week", "done") if audits else "No audit of Practice Week was done"
    return f"In {month_name(of)}, {made[0].lower() + made[1:]}{_by_whom(month, 'practice_week_audits', of)}."


def _made(figure: Figure, noun: str, verb: str) -> str:
    plural = noun.replace("audit", "audits").replace("observation", "observations")
    if not figure.is_given:
        return f"{plural[0].upper()}{plural[1:]} were too few to show, or none"
    many = int(figure.value)
    return f"{counted(many, noun, plural)} {agreeing(many, 'was', 'were')} {verb}" if many else f"No {noun} was {verb}"


def _by_whom(month: Month, measure: str, of: str) -> str:
    """Who did them: ", 6 of them by senior leaders"; nothing where none was done."""
    total = week_count(month, measure, of)
    each = [
        f"{many:,} by {group}"
        for group in GROUPS
        if (many := week_count(month, measure, of, by="took_part", group=group))
    ]
    if len(each) == 1:
        return f", {each[0].removeprefix(f'{total} ')}" if total == 1 else f", all {each[0].split(' ', 1)[1]}"
    return f": {listed(each)}" if each else ""


def week_count(month: Month, measure: str, of: str, *, by: str = "", group: str = "") -> int:
    """A count of the week; 0 where there is none, or none that may be told."""
    held = month.figure(measure, by=by or (), group=group or (), period=of)
    return int(held.value) if held and held.is_given else 0


def training_sentence(month: Month, of: str) -> str:
    """How many events there were, and how many came."""
    events, came = (month.figure(measure, period=of) for measure in ("practice_week_events", "practice_week_came"))
    if events and not events.is_given:
        return "Training events of Practice Week were too few to show, or none."
    if not events or not (held := int(events.value)):
        return "No training event of Practice Week is recorded."
    people = f", to which {counted(int(came.value), 'person', 'people')} came" if came and came.is_given else ""
    return f"Training: {counted(held, 'event')}{people}."


def week_sentence(month: Month, of: str) -> str:
    """Which days the week was, where the council says."""
    day = month.rules.practice_week.get(of[:4])
    if not day and month.figures("practice_week_observations", by="took_part", period=of).empty:
        return "Which days the week was is not known. Audits go by their route."
    if not day:
        return "The week is taken to be the one in which its training events were held. Audits go by their route."
    first = pd.Timestamp(day)
    last = first + pd.Timedelta(days=DAYS - 1)
    return f"The week was {day_name(first.date())} to {day_name(last.date())}. Audits go by their route."


def calibration_sentences(month: Month, of: str) -> list[str]:
    """How far leaders and usual auditors grade the same records alike; of few, what to do with them."""
    held = week_count(month, "leader_pairs", of)
    if not held:
        return ["No record was graded by both a senior leader and a usual auditor in this cycle."]
    alike = month.figure("leader_agreement", period=of)
    both = counted(held, "record")
    if alike is None or not alike.is_given:
        return [
            f"{both} {agreeing(held, 'was', 'were')} graded by a senior leader and by a usual auditor: too few "
            "records, or too few people, to put a number on. Look at them together and talk over why grades differ."
        ]
    higher, lower = (
        week_count(month, "leader_differences", of, by="difference", group=word) for word in (HIGHER, LOWER)
    )
    said = [
        f"Senior leaders and usual auditors gave the same grade to {share_of(alike, 'record', first=True)}; "
        f"leaders graded {higher:,} higher and {lower:,} lower."
    ]
    beyond = month.figure("leader_ac1", period=of)
    if beyond and beyond.is_given:
        said.append(
            f"Agreement beyond chance (Gwet's AC1, on a scale up to 1): {beyond.value:.2f} ({beyond.lower:.2f} to "
            f"{beyond.upper:.2f})."
        )
    return said


def year_sentence(month: Month) -> str:
    """In how many cycles of the year senior leaders audited."""
    rows = month.over_time("audits_by_senior_leaders", periods=month.cycles)
    audited = int((rows["value"] > 0).sum())
    of = f"of the {in_letters(len(rows))} cycles to {month_name(month.month)}"
    return f"Senior leaders audited in {in_letters(audited) if audited else 'none'} {of}."


def member_sentences(month: Month, of: str) -> list[str]:
    """Who took part, for elected members: numbers of activities, and nothing of any record."""
    return [
        *took_part_sentences(month, of),
        "Nothing here is about a child, a family or a record, or says how practice was graded.",
    ]
