"""The workbooks of a cycle's list: the master list, and one for each person who is told."""

from collections.abc import Iterator, Mapping

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import counted
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.notices.recipients import AUDITOR, BESIDE, EVERY_RECORD
from qa_analysis.notices.told import NOT_RECORDED, Told
from qa_analysis.notices.words import change_in_words, days, freed_in_words, post, weekday

MASTER = "audit-list.xlsx"
NOMINATED = "nominated"
NO_AUDITOR = "no auditor"  # in place of a record, where a row is about all of those
WIDTHS = {
    "Record": 12, "Theme": 20, "Team": 18, "Status": 11, "Age": 7, "Chosen as": 14, "Key worker": 20,
    "Team Manager": 20, "Service Manager": 20, "Reviewing officer": 27, "Auditor": 34, "Beside": 20, "Panel": 8,
    "What gave way": 26, "Matter": 60, "What would help": 60, "Recipient": 24, "Told as": 34, "Records": 10,
    "Workbook": 18, "Message": 18, "Calendar": 20, "Your part": 26, "Post": 26, "Audits": 10, "Beside others": 14,
}  # fmt: skip
ONLY_WHERE_FILLED = ("Chosen as", "Beside", "What gave way")  # columns of the list that few cycles need


def master_book(told: Told, parts: DataFrame, number: Mapping[str, str], unsettled: DataFrame) -> Book:
    """The whole list for the Quality Assurance Manager: audits, what to sort out, who gets what, auditors."""
    name = month_name(told.window.month)
    open_matters = _to_sort_out(told, unsettled)
    lines = (*days(told.window, told.rules), f"To sort out before it is sent: {counted(len(open_matters), 'matter')}.")
    sheets = (
        Sheet("Audits", f"Audit list, {name}", _audits(told), lines, WIDTHS),
        Sheet("To sort out", f"To sort out, {name}", open_matters, (), WIDTHS),
        _counts("Who gets what", name, _index(told, parts, number)),
        _counts("Auditors", name, _loads(told)),
    )
    return Book(MASTER, f"Audit list, {name}", sheets)


def recipient_book(who: str, mine: DataFrame, told: Told, *, file: str) -> Book:
    """The records that one person is told of, with their part in each. One row per record and part."""
    given, window = told.audits.loc[mine["record"]], told.window
    shown = DataFrame(
        {
            "Record": given["child_id"].to_numpy(),
            "Your part": mine["part"].to_numpy(),
            "Theme": [told.theme(code) for code in given["theme_code"]],
            "Team": given["team"].to_numpy(),
            "Key worker": [told.name(one) for one in given["key_worker_id"]],
            "Auditor": [_auditor(told, one) for one in given["auditor_id"]],
        }
    )
    title = f"Audits in {month_name(window.month)}: {told.name(who)}"
    lines = (
        f"Notice given on {weekday(window.sent_on)}.",
        f"Audits run from {weekday(window.starts_on)} to {weekday(window.ends_on)}.",
    )
    return Book(file, title, (Sheet("Audits", title, shown, lines, WIDTHS),))


def _counts(name: str, month: str, table: DataFrame) -> Sheet:
    """A sheet with numbers in it, which stand to the right."""
    formats = {column: ["0"] * len(table) for column in ("Records", "Audits", "Beside others") if column in table}
    return Sheet(name, f"{name}, {month}", table, (), WIDTHS, formats)


def _auditor(told: Told, who: object) -> str:
    return told.name(who) if isinstance(who, str) else "not settled yet"


def _audits(told: Told) -> DataFrame:
    """The audits as the Quality Assurance Manager knows them. One row per record."""
    given = told.audits
    shown = DataFrame(
        {
            "Record": given["child_id"],
            "Theme": [told.theme(code) for code in given["theme_code"]],
            "Team": given["team"],
            "Status": given["case_status"],
            "Age": given["age_band"],
            "Chosen as": given["outcome"].map({NOMINATED: "good practice"}).fillna(""),
            "Key worker": told.names("key_worker_id"),
            "Team Manager": told.names("team_manager_id"),
            "Service Manager": told.names("service_manager_id"),
            "Reviewing officer": _with_role(told, "reviewing_officer_id", "reviewing_officer_role", otherwise=""),
            "Auditor": _with_role(told, "auditor_id", "auditor_role", otherwise="not settled yet"),
            "Beside": [told.name(who) if isinstance(who, str) else "" for who in given["co_auditor_id"]],
            "Panel": given["is_moderated"].map({True: "yes", False: ""}),
            "What gave way": [
                "; ".join(one for one in both if isinstance(one, str) and one)
                for both in zip(given["gave_way"], given["auditor_gave_way"], strict=True)
            ],
        }
    )
    needed = shown.drop(columns=[name for name in ONLY_WHERE_FILLED if shown[name].eq("").all()])
    return needed.sort_values(["Team", "Record"], ignore_index=True)


def _with_role(told: Told, people: str, roles: str, *, otherwise: str) -> list[str]:
    """The people of a column by name, with their roles. One text per record."""
    return [
        otherwise if not isinstance(who, str)
        else f"{told.name(who)} ({post(role, told.rules.council)})" if isinstance(role, str) else told.name(who)
        for who, role in zip(told.audits[people], told.audits[roles], strict=True)
    ]  # fmt: skip


def _to_sort_out(told: Told, unsettled: DataFrame) -> DataFrame:
    """What to sort out before the list is sent: records without an auditor first. One row per matter."""
    alone = told.audits[told.audits["is_induction"] & told.audits["co_auditor_id"].isna()]
    rows = [
        *_without_auditor(told),
        *(
            (
                child,
                f"{told.name(who)} is a new manager and would audit alone",
                "Ask the improvement team who can join.",
            )
            for child, who in alone[["child_id", "auditor_id"]].itertuples(index=False)
        ),
    ]
    if told.window.overruns:
        rows.append(
            (EVERY_RECORD, "Audits run on after the cycle", "Make the next list in the last week of the month.")
        )
    held = [*rows, *unsettled.itertuples(index=False, name=None)]
    return DataFrame(held, columns=["Record", "Matter", "What would help"])


def _without_auditor(told: Told) -> Iterator[tuple[str, str, str]]:
    """The records nobody audits and why, and then the changes that would give them an auditor."""
    left, given = told.given.left, told.given
    for child, why in left[["child_id", "nobody_because"]].itertuples(index=False):
        yield child, f"Nobody can audit it: {why}", "See the changes below."
    if len(left):
        yield NO_AUDITOR, "All of these", freed_in_words(given)
    for number, change in enumerate(given.changes, start=1):
        said = change_in_words(change, name=told.name, roles=told.roles, rules=told.rules)
        yield NO_AUDITOR, f"Change {number} of {len(given.changes)}", said


def _index(told: Told, parts: DataFrame, number: Mapping[str, str]) -> DataFrame:
    """Who gets which files. One row per person."""
    rows = []
    for who, mine in parts.groupby("worker_id"):
        audits, place = mine["part"].isin((AUDITOR, BESIDE)).any(), number[str(who)]
        rows.append({
            "Recipient": told.name(who), "Told as": ", ".join(dict.fromkeys(mine["part"])),
            "Records": mine["record"].nunique(), "Workbook": f"notice-{place}.xlsx", "Message": f"notice-{place}.txt",
            "Calendar": f"calendar-{place}.ics" if audits else "",
        })  # fmt: skip
    held = DataFrame(rows, columns=["Recipient", "Told as", "Records", "Workbook", "Message", "Calendar"])
    return held.sort_values("Workbook", ignore_index=True)


def _loads(told: Told) -> DataFrame:
    """How many audits each auditor has. One row per auditor, the most first."""
    given = told.audits
    audits, beside = (given[column].dropna().value_counts() for column in ("auditor_id", "co_auditor_id"))
    people = sorted({*audits.index, *beside.index}, key=lambda who: (-audits.get(who, 0), told.name(who), who))
    return DataFrame(
        {
            "Auditor": [told.name(who) for who in people],
            "Post": [post(told.roles.get(who, NOT_RECORDED), told.rules.council) for who in people],
            "Audits": [int(audits.get(who, 0)) for who in people],
            "Beside others": [int(beside.get(who, 0)) for who in people],
        }
    )
