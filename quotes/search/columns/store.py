"""The columns of a process: the mapped files, and what has changed since they were written."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from quotes.changes import State, changed_quotes, state
from quotes.search.columns import files
from quotes.search.columns.conditions import Condition
from quotes.search.columns.part import Array, Part
from quotes.search.columns.read import UnreadableError, read_part
from quotes.search.columns.selection import Found, Selection
from quotes.search.columns.snapshot import snapshot

log = logging.getLogger(__name__)
# Quotes that may differ from the files. Past the first number they are written anew beside the
# requests; past the second SQL answers until that is done.
MANY_CHANGED, MOST_CHANGED = 2_000, 10_000
# States that are kept for requests whose snapshot is a little older than the newest.
KEPT_STATES = 4


@dataclass(frozen=True)
class Columns:
    """Every published quote, as one state of the database has them."""

    state: State
    base: Part
    dead: Array | None = None
    """The base's rows that have changed since: True for each."""
    changed: Part | None = None
    """The changed quotes as they are now."""
    named: dict[Any, dict[int, Any]] = field(default_factory=dict, compare=False)
    """What rows that counts name are called in this state, by model and key, once it was read."""

    def find(self, conditions: Mapping[str, Condition], ids: Array | None = None) -> Found:
        """Return the quotes that meet all conditions, of those with the keys `ids` if given.

        Each condition has the name of its filter, which counts can be told to ignore.
        """
        found = [Selection(self.base, conditions, ids, self.dead)]
        if self.changed is not None:
            found.append(Selection(self.changed, conditions, ids))
        return Found(found)

    def published_days(self) -> set[tuple[date, date]]:
        """Return the first and last day on which an article may have been published, each once.

        Articles of an open date are left out.
        """
        found: set[tuple[date, date]] = set()
        for part, dead in ((self.base, self.dead), (self.changed, None)):
            if part is not None:
                found |= part.published_days(dead)
        return found


class Store:
    """Holds the columns for the states that requests see. One for each process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.base: tuple[State, Part] | None = None
        self.states: OrderedDict[State, Columns] = OrderedDict()
        self.changed: set[int] = set()
        self.builder: threading.Thread | None = None

    def at(self, now: State, connection: BaseDatabaseWrapper) -> Columns | None:
        """Return the columns for the state that the connection's snapshot sees.

        None: there are none for it now; SQL must answer. What is needed for the next request is
        then under way.
        """
        with self.lock:
            if now in self.states:
                return self.states[now]
            if self.is_past(now):
                return None
            made = self._refreshed(now, connection)
            if made is None or len(self.changed) > MANY_CHANGED:
                if self._load_newer():
                    made = self._refreshed(now, connection)
                else:
                    self._build_beside(connection.alias)
            return made

    def is_past(self, now: State) -> bool:
        """Say whether a snapshot has been overtaken: a new one would find columns."""
        newest = self._newest()
        return newest is not None and newest.epoch == now.epoch and newest.seq > now.seq

    def _newest(self) -> State | None:
        if self.states:
            return next(reversed(self.states))
        return self.base[0] if self.base else None

    def _refreshed(self, now: State, connection: BaseDatabaseWrapper) -> Columns | None:
        if self.base is None:
            return None
        base = self.base[1]
        newest = self._newest() or now
        ids = changed_quotes(newest, now=now, most=MOST_CHANGED, using=connection.alias)
        if ids is None or len(self.changed | set(ids)) > MOST_CHANGED:
            return None
        self.changed |= set(ids)
        made = Columns(now, base)
        if self.changed:
            dead = np.zeros(len(base), dtype=bool)
            dead[base.rows(np.fromiter(self.changed, dtype=np.int64))] = True
            try:
                made = Columns(now, base, dead, read_part(connection, sorted(self.changed)))
            except UnreadableError:
                log.exception("Columns can't hold what changed; SQL answers.")
                return None
        self.states[now] = made
        while len(self.states) > KEPT_STATES:
            self.states.popitem(last=False)
        return made

    def _load_newer(self) -> bool:
        """Map the files if they are of another state than those that are mapped."""
        found = files.load(directory())
        if found is None or (self.base is not None and found[0] == self.base[0]):
            return False
        self.base, self.changed = found, set()
        self.states.clear()
        return True

    def _build_beside(self, alias: str) -> None:
        if self.builder is None or not self.builder.is_alive():
            self.builder = threading.Thread(target=self._build, args=[alias], daemon=True)
            self.builder.start()

    def _build(self, alias: str) -> None:
        try:
            if build(alias):
                with self.lock:
                    self._load_newer()
        except Exception:
            log.exception("The columns could not be built; SQL answers.")
        finally:
            connections[alias].close()


def directory() -> Path:
    return Path(settings.COLUMNS_DIR)


def build(using: str) -> bool:
    """Read all columns and write their files; False when another process is at it.

    Raises UnreadableError when the rows can't be held in columns.
    """
    connection = connections[using]
    with files.building(directory()) as held:
        if not held:
            return False
        with snapshot(connection):
            now = state(using)
            part = read_part(connection)
        files.save(directory(), now, part)
        return True
