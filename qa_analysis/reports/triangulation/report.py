"""The sections of triangulation: what different sources say of one theme, and whether they agree."""

from qa_analysis.dates import span_name
from qa_analysis.english import in_letters
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, quarterly
from qa_analysis.reports.triangulation.tables import (
    NUMBERS,
    of_prompts,
    of_theme,
    overview,
    recommendations,
    recommended_themes,
)
from qa_analysis.reports.triangulation.words import (
    coded_sentence,
    disagreements,
    headlines,
    seen_sentence,
    unheard,
    verdict,
)
from qa_analysis.telling.blocks import Html, absent, bullets, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line

OF_REVIEWS = ["Open", "Longest open, in days", "Made in the year", "Closed in the year"]
NOT_WRONG = (
    "“Silent” means that a source has records of other themes and none of this one; “nothing recorded”, that none of "
    "its records says what it is about; “not supplied”, that it did not come. None of them means that nothing is wrong."
)


def opening(month: Month) -> Html:
    """What this is, and the message: where sources disagree first."""
    return message(
        cover_line(month, f"records of {span_name(month.year)}"),
        heading("In brief", level=2),
        bullets(headlines(month), kind="claims"),
    )


def together(month: Month) -> Html:
    """Every theme against every source."""
    return page(
        table(overview(month), f"What each source says of each theme, {span_name(month.year)}"),
        paragraph(NOT_WRONG, kind="note"),
    )


def themes(month: Month) -> Html:
    """Each theme by itself: every source with its records, and the prompts beneath."""
    return page(*(part for theme in month.rules.key_areas for part in _theme(month, theme)))


def _theme(month: Month, theme: str) -> list[Html]:
    found, title, prompts = verdict(month, theme), month.rules.key_areas[theme], of_prompts(month, theme)
    parts = [
        heading(f"{title}: {found.verdict}" if found else title, level=3),
        *([paragraph(said)] if (said := seen_sentence(month, theme)) else []),
        table(of_theme(month, theme), f"{title}: what each source has", numbers=NUMBERS),
    ]
    if not prompts.empty:
        caption = f"{title}: records for development, of all on the prompt"
        parts.append(table(prompts, caption, numbers=[str(name) for name in prompts.columns[1:]]))
    return parts


def reviews(month: Month) -> Html:
    """What reviews from outside recommended and is still open, by source and by theme."""
    if "external_reviews" not in month.supplied:
        return absent("External reviews")
    return page(
        table(recommendations(month), "Recommendations by source, the longest open first", numbers=OF_REVIEWS),
        table(recommended_themes(month), "Recommendations by theme, beside what all sources say of its key area"),
        paragraph(
            f"The {month.rules.council.post('Principal Social Worker')} has a list of the open ones in full, by age.",
            kind="note",
        ),
    )


def method(month: Month) -> Html:
    """How directions and verdicts are decided, and what they do not show."""
    share = f"one in {in_letters(len(month.rules.key_areas))}"
    return page(
        bullets(
            [
                "Themes are the framework's six key areas, “a consistent theme of each audit”, because there the "
                "prompts of findings and the audit themes of complaints and reviews meet. Audit themes that cut across "
                "areas, such as neglect, lie in none.",
                "Audits, moderation, observations and families have a direction where clearly over half of their "
                "records lean to one side. Alerts and complaints speak of what went wrong and compliments of what went "
                f"well, so they have one where a theme has clearly more than its even share ({share}) of them. Tests "
                "are exact; of all directions given at once, one in ten may be a chance find (Benjamini and "
                "Hochberg).",
                "A review has weighed the evidence itself, so one open recommendation is enough. An indicator speaks "
                "by its target or, without one, by its signal, where the council says which theme it belongs to "
                "(indicator_areas in council.yaml).",
                "Sources disagree where one sees an area for development and another a strength; they agree where two "
                "see the same and none the other. Audits' grades, findings and answers are one voice, and so are "
                "complaints and compliments: none confirms the other.",
                f"Under {in_letters(month.rules.percentage_from)} records are too few to say, and a source most of "
                "whose records lie in no theme is not judged: those that do may be the easiest to place. Different "
                "sources look at different cases: that they differ is a question to ask, not an error of either.",
                *filter(None, [coded_sentence(month)]),
            ]
        )
    )


def summary(month: Month) -> Html:
    """The themes on which sources disagree, for other reports."""
    said = disagreements(month) or ["No theme has sources that disagree.", *unheard(month)]
    span = f"Records of {span_name(month.year)}. Different sources look at different cases."
    return page(bullets(said), paragraph(span, kind="note"))


REPORT = Report(
    name="triangulation",
    title="Triangulation",
    question="What do audits, moderation, observations, alerts, complaints, families, reviews and indicators say of "
    "the same theme, and do they agree?",
    every=quarterly(3, 6, 9, 12),
    families=(family.TRIANGULATION, family.REVIEWS),
    summary=summary,
    place=54,
)
