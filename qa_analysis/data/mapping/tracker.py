"""What a tracker holds beside its audits: the panel's decisions, actions, findings, what families said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.mapping.draft import Block, Line
from qa_analysis.data.mapping.kinds import (
    STRENGTHS,
    UPHELD_WORDS,
    Groups,
    dated,
    filter_of,
    graded,
    longest,
    stem_of,
    without_number,
)
from qa_analysis.data.mapping.matching import Match, matches
from qa_analysis.data.mapping.seen import SeenColumn, SeenSheet
from qa_analysis.data.mapping.words import UNKNOWN, code_sections, column_line, needed, needed_line, not_supplied
from qa_analysis.data.reading.headings import quoted
from qa_analysis.data.reading.wide.lines import DASH, marks_inside
from qa_analysis.data.reading.wide.shaping import FILLED, NUMBER
from qa_analysis.english import agreeing, counted

ONE_ACTION: Final = {"owner_id", "due_on", "completed_on"}  # an action has at least one of them beside its words
LINKED: Final = ("audit_id",)
CARRIED: Final = ("child_id", "team", "service_area", "team_manager_id")  # of the audit, and of its actions


class Tracker:
    """The blocks that a tracker holds beside its audits."""

    def __init__(
        self,
        contracts: Mapping[str, Contract],
        grades: Mapping[str, str],
        sheet: SeenSheet,
        key: Line,
        found: Mapping[str, Match],
    ) -> None:
        self.contracts, self.grades, self.sheet, self.found = contracts, grades, sheet, found
        self.key_pattern = key.value if NUMBER in str(key.value) or "{" in str(key.value) else f"{{{key.value}}}"
        self.link = Line("audit_id", key.value, is_sure=key.is_sure)
        self.is_made = "{" in str(key.value)

    def block(self, dataset: str, *, columns: Sequence[Line], make: str, key: str, **more: Any) -> Block:
        """A block that is linked to the audit of its row."""
        own = () if self.is_made else (self.link,)
        made = [Line(key, make)] + (
            [Line("audit_id", str(self.link.value), is_sure=self.link.is_sure)] if self.is_made else []
        )
        return Block(
            dataset=dataset, file=self.sheet.table.file, sheet=self.sheet.table.sheet,
            columns=(*own, *columns), make=tuple(made), **more,
        )  # fmt: skip

    def moderations(self, panel: Sequence[SeenColumn]) -> Block:
        """The panel's decisions: rows where the tracker says so, its date, its grade."""
        contract = _without_key(self.contracts["moderations"])
        rows, rest = filter_of(panel, contract, self.grades)
        found = self._panels_columns(contract, rest)
        constants = () if "route" in found else (self._route(contract),)
        given = {*found, *(line.key for line in constants), *LINKED, "moderation_id"}
        day = self.found["audited_on"].seen.name if "audited_on" in self.found else UNKNOWN
        absent = [needed_line(column, day if column.kind == "date" else UNKNOWN) for column in needed(contract, given)]
        return self.block(
            "moderations",
            key="moderation_id",
            make=f"M{self.key_pattern}",
            columns=[*(column_line(found[name]) for name in ordered(contract, found)), *absent],
            rows=rows,
            constants=constants,
            upheld=self._upheld(found.get("overall_grade")),
            codes=code_sections(found, self.grades),
            not_supplied=not_supplied(contract, given),
        )

    def _panels_columns(self, contract: Contract, panel: Sequence[SeenColumn]) -> dict[str, Match]:
        """The panel's columns by words, its grade and its day else by content."""
        found = matches(contract, panel, self.grades)
        certain = {name: match for name, match in found.items() if match.is_exact}
        if "overall_grade" not in found and (grade := graded(contract, panel, self.grades, certain)):
            rest = [seen for seen in panel if seen is not grade.seen]
            found = {**matches(contract, rest, self.grades), "overall_grade": grade}
        if "moderated_on" not in found and (day := dated(contract, panel, self.grades, found)):
            found["moderated_on"] = day
        return found

    def _route(self, contract: Contract) -> Line:
        """How audits are chosen for moderation, which no heading says."""
        codes = contract.column("route").codes
        return Line(
            "route",
            "random third",
            is_sure=False,
            why=f"how audits are chosen for moderation: {', '.join(codes)}",
            question="How are audits chosen for moderation?",
            choices=codes,
        )

    def _upheld(self, overall: Match | None) -> tuple[Line, ...]:
        """Whether a blank or "Agreed" means that the auditor's grade was upheld: only the analyst knows."""
        if overall is None or "overall_grade" not in self.found:
            return ()
        said = [word for word in overall.seen.words if word.casefold().rstrip(".") in UPHELD_WORDS]
        shown = " or ".join(["a blank", *(f'"{word}"' for word in said)])
        line = Line(
            "overall_grade",
            {"words": ("blank", *said), "as": self.found["overall_grade"].seen.name},
            is_sure=False,
            why=f"only if {shown} means that the grade was upheld",
            question=f'Does {shown} under "{overall.seen.name}" mean that the grade was upheld?',
        )
        return (line,)

    def actions(self, groups: Groups) -> Block:
        """The actions: one for each group of columns that holds anything."""
        contract, first = self.contracts["actions"], groups.numbers[0]
        columns = [without_number(seen) for seen in groups.columns if stem_of(seen)[1] == first]
        found = matches(_without_key(contract), columns, self.grades)
        if "description" not in found and (text := longest(columns, {match.seen.place for match in found.values()})):
            found["description"] = Match(contract.column("description"), text, 1.0, 1.0)
        stems = {seen.place: stem_of(seen)[0] for seen in groups.columns}
        told = f"{len(groups.numbers)} groups of columns"
        own = [Line(name, stems[found[name].seen.place], why=told) for name in ordered(contract, found)]
        carried = [line for line in self._carried() if line.key not in found]
        given = {*found, *(line.key for line in carried), *LINKED, "source", "level", "action_id"}
        return self.block(
            "actions",
            key="action_id",
            make=f"{self.key_pattern}-{NUMBER}",
            columns=[*carried, *own],
            repeat=groups.numbers,
            constants=(Line("source", "audit"), Line("level", "child", why="for whom: child, worker, team or service")),
            not_supplied=not_supplied(contract, given),
        )

    def one_action(self, columns: Sequence[SeenColumn]) -> Block | None:
        """The one action that each row of the tracker holds; None where no columns are like one."""
        contract = _without_key(self.contracts["actions"])
        found = matches(contract, columns, self.grades)
        if "description" not in found or not ONE_ACTION & set(found):
            return None
        carried = [line for line in self._carried() if line.key not in found]
        text = found["description"].seen.name
        given = {*found, *(line.key for line in carried), *LINKED, "source", "level", "action_id"}
        return self.block(
            "actions",
            key="action_id",
            make=f"{self.key_pattern}-1",
            columns=[*carried, *(column_line(found[name]) for name in ordered(contract, found))],
            rows=(Line(text, (FILLED,)),),
            constants=(Line("source", "audit"), Line("level", "child", why="for whom: child, worker, team or service")),
            codes=code_sections(found, self.grades),
            not_supplied=not_supplied(contract, given),
        )

    def _carried(self) -> list[Line]:
        """What holds for an action because it holds for its audit."""
        lines = [Line(name, self.found[name].seen.name) for name in CARRIED if name in self.found]
        if "audited_on" in self.found:
            day = self.found["audited_on"].seen.name
            lines.append(Line("agreed_on", day, why="the day of the audit, where no other is given"))
        return lines

    def findings(self, seen: SeenColumn) -> Block:
        """Strengths or areas for development: one for each line or bullet of a cell."""
        contract, is_strength = self.contracts["findings"], bool(STRENGTHS.search(seen.heading))
        return self.block(
            "findings",
            key="finding_id",
            make=f"{self.key_pattern}-{'S' if is_strength else 'D'}{NUMBER}",
            columns=[Line("text", seen.name)],
            split="text",
            split_at=self._split_at(seen),
            constants=(Line("polarity", "strength" if is_strength else "development"),),
            not_supplied=not_supplied(contract, {*LINKED, "finding_id", "polarity", "text"}),
        )

    def _split_at(self, seen: SeenColumn) -> tuple[Line, ...]:
        """Whether a dash within a line parts findings too: it may be punctuation."""
        if not (times := sum(map(marks_inside, seen.cells))):
            return ()
        told = f"in {counted(times, 'cell')} a dash stands within a line"
        asked = f"Under {quoted(seen.name)} {told}. Does it part findings there too?"
        why = f"{told}; only if it parts findings there too"
        return (Line("split_at", DASH, is_sure=False, why=why, question=asked, choices=(DASH,)),)

    def feedback(self, seen: SeenColumn) -> Block:
        """What families said, as a proposal: who said it is not in the tracker."""
        cells = f"{counted(len(seen.cells), 'cell')} under {quoted(seen.name)}"
        return self.block(
            "family_feedback",
            key="feedback_id",
            make=f"F{self.key_pattern}",
            columns=[Line("text", seen.name)],
            rows=(Line(seen.name, (FILLED,)),),
            constants=(Line("respondent", "parent", why="child, parent or carer"), Line("outcome", "engaged")),
            is_wanted=False,
            notes=(f"A proposal: {cells} {agreeing(len(seen.cells), 'holds', 'hold')} what families said.",),
        )


def _without_key(contract: Contract) -> Contract:
    """The dataset without the columns that name a row: in a tracker what hangs on an audit has no number of its own."""
    return replace(contract, columns=tuple(column for column in contract.columns if not column.key))


def ordered(contract: Contract, names: Collection[str]) -> list[str]:
    """Columns in the order of their dataset."""
    return [column.name for column in contract.columns if column.name in names]
