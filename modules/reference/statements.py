"""Queries that are built once: for a few rows, building its SQL is most of what a query costs.

A statement is a queryset with slots where values will stand. It is compiled when it is first run;
afterwards only the values are put in and the rows read. Worth it for what nearly every request
asks; everything else stays an ordinary queryset.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import Expression, Field, Model, QuerySet


class Slot(Expression):
    """The place of a value in a statement; `field` knows how the database keeps such values."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Statement[M: Model]:
    """The queryset that `build` makes of slots, for all values that they may have.

    It gives whole objects, with what `select_related` and `annotate` bring along, and cannot
    prefetch. A value is never None: nothing equals that in a database.
    """

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self.build = build

    @cached_property
    def compiled(self) -> tuple[QuerySet[M], Any, str, tuple[Any, ...]]:
        """The queryset, its compiler, which knows what stands in which column, and its SQL."""
        queryset = self.build()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return queryset, compiler, sql, tuple(params)

    def run(self, **values: Any) -> list[M]:
        """The rows for these values; one query."""
        queryset, compiler, sql, params = self.compiled
        connection = connections[queryset.db]
        filled = tuple(
            param.filled(values, connection) if isinstance(param, Slot) else param
            for param in params
        )
        ready = copy(compiler)  # threads have connections of their own
        ready.connection = connection
        ready.as_sql = lambda: (sql, filled)
        query: Any = SimpleNamespace(get_compiler=lambda using: ready)
        return list(QuerySet(queryset.model, query, queryset.db))

    def first(self, **values: Any) -> M | None:
        """The first row, None without one. Let the queryset take no more than it needs."""
        return next(iter(self.run(**values)), None)
