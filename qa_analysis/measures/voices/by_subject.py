"""What families said, by subject: the same suggested codes as findings, against what the audit found on that prompt.

No word of theirs is in a figure: a view is quoted only where it was approved, and families' words never are.
"""

from types import MappingProxyType
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import with_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import EVERY_ROUTE
from qa_analysis.measures.themes.in_audits import in_order
from qa_analysis.measures.themes.suggestions import AREAS_SEEDS_WEIGH
from qa_analysis.measures.voices.said import VIEWS
from qa_analysis.stats.wording.text import suggest

VIEWS_BY_SUBJECT: Final = "family_views_by_subject"
SAID: Final = MappingProxyType({view: f"family_views_{view}_by_subject" for view in VIEWS})
BOTH: Final = MappingProxyType(
    {"family_views_found_strength": "is_strength", "family_views_found_development": "is_development"}
)
HEARD, WITH_SUBJECT = "family_contacts_with_words", "family_contacts_with_a_subject"
SENTENCE: Final = r"(?<=[.!?])\s+"
NONE: Final = Series(dtype="str")
NOT_CODED: Final = "in no subject"
FEWEST: Final = 3  # children whose families spoke of a subject before it is told


@declares(
    Measure(
        HEARD,
        title="Contacts with families that have words",
        family=family.VOICES,
        counts="contacts of twelve cycles, every route, in which a family member engaged and whose words were recorded",
        limits="only where words were supplied",
        unit="contacts",
    ),
    Measure(
        WITH_SUBJECT,
        title="Contacts with families that suggest a subject",
        family=family.VOICES,
        counts="those of these contacts of which at least one sentence suggests a prompt or a key area",
        limits="suggested from the words and not confirmed",
        unit="contacts",
    ),
    Measure(
        VIEWS_BY_SUBJECT,
        title="Contacts with families by subject",
        family=family.VOICES,
        counts="contacts of twelve cycles, every route, in which a family member engaged and a sentence of whose words "
        "suggests a prompt, by that prompt",
        by="theme_code",
        limits="suggested from the words and not confirmed; what is not sure enough is in no subject; subjects that "
        "the families of fewer than three children spoke of are left out; a contact may have several",
        unit="contacts",
    ),
    *(
        Measure(
            measure,
            title=f"{view.capitalize()} views of families by subject",
            family=family.VOICES,
            counts=f"those of these contacts whose view was recorded as {view}",
            by="theme_code",
            limits="as for contacts with families by subject; views of people, not of what they spoke of alone",
            unit="contacts",
        )
        for view, measure in SAID.items()
    ),
    *(
        Measure(
            measure,
            title=f"Contacts whose audit found the same {word}",
            family=family.VOICES,
            counts=f"those of these contacts in whose own audit the auditor found the same prompt {word}",
            by="theme_code",
            limits="as for contacts with families by subject; findings without a code are in no prompt",
            unit="contacts",
        )
        for measure, word in zip(BOTH, ("as a strength", "for development"), strict=True)
    ),
)
def views_by_subject(tables: Tables) -> list[Figure]:
    """What the year's families spoke of, with which view, and what their audits found. Figures per prompt."""
    heard = heard_of_year(tables)
    if heard is None:
        return []
    both = with_audits(tables, beside_findings(heard, tables.findings), {"child_id": None})
    labels = {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE, "unit": "contacts"}
    return [
        count(HEARD, heard["feedback_id"].nunique(), **labels),
        count(WITH_SUBJECT, heard.loc[heard["area"].notna(), "feedback_id"].nunique(), **labels),
        *(
            count(measure, size, by="theme_code", group=code, **labels)
            for code in in_order(both["subject"].dropna().unique(), tables.rules)
            for some in [both[both["subject"] == code]]
            if some["child_id"].fillna(some["audit_id"]).nunique() >= FEWEST
            for measure, size in _sizes(some)
        ),
    ]


def _sizes(some: DataFrame) -> list[tuple[str, int]]:
    views = some["views"].value_counts()
    return [
        (VIEWS_BY_SUBJECT, len(some)),
        *((measure, int(views.get(view, 0))) for view, measure in SAID.items()),
        *((measure, int(some[column].sum())) for measure, column in BOTH.items()),
    ]


def heard_of_year(tables: Tables) -> DataFrame | None:
    """The year's contacts with words, by what they spoke of. One row per contact and subject; none without words."""
    feedback = tables.optional("family_feedback")
    if feedback is None or feedback["text"].isna().all():
        return None
    year = tables.audits.loc[tables.audits["cycle_month"].isin(tables.rolling_cycles), "audit_id"]
    is_heard = (feedback["outcome"] == "engaged") & feedback["audit_id"].isin(year)
    return with_subjects(feedback[is_heard], tables.rules)


def with_subjects(feedback: DataFrame, rules: Rules) -> DataFrame:
    """What contacts with words spoke of: the prompt and key area that a sentence suggests, where that is sure enough.

    One row per contact and subject; a contact in no subject has one row, its subject blank. The codes are those of
    findings and so is the way of suggesting them, but it is learnt from the codebook alone: families do not write as
    auditors do.
    """
    heard = feedback[feedback["text"].notna()]
    said = heard["text"].str.split(SENTENCE, regex=True).explode().str.strip()
    said = said[said.str.len() > 0]
    once = Series(said.unique(), dtype="str")
    if once.empty:
        return heard.assign(subject=NONE, area=NONE)
    codes = _suggested(once, rules).set_index(once)
    spoken = codes.reindex(said).set_index(said.index).rename_axis("row").reset_index()
    spoken = spoken.dropna(subset="area").drop_duplicates()
    is_vague = spoken["subject"].isna() & spoken.duplicated(["row", "area"], keep=False)
    both = heard.join(spoken[~is_vague].set_index("row"))
    return both.reset_index(drop=True).astype({"subject": "str", "area": "str"})


def _suggested(sentences: Series, rules: Rules) -> DataFrame:
    """The prompt and the key area of each sentence, blank where it is not sure enough. One row per sentence."""
    prompts = {code: rules.codebook[code] for code in rules.prompts}
    areas = {area: [code for code in prompts if rules.area_of(code) == area] for area in rules.key_areas}
    of_prompts = suggest(
        sentences, coded_texts=[], codes=[], definitions={code: theme.wordings for code, theme in prompts.items()},
        seeds={code: theme.seeds for code, theme in prompts.items()},
    )  # fmt: skip
    of_areas = suggest(
        sentences, coded_texts=[], codes=[], seeds_weigh=AREAS_SEEDS_WEIGH,
        definitions={area: [text for code in held for text in prompts[code].wordings] for area, held in areas.items()},
        seeds={area: [seed for code in held for seed in prompts[code].seeds] for area, held in areas.items()},
    )  # fmt: skip
    sure = rules.suggestion_sure_from
    subject = of_prompts["code"].where(of_prompts["confidence"] >= sure)
    area = subject.map(rules.area_of).fillna(of_areas["code"].where(of_areas["confidence"] >= sure))
    return DataFrame({"subject": subject, "area": area}).astype("str")


def beside_findings(heard: DataFrame, findings: DataFrame) -> DataFrame:
    """Contacts with what their own audit found on the same prompt. Adds is_strength and is_development."""
    own = findings[findings["audit_id"].isin(heard["audit_id"])].dropna(subset="theme_code")
    held = {
        polarity: set(zip(some["audit_id"], some["theme_code"], strict=True))
        for polarity, some in own.groupby("polarity")
    }
    pairs = list(zip(heard["audit_id"], heard["subject"], strict=True))
    return heard.assign(
        **{
            column: Series([pair in held.get(polarity, set()) for pair in pairs], index=heard.index, dtype="bool")
            for polarity, column in (("strength", "is_strength"), ("development", "is_development"))
        }
    )
