"""One folder for each report. A folder whose `report.py` holds a REPORT is a report; nothing else has to name it."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_analysis.month.month import Month
    from qa_analysis.reports.declared import Report
    from qa_analysis.telling.blocks import Html


@cache
def reports() -> "Mapping[str, Report]":
    """Every report by its published name, in the order in which lists show them."""
    folders = [found.name for found in iter_modules(__path__) if found.ispkg]
    declared = [import_module(f"{__name__}.{folder}.report").REPORT for folder in folders]
    if strays := [report.name for report, folder in zip(declared, folders, strict=True) if report.folder != folder]:
        raise ValueError(f"the report {strays[0]} does not lie in the folder of its name")
    return MappingProxyType({one.name: one for one in sorted(declared, key=lambda one: (one.place, one.name))})


def summary_of(name: str, month: "Month") -> "Html":
    """What another report shows of this one.

    Raises:
        ValueError: there is no such report, or it has no summary.
    """
    report = reports().get(name)
    if report is None or report.summary is None:
        raise ValueError(f"{name} is no report with a summary")
    return report.summary(month)


def summary_when_due(name: str, month: "Month") -> "Html | None":
    """What another report shows of one that is not made every month: nothing in the months without it."""
    return summary_of(name, month) if reports()[name].is_due(month.month, month.rules) else None
