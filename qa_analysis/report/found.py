"""The prompts that auditors found most often, in words."""

from pandas import DataFrame

from qa_analysis.report.month import Month


def prevalent(month: Month, polarity: str, most: int) -> DataFrame:
    """The prompts found in most headline audits. One row per prompt, most frequent first."""
    found = month.figures("theme_prevalence", by="theme_code+polarity")
    found = found[found["group"].str.endswith(f"+{polarity}") & (found["numerator"] > 0)]
    found = found.assign(code=found["group"].str.removesuffix(f"+{polarity}"))
    order = {code: place for place, code in enumerate(month.rules.prompts)}
    return found.sort_values(
        ["numerator", "code"],
        ascending=[False, True],
        key=lambda values: values.map(order) if values.name == "code" else values,
    ).head(most)


def prompt_title(month: Month, code: str) -> str:
    """What a prompt asks, in the framework's words; an unknown code as it is."""
    theme = month.rules.codebook.get(code)
    return theme.label if theme else f"Theme {code}"
