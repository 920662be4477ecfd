"""Passwords: from the environment or the machine's keyring, and from nowhere else."""

import os

from qa_analysis.data.reading.databases.declared import Database

SERVICE = "qa-analysis"  # in the keyring: keyring set qa-analysis NAME


def password(database: Database) -> str | None:
    """The password of a database's user; None where there is none, as when the machine's own sign-in is enough."""
    return os.environ.get(database.variable) or _in_keyring(database.name)


def _in_keyring(name: str) -> str | None:
    """The password that the machine's keyring holds; None where it holds none, or the machine has no keyring."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, OSError, RuntimeError):
        return None
