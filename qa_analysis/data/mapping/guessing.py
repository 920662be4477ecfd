"""What each sheet seems to hold: one dataset, or the several of a council's wide tracker. Guesses, for the analyst."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.mapping.draft import Block, Line
from qa_analysis.data.mapping.kinds import COMMENTS, HALF, UPHELD_WORDS, Groups, groups_of, panels_of, told_in
from qa_analysis.data.mapping.matching import Match, matches
from qa_analysis.data.mapping.seen import SeenColumn, SeenSheet
from qa_analysis.data.mapping.tracker import ONE_ACTION, Tracker
from qa_analysis.data.mapping.words import UNKNOWN, code_sections, column_line, needed, needed_line, not_supplied
from qa_analysis.data.reading.headings import quoted, tidy_heading
from qa_analysis.data.reading.wide.shaping import NUMBER

LEAST_EXACT: Final = 4  # headings known exactly, where most of what a dataset requires is absent


@dataclass(frozen=True)
class Guess:
    """What a sheet seems to hold: its blocks, the grades' unknown words, and the headings nobody reads."""

    sheet: SeenSheet
    blocks: tuple[Block, ...]
    grade_words: Mapping[str, int]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class _Parts:
    """The columns of a tracker that are not the audit's own."""

    panel: Sequence[SeenColumn]
    groups: Groups
    told: Sequence[SeenColumn]
    rest: Sequence[SeenColumn]


class Guesser:
    """Guesses for sheets, by the contracts and the words for grades."""

    def __init__(self, contracts: Mapping[str, Contract], grade_synonyms: Mapping[str, str]) -> None:
        self.contracts, self.grades = contracts, grade_synonyms

    def guess(self, sheet: SeenSheet) -> Guess | None:
        """What a sheet seems to hold; None where it is like no dataset."""
        panel = panels_of(sheet.columns)
        groups = groups_of([seen for seen in sheet.columns if seen not in panel])
        told = told_in(sheet.columns, panel, groups)
        plain = [
            seen for seen in sheet.columns if seen not in panel and seen not in groups.columns and seen not in told
        ]
        dataset, found = self._best(sheet.columns, plain)
        if dataset is None:
            return None
        rest = [seen for seen in plain if seen.place not in {match.seen.place for match in found.values()}]
        is_wide = dataset == "audits" and bool(panel or groups.columns or told or self._action_in(rest))
        found = found if is_wide else matches(self.contracts[dataset], sheet.columns, self.grades)
        base = self._base(sheet, dataset, found, is_wide=is_wide)
        others = self._of_tracker(sheet, base, found, _Parts(panel, groups, told, rest)) if is_wide else []
        return self._told_of(sheet, (base, *others))

    def _best(self, every: Sequence[SeenColumn], plain: Sequence[SeenColumn]) -> tuple[str | None, dict[str, Match]]:
        """The dataset whose required columns are found best among the headings."""
        rated = {}
        for name, contract in self.contracts.items():
            found = matches(contract, plain if name == "audits" else every, self.grades)
            required = [column.name for column in contract.columns if column.required]
            share = sum(column in found for column in required) / max(len(required), 1)
            exact = sum(match.is_exact for match in found.values())
            rated[name] = (
                exact + len(required) * share if exact >= (2 if share >= HALF else LEAST_EXACT) else 0.0,
                found,
            )
        best = max(rated, key=lambda name: rated[name][0])
        return (best, rated[best][1]) if rated[best][0] else (None, {})

    def _base(self, sheet: SeenSheet, dataset: str, found: Mapping[str, Match], *, is_wide: bool) -> Block:
        """The dataset that a row of the sheet is a row of."""
        contract = self.contracts[dataset]
        own_key = contract.key[0]
        shown = [match for match in found.values() if is_wide or not (match.is_exact and match.is_sure)]
        columns = [_month_asked(column_line(match), found) for match in shown]
        made: tuple[Line, ...] = ()
        if own_key not in found:
            made = (self._made_key(sheet, own_key, found),)
        if dataset == "audits" and "cycle_month" not in found and "audited_on" in found:
            name = found["audited_on"].seen.name
            columns.insert(
                0, Line("cycle_month", name, why="no other month: the cycle is the month of the audit's date")
            )
        given = {*found, *(line.key for line in (*columns, *made))}
        columns += [needed_line(column, UNKNOWN) for column in needed(contract, given)]
        return Block(
            dataset=dataset,
            file=sheet.table.file,
            sheet=sheet.table.sheet,
            columns=tuple(columns),
            codes=code_sections(found, self.grades),
            make=made,
            not_supplied=not_supplied(contract, given),
            notes=tuple(_month_notes(found)),
        )

    def _made_key(self, sheet: SeenSheet, key: str, found: Mapping[str, Match]) -> Line:
        """An id made of other columns, where none of them is one."""
        several = [found[name].seen.name for name in ("child_id", "audited_on") if name in found]
        pattern = " ".join(f"{{{name}}}" for name in several) or "{sheet} {row}"
        why = (
            "no heading is an id; a row's number changes when rows are sorted" if not several else "no heading is an id"
        )
        return Line(key, pattern, is_sure=False, why=why, question=f"No heading is the {key}. What is it made of?")

    # A tracker: moderations, actions, findings and feedback in the audit's row

    def _action_in(self, columns: Sequence[SeenColumn]) -> bool:
        """Whether columns left over are like an action."""
        found = matches(self.contracts["actions"], columns, self.grades)
        return "description" in found and bool(ONE_ACTION & set(found))

    def _of_tracker(self, sheet: SeenSheet, base: Block, found: Mapping[str, Match], parts: _Parts) -> list[Block]:
        """The other datasets of a tracker whose rows are audits."""
        key = next((line for line in (*base.columns, *base.make) if line.key == "audit_id"), None)
        if key is None:
            return []
        tracker = Tracker(self.contracts, self.grades, sheet, key, found)
        actions = tracker.actions(parts.groups) if parts.groups.columns else tracker.one_action(parts.rest)
        blocks = [
            tracker.moderations(parts.panel) if parts.panel else None,
            actions,
            *(tracker.findings(seen) for seen in parts.told if not COMMENTS.search(seen.heading)),
            *(tracker.feedback(seen) for seen in parts.told if COMMENTS.search(seen.heading)),
        ]
        return [block for block in blocks if block is not None]

    def _told_of(self, sheet: SeenSheet, blocks: tuple[Block, ...]) -> Guess:
        """The guess with the words of its grades and the headings that no block takes."""
        grades = Counter[str]()
        for block in blocks:
            for line in block.columns:
                grades.update(self._grade_words(block, sheet, line))
        read = " ".join(f"{line.key} {line.value}" for block in blocks for _, lines in block.sections for line in lines)
        numbered = {
            value.replace(NUMBER, word) for block in blocks for word in block.repeat for value in _values(block)
        }
        taken = {tidy_heading(value) for block in blocks for value in _values(block)} | set(map(tidy_heading, numbered))
        exact = matches(self.contracts[blocks[0].dataset], sheet.columns, self.grades) if len(blocks) == 1 else {}
        aliased = {match.seen.place for match in exact.values()}
        unread = [
            seen.name
            for seen in sheet.columns
            if tidy_heading(seen.name) not in taken and seen.place not in aliased and f"{{{seen.name}}}" not in read
        ]
        return Guess(sheet, blocks, grades, tuple(unread))

    def _grade_words(self, block: Block, sheet: SeenSheet, line: Line) -> Counter[str]:
        """The words of one column of grades that nobody knows."""
        column = self.contracts[block.dataset].column(line.key)
        if column.kind != "grade":
            return Counter()
        seen = next((one for one in sheet.columns if one.name == line.value), None)
        known = {*self.grades, *(UPHELD_WORDS if block.dataset == "moderations" else ())}
        words = seen.words.items() if seen else ()
        return Counter({word: times for word, times in words if word.casefold() not in known})


def _month_asked(line: Line, found: Mapping[str, Match]) -> Line:
    """The cycle's line with the question whether the audit's month or its date decides; any other line as it is."""
    if line.key != "cycle_month" or not _month_notes(found):
        return line
    headings = (found["cycle_month"].seen.name, found["audited_on"].seen.name)
    return replace(line, question="Which says in which cycle an audit belongs?", choices=headings)


def _month_notes(found: Mapping[str, Match]) -> list[str]:
    """That the audit's month and date say different cycles, so that the analyst decides."""
    if (
        not {"cycle_month", "audited_on"} <= set(found)
        or found["cycle_month"].seen.place == found["audited_on"].seen.place
    ):
        return []
    return [
        f"The cycle is taken from {quoted(found['cycle_month'].seen.name)}. If the date of the audit decides, write "
        f"cycle_month: {found['audited_on'].seen.name}",
    ]


def _values(block: Block) -> list[str]:
    """Every heading a block names."""
    texts = [line.value for line in block.columns if isinstance(line.value, str)]
    return [*texts, *(line.key for line in block.rows)]
