"""The cases behind the year's figures, with who they are about: named people alone (tier A).

Whoever has a number from the question notebook finds its cases here by the same words.
"""

from collections.abc import Iterator

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written, months_of
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.closing_the_loop.in_supervision import discussed
from qa_analysis.month import cases
from qa_analysis.month.named import Named

TITLE = "Cases behind the figures of the year"
HOW = "To find the cases behind a number, choose Data and then Filter, and the same words as in the question notebook."
WIDTHS = {
    "Child": 16, "Key worker": 28, "Auditor": 28, "Owner": 28, "Who was observed": 28, "Observer": 28, "Theme": 32,
    "Prompt": 44, "Subject": 44, "Key area": 32, "Team": 24, "Service": 24, "What was found": 70, "What was agreed": 70,
}  # fmt: skip
YES_NO = {True: "yes", False: "no"}


def cases_book(named: Named) -> Iterator[Book]:
    """One workbook with a sheet for each kind of case. One row per case."""
    made = {
        cases.AUDITS: _audits(named), cases.FINDINGS: _findings(named), cases.ANSWERS: _answers(named),
        cases.PANEL: _panel(named), cases.ACTIONS: _actions(named), cases.OBSERVATIONS: _observations(named),
        cases.COMPLAINTS: _complaints(named), cases.ALERTS: _alerts(named),
    }  # fmt: skip
    sheets = tuple(
        Sheet(name, f"{TITLE}: {name.lower()}", table, lines=(HOW,), widths=WIDTHS)
        for name, table in made.items()
        if table is not None and len(table)
    )
    if sheets:
        yield Book(cases.FILE, TITLE, sheets)


def _of_year(tables: Tables) -> DataFrame:
    return tables.audits[tables.audits["cycle_month"].isin(tables.rolling_cycles)]


def _described(named: Named, audits: DataFrame) -> DataFrame:
    """What every sheet about audits can be filtered by. One row per audit."""
    themes = named.tables.rules.themes
    return DataFrame(
        {
            cases.MONTH: audits["cycle_month"],
            "Audit": audits["audit_id"],
            "Child": named.identities.original(audits["child_id"]),
            "Key worker": [named.person(who) for who in audits["key_worker_id"]],
            "Service": audits["service_area"],
            "Team": audits["team"],
            "Theme": audits["theme_code"].map(lambda code: themes.get(code, code)),
            "Route": audits["selection_route"],
            "Age band": audits["age_band"],
            "Case status": audits["case_status"],
            "Auditor's role": audits["auditor_role"],
        },
        index=audits.index,
    )


def _audits(named: Named) -> DataFrame:
    """The audits with their grades, and what followed them."""
    tables, rules = named.tables, named.tables.rules
    audits = _of_year(tables)
    shown = _described(named, audits)
    shown["Auditor"] = [named.person(who) for who in audits["auditor_id"]]
    for area, column in {"": "overall_grade", **rules.grade_columns}.items():
        shown[rules.key_areas.get(area, "Overall grade")] = audits[column]
    if (feedback := tables.optional("family_feedback")) is not None:
        spoke = feedback.loc[feedback["outcome"] == "engaged", "audit_id"]
        shown["Family spoke with us"] = audits["audit_id"].isin(spoke).map(YES_NO)
    if (days := discussed(tables, audits)) is not None:
        after = days["is_in_next"].map(YES_NO).where(days["next_on"].notna(), "not held yet")
        shown["Discussed in next supervision"] = after
    return _sorted(shown)


def _beside(named: Named, records: DataFrame) -> DataFrame:
    """The audit of each record, in the records' own order. One row per record that has an audit of the year."""
    audits = _of_year(named.tables)
    described = _described(named, audits).set_index("Audit")
    kept = records[records["audit_id"].isin(described.index)]
    found = described.loc[kept["audit_id"]].reset_index().set_index(kept.index)
    return found[[cases.MONTH, "Audit", *[name for name in found.columns if name not in (cases.MONTH, "Audit")]]]


def _findings(named: Named) -> DataFrame:
    tables = named.tables
    shown = _beside(named, tables.findings)
    findings = tables.findings.loc[shown.index]
    return _sorted(
        shown.assign(
            **{
                "Key area": _areas(tables, findings["key_area"]),
                "Prompt": _prompts(tables, findings["theme_code"]),
                "Strength or development": findings["polarity"],
                "Safeguarding": findings["is_safeguarding"].map(YES_NO),
                "What was found": findings["text"],
            }
        )
    )


def _answers(named: Named) -> DataFrame | None:
    """The prompts answered no: of all answers those that somebody wants to see."""
    tables = named.tables
    given = tables.optional("audit_answers")
    if given is None:
        return None
    given = given[given["answer"] == "no"]
    shown = _beside(named, given)
    codes = given.loc[shown.index, "prompt_code"]
    areas = _areas(tables, codes.map(tables.rules.area_of).astype("str"))
    return _sorted(shown.assign(**{"Key area": areas, "Prompt": _prompts(tables, codes)}))


def _panel(named: Named) -> DataFrame:
    tables = named.tables
    shown = _beside(named, tables.moderations)
    decided = tables.moderations.loc[shown.index]
    own = tables.audits.drop_duplicates("audit_id").set_index("audit_id")["overall_grade"]
    return _sorted(
        shown.assign(
            **{
                "Route of moderation": decided["route"],
                "Auditor's grade": decided["audit_id"].map(own),
                "Panel's grade": decided["overall_grade"],
            }
        )
    )


def _actions(named: Named) -> DataFrame:
    """Every action, with the audit it came from where that is known."""
    tables = named.tables
    actions = tables.actions
    audits = _described(named, tables.audits).drop_duplicates("Audit").set_index("Audit")
    of_audit = audits.reindex(actions["audit_id"]).set_index(actions.index)
    shown = DataFrame(
        {
            cases.MONTH: months_of(actions["agreed_on"]),
            "Action": actions["action_id"],
            "Audit": actions["audit_id"],
            "Child": named.identities.original(actions["child_id"]),
            "Owner": [named.person(who) for who in actions["owner_id"]],
            "Owner's role": actions["owner_role"],
            "Service": actions["service_area"],
            "Team": actions["team"],
            **{name: of_audit[name] for name in ("Theme", "Route", "Age band", "Case status", "Auditor's role")},
            "Key area": _areas(tables, actions["key_area"]),
            "Prompt": _prompts(tables, actions["theme_code"]),
            "Level": actions["level"],
            "Safeguarding": actions["is_safeguarding"].map(YES_NO),
            "Due": days_written(actions["due_on"]),
            "Completed": days_written(actions["completed_on"]),
            "What was agreed": actions["description"],
        }
    )
    return _sorted(shown)


def _observations(named: Named) -> DataFrame | None:
    tables = named.tables
    held = tables.optional("observations")
    if held is None:
        return None
    held = _in_year(tables, held, "observed_on")
    return _sorted(
        DataFrame(
            {
                cases.MONTH: months_of(held["observed_on"]),
                "Observation": held["observation_id"],
                "Who was observed": [named.person(who) for who in held["worker_id"]],
                "Observer": [named.person(who) for who in held["observer_id"]],
                "Observer's role": held["observer_role"],
                "Kind": held["kind"],
                "What led to it": held["trigger"],
                "Subject": _prompts(tables, held["theme_code"]),
            }
        )
    )


def _complaints(named: Named) -> DataFrame | None:
    tables = named.tables
    held = tables.optional("complaints_compliments")
    if held is None:
        return None
    held = _in_year(tables, held, "received_on")
    return _sorted(
        DataFrame(
            {
                cases.MONTH: months_of(held["received_on"]),
                "Record": held["record_id"],
                "Kind": held["kind"],
                "Service": held["service_area"],
                "Team": held["team"],
                "Subject": _prompts(tables, held["theme_code"]),
                "Stage": held["stage"],
                "Due": days_written(held["due_on"]),
                "Answered": days_written(held["responded_on"]),
                "Outcome": held["outcome"],
            }
        )
    )


def _alerts(named: Named) -> DataFrame | None:
    tables = named.tables
    held = tables.optional("practice_alerts")
    if held is None:
        return None
    held = _in_year(tables, held, "raised_on")
    return _sorted(
        DataFrame(
            {
                cases.MONTH: months_of(held["raised_on"]),
                "Alert": held["alert_id"],
                "Child": named.identities.original(held["child_id"]),
                "Kind": held["is_formal"].map({True: "formal", False: "informal"}),
                "Team": held["team"],
                "Subject": _prompts(tables, held["theme_code"]),
                "Answer due": days_written(held["response_due_on"]),
                "Answered": days_written(held["responded_on"]),
            }
        )
    )


def _in_year(tables: Tables, held: DataFrame, column: str) -> DataFrame:
    known: DataFrame = held[months_of(held[column]).isin(tables.rolling_cycles)]
    return known


def _prompts(tables: Tables, codes: Series) -> Series:
    """Codes as the question notebook has them: prompts by number and label, themes by title."""
    rules = tables.rules
    titles = {**rules.themes, **{code: f"{code} {label}" for code, label in rules.prompts.items()}}
    return codes.map(lambda code: titles.get(code, code), na_action="ignore")


def _areas(tables: Tables, areas: Series) -> Series:
    return areas.map(lambda area: tables.rules.key_areas.get(area, area), na_action="ignore")


def _sorted(shown: DataFrame) -> DataFrame:
    """The newest month first, each as it came."""
    return shown.sort_values(cases.MONTH, ascending=False, kind="stable", na_position="last").reset_index(drop=True)
