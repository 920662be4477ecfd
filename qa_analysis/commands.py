"""The last door of every command: one plain line and one exit code per kind of failure; never a traceback."""

import os
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from qa_analysis.disk import FULL, refused
from qa_analysis.ending import Ended, listen
from qa_analysis.errors import OutputUnwritable, Refusal, WrongUse
from qa_analysis.faults import noted
from qa_analysis.terminal import open_streams, run_plainly, say

INTERRUPTED: Final = 130  # what shells say of a command that was interrupted
OTHERS_WRITE: Final = 0o022  # what no file of ours lets others do, whatever the user's own setting (umask) would allow


class Commands(click.Group):
    """One plain line and one exit code per kind of failure; never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """What click does with a command line; whatever stops it ends in a line and a code."""
        kwargs["standalone_mode"] = False
        os.umask(os.umask(OTHERS_WRITE) | OTHERS_WRITE)
        if not args and kwargs.get("args") is None:  # started as a command, not from within Python
            open_streams()
            if (code := run_plainly()) is not None:
                sys.exit(code)
            listen()
        try:
            return super().main(*args, **kwargs)
        except click.exceptions.Exit as end:
            sys.exit(end.exit_code)
        except click.ClickException as problem:
            _stop(f"Wrong use: {problem.format_message()}", WrongUse.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _stop("Interrupted; nothing was published.", INTERRUPTED)
        except Ended as ended:
            how = "Interrupted" if ended.exit_code == INTERRUPTED else "Ended from outside"
            _stop(f"{how}; nothing was published.", ended.exit_code)
        except Refusal as refusal:
            _stop(str(refusal), refusal.exit_code)
        except Exception as fault:  # the last door: no traceback on the screen, because it could hold a record
            if (said := refused(fault)) is not None and said.errno in FULL:
                _stop(f"A disk cannot be written ({said.strerror}). Nothing was published.", OutputUnwritable.exit_code)
            _stop(
                f"The software failed (reference {noted(fault, settings() / 'faults')}). Nothing was published.",
                Refusal.exit_code,
            )


def _stop(line: str, code: int) -> NoReturn:
    say(line, err=True)
    sys.exit(code)


def settings() -> Path:
    """The user's own folder of settings."""
    return Path(click.get_app_dir("qa-analysis"))
