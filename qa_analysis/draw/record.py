"""The record of a draw: a row per open record and a page about the whole, kept private, from which it can be proved."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import yaml
from pandas import DataFrame, Series

from qa_analysis.draw.canonical import texts
from qa_analysis.draw.drawing import Draw
from qa_analysis.draw.frame import Frame
from qa_analysis.errors import Changed

FRAME_FILE: Final = "frame.csv"  # until the seed is known
RECORD_FILE: Final = "record.csv"
DETAILS_FILE: Final = "draw.yaml"
SLIP_FILE: Final = "seed-slip.txt"
ENGINE: Final = "1"  # of the way a draw is made: another one would select other records with the same seed
FIXED: Final = (
    "cycle_month", "child_id", "theme_code", "service_area", "team", "case_status", "age_band", "key_worker_id",
    "team_manager_id", "service_manager_id", "reviewing_officer_id", "reviewing_officer_role", "stratum", "exclusion",
    "is_worker_recent", "inclusion_probability",
)  # fmt: skip
SELECTED: Final = ("ticket", "rank", "outcome", "is_moderated", "gave_way")
SHARED: Final = (
    "cycle_month",
    "frame_digest",
    "seed",
    "size",
    "records",
    "can_be_selected",
    "rules",
    "engine",
    "as_at",
)


def fixed_rows(frame: Frame) -> DataFrame:
    """The frame as text, as it is written and hashed. One row per open record."""
    records = frame.records
    return DataFrame(
        {
            **{name: records[name] for name in FIXED},
            "is_worker_recent": answers(records["is_worker_recent"]),
            "inclusion_probability": records["inclusion_probability"].map("{:.12f}".format),
        }
    )


def digest(rows: DataFrame, nonce: str) -> str:
    """The fingerprint of a frame: SHA-256 over the nonce and the rows in code-point order, one a line."""
    held = hashlib.sha256(f"{nonce}\n".encode())
    held.update("\n".join(sorted(map("\t".join, zip(*(texts(rows[name]) for name in FIXED), strict=True)))).encode())
    return held.hexdigest()


def details(frame: Frame, *, nonce: str, made_on: str, before: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """What is said of the frame as a whole, until the seed is known."""
    return {
        "cycle_month": frame.month,
        "seed": "",
        "frame_digest": digest(fixed_rows(frame), nonce),
        "nonce": nonce,
        "size": frame.allocation.size,
        "records": len(frame.records),
        "can_be_selected": int(frame.records["exclusion"].eq("").sum()),
        "moderation_share": str(frame.rules.moderation_share),
        "rules": frame.rules.version,
        "engine": ENGINE,
        "made_on": made_on,
        "as_at": f"{frame.as_at:%Y-%m-%d}",
        "sizes": dict(frame.asked.sizes),
        "notes": list(frame.notes),
        "allocation": {
            name: {"records": stratum.records, "due": str(stratum.due)}
            for name, stratum in frame.allocation.strata.items()
        },
        "may_be_shared": list(SHARED),
        "earlier_draws": [dict(one) for one in before],
    }


def with_draw(held: Mapping[str, Any], draw: Draw, *, drawn_on: str) -> dict[str, Any]:
    """The same once the seed is known."""
    taken = draw.details["drawn"]
    return {
        **held,
        "seed": draw.details["seed"],
        "drawn_on": drawn_on,
        "notes": [*held["notes"], *draw.notes],
        "allocation": {name: {**one, "drawn": taken[name]} for name, one in held["allocation"].items()},
    }


def drawn_rows(frame: Frame, draw: Draw) -> DataFrame:
    """The record of a draw as text, as it is written. One row per open record."""
    records = draw.records
    return fixed_rows(frame).assign(
        ticket=records["ticket"],
        rank=ranks_written(records["rank"]),
        outcome=records["outcome"],
        is_moderated=answers(records["is_moderated"]),
        gave_way=records["gave_way"],
    )


def answers(values: Series) -> Series:
    """Yes and no as they are written. One word per answer."""
    return values.map({True: "yes", False: "no"}).astype("str")


def ranks_written(ranks: Series) -> Series:
    """Ranks as they are written, blank where there is none. One text per record."""
    return ranks.map(str, na_action="ignore").fillna("").astype("str")


def write_rows(rows: DataFrame, path: Path) -> None:
    """The rows as a CSV file in UTF-8, every field in quotation marks so that no program takes a number for one."""
    rows.to_csv(path, index=False, encoding="utf-8", quoting=csv.QUOTE_ALL, lineterminator="\n")


def write_details(held: Mapping[str, Any], path: Path) -> None:
    """What is said of the draw as a whole, as YAML in the order above."""
    path.write_text(
        yaml.safe_dump(dict(held), sort_keys=False, allow_unicode=True, width=1000, default_style=None),
        encoding="utf-8", newline="\n",
    )  # fmt: skip


def read_details(folder: Path) -> dict[str, Any]:
    """What is said of a draw as a whole.

    Raises:
        Changed: the file cannot be read as one.
    """
    try:
        held = yaml.safe_load((folder / DETAILS_FILE).read_text(encoding="utf-8"))
        return {**held, "seed": str(held["seed"]), "nonce": str(held["nonce"])}
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        raise Changed(
            f"{folder / DETAILS_FILE} cannot be read as the page of a draw. Put it back from a backup."
        ) from None


def read_texts(path: Path) -> DataFrame:
    """A frame or a record as text, blanks as empty texts. One row per open record."""
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")


def read_record(folder: Path) -> DataFrame:
    """The record of a draw with its types; blank texts are empty. One row per open record of the frame."""
    rows = read_texts(folder / RECORD_FILE)
    return rows.assign(
        is_worker_recent=rows["is_worker_recent"].eq("yes"),
        inclusion_probability=rows["inclusion_probability"].astype("float64"),
        rank=pd.to_numeric(rows["rank"].where(rows["rank"].ne(""))).astype("Int64"),
        is_moderated=rows["is_moderated"].eq("yes"),
    )


def read_draw(folder: Path) -> Draw:
    """A recorded draw."""
    held = read_details(folder)
    return Draw(read_record(folder), held, tuple(held["notes"]))
