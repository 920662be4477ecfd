"""The learning session in plain sentences: what the audits found, and what is asked of those who were audited."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, counted, in_a_sentence, listed
from qa_analysis.measures.figure import Figure, figure_of
from qa_analysis.measures.populations import LAST_SESSION, SAME_THEME
from qa_analysis.month.month import Month
from qa_analysis.telling.open_questions import of_development, of_strength
from qa_analysis.telling.prompts import learn_from, practice_seen, prevalent, prompt_title
from qa_analysis.telling.wording import cases, change_in_points, percent_of, share_of, were

STRENGTHS, DEVELOPMENTS = 5, 5  # as many as a session can talk of
ASKED_OF_EACH = 3  # questions of each kind: a session of an hour and a half has room for about six
NOT_RECORDED = "not recorded"  # how measures name a blank
TOO_FEW_TO_TELL = (
    "Too few headline audits were graded to summarise them without showing whose audits they were. The session starts "
    "from what people would like to discuss."
)


def talked_of(month: Month, polarity: str, most: int) -> DataFrame:
    """The prompts found often enough to be discussed without identifying whose audit it was. One row per prompt.

    Of strengths only those of practice: compliance is nothing to learn from together.
    """
    most_of_all = len(month.rules.codebook)
    strengths = polarity == "strength"
    found = practice_seen(month, most_of_all) if strengths else prevalent(month, polarity, most_of_all)
    return found[found["numerator"] >= month.rules.percentage_from].head(most)


def outcome_sentences(month: Month) -> list[str]:
    """The outcomes of the cycle's audits, in plain words."""
    done, headline = month.count("audits_completed"), month.count("audits_headline")
    now = month.figure("good_or_better")
    said = [
        f"In {month_name(month.month)} {counted(done, 'audit')} of children's records {agreeing(done, 'was', 'were')} "
        f"completed{_on(month)}.",
        f"This summary covers {counted(headline, 'headline audit')}, selected at random or re-audited after six "
        "months.",
    ]
    if now is None or not is_told(month, now):
        return [*said, TOO_FEW_TO_TELL]
    graded = f"Auditors graded {percent_of(now, 'audit')} good or better overall{cases(now, first=True)}."
    return [*said, graded, *again(month)]


def _on(month: Month) -> str:
    """The themes of the cycle's audits, by name."""
    codes = month.figures("audits_completed", by="theme_code")["group"]
    named = [month.rules.themes.get(code, code) for code in codes if code != NOT_RECORDED]
    return f", on {listed(named)}" if named else ""


def is_told(month: Month, figure: Figure) -> bool:
    """Whether a share rests on enough audits to be told in a room of the people audited."""
    return figure.denominator >= month.rules.percentage_from


def again(month: Month) -> list[str]:
    """The themes audited six months ago and again now, with both shares; never a verdict, which rests on more."""
    earlier = month.rules.cycle_before(month.month)
    then, now = (
        month.figure("audited_again_good_or_better", period=cycle, population=SAME_THEME)
        for cycle in (earlier, month.month)
    )
    if (began := month.rules.first_cycle) > earlier:
        return [f"The audits began in {month_name(began)}, so no theme has been audited again after six months yet."]
    if then is None or now is None:
        return [f"No theme of this cycle was audited in {month_name(earlier)} as well."]
    names = month.figures("audited_again", by="theme_code", population=SAME_THEME)["group"]
    themes = listed([month.rules.themes.get(code, code) for code in names])
    if not (is_told(month, then) and is_told(month, now)):
        return [f"Audited again after six months: {themes}; too few audits to compare."]
    change = month.figure("loop_difference", population=SAME_THEME)
    moved = f": {change_in_points(change)}" if change else ""
    return [
        f"Audited again after six months: {themes}. In {month_name(earlier)} {share_of(then)} {were(then)} good or "
        f"better, now {share_of(now)}{moved}. The report on closing the loop, which rests on more audits, says whether "
        "this is a change."
    ]


def strength_sentences(month: Month) -> list[str]:
    """The good practice found most, and the teams to learn from where two or more qualify."""
    said = []
    for _, row in talked_of(month, "strength", STRENGTHS).iterrows():
        teams = learn_from(month, row["code"])
        where = f" Teams to learn from: {', '.join(teams)}." if teams else ""
        found = share_of(figure_of(row), "headline audit")
        said.append(f"{prompt_title(month, row['code'], 'strength')}: good practice in {found}.{where}")
    return said


def questions(month: Month) -> list[str]:
    """The open questions for this session, made from what its audits found: good practice first."""
    strengths, developments = (talked_of(month, way, ASKED_OF_EACH)["code"] for way in ("strength", "development"))
    return [
        *(of_strength(prompt_title(month, code, "strength")) for code in strengths),
        *(f"{title}: {in_a_sentence(of_development(code, title))}"
          for code in developments for title in [prompt_title(month, code, "development")]),
        *_about_the_audit(month),
    ]  # fmt: skip


def _about_the_audit(month: Month) -> list[str]:
    """What is asked of being audited itself, with what was recorded of it."""
    held = month.figure("key_worker_conversation_held")
    if held is None or not held.denominator:
        return []
    return [
        f"The key worker and the auditor spoke in {held.numerator} of {counted(held.denominator, 'audit')}. What did "
        "you take from that conversation, and what would have made it more use to you and the child?"
    ]


def last_time(month: Month) -> list[str]:
    """Who came to the newest session recorded, in counts."""
    held = month.figures("session_invited", by="held_on", population=LAST_SESSION)
    if held.empty:
        return [f"No reflective session was recorded by {day_name(month.as_at)}."]
    day = str(held["group"].iloc[0])
    people, came, teams, teams_came = (
        month.count(f"session_{what}", by="held_on", group=day, population=LAST_SESSION)
        for what in ("invited", "attended", "teams_invited", "teams_attended")
    )
    on = f"The last session was held on {day_name(pd.Timestamp(day).date())}"
    if not people:
        return [f"{on}. The numbers invited and attending were not recorded."]
    asked = counted(people, "person", "people")
    return [f"{on}: {came} of {asked} invited attended, from {teams_came} of {counted(teams, 'team')}."]


def invited(month: Month) -> str:
    """How many people this session's invitations go to."""
    parts = {
        noun: month.figure("session_to_invite", by="invited_as", group=part)
        for part, noun in (
            ("key worker", "key worker"), ("Team Manager", "Team Manager"), ("Service Manager", "Service Manager"),
        )
    }  # fmt: skip
    everyone = month.count("session_to_invite")
    listed = ", ".join(counted(held.value, noun) if held else f"{noun}s not recorded" for noun, held in parts.items())
    return (
        f"Invited, because they were involved in the audits discussed: {counted(everyone, 'person', 'people')} "
        f"({listed}; one person may have more than one role)."
    )
