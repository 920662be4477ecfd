"""Who is who stays here: keyed pseudonyms for every identifier, so that no later room ever holds an original.

HMAC-SHA-256 cut to 100 bits, in base32. The key is 256 random bits in a file only its owner can read, or in the
environment; it lies outside the project and the data. Children, workers and names are kept apart ("domains"), so that
a child and a worker with the same number get different pseudonyms. Pseudonymised data are still personal data
(Information Commissioner's Office, anonymisation guidance, chapter on pseudonymisation).
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract, Person
from qa_analysis.errors import WrongUse

KEY_VARIABLE = "QA_ANALYSIS_KEY"
_KEY_BYTES = 32
_LETTERS = 20  # of base32, five bits each: 100 bits


@dataclass(frozen=True)
class Key:
    """The secret that turns an identifier into its pseudonym. Never printed, never published."""

    secret: bytes

    def __repr__(self) -> str:
        """Nothing of the secret."""
        return "Key(…)"

    @property
    def name(self) -> str:
        """A public name of the key, so that a manifest can tell two keys apart."""
        return hashlib.sha256(b"name:" + self.secret).hexdigest()[:12]


@dataclass(frozen=True)
class Identities:
    """The way back from pseudonyms to originals, for restricted/ alone."""

    originals: Mapping[str, str]

    def __repr__(self) -> str:
        """How many, never which."""
        return f"Identities({len(self.originals)})"

    def original(self, pseudonyms: Series) -> Series:
        """The originals of a column of pseudonyms; any other value as it is. One row per value."""
        return pseudonyms.map(self.originals).fillna(pseudonyms)


def key_from_environment() -> Key | None:
    """The key given in the environment variable QA_ANALYSIS_KEY (64 hexadecimal digits), if any.

    Raises:
        WrongUse: the variable holds something else.
    """
    text = os.environ.get(KEY_VARIABLE)
    if text is None:
        return None
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) < _KEY_BYTES:
        raise WrongUse(f"{KEY_VARIABLE} is not a key: it needs {2 * _KEY_BYTES} hexadecimal digits.")
    return Key(secret)


def key_from_file(path: Path) -> Key:
    """The key kept in a file.

    Raises:
        WrongUse: there is none, others can read it, or it holds something else.
    """
    if not path.is_file():
        raise WrongUse(f"There is no key in {path}. Give the right --key-file, or leave it out to use your own.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongUse(f"The key in {path} can be read by others. Make it private (chmod 600) and run again.")
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, UnicodeDecodeError):
        secret = b""
    if len(secret) < _KEY_BYTES:
        raise WrongUse(f"{path} does not hold a key: it needs {2 * _KEY_BYTES} hexadecimal digits.")
    return Key(secret)


def own_key(path: Path, *, is_unused: bool) -> tuple[Key, bool]:
    """The key that a user keeps, and whether it was made just now, as at first use.

    An empty file is what a crash or a full disk left of a key. A new one takes its place only where nothing was
    published with the old, which may still lie in a backup.

    Raises:
        WrongUse: the file is empty though months were published, others can read it, or it holds something else.
        OSError: no key can be kept there.
    """
    if path.is_file() and not path.stat().st_size:
        if not is_unused:
            raise WrongUse(
                f"The key file {path} is empty. Put it back from your backup; or delete it and run again, and a new "
                "key is made: what was published stays as it is, and only its pseudonyms differ from new ones."
            )
        path.unlink()
    if path.exists():
        return key_from_file(path), False
    try:
        return make_key_file(path), True
    except FileExistsError:  # another run, at the same moment
        return key_from_file(path), False


def make_key_file(path: Path) -> Key:
    """A new random key, kept in a file that only its owner can read; it appears whole, so that a crash leaves none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key, staged = new_key(), path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key.secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        _put_first(staged, path)
    finally:
        staged.unlink(missing_ok=True)
    return key


def _put_first(staged: Path, path: Path) -> None:
    """A file under its name, unless another bears it."""
    try:
        path.hardlink_to(staged)
    except FileExistsError:
        raise
    except OSError:  # a drive on which a file has one name only
        if path.exists():
            raise FileExistsError(path) from None
        staged.rename(path)


def new_key() -> Key:
    """A random key that is kept nowhere."""
    return Key(secrets.token_bytes(_KEY_BYTES))


def pseudonym(original: str, *, domain: Person, key: Key) -> str:
    """The pseudonym of one identifier: 20 letters and digits, the same for the same key and domain."""
    digest = hmac.new(key.secret, f"{domain}\x1f{original}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii")[:_LETTERS].lower()


def pseudonymise(
    frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract], *, key: Key
) -> tuple[dict[str, DataFrame], Identities]:
    """The same frames with every identifying column replaced, and the way back. One row per row of each frame."""
    originals: dict[str, str] = {}
    replaced = {
        dataset: frame.assign(**_replaced_columns(frame, contracts[dataset], key, originals))
        for dataset, frame in frames.items()
    }
    return replaced, Identities(MappingProxyType(originals))


def pseudonymise_issues(
    issues: DataFrame, contracts: Mapping[str, Contract], *, key: Key
) -> tuple[DataFrame, Identities]:
    """Issues with the persons in their key and owner replaced, and the way back. One row per issue."""
    originals: dict[str, str] = {}
    keys = [
        _replaced_key(text, contracts.get(dataset), key, originals)
        for dataset, text in zip(issues["dataset"], issues["key"], strict=True)
    ]
    owners = _replaced(issues["owner"], "worker", key, originals)
    return issues.assign(key=pd.Series(keys, index=issues.index, dtype="str"), owner=owners), Identities(
        MappingProxyType(originals)
    )


def _replaced_columns(frame: DataFrame, contract: Contract, key: Key, originals: dict[str, str]) -> dict[str, Series]:
    """The identifying columns of one frame, replaced."""
    return {
        column.name: _replaced(frame[column.name], column.person, key, originals)
        for column in contract.columns
        if column.person and column.name in frame
    }


def _replaced(values: Series, domain: Person, key: Key, originals: dict[str, str]) -> Series:
    """One column of identifiers as pseudonyms; blanks stay blank."""
    pseudonyms = {original: pseudonym(original, domain=domain, key=key) for original in values.dropna().unique()}
    originals.update({name: original for original, name in pseudonyms.items()})
    return values.map(pseudonyms).astype("str")


def _replaced_key(text: object, contract: Contract | None, key: Key, originals: dict[str, str]) -> str | None:
    """A row's key with each part that names a person replaced."""
    if not isinstance(text, str) or contract is None:
        return None
    parts = text.split("+")
    if len(parts) != len(contract.key):
        return None  # A part holds a "+" itself: which part names a person cannot be told, so none is shown.
    domains = [contract.column(name).person for name in contract.key]
    for position, domain in enumerate(domains):
        if domain and parts[position]:
            original, parts[position] = parts[position], pseudonym(parts[position], domain=domain, key=key)
            originals[parts[position]] = original
    return "+".join(parts)
