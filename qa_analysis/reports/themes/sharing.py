"""Two sections of the themes report: what families said by subject, and good practice that may be shared."""

from pandas import DataFrame

from qa_analysis.english import agreeing, counted
from qa_analysis.measures.themes import good_practice as register
from qa_analysis.measures.voices import by_subject as said
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent, bullets, heading, page, paragraph, table
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.voices import voices
from qa_analysis.telling.wording import all_cycles

MOST_SUBJECTS = 10
SUGGESTED = (
    "The prompt is suggested from each sentence and not confirmed, and words that are not clear enough are in none. "
    "Nobody is quoted: families’ words are not approved for quoting. A view is of the service, not of this subject "
    "alone."
)
REGISTER = "The register with its words is in restricted/good-practice-register.xlsx, for the Principal Social Worker."


def families(month: Month) -> Html:
    """What families and practitioners say, and what families said by subject."""
    subject = "What did families raise, and what did the audit find on it?"
    return page(voices(month), heading("By subject", level=3), paragraph(subject), families_by_subject(month))


def families_by_subject(month: Month) -> Html:
    """What families spoke of, with which view, beside what the auditor found on the same prompt in the same audit."""
    if "family_feedback" not in month.supplied:
        return absent("Families' feedback")
    words, told = (month.count(name, period=month.year) for name in (said.HEARD, said.WITH_SUBJECT))
    if not words:
        return paragraph("What families said has no subject: their words were not supplied.")
    spoke = f"{told:,} of {counted(words, 'contact')} with words, over {all_cycles(month)}, could be given a subject."
    shown = subjects_table(month)
    if shown.empty:
        return page(bullets([spoke]), paragraph("No subject was raised by the families of three children."))
    caption = "What families spoke of, and what the audit found on the same prompt"
    return page(
        bullets([spoke]), table(shown, caption, numbers=list(shown.columns[1:])), paragraph(SUGGESTED, kind="note")
    )


def subjects_table(month: Month) -> DataFrame:
    """The subjects most spoken of. One row per prompt."""
    contacts = month.figures(said.VIEWS_BY_SUBJECT, by="theme_code", period=month.year)
    most = contacts.sort_values("value", ascending=False, kind="stable").head(MOST_SUBJECTS)
    columns = {
        "Contacts": said.VIEWS_BY_SUBJECT,
        **{view.capitalize(): name for view, name in said.SAID.items()},
        "Audit: strength": "family_views_found_strength",
        "Audit: for development": "family_views_found_development",
    }
    rows = [
        [
            month.rules.prompts.get(code, code),
            *(month.count(name, by="theme_code", group=code, period=month.year) for name in columns.values()),
        ]
        for code in most["group"]
    ]
    return DataFrame(rows, columns=["Subject", *columns])


def good_practice(month: Month) -> Html:
    """The good-practice register: what was approved for sharing, and what still stands in the way."""
    if register.DATASET not in month.supplied:
        return absent("Strengths approved for sharing")
    approved, ready = (month.count(name, period=month.year) for name in (register.APPROVED, register.TO_SHARE))
    if not approved:
        return paragraph(f"No strength was approved for sharing over {all_cycles(month)}.")
    said_so = (
        f"{counted(approved, 'strength')} {agreeing(approved, 'was', 'were')} approved for sharing over "
        f"{all_cycles(month)}. {f'{ready:,}' if ready else 'None'} {agreeing(ready or 1, 'is', 'are')} ready to be "
        "shared, with consent recorded and a check that nobody can be recognised."
    )
    shown = practice_table(month)
    return page(
        bullets([said_so]),
        table(shown, "Good practice approved for sharing", numbers=list(shown.columns[1:])),
        paragraph(REGISTER, kind="note"),
    )


def practice_table(month: Month) -> DataFrame:
    """Approved and ready strengths. One row per prompt that has any, those with most ready first."""
    rows: list[tuple[str, int, int]] = [
        (
            prompt_title(month, code, "strength") if code in month.rules.codebook else "Not coded",
            month.count(register.APPROVED, by="theme_code", group=code, period=month.year),
            month.count(register.TO_SHARE, by="theme_code", group=code, period=month.year),
        )
        for code in month.figures(register.APPROVED, by="theme_code", period=month.year)["group"]
    ]
    rows.sort(key=lambda row: row[2], reverse=True)
    return DataFrame(rows, columns=["What was done well", "Approved", "Ready"])
