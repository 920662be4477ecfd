"""The prompts that auditors found, in words: what each is called, which most often, and where to learn from."""

from typing import Final

from pandas import DataFrame

from qa_analysis.english import listed
from qa_analysis.framework import Rules
from qa_analysis.measures.figure import figure_of, figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import share_of

PROMPT: Final = ("theme_code", "polarity")  # what is found is a prompt, as a strength or for development


def prevalent(month: Month, polarity: str, most: int) -> DataFrame:
    """The prompts found in most headline audits. One row per prompt, most frequent first."""
    found = month.figures("theme_prevalence", by=PROMPT)
    groups = [figure.group for figure in figures_of(found)]
    found = found.assign(code=[code for code, _ in groups], way=[way for _, way in groups])
    found = found[(found["way"] == polarity) & (found["numerator"] > 0)]
    order = {code: place for place, code in enumerate(month.rules.prompts)}
    return found.sort_values(
        ["numerator", "code"],
        ascending=[False, True],
        key=lambda values: values.map(order) if values.name == "code" else values,
    ).head(most)


def practice_seen(month: Month, most: int) -> DataFrame:
    """The strengths of practice found in most headline audits. One row per prompt; compliance is none of them."""
    found = prevalent(month, "strength", len(month.rules.codebook))
    return found[~found["code"].map(lambda code: is_compliance(month.rules, code)).astype(bool)].head(most)


def is_compliance(rules: Rules, code: str) -> bool:
    """Whether a prompt is met by presence, timeliness or completion alone; a council's own code is not."""
    theme = rules.codebook.get(code)
    return theme is not None and theme.compliance


def codes_of(found: DataFrame, polarity: str) -> list[str]:
    """The codes of some figures of one polarity, in the order of the measures."""
    return [figure.group[0] for figure in figures_of(found) if figure.group[-1] == polarity]


def learn_from(month: Month, code: str) -> list[str]:
    """The teams whose audits showed a strength over the year, in the order of the alphabet; none unless two or more.

    None of compliance either: that a form was filled in is no practice to learn from.
    """
    if is_compliance(month.rules, code):
        return []
    found = figures_of(month.figures("theme_prevalence", by=("team", *PROMPT), period=month.place_year))
    told = (figure.group for figure in found if not figure.is_withheld)
    teams = sorted(team for team, *prompt in told if prompt == [code, "strength"])
    return teams if len(teams) > 1 else []


def prompt_title(month: Month, code: str, polarity: str) -> str:
    """What a prompt is called where it was found as a strength or for development; an unknown code as it is."""
    theme = month.rules.codebook.get(code)
    return theme.called(polarity) if theme else f"Theme {code}"


def subject_title(rules: Rules, code: str, *, is_lacking: bool = True) -> str:
    """What a record is about: an audit theme, or a prompt as what is lacking or by its label; another code as it is."""
    prompt = rules.codebook.get(code)
    if prompt is None:
        return rules.themes.get(code, code)
    return prompt.called("development") if is_lacking else prompt.label


def strength_sentences(month: Month, most: int) -> list[str]:
    """The good practice seen most often this cycle, and where to learn from, where two or more teams qualify."""
    said = []
    for _, row in practice_seen(month, most).iterrows():
        teams = learn_from(month, row["code"])
        where = f" Where to learn from: {listed(teams)}." if teams else ""
        title = prompt_title(month, row["code"], "strength")
        said.append(f"{title}: a strength in {share_of(figure_of(row), 'headline audit')}.{where}")
    return said
