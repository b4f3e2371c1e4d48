"""Public reads go to replicas of PostgreSQL, everything else to the primary (docs/scaling.md).

A request is answered by one database. Public is one that only reads, outside the admin, of a
reader who has not signed in and has sent nothing in the last seconds: writers see what they wrote.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connections,
)
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from config.limits import was_cut_off

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds
WROTE = "wrote"
READING = ("GET", "HEAD")
# The replica that answers the request of this thread; a file is read from it while it is sent.
_chosen: ContextVar[str | None] = ContextVar("replica", default=None)


class Router:
    """Sends the reads of a public request to the replica chosen for it."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return _chosen.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return None if db == DEFAULT_DB_ALIAS else False


@dataclass
class Mark:
    """Where the primary was in its log at a moment (of the monotonic clock)."""

    moment: float
    position: str


class Watch:
    """Knows which replicas answer and are no further behind than allowed; one for each process.

    A replica that has replayed a mark is known to be as fresh as the mark's moment. That also holds
    while nothing is written, and when its line to the primary is cut without its noticing.
    """

    def __init__(self, aliases: Sequence[str]) -> None:
        self.aliases = aliases
        self.fit: Sequence[str] = ()
        self.marks: dict[str, Mark] = {}
        self.fresh: dict[str, float] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look from a thread of its own: no request waits for a replica that is away."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except Exception:
                log.exception("Replicas could not be looked at; the primary answers.")
                self.fit = ()
            time.sleep(LOOK_EVERY)

    def look(self) -> None:
        """Ask each replica once how far it is. While the primary is away, those fit stay so."""
        now = time.monotonic()
        position = _ask(DEFAULT_DB_ALIAS, "SELECT pg_current_wal_lsn()::text")
        fit = []
        for alias in self.aliases:
            if position:
                self.marks.setdefault(alias, Mark(now, position))
            mark = self.marks.get(alias)
            passed = _ask(
                alias,
                "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn",
                mark.position if mark else "0/0",
            )
            if passed and mark:
                self.fresh[alias] = mark.moment
                del self.marks[alias]
            behind = now - self.fresh.get(alias, float("-inf"))
            if passed is not None and (
                behind <= settings.REPLICA_LAG_SECONDS if position else alias in self.fit
            ):
                fit.append(alias)
        for alias in {*fit} ^ {*self.fit}:
            log.warning("%s %s", alias, "answers" if alias in fit else "is away or behind")
        self.fit = tuple(fit)

    def leave_out(self, alias: str) -> None:
        """Use a replica no more until it has been looked at again."""
        self.fit = tuple(one for one in self.fit if one != alias)


def _ask(alias: str, query: str, *values: str) -> Any:
    """Return the one value of a query; None when the database does not answer."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]
    except (DatabaseError, InterfaceError):
        connections[alias].close()
        return None


class NotFromReplica(HttpResponse):
    """Stands for an answer that a replica could not give."""


class ReplicaMiddleware:
    """Chooses the database of a request; what a replica can't answer the primary is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.watch = Watch(list(settings.REPLICAS))
        self.remembered = settings.REPLICA_LAG_SECONDS + 2 * int(LOOK_EVERY)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.watch.start()
        fit = self.watch.fit if is_public(request) else ()
        alias = random.choice(fit) if fit else None  # noqa: S311  # spreads load, hides nothing
        _chosen.set(alias)
        response = self.get_response(request)
        if alias and isinstance(response, NotFromReplica):
            self.watch.leave_out(alias)
            _chosen.set(None)
            response = self.get_response(request)
        if not response.streaming:
            _chosen.set(None)
        if request.method not in READING:
            response.set_cookie(
                WROTE,
                "1",
                max_age=self.remembered,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A replica that went away, or broke off what its replay was in the way of.

        What took too long there would take too long anywhere.
        """
        if (
            _chosen.get()
            and isinstance(exception, OperationalError | InterfaceError)
            and not was_cut_off(exception)
        ):
            log.warning("%s failed: %s", _chosen.get(), type(exception.__cause__).__name__)
            return NotFromReplica(status=503)
        return None


def is_public(request: HttpRequest) -> bool:
    """Say whether a replica may answer."""
    return (
        request.method in READING
        and not {settings.SESSION_COOKIE_NAME, WROTE} & request.COOKIES.keys()
        and not request.path.startswith(reverse("admin:index"))
    )
