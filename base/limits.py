"""How long the database may work at one statement of a page: QUERY_SECONDS, on either database.

PostgreSQL ends such a statement itself (statement_timeout). SQLite has no limit of its own: it asks
every million steps, some hundredths of a second, whether to go on. Files that are streamed have no
limit there, and neither have commands and what editors write.
"""

import contextvars
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER = "30"  # seconds: it is the question that is too large, so soon is no better
STEPS = 1_000_000
READING = ("GET", "HEAD")
# https://www.postgresql.org/docs/current/errcodes-appendix.html: query_canceled
CANCELLED = "57014"
limited: contextvars.ContextVar[bool] = contextvars.ContextVar("limited", default=False)
_end: contextvars.ContextVar[float] = contextvars.ContextVar("end", default=float("inf"))


def was_cut_off(error: BaseException | None) -> bool:
    """Say whether an error is a statement that took longer than it may."""
    if not isinstance(error, OperationalError):
        return False
    return str(error) == "interrupted" or getattr(error.__cause__, "pgcode", "") == CANCELLED


def limit_statements() -> None:
    """Let SQLite ask whether a statement has had its time."""
    connection_created.connect(_watch, dispatch_uid="base.limits")


def _watch(connection: Any, **kwargs: Any) -> None:
    if connection.vendor != "sqlite":
        return
    connection.connection.set_progress_handler(_is_over, STEPS)
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    seconds = settings.QUERY_SECONDS if limited.get() else 0
    _end.set(time.monotonic() + seconds if seconds else float("inf"))
    return execute(sql, params, many, context)


def _is_over() -> bool:
    return limited.get() and time.monotonic() > _end.get()


class QueryLimit:
    """Limit the statements of a page that is read; one that is cut off is a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = limited.set(request.method in READING)
        try:
            return self.get_response(request)
        finally:
            limited.reset(token)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not was_cut_off(error):
            return None
        response = render(request, "too_long.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
