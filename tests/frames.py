"""Small study tables for tests of the pure modules, in pandas and in Polars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl

from workbench.columns import Table

Rows = list[dict[str, Any]]


def table(declared: Table, rows: Rows) -> pd.DataFrame:
    """Build a study's table from the columns that matter, the rest being empty."""
    dtypes = {column.name: column.dtype for column in declared.columns}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def as_polars(frame: pd.DataFrame) -> pl.DataFrame:
    """Give the same rows as Polars has them."""
    kinds = {"Int64": pl.Int64, "int64": pl.Int64, "Float64": pl.Float64, "float64": pl.Float64, "boolean": pl.Boolean}
    schema = {name: kinds.get(str(dtype), _other(str(dtype))) for name, dtype in frame.dtypes.items()}
    rows = [[None if pd.isna(value) else value for value in row] for row in frame.itertuples(index=False)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _other(dtype: str) -> Any:
    if not dtype.startswith("datetime64"):
        return pl.String
    return pl.Datetime("us", "UTC" if "UTC" in dtype else None)


KINDS: dict[str, Callable[[pd.DataFrame], Any]] = {"pandas": lambda frame: frame, "polars": as_polars}


def rows(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Read any frame's rows, missing values as None."""
    read = nw.from_native(frame, eager_only=True)
    chosen = read.select(*(columns or read.columns))
    return [tuple(None if pd.isna(value) else value for value in row) for row in chosen.rows()]
