"""Themes in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.dates import month_name
from qa_analysis.english import agreeing, counted
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.populations import POOLED
from qa_analysis.measures.themes.course import (
    CYCLES_BEFORE,
    EMERGING,
    FADING,
    NEW_FACTOR,
    PERSISTENT,
    PERSISTENT_CYCLES,
    PERSISTENT_SHARE,
)
from qa_analysis.measures.themes.response import NO_RESPONSE
from qa_analysis.measures.themes.suggestions import CORRECTED, SILENT, SURE, UNSURE
from qa_analysis.month.month import Month
from qa_analysis.reports.themes.tables import PREVALENCE, courses, cycles_before, theme, windows
from qa_analysis.telling.claims import reserve, reserve_of
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import all_cycles, by_cadence, change_in_points, percent, share_of, were

MADE_UP = (
    "This council is synthetic: its findings are made from few patterns, so these figures flatter. Expect fewer and "
    "less certain suggestions for what people write."
)
OUTCOME_WORDS = {
    SURE: "With a suggestion", UNSURE: "no suggestion, because the wording is unclear",
    SILENT: "no wording to base one on", CORRECTED: "since given a code by the Principal Social Worker",
}  # fmt: skip
RULES = {
    EMERGING: f"clearly more common in the last three cycles than in the cycles before, up to {CYCLES_BEFORE}, and "
    f"at least {NEW_FACTOR:.0f} times as common",
    FADING: "the reverse",
    PERSISTENT: f"in at least {percent(PERSISTENT_SHARE)} of the year's headline audits, and in at least "
    f"{percent(PERSISTENT_CYCLES)} of its cycles",
}


def course_sentences(month: Month) -> list[str]:
    """Which areas for development are emerging, fading and persistent; or that none clearly is."""
    return [*_moving(month, EMERGING), *_moving(month, FADING), *_persistent(month)]


def _moving(month: Month, word: str) -> list[str]:
    """Each emerging (or fading) area for development, or that there is none."""
    if month.figures("theme_emergence", by=PREVALENCE).empty:
        return [f"Too few cycles have been audited to say whether a theme is {word}."] if word == EMERGING else []
    codes = courses(month, word, "theme_emergence", "development")
    if not codes:
        return [f"No area for development is clearly {word}."]
    recent, before = windows(month)
    said = []
    for code in codes:
        now, then = (theme(month, code, "development", period=period) for period in (recent, before))
        change = month.figure("theme_emergence", by=PREVALENCE, group=(code, "development"))
        if now and then and change:
            title = prompt_title(month, code, "development")
            lately = by_cadence(month, "the last three cycles")
            said.append(
                f"{word.capitalize()}: {title}, in {share_of(now, 'headline audit')} of {lately} "
                f"against {share_of(then)} in the {cycles_before(month)} before "
                f"({change_in_points(change)})."
                f"{_qualified(change)}"
            )
    return said


def _qualified(change: Figure) -> str:
    """What stands between the two periods: a theme that came with a new form may be of the form."""
    return f" {reserve(change.reasons)}." if change.reasons else ""


def spanned(month: Month) -> list[str]:
    """What stands between the last three cycles and those of six months before, which the tables compare."""
    held = reserve_of(figures_of(month.figures("theme_change", by=PREVALENCE, population=POOLED)))
    return [by_cadence(month, f"{held}: the last three cycles and those of six months before.")] if held else []


def unanswered(month: Month) -> list[str]:
    """The emerging and persistent themes that no action beyond one child, decision or learning has answered."""
    found = month.over_time("theme_responses", by="theme_code")
    named = [prompt_title(month, code, "development") for code in found.loc[found["verdict"] == NO_RESPONSE, "group"]]
    lately = by_cadence(month, "the last two cycles")
    if found.empty:
        return []
    if not named:
        return [f"For each emerging or persistent theme a wider action, decision or learning was recorded in {lately}."]
    return [
        f"No team, service or partnership action, decision or learning recorded in {lately} for: {'; '.join(named)}."
    ]


def _persistent(month: Month) -> list[str]:
    """Each persistent area for development."""
    codes = courses(month, PERSISTENT, "theme_cycles", "development")
    if not codes:
        return ["No area for development is persistent."]
    said = []
    for code in codes:
        year = theme(month, code, "development", period=month.year)
        cycles = month.figure("theme_cycles", by=PREVALENCE, group=(code, "development"), period=month.year)
        if year and cycles:
            title = prompt_title(month, code, "development")
            said.append(
                f"Persistent: {title}, in {share_of(year, 'headline audit')} of the year and in "
                f"{cycles.value:.0f} of {counted(cycles.denominator, 'cycle')}."
            )
    return said


def coded_sentence(month: Month) -> str:
    """How much of what auditors wrote the themes rest on."""
    if "findings" not in month.supplied:
        return "Findings: not supplied this month."
    now, year = (month.figure("findings_coded", period=period) for period in (month.month, month.year))
    if now is None or not now.denominator:
        return f"No finding of a headline audit of {month_name(month.month)} was supplied."
    more = f"; over {all_cycles(month)} {share_of(year)}" if year and year.denominator > 0 else ""
    return (
        f"Auditors gave a theme to {share_of(now, 'finding')} of this cycle{more}. Findings without a theme are not "
        "counted in any, so each percentage is a little too low."
    )


def balance_sentence(month: Month) -> str:
    """How many audits share both what is good and what is to be developed."""
    if "findings" not in month.supplied:
        return "Findings: not supplied this month."
    both = month.figure("findings_balance", by="findings", group="both")
    if both is None or not both.denominator:
        return "No audit of this cycle."
    rest = ", ".join(
        f"{kind} {month_figure.numerator}"
        for kind in ("strengths only", "developments only", "no findings")
        if (month_figure := month.figure("findings_balance", by="findings", group=kind))
    )
    shares = agreeing(both.numerator, "shares", "share")
    return f"In this cycle {share_of(both, 'audit')} {shares} both strengths and areas for development; {rest}."


def impact_sentences(month: Month) -> list[str]:
    """How many findings and actions mention impact on the child, and audits without an impact statement."""
    said = []
    for measure, noun in (("finding_wording", "finding"), ("action_wording", "action")):
        kinds = {
            kind: month.figure(measure, by="wording", group=kind, period=month.year)
            for kind in ("impact", "compliance", "both", "neither")
        }
        impact, compliance, both, neither = kinds.values()
        speak = counted(impact.numerator, "mentions", "mention") if impact else ""
        whose = "agreed" if noun == "action" else "of headline audits"
        if impact and compliance and both and neither:
            said.append(
                f"Of {counted(impact.denominator, noun)} {whose} over {all_cycles(month)}, {speak} only impact on the "
                f"child, {compliance.numerator:,} only whether something was done, {both.numerator:,} both and "
                f"{neither.numerator:,} neither."
            )
    missing = month.figure("impact_statement_missing")
    if missing is None:
        return [*said, "Impact statements: not supplied this month."]
    return [*said, f"Audits of this cycle without an impact statement: {share_of(missing)}."]


def suggestion_sentences(month: Month) -> list[str]:
    """What was suggested for findings without a code, and how often suggestions are correct."""
    held = month.figures("suggestions", by="outcome").set_index("group")["value"].astype(int)
    said = []
    if total := int(held.sum()):
        parts = "; ".join(f"{words}: {held.get(outcome, 0)}" for outcome, words in OUTCOME_WORDS.items())
        said.append(f"Findings of this cycle without a code: {total}. {parts}.")
    theme, area = (month.figure("suggestion_agrees", by="code", group=of) for of in ("theme", "key area"))
    dared = month.figure("suggestion_dared", by="code", group="theme")
    if theme and theme.denominator > 0 and dared:
        where = f"; its key area in {share_of(area)}" if area and area.denominator > 0 else ""
        said.append(
            "Tested on the findings that auditors coded this cycle: a suggestion was made for "
            f"{share_of(dared, 'finding')}. It matched the auditor's own theme in {share_of(theme)}{where}."
        )
    kept = month.figure("suggestion_kept", period=f"to {month.as_at.isoformat()}")
    if kept and kept.denominator > 0:
        said.append(
            f"Of the suggestions checked by the Principal Social Worker so far, {share_of(kept)} {were(kept)} correct."
        )
    return [*said, MADE_UP] if said and month.rules.own.synthetic else said
