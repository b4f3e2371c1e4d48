"""Statements that the ORM writes once, and that then run again with other values.

To write a statement takes the ORM several times as long as a database needs to find rows by their
keys, and the pages that are asked for most ask the same few statements for every reader.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class Slot(models.Value):
    """Stands for a value that is not known yet when the statement is written."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Prepared(Generic[M]):
    """A queryset of models that is written once for each database and number of values.

    `write` is given slots in place of the values, and returns a queryset that compares with them
    by `=` or `__in`. `select_related`, `defer`, annotations and slices hold; what
    `prefetch_related` names is not fetched.
    """

    def __init__(
        self,
        model: type[M],
        write: Callable[[Sequence[Slot]], models.QuerySet[M]],
        values: "models.Field[Any, Any] | None" = None,
    ) -> None:
        self.model, self.write = model, write
        self.values = values or models.BigIntegerField()
        self.written: dict[tuple[str, int], tuple[SQLCompiler, str, tuple[Any, ...]]] = {}

    def __call__(self, values: Sequence[Any]) -> list[M]:
        """Return the rows for the values, read where the router says."""
        if not values:
            return []
        using = self.model._base_manager.db  # type: ignore[attr-defined]
        known = self.written.get((using, len(values)))
        if known is None:
            known = self.written[using, len(values)] = self._written(using, len(values))
        compiler, sql, params = known
        # A copy for this thread: the statement is everybody's, a connection is not.
        compiler = copy.copy(compiler)
        compiler.connection = connections[using]
        filled = tuple(values[p.value] if isinstance(p, Slot) else p for p in params)
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)  # type: ignore[method-assign]
        return list(ModelIterable(_Asked(self.model, using, compiler)))  # type: ignore[arg-type]

    def _written(self, using: str, number: int) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        slots = [Slot(place, output_field=self.values) for place in range(number)]
        compiler = self.write(slots).using(using).query.get_compiler(using)
        sql, params = compiler.as_sql()
        return compiler, sql, tuple(params)


class _Asked:
    """What Django's reader of rows asks a queryset for."""

    _known_related_objects: dict[Any, Any] = {}  # Django's name, never written to

    def __init__(self, model: type[models.Model], db: str, compiler: SQLCompiler) -> None:
        self.model, self.db, self.query, self.compiler = model, db, self, compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler


def give(
    rows: Sequence[models.Model], name: str, related: Iterable[models.Model], key: str
) -> None:
    """Let each row have its part of the related rows, as if `prefetch_related` had fetched them.

    `key` is the column by which the related rows name theirs.
    """
    parts: dict[Any, list[models.Model]] = {}
    for one in related:
        parts.setdefault(getattr(one, key), []).append(one)
    for row in rows:
        row._prefetched_objects_cache = {  # type: ignore[attr-defined]
            **getattr(row, "_prefetched_objects_cache", {}),
            name: parts.get(row.pk, []),
        }
