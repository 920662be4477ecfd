"""Every measure there is, found by what functions in the rooms beside this module declare: no list is kept by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from inspect import isfunction
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas import DataFrame

from qa_analysis import measures as rooms
from qa_analysis.data.tables import Tables
from qa_analysis.errors import WrongUse
from qa_analysis.measures import family as known_families
from qa_analysis.measures.declared import Declaration, Measure, declaration_of
from qa_analysis.measures.family import Family
from qa_analysis.measures.figure import Figure, frame_of


@dataclass(frozen=True)
class Maker:
    """A function that makes the figures of some measures, and what it declares."""

    function: Callable[..., Any]
    declaration: Declaration


def measures(tables: Tables) -> DataFrame:
    """Every figure of the month, family by family. One row per figure (columns: docs/methods.md)."""
    return pd.concat([figures_by(maker, tables) for maker in of_month()], ignore_index=True)


def figures_by(maker: Maker, tables: Tables) -> DataFrame:
    """The figures that one function makes of the month; none without the datasets it needs. One row per figure.

    Raises:
        ValueError: it made a figure of a measure that it does not declare.
    """
    is_supplied = all(name in tables.frames for name in maker.declaration.needs)
    made: list[Figure] = maker.function(tables) if is_supplied else []
    if strays := {figure.measure for figure in made} - maker.declaration.makes:
        name = f"{maker.function.__module__}.{maker.function.__name__}"
        raise ValueError(f"{name} makes {min(strays)}, which it does not declare")
    return frame_of(made, as_at=tables.as_at)


@cache
def declared() -> Mapping[str, Measure]:
    """Every measure by its name, family by family.

    Raises:
        ValueError: two measures have one name or one title, so that a reader could not tell them apart.
    """
    every = [measure for maker in makers() for measure in maker.declaration.measures]
    for what in ("name", "title"):
        said = [getattr(measure, what) for measure in every]
        if twice := {one for one in said if said.count(one) > 1}:
            raise ValueError(f"two measures have the {what} {min(twice)!r}")
    return MappingProxyType({measure.name: measure for measure in every})


def known(name: str) -> str:
    """The name itself where somebody declares it.

    Raises:
        WrongUse: nobody does; the nearest name is offered. A measure that is only misspelt would look like zero.
    """
    if name not in declared():
        nearest = get_close_matches(name, declared(), n=1)
        hint = f'Did you mean "{nearest[0]}"? ' if nearest else ""
        raise WrongUse(f'No measure is called "{name}". {hint}docs/methods.md has a table of all measures.')
    return name


@cache
def makers() -> tuple[Maker, ...]:
    """Every function that declares measures, in the order of their families, rooms and lines."""
    order = {family: place for place, family in enumerate(families())}
    found = _found()
    homes = {measure.name: measure.family for maker in found for measure in maker.declaration.measures}

    def place(maker: Maker) -> tuple[int, str, int]:
        own = [measure.family for measure in maker.declaration.measures]
        home = own[0] if own else homes[maker.declaration.adds_to[0]]
        return order.get(home, len(order)), maker.function.__module__, maker.function.__code__.co_firstlineno

    return tuple(sorted(found, key=place))


@cache
def of_month() -> tuple[Maker, ...]:
    """The functions whose figures every month has."""
    return tuple(maker for maker in makers() if maker.declaration.is_of_month)


@cache
def makers_of(name: str) -> tuple[Maker, ...]:
    """The functions whose figures of the month may be of a measure."""
    return tuple(maker for maker in of_month() if name in maker.declaration.makes)


@cache
def families() -> tuple[Family, ...]:
    """The families in the order of their worksheets."""
    known_ones = [value for value in vars(known_families).values() if isinstance(value, Family)]
    of_measures = [measure.family for maker in _found() for measure in maker.declaration.measures]
    return tuple(dict.fromkeys([*known_ones, *of_measures]))


@cache
def _found() -> tuple[Maker, ...]:
    return tuple(_declaring())


def _declaring() -> Iterator[Maker]:
    """The functions of every room that declare anything, each once, where it is defined."""
    for module in walk_packages(rooms.__path__, f"{rooms.__name__}."):
        if module.name == __name__:
            continue
        for value in vars(import_module(module.name)).values():
            declaration = declaration_of(value)
            if isfunction(value) and declaration and value.__module__ == module.name:
                yield Maker(value, declaration)
