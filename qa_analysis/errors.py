"""What can stop a run: one class per exit code, one plain sentence for the analyst.

The message names the file, sheet, row and rule and says what to do next. It never holds an identifier or free text,
because it is printed and logged. Exit codes: docs/errors.md.
"""

from typing import ClassVar


class Refusal(Exception):
    """A run that stops on purpose, with the exit code a scheduler sees."""

    exit_code: ClassVar[int] = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it in a notebook: the sentence alone."""
        return [str(self)]


class WrongUse(Refusal):
    """An unknown month, report, parameter or rule."""

    exit_code = 2


class InputRefused(Refusal):
    """An extract that cannot be read safely: damaged, password-protected, too large, of the wrong type."""

    exit_code = 10


class ContractBroken(Refusal):
    """Too much of the data cannot be used, or a promise was broken where none may be; nothing is published."""

    exit_code = 11


class Stale(Refusal):
    """An extract holds what an earlier month was published from and nothing of the cycle, and nobody accepted that."""

    exit_code = 12


class DisclosureFailed(Refusal):
    """An identifier or a small count was about to leave its tier."""

    exit_code = 20


class Busy(Refusal):
    """Another run is at work in the same output folder."""

    exit_code = 30


class OutputUnwritable(Refusal):
    """The output folder is full, read-only, locked or gone."""

    exit_code = 31


class NotebookDied(Refusal):
    """A notebook raised an error, lost its kernel or did not reach its end."""

    exit_code = 40


class NotebookTimedOut(Refusal):
    """A notebook ran out of time."""

    exit_code = 41


class Changed(Refusal):
    """A published month is not whole or not as it was published."""

    exit_code = 50


class SomeFailed(Refusal):
    """Of a region's councils some were not published; the others are, and each failure has a code of its own."""

    exit_code = 60
