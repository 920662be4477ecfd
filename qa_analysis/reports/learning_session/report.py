"""The sections of the learning-session pack: what can we learn together from these audits? One function per section."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.measures import family
from qa_analysis.measures.figure import Figure, figure_of, figures_of
from qa_analysis.measures.populations import SAME_THEME
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Recipient, Report, RestrictedList
from qa_analysis.reports.learning_session.lists import invitation_lists
from qa_analysis.reports.learning_session.words import (
    DEVELOPMENTS,
    invited,
    is_told,
    last_time,
    outcome_sentences,
    questions,
    strength_sentences,
    talked_of,
)
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.prompts import PROMPT, prompt_title
from qa_analysis.telling.wording import share_of

TO_FILL = "\u00a0" * 12  # a cell left to be written in, wide enough for a few words by hand
FREE_ROWS = 2  # for what nobody thought of before the session
NO_THEME = "No {what} was found in enough audits to be discussed without showing whose audits they were."


def cover(month: Month) -> Html:
    """What the session is for, and which audits it talks of."""
    return page(
        cover_line(month, title="Reflective audit learning session"),
        paragraph(
            "For the key workers, Team Managers and Service Managers of these audits: to consider together what was "
            "found, to hear from those who were audited, and to agree what to try for children and families. Nobody "
            f"is named or ranked. What was found in fewer than {month.rules.percentage_from} audits is left out, so "
            "that no audit can be identified. Headline audits are those selected at random or re-audited after six "
            "months.",
            kind="note",
        ),
        paragraph(invited(month)),
    )


def good_practice(month: Month) -> Html:
    """The good practice observed, before anything else."""
    if "findings" not in month.supplied:
        return absent("Findings")
    said = strength_sentences(month)
    return bullets(said) if said else paragraph(NO_THEME.format(what="strength"))


def outcomes(month: Month) -> Html:
    """The outcomes of the audits in plain words, and the six key areas."""
    shown = areas(month)
    grades = table(shown, f"Good or better by key area, {month_name(month.month)}", numbers=["Good or better"])
    note = paragraph(
        "Grades are the auditors' judgements, aligned to Ofsted descriptors; they are not Ofsted's.", kind="note"
    )
    return page(bullets(outcome_sentences(month)), *([] if shown.empty else [grades]), note)


def areas(month: Month) -> DataFrame:
    """How each key area was graded. One row per key area that enough audits graded."""
    found = {
        title: month.figure("good_or_better", by="key_area", group=area)
        for area, title in month.rules.key_areas.items()
    }
    rows = [[title, share_of(figure)] for title, figure in found.items() if figure and is_told(month, figure)]
    return pd.DataFrame(rows, columns=["Key area", "Good or better"])


def developments(month: Month) -> Html:
    """The areas for development; and of themes audited again, those found then and now."""
    if "findings" not in month.supplied:
        return absent("Findings")
    found = talked_of(month, "development", DEVELOPMENTS)
    again = then_and_now(month)
    parts = []
    if found.empty:
        parts.append(paragraph(NO_THEME.format(what="area for development")))
    else:
        rows = [
            [prompt_title(month, row["code"], "development"), share_of(figure_of(row))] for _, row in found.iterrows()
        ]
        shown = pd.DataFrame(rows, columns=["Area for development", "Headline audits"])
        parts.append(table(shown, "Most frequent areas for development, headline audits", numbers=["Headline audits"]))
    if not again.empty:
        parts += [
            table(
                again, "Areas for development on themes audited again, then and now", numbers=list(again.columns[1:])
            ),
            paragraph(
                "Counts from a few audits change by chance. They are for discussion, and do not show that practice "
                "changed.",
                kind="note",
            ),
        ]
    return page(*parts)


def then_and_now(month: Month) -> DataFrame:
    """Areas for development on the themes audited again. One row per prompt found in enough audits of either cycle."""
    earlier = month.rules.cycle_before(month.month)
    then, now = (
        {code: figure for figure in figures_of(found) for code, way in [figure.group] if way == "development"}
        for cycle in (earlier, month.month)
        for found in [month.figures("audited_again_prevalence", by=PROMPT, period=cycle, population=SAME_THEME)]
    )
    rows = [
        [prompt_title(month, code, "development"), *(_cell(month, side[code]) for side in (then, now))]
        for code in now
        if max(then[code].numerator, now[code].numerator) >= month.rules.percentage_from
    ]
    return pd.DataFrame(rows, columns=["Area for development", month_name(earlier), month_name(month.month)])


def asked(month: Month) -> Html:
    """Open questions to those audited, made from what their audits found."""
    said = questions(month)
    if not said:
        return paragraph("The audits of this cycle suggest no questions. Ask what people would like to discuss.")
    return bullets(said, ordered=True)


def together(month: Month) -> Html:
    """Space to co-produce: a line for each area for development, to be filled in by the people in the room."""
    found = talked_of(month, "development", DEVELOPMENTS)["code"]
    about = [prompt_title(month, code, "development") for code in found]
    lines = [*about, *(f"Something else ({number})" for number in range(1, FREE_ROWS + 1))]
    blank = dict.fromkeys(("What we will try", "Who", "By when", "How we will know it helped a child"), TO_FILL)
    shown = pd.DataFrame({"About": lines}).assign(**blank)
    return page(
        table(shown, "To be filled in together"),
        paragraph(
            "What is agreed is added to the action tracker as an action for the team or service, with an owner and a "
            "date, and is reviewed when the theme is next audited.",
            kind="note",
        ),
    )


def before(month: Month) -> Html:
    """Who came to the last session."""
    if "learning_events" not in month.supplied:
        return absent("Learning events, which show attendance")
    return bullets(last_time(month))


def _cell(month: Month, figure: Figure) -> str:
    few = month.rules.percentage_from
    return f"{figure.numerator if figure.numerator >= few else f'under {few}'} of {figure.denominator}"


REPORT = Report(
    name="learning-session",
    title="Reflective audit learning session",
    question="What can we learn together from these audits? For the monthly session",
    families=(family.LEARNING_SESSION, family.GRADES, family.FINDINGS),
    restricted=(RestrictedList("whoever organises the session and the briefing", invitation_lists),),
    recipients=(Recipient.INVOLVED,),
    place=60,
)
