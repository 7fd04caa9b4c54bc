"""Columns for DuckDB made of numpy arrays, without a Python object per row."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

# DuckDB keeps and compresses rows in groups of this many.
ROW_GROUP = 122_880


def read_columns(con: duckdb.DuckDBPyConnection) -> dict[str, NDArray[Any]]:
    """Return the waiting answer's columns; a column of numbers with gaps has NaN there, one of words has None."""
    table = con.to_arrow_table()
    return {name: table[name].to_numpy() for name in table.column_names}


def number_or_null(numbers: NDArray[np.float64]) -> pa.Array:
    """Return numbers with NULL where they are not numbers."""
    return pa.array(numbers, mask=np.isnan(numbers))


def words_at(words: NDArray[np.str_], positions: NDArray[np.int64]) -> pa.DictionaryArray:
    """Return the words at those positions."""
    return pa.DictionaryArray.from_arrays(pa.array(positions.astype(np.int32)), pa.array(words.tolist(), pa.string()))


def insert_rows(con: duckdb.DuckDBPyConnection, table_name: str, rows: pa.Table) -> None:
    """Insert rows into one of the contract's tables, whose columns they have in the same order.

    In one piece they would be read by one thread; in pieces every core takes some, and their order stays.
    """
    con.register("new_rows", pa.Table.from_batches(rows.to_batches(max_chunksize=ROW_GROUP), schema=rows.schema))
    con.execute(f"INSERT INTO {table_name} SELECT * FROM new_rows")  # noqa: S608
    con.unregister("new_rows")
