"""The log: one line an event, each with the id of the request it belongs to.

In production a line is a JSON object, so that no text in it can begin a line of its own and a
collector needs no pattern; in development it is words.
"""

import contextvars
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from base.clients import client_address
from config.counters import count

REQUESTS, QUERIES = logging.getLogger("requests"), logging.getLogger("queries")
# Asked for every few seconds by whoever watches; the log is for what happens.
QUIET = ("/healthz", "/static/")
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")


class WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "log": record.name,
            "request": getattr(record, "request_id", "-"),
        }
        # What a caller hands over as facts stays facts; the words would only say them again.
        line |= getattr(record, "facts", None) or {"message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


class RequestLog:
    """Give each request an id, answer with it, and write one line when the answer is ready."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Never the client's own: it would be written into our log as it came.
        token = request_id.set(uuid.uuid4().hex[:16])
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            if not request.path.startswith(QUIET):
                seconds = time.perf_counter() - start
                count(response.status_code, seconds)
                self._write(request, response.status_code, seconds)
            return response
        finally:
            request_id.reset(token)

    def _write(self, request: HttpRequest, status: int, seconds: float) -> None:
        facts = {
            "method": request.method,
            "path": request.path,
            "status": status,
            "milliseconds": round(1000 * seconds, 1),
            "address": client_address(request),
        }
        REQUESTS.info("%s %s %s %.0f ms", *list(facts.values())[:4], extra={"facts": facts})


def watch_queries() -> None:
    """Let each database connection report the statements that take longer than SLOW_QUERY_MS."""
    connection_created.connect(_watch, dispatch_uid="config.logs")


def _watch(connection: Any, **kwargs: Any) -> None:
    if settings.SLOW_QUERY_MS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    with _slow(sql):
        return execute(sql, params, many, context)


@contextmanager
def _slow(sql: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        milliseconds = 1000 * (time.perf_counter() - start)
        if milliseconds >= settings.SLOW_QUERY_MS:
            # The statement without its values, which may be anybody's words.
            facts = {"milliseconds": round(milliseconds, 1), "statement": sql[:2000]}
            QUERIES.warning("%.0f ms: %s", milliseconds, sql[:500], extra={"facts": facts})
