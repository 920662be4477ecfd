"""Selects a cycle's audits: the frame fixed with a slip to print, then the list that the thrown seed gives.

What is kept lies in draws/ of the outputs, for its owner alone, because a draw is made of real numbers of records.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from pandas import DataFrame

from qa_analysis import disk
from qa_analysis.cadence import no_cycle_words
from qa_analysis.data.identity import new_key
from qa_analysis.dates import day_name, month_name, parse_month
from qa_analysis.draw.asked import Asked, asked_for, statuses_of
from qa_analysis.draw.canonical import canonical_text
from qa_analysis.draw.checking import problems
from qa_analysis.draw.drawing import Draw, draw
from qa_analysis.draw.frame import Frame, frame_of
from qa_analysis.draw.record import (
    DETAILS_FILE,
    FRAME_FILE,
    RECORD_FILE,
    SLIP_FILE,
    details,
    digest,
    drawn_rows,
    fixed_rows,
    read_details,
    read_draw,
    read_record,
    read_texts,
    with_draw,
    write_details,
    write_rows,
)
from qa_analysis.draw.slip import slip
from qa_analysis.english import counted
from qa_analysis.errors import Busy, Changed, ContractBroken, WrongUse
from qa_analysis.framework import Rules, rules_for
from qa_analysis.month.checking import Checked, read_and_check, refuse_broken, refuse_draft, set_aside_lines
from qa_analysis.publishing.nominated import nominated_in
from qa_analysis.publishing.notifying import LISTS, write_lists
from qa_analysis.publishing.panel_pack import PACK_FILE, panel_pack
from qa_analysis.publishing.restricted import private

DRAWS: Final = "draws"
NEEDED: Final = ("caseload", "audits", "staff", "audit_plan")
_FOLLOWING: Final = ("theme_code", "stratum", "inclusion_probability")  # from the records of others too
_NOBODY_ELSE: Final = 0o600
_ADVICE = "Nothing was selected. Free some space or choose another folder."
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Selected:
    """What a command did: the folder of the draw, what to say of it, and the draw itself once the seed is known."""

    folder: Path
    lines: tuple[str, ...]
    draw: Draw | None = None
    checked: Checked | None = None


@dataclass(frozen=True, eq=False)
class Request:
    """What was asked of the command."""

    month: str
    data: Path
    outputs: Path
    today: date
    size: int | None = None
    seed: str = ""
    because: str = ""
    nominated: Path | None = None

    @property
    def folder(self) -> Path:
        """Where the draw of the month is kept."""
        return self.outputs / DRAWS / self.month


def select(asked: Request, *, progress: Progress = lambda _: None) -> Selected:
    """The frame fixed where no seed is given; the audits selected where one is.

    Raises:
        WrongUse: the month is none, its audits are selected already, or a seed is given before the frame is fixed.
        Changed: the frame is no longer the one that was fixed.
        InputRefused, ContractBroken, OutputUnwritable: as in docs/errors.md.
    """
    parse_month(asked.month)
    with disk.writing(asked.outputs, _ADVICE), _alone(private(asked.outputs / DRAWS), asked.outputs):
        held = read_details(asked.folder) if (asked.folder / DETAILS_FILE).is_file() else None
        if asked.seed:
            return _drawn(asked, _awaited(asked, held), progress)
        return _fixed(asked, held, progress)


def _awaited(asked: Request, held: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The page of a frame for which the seed may be given.

    Raises:
        WrongUse: there is none, or it is asked to be another.
    """
    if asked.because:
        raise WrongUse("A new draw begins with a new frame: give --because without --seed first.")
    if held is None:
        raise WrongUse(
            f"The frame of {asked.month} is not fixed yet, and a seed known before could be chosen to suit. Run "
            "without --seed first: that prints the slip for the meeting."
        )
    if asked.size is not None and asked.size != sum(held["sizes"].values()):
        raise WrongUse(f"The frame is fixed for {sum(held['sizes'].values()):,} audits. Leave --size out.")
    if held["seed"] and held["seed"] != canonical_text(asked.seed):
        raise WrongUse(
            f"The audits of {asked.month} were selected on {_day(held['drawn_on'])} with another seed. To select them "
            'anew, run without --seed and with --because "REASON": the record then says so.'
        )
    return held


def _drawn(asked: Request, held: Mapping[str, Any], progress: Progress) -> Selected:
    """The audits that the seed selects, recorded; where they are already, only held against the record."""
    if held["seed"]:
        if found := problems(asked.folder):
            raise Changed("\n".join(found))
        kept = read_draw(asked.folder)
        checked = _checked(asked, progress)
        before = "Selected before with this seed: the record is whole. The lists are made anew."
        return Selected(asked.folder, (before, *_told(kept), *_lists(asked, kept, checked)), kept, checked)
    frame, checked = _frame(asked, held, progress)
    progress("selecting")
    nominated, lines = nominated_in(asked.nominated, frame.records)
    made = draw(frame, asked.seed, nominated=nominated)
    page = with_draw(held, made, drawn_on=asked.today.isoformat())
    _write(asked.folder / RECORD_FILE, lambda path: write_rows(drawn_rows(frame, made), path))
    pack = panel_pack(made, frame.rules)
    _write(asked.folder / PACK_FILE, lambda path: path.write_bytes(pack))
    _write(asked.folder / DETAILS_FILE, lambda path: write_details(page, path))
    (asked.folder / FRAME_FILE).unlink(missing_ok=True)
    kept = read_draw(asked.folder)
    progress("writing the lists")
    sent = _lists(asked, kept, checked)
    return Selected(asked.folder, (*_told(kept), *lines, *sent), kept, checked)


def _lists(asked: Request, made: Draw, checked: Checked) -> tuple[str, ...]:
    """The lists of a draw, written, and what to say of them."""
    people = {name: _real(checked, name) for name in ("staff", "audits")}
    rules = rules_for(asked.month, own=checked.own)
    return write_lists(made, people, asked.folder, rules=rules, today=asked.today)


def _fixed(asked: Request, held: Mapping[str, Any] | None, progress: Progress) -> Selected:
    """The frame, fixed and with its slip; where it is already, the slip once more."""
    if held is not None and held["seed"] and not asked.because:
        raise WrongUse(
            f"The audits of {asked.month} were selected on {_day(held['drawn_on'])}: see {asked.folder / RECORD_FILE}. "
            'To select them anew, give --because "REASON": the record then says so.'
        )
    if held is not None and not asked.because:
        frame, checked = _frame(asked, held, progress)
        lines = _slip_told(asked, held, frame, "The frame was fixed before; it is the same.")
        return Selected(asked.folder, (*lines, *_left_out(checked)), checked=checked)
    frame, checked = _frame(asked, None, progress)
    page = details(frame, nonce=secrets.token_hex(32), made_on=asked.today.isoformat(), before=_set_aside(asked, held))
    private(asked.folder)
    _write(asked.folder / FRAME_FILE, lambda path: write_rows(fixed_rows(frame), path))
    _write(asked.folder / SLIP_FILE, lambda path: path.write_text(slip(page, _command(asked)), encoding="utf-8"))
    _write(asked.folder / DETAILS_FILE, lambda path: write_details(page, path))
    lines = _slip_told(asked, page, frame, "The frame is fixed. Print the slip.")
    return Selected(asked.folder, (*lines, *_left_out(checked)), checked=checked)


def _set_aside(asked: Request, held: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The draws before this one, the last of them moved aside with the reason why there is another."""
    if held is None:
        if asked.because:
            raise WrongUse(f"There is no draw of {asked.month} to be replaced. Leave --because out.")
        return []
    number = len(held["earlier_draws"]) + 1
    aside = private(asked.folder / f"earlier-{number}")
    for name in (FRAME_FILE, RECORD_FILE, PACK_FILE, SLIP_FILE, DETAILS_FILE, LISTS):
        if (asked.folder / name).exists():
            (asked.folder / name).replace(aside / name)
    last = {name: held[name] for name in ("seed", "frame_digest", "made_on")}
    return [*held["earlier_draws"], {"folder": aside.name, **last, "replaced_because": canonical_text(asked.because)}]


def _frame(asked: Request, held: Mapping[str, Any] | None, progress: Progress) -> tuple[Frame, Checked]:
    """The frame as the extracts give it.

    Raises:
        ContractBroken: there is no caseload.
        Changed: it is not the one that was fixed.
    """
    checked = _checked(asked, progress)
    caseload = _real(checked, "caseload")
    if caseload is None:
        raise ContractBroken(
            "No audits can be selected without caseload: no file or sheet of that name was read. Put the list of open "
            "records in the data folder, or name its file in sources.yaml."
        )
    rules = rules_for(asked.month, own=checked.own)
    if not rules.cadence.has_cycle(asked.month):
        raise WrongUse(no_cycle_words(rules.cadence, asked.month, month_name(asked.month)))
    progress("fixing the frame")
    wanted = _wanted(asked, checked, rules, held)
    frame = frame_of(caseload, _real(checked, "audits"), asked=wanted, rules=rules, drawn_before=_before(asked, rules))
    if held is not None and digest(fixed_rows(frame), held["nonce"]) != held["frame_digest"]:
        raise Changed(_difference(asked, frame))
    return frame, checked


def _checked(asked: Request, progress: Progress) -> Checked:
    """The extracts that a draw and its lists are made of, read and checked."""
    checked = read_and_check(asked.data, rules_for(asked.month), key=new_key(), datasets=NEEDED, progress=progress)
    refuse_draft(checked)
    refuse_broken(checked, asked.data)
    return checked


def _wanted(asked: Request, checked: Checked, rules: Rules, held: Mapping[str, Any] | None) -> Asked:
    """The audits asked for: as the frame was fixed, or by the plan and the command."""
    if held is None:
        return asked_for(asked.month, checked.frames.get("audit_plan"), rules, size=asked.size)
    sizes = {str(theme): int(size) for theme, size in held["sizes"].items()}
    return Asked(asked.month, sizes, statuses_of(sizes, rules))


def _real(checked: Checked, dataset: str) -> DataFrame | None:
    """A dataset with the people's own numbers, which a draw must be made of to be proved."""
    frame = checked.frames.get(dataset)
    if frame is None:
        return None
    people = [column.name for column in checked.contracts[dataset].columns if column.person and column.name in frame]
    return frame.assign(**{name: checked.identities.original(frame[name]) for name in people})


def _before(asked: Request, rules: Rules) -> DataFrame | None:
    """What was selected in the cycle before, where that is recorded here: its audits may not all be in the tracker."""
    (before,) = rules.cadence.before(asked.month)
    folder = asked.outputs / DRAWS / before
    if not (folder / RECORD_FILE).is_file() or not read_details(folder)["seed"]:
        return None
    records = read_record(folder)
    return records[records["outcome"].eq("drawn")]


def _difference(asked: Request, frame: Frame) -> str:
    """What has changed since the frame was fixed."""
    then, now = read_texts(asked.folder / FRAME_FILE), fixed_rows(frame)
    told = [name for name in then if name not in _FOLLOWING]
    before, after = (set(map(tuple, rows[told].to_numpy().tolist())) for rows in (then, now))
    numbers = [set(rows["child_id"]) for rows in (then, now)]
    new, gone = len(numbers[1] - numbers[0]), len(numbers[0] - numbers[1])
    changed = max(len(after - before) - new, len(before - after) - gone)
    return (
        f"The extracts no longer give the frame that was fixed for {asked.month}: {counted(new, 'record')} new, "
        f"{gone:,} gone, {changed:,} changed. Use the extracts of that day; or fix a new frame, without "
        '--seed and with --because "REASON".'
    )


def _told(made: Draw) -> tuple[str, ...]:
    """What was selected, in lines for the screen: counts alone."""
    drawn, page = made.drawn, made.details
    by_service = drawn["service_area"].value_counts()
    able = made.records.loc[made.records["exclusion"].eq(""), "service_area"].value_counts()
    moderated = int(made.records["is_moderated"].sum())
    return (
        f"Selected for {month_name(page['cycle_month'])}: {counted(len(drawn), 'audit')}, {moderated:,} of them for "
        "moderation.",
        *(f"  {name}: {by_service.get(name, 0):,} of {able[name]:,} that could be" for name in sorted(able.index)),
        *page["notes"],
    )


def _slip_told(asked: Request, page: Mapping[str, Any], frame: Frame, first: str) -> tuple[str, ...]:
    """The slip, and where it is kept."""
    return (
        first,
        "",
        *slip(page, _command(asked)).splitlines(),
        "",
        f"Written: {asked.folder / SLIP_FILE}",
        *frame.notes,
    )


def _left_out(checked: Checked) -> list[str]:
    """Which open records are in no frame because they could not be read, and whether last audits are known."""
    ours = checked.issues[checked.issues["dataset"].isin(["caseload", "audits"])]
    unknown = [] if "audits" in checked.frames else ["Not supplied: audits. Who was audited lately is not known."]
    return [*set_aside_lines(replace(checked, issues=ours)), *unknown]


def _command(asked: Request) -> str:
    """What to run with the seed."""
    outputs = "" if asked.outputs == Path("outputs") else f' --outputs "{asked.outputs}"'
    return f'qa-analysis select {asked.month} --data "{asked.data}"{outputs} --seed DIGITS'


def _day(text: str) -> str:
    return day_name(date.fromisoformat(text))


def _write(path: Path, write: Callable[[Path], object]) -> None:
    """A file for its owner alone, whole or as it was before."""

    def guarded(staged: Path) -> None:
        staged.touch(mode=_NOBODY_ELSE)
        write(staged)

    disk.replace_whole(path, guarded)


@contextmanager
def _alone(draws: Path, outputs: Path) -> Iterator[None]:
    """Holds the folder of the draws, so that no other command changes it meanwhile."""
    try:
        lock = FileLock(draws / ".lock").acquire(timeout=0)
    except Timeout:
        raise Busy(f"{outputs}: another selection is at work here. Wait until it ends, then run again.") from None
    with lock:
        yield
