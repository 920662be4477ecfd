"""Themes suggested for findings that nobody coded, learnt from the codebook and what was coded before the month."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles, records_of, remembered, with_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import CODED, GONE_THROUGH, SUGGESTED
from qa_analysis.measures.themes.findings import headline_findings
from qa_analysis.measures.themes.in_audits import in_order
from qa_analysis.stats.wording.different import of_each
from qa_analysis.stats.wording.text import LEARNT_FROM, says_anything, suggest

CORRECTED, SURE, UNSURE, SILENT = "corrected", "suggested", "not sure", "no words to go by"
AREAS_SEEDS_WEIGH: Final = 1.5  # less than a prompt's: inspectors file one subject under several areas
OUTCOMES: Final = (SURE, UNSURE, SILENT, CORRECTED)


@declares(
    Measure(
        "suggestions",
        title="Findings without a code, by what was suggested",
        family=family.FINDINGS,
        counts="findings of the month's headline audits that auditors left without a code, by outcome: a theme "
        "suggested, not sure, no words to go by, or corrected",
        by="outcome",
        limits="no other figure counts a suggestion as a theme",
        unit="findings",
    ),
    Measure(
        "suggested_theme_count",
        title="Findings with a suggested theme",
        family=family.FINDINGS,
        counts="findings of the month's headline audits without a code for which a theme is suggested, by that "
        "theme, strengths and areas for development apart",
        by="theme_code+polarity",
        limits="suggested and not confirmed; in no other figure",
        unit="findings",
    ),
    Measure(
        "suggestion_dared",
        title="Coded findings with a sure suggestion",
        family=family.FINDINGS,
        counts="findings of the month's headline audits that auditors coded for which a suggestion would have "
        "been sure enough, of all that they coded: for the theme, and for the key area",
        by="code",
        limits="a check of the suggestions, which nobody is shown",
        unit="share",
    ),
    Measure(
        "suggestion_agrees",
        title="Suggestions that agree with the auditor",
        family=family.FINDINGS,
        counts="suggestions that are the auditor's own theme, or key area, of those sure enough, among the "
        "findings of the month's headline audits that auditors coded",
        by="code",
        limits="speaks of findings that auditors could code; those left without a code may be harder",
        unit="share",
    ),
    Measure(
        "suggestion_kept",
        title="Suggestions found correct",
        family=family.FINDINGS,
        counts="suggestions kept when the Principal Social Worker checked them, of those checked by "
        "the as-at date, all months together",
        limits="only where corrections were supplied; whoever reads a suggestion may lean towards it",
        unit="share",
    ),
    needs=("findings",),
)
def suggested_themes(tables: Tables) -> list[Figure]:
    """What is suggested for the month's findings without a code, and how far such suggestions may be believed.

    No other figure counts a suggestion. How often one agrees is told by the month's findings that auditors did code:
    nothing of the month was learnt from.
    """
    held = suggestions(tables)
    labels = {"period": tables.month, "population": SUGGESTED}
    uncoded = held[held["coded"].isna()]
    sizes = uncoded["outcome"].value_counts()
    return [
        *(
            count("suggestions", int(sizes.get(outcome, 0)), by="outcome", group=outcome, unit="findings", **labels)
            for outcome in OUTCOMES
            if len(uncoded)
        ),
        *_counts(uncoded[uncoded["outcome"] == SURE], tables.rules, labels),
        *_agreement(held[held["coded"].notna()], tables),
        *_kept(tables),
    ]


@remembered
def suggestions(tables: Tables) -> DataFrame:
    """What would be suggested for each finding of the month's headline audits, coded or not.

    One row per finding: what the findings hold, and coded (by the auditor), corrected (by the Principal Social Worker),
    suggested_area, area_confidence, code, confidence, and outcome (one of OUTCOMES).
    """
    findings = headline_findings(tables).rename(columns={"theme_code": "coded"})
    findings = findings.assign(text=findings["text"].fillna(""), corrected=_corrections(tables, findings))
    known = learnt_from(tables)
    areas = _areas(findings["text"], known, tables.rules)
    held = findings.join(areas)
    within = held["key_area"].fillna(held["suggested_area"])
    themes = [
        _themes(texts, str(area), known, tables.rules) for area, texts in held["text"].groupby(within) if len(texts)
    ]
    columns = pd.concat(themes) if themes else DataFrame({"code": [], "confidence": []})
    held = held.join(columns.reindex(held.index))
    believed = held["confidence"].where(held["key_area"].notna(), held["confidence"] * held["area_confidence"])
    held = held.assign(confidence=believed)
    return held.assign(outcome=_outcomes(held, tables.rules.suggestion_sure_from))


def learnt_from(tables: Tables) -> DataFrame:
    """The findings coded before the month, and those corrected since, the newest last. One row per finding.

    Of each code the newest cycles that hold as many as are ever learnt from; older findings are not looked at.
    """
    wanted, found = dict.fromkeys(tables.rules.codebook, LEARNT_FROM), []
    cycles = sorted({cycle for cycle in tables.audits["cycle_month"].dropna().unique() if cycle < tables.month})
    while wanted and cycles:
        some = _coded(tables, cycles.pop(), list(wanted))
        said = some["code"][of_each(some["text"], says_anything)].value_counts()
        wanted = {code: lacking for code, many in wanted.items() if (lacking := many - int(said.get(code, 0))) > 0}
        found.append(some)
    known = with_audits(tables, pd.concat(found), {"cycle_month": None, "audited_on": None}) if found else DataFrame()
    ordered = known.sort_values(["cycle_month", "audited_on", "finding_id"], kind="stable") if found else known
    return ordered.reindex(columns=["text", "code"])


def _coded(tables: Tables, cycle: str, codes: list[str]) -> DataFrame:
    """The findings of a cycle with one of some codes, the auditor's or the correction. One row per finding."""
    columns = ("finding_id", "audit_id", "theme_code", "text")
    findings = records_of(tables, "findings", is_of_cycles(tables, (cycle,)), columns=columns)
    code = _corrections(tables, findings).fillna(findings["theme_code"])
    return findings.assign(code=code)[code.isin(codes) & findings["text"].notna()]


def _corrections(tables: Tables, findings: DataFrame) -> Series:
    """The code that the Principal Social Worker gave some findings by the day. One per finding, blank where none."""
    held = tables.optional("code_corrections")
    if held is None:
        return Series(pd.NA, index=findings.index, dtype="str")
    codes = held[held["theme_code"].notna()].drop_duplicates("finding_id", keep="last").set_index("finding_id")
    return findings["finding_id"].map(codes["theme_code"]).astype("str")


def _areas(texts: Series, known: DataFrame, rules: Rules) -> DataFrame:
    """The key area each text reads like. One row per text."""
    area = known["code"].map(rules.area_of)
    learnt = known[area.notna()]
    definitions: dict[str, list[str]] = {name: [] for name in rules.key_areas}
    seeds: dict[str, list[str]] = {name: [] for name in rules.key_areas}
    for code, theme in rules.codebook.items():
        definitions.get(rules.area_of(code) or "", []).extend(theme.wordings)
        seeds.get(rules.area_of(code) or "", []).extend(theme.seeds)
    found = suggest(
        texts, coded_texts=learnt["text"], codes=area[area.notna()], definitions=definitions, seeds=seeds,
        seeds_weigh=AREAS_SEEDS_WEIGH,
    )  # fmt: skip
    return found.set_axis(["suggested_area", "area_confidence"], axis=1)


def _themes(texts: Series, area: str, known: DataFrame, rules: Rules) -> DataFrame:
    """The prompt of a key area (or the impact on the child) that each text reads like. One row per text."""
    definitions = {
        code: theme.wordings for code, theme in rules.codebook.items() if rules.area_of(code) in (area, None)
    }
    learnt = known[known["code"].isin(list(definitions))]
    seeds = {code: rules.codebook[code].seeds for code in definitions}
    return suggest(texts, coded_texts=learnt["text"], codes=learnt["code"], definitions=definitions, seeds=seeds)


def _outcomes(held: DataFrame, sure_from: float) -> Series:
    """What became of each finding. One word per finding."""
    outcome = Series(UNSURE, index=held.index, dtype="str")
    outcome = outcome.mask(held["confidence"] >= sure_from, SURE).mask(held["confidence"] == 0, SILENT)
    return outcome.mask(held["corrected"].notna(), CORRECTED)


def _counts(sure: DataFrame, rules: Rules, labels: Mapping[str, str]) -> list[Figure]:
    """How many findings a theme is suggested for. One figure per theme and polarity that occurs."""
    sizes = sure.groupby(["code", "polarity"]).size()
    return [
        count(
            "suggested_theme_count", int(sizes[code, polarity]), by=("theme_code", "polarity"), group=(code, polarity),
            unit="findings", **labels,
        )
        for code in in_order(sizes.index.get_level_values("code").unique(), rules)
        for polarity in ("strength", "development")
        if (code, polarity) in sizes.index
    ]  # fmt: skip


def _agreement(coded: DataFrame, tables: Tables) -> list[Figure]:
    """Of the month's findings that auditors coded: how many a suggestion dares, and how many of those it gets right."""
    labels = {"period": tables.month, "population": CODED}
    few = tables.rules.percentage_from
    area = coded["coded"].map(tables.rules.area_of)
    own, sure_area = coded[area.notna()], coded["area_confidence"] >= tables.rules.suggestion_sure_from
    dared, dared_area = coded[coded["confidence"] >= tables.rules.suggestion_sure_from], own[sure_area[own.index]]
    asked = {
        "theme": (len(coded), dared["code"] == dared["coded"]),
        "key area": (len(own), dared_area["suggested_area"] == area[dared_area.index]),
    }
    return [
        share(measure, part, whole, by="code", group=what, few=few, **labels)
        for what, (held, same) in asked.items()
        for measure, part, whole in (
            ("suggestion_dared", len(same), held), ("suggestion_agrees", int(same.sum()), len(same))
        )
        if whole
    ]  # fmt: skip


def _kept(tables: Tables) -> list[Figure]:
    """Of the suggestions that the Principal Social Worker went through by the day, how many were left standing."""
    held = tables.optional("code_corrections")
    if held is None:
        return []
    seen = held[held["theme_code"].notna() & held["suggested_code"].notna()]
    if seen.empty:
        return []
    kept = int((seen["theme_code"] == seen["suggested_code"]).sum())
    return [
        share(
            "suggestion_kept", kept, len(seen), period=f"to {tables.as_at.date().isoformat()}",
            population=GONE_THROUGH, few=tables.rules.percentage_from,
        )
    ]  # fmt: skip
