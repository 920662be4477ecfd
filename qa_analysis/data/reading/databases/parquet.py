"""Parquet files, read by DuckDB where it is installed; known by their names like CSV files."""

import hashlib
import tempfile
from pathlib import Path

from qa_analysis.data.reading.databases.pulling import cell, not_installed
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.errors import InputRefused

ENDINGS = {".parquet"}


def read_parquet(path: Path, content: bytes, *, source: Source, headings: frozenset[str]) -> tuple[RawTable, ...]:
    """The one table of a Parquet file, its rows in the file's own order.

    Raises:
        InputRefused: it is damaged, or DuckDB is not installed.
    """
    try:
        import duckdb

        from qa_analysis.data.reading.databases.duck import rows_of_parquet
    except ImportError as error:
        raise not_installed(path.name, "Parquet", extra="duckdb") from error
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "extract.parquet"  # a name in which nothing stands for other files
        copy.write_bytes(content)
        try:
            names, rows = rows_of_parquet(copy)
        except duckdb.Error:
            raise InputRefused(f"{path.name} is damaged, or no Parquet file. Ask for a new export.") from None
    table: list[list[Cell]] = [list(names), *([cell(value) for value in row] for row in rows)]
    return (RawTable(file=path.name, sheet="", sha256=hashlib.sha256(content).hexdigest(), rows=table),)
