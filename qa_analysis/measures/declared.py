"""What a measure says of itself, beside the function that makes it: its name, what it counts, what it does not show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from qa_analysis.measures.family import Family

_MARK = "declared_measures"
Made = TypeVar("Made", bound=Callable[..., Any])


@dataclass(frozen=True)
class Measure:
    """One measure. `name` is that of the column `measure`; `title` is how a reader would say it.

    `counts` says what it counts, true of this name alone; `by` names its dimensions beside the whole; `limits` says
    what it does not show. `compares_periods` is true of a figure that holds one period against another: a break between
    them is then among its reasons (docs/decisions/019).
    """

    name: str
    title: str
    family: Family
    counts: str
    by: str = ""
    limits: str = ""
    unit: str = ""
    compares_periods: bool = False


@dataclass(frozen=True)
class Declaration:
    """The measures that one function makes: those it declares, and others declared elsewhere that it adds figures to.

    A function of a month takes Tables and nothing else, and the catalogue calls it; any other is called by name.
    Without the datasets it `needs` it makes no figure: nothing was supplied, which is not nought.
    """

    measures: tuple[Measure, ...]
    adds_to: tuple[str, ...]
    is_of_month: bool
    needs: tuple[str, ...] = ()

    @property
    def makes(self) -> frozenset[str]:
        """The names of every measure whose figures may come from the function."""
        return frozenset([*(measure.name for measure in self.measures), *self.adds_to])


def declares(
    *measures: Measure, adds_to: Iterable[str] = (), is_of_month: bool = True, needs: Iterable[str] = ()
) -> Callable[[Made], Made]:
    """Marks a function as the maker of some measures, so that the catalogue finds it."""
    declaration = Declaration(measures, tuple(adds_to), is_of_month, tuple(needs))

    def mark(function: Made) -> Made:
        setattr(function, _MARK, declaration)
        return function

    return mark


def declaration_of(function: object) -> Declaration | None:
    """What a function declares; None where it declares nothing."""
    return getattr(function, _MARK, None)
