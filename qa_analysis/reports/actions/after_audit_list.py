"""What is missing after the last cycles' audits, to each person whose it is to see to: named people alone (tier A)."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.audit_cycle.after_audit import Held, after_audit
from qa_analysis.month.named import NOT_RECORDED, Named

INDEX = "after-audit-lists.xlsx"
CYCLES = 3  # of audits: what is older is with the Team Manager's open actions
WIDTHS = {"Audit": 18, "Cycle": 12, "Record": 14, "Missing": 40, "Seen to by you as": 22, "Days since the audit": 14,
          "Person": 28, "Steps": 10, "Audits": 10, "File": 24}  # fmt: skip
NOTE = "A step that your council does not record of any audit is not listed."


def after_audit_lists(named: Named) -> Iterator[Book]:
    """One workbook per person with a step to see to after an audit, and an index; none where nothing is missing."""
    missing = _missing(named)
    index = []
    people = sorted(missing["owner_id"].unique(), key=named.person)
    for number, who in enumerate(people, start=1):
        mine, person, file = missing[missing["owner_id"] == who], named.person(who), f"after-audit-{number:03d}.xlsx"
        title = f"Still to do after audits: {person}"
        yield Book(file, title, (_sheet("To do", title, shown(mine, named)),))
        index.append({"Person": person, "Steps": len(mine), "Audits": mine["audit_id"].nunique(), "File": file})
    if index:
        title = "Index of lists of what is still to do after audits"
        yield Book(INDEX, title, (_sheet("Lists", title, DataFrame(index)),))


def shown(missing: DataFrame, named: Named) -> DataFrame:
    """The steps as whoever sees to them knows them. One row per audit and step, the longest waiting first."""
    return DataFrame(
        {
            "Audit": missing["audit_id"],
            "Cycle": missing["cycle_month"],
            "Record": named.identities.original(missing["child_id"]),
            "Team": missing["team"],
            "Missing": missing["step"].map(at_first),
            "Seen to by you as": missing["owner_as"].map(at_first),
            "Days since the audit": missing["days"],
        }
    ).reset_index(drop=True)


def _missing(named: Named) -> DataFrame:
    """What is missing after the audits of the last cycles, with the record's number. One row per audit and step."""
    tables = named.tables
    audits = tables.audits[tables.audits["cycle_month"].isin(tables.rules.cycles_up_to(tables.month, CYCLES))]
    missing = after_audit(Held.of(tables, audits))
    children = audits.set_index("audit_id")["child_id"]
    return missing.assign(child_id=missing["audit_id"].map(children), owner_id=missing["owner_id"].fillna(NOT_RECORDED))


def _sheet(name: str, title: str, table: DataFrame) -> Sheet:
    numbers = {column: ["0"] * len(table) for column in ("Steps", "Audits", "Days since the audit") if column in table}
    return Sheet(name, title, table, (NOTE,), WIDTHS, numbers)
