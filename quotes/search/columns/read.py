"""Reads the columns of published quotes from either database, a million in seconds.

Each column comes as one long text of numbers that numpy parses: a tenth of the time that a million
rows of Python objects take. The aggregates of one statement see the rows in one order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from quotes.choices import DISPUTING, Status
from quotes.search.columns.part import (
    AFTER_ALL,
    BEFORE_ALL,
    NO_DAY,
    STANCE_WORDS,
    WORD_COLUMNS,
    Array,
    Part,
    assemble,
)

# Quotes (by their keys) read in one statement; PostgreSQL ends one that takes five seconds.
CHUNK = 100_000
# Quotes listed one by one in one statement; SQLite ends one of a million letters.
LISTED = 50_000
BETWEEN_WORDS = "\x1f"


class UnreadableError(Exception):
    """The rows can't be held in columns; SQL must answer."""


@dataclass(frozen=True)
class Dialect:
    """What differs between the databases: aggregates, and numbers made of dates."""

    numbers: str
    words: str
    day: str
    micros: str
    year: str


DIALECTS = {
    "sqlite": Dialect(
        numbers="group_concat({0}, ',')",
        words="group_concat({0}, char(31))",
        day="CAST(julianday({0}) - 2440587.5 AS INTEGER)",
        micros="strftime('%s', {0}) * 1000000 + CAST(substr({0}, 21, 6) AS INTEGER)",
        year="CAST(substr({0}, 1, 4) AS INTEGER)",
    ),
    "postgresql": Dialect(
        numbers="string_agg(({0})::text, ',')",
        words="string_agg({0}, chr(31))",
        day="({0} - DATE '1970-01-01')",
        micros="(extract(epoch FROM {0}) * 1000000)::bigint",
        year="extract(year FROM {0})::int",
    ),
}
# What the public does not see of a protected speaker.
ROLE = "CASE WHEN p.protected THEN '' ELSE q.speaker_role END"
WORDS = dict(zip(WORD_COLUMNS, ("q.kind", "q.channel", "a.language", ROLE, "q.basis"), strict=True))
FLAG = "CASE WHEN {0} THEN 1 ELSE 0 END"
BY_CODERS = (
    "EXISTS (SELECT 1 FROM quotes_stance s WHERE s.quote_id = q.id AND s.basis = 'disputed')"
)
BY_NOTICE = (
    "EXISTS (SELECT 1 FROM quotes_notice n WHERE n.quote_id = q.id AND n.undone_at IS NULL "
    f"AND n.kind IN ({', '.join(repr(kind.value) for kind in DISPUTING)}))"
)
QUOTES = """
FROM quotes_quote q JOIN quotes_article a ON a.id = q.article_id
LEFT JOIN people_person p ON p.id = q.speaker_id
WHERE q.status = '{status}' AND {which}
"""
# A body that someone spoke for, or that they held a role in at the time (querysets.held_then).
BODIES = """
FROM (
  SELECT q.id, q.on_behalf_of_id AS body FROM quotes_quote q
  WHERE q.status = '{status}' AND {which} AND q.on_behalf_of_id IS NOT NULL
  UNION ALL
  SELECT q.id, m.organization_id FROM quotes_quote q
  JOIN people_person p ON p.id = q.speaker_id JOIN people_membership m ON m.person_id = p.id
  WHERE q.status = '{status}' AND {which} AND NOT p.protected AND m.organization_id IS NOT NULL
  AND (m.start_earliest IS NULL OR m.start_earliest <= q.date_latest)
  AND (m.end_latest IS NULL OR m.end_latest >= q.date_earliest)
) held
"""
STANCES = """
FROM quotes_stance s JOIN quotes_quote q ON q.id = s.quote_id
WHERE q.status = '{status}' AND {which}
"""


def read_part(
    connection: BaseDatabaseWrapper,
    ids: list[int] | None = None,
    *,
    chunk: int = CHUNK,
    words: Collection[str] = WORD_COLUMNS,
) -> Part:
    """Return the published quotes of some keys, or all, as one part.

    `words` are the columns of words that are wanted; the others are left empty. Raises
    UnreadableError for keys above 2^31 and for words that hold the separator.
    """
    if ids is not None:
        # One statement at least: no keys make an empty part.
        starts = range(0, max(len(ids), 1), LISTED)
        which = [f"q.id IN ({_listed(ids[start : start + LISTED])})" for start in starts]
        return _part(connection, which, words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM quotes_quote")
        last = cursor.fetchone()[0]
    if last >= 2**31:
        raise UnreadableError("The keys of quotes need more than 32 bits.")
    which = [f"q.id > {start} AND q.id <= {start + chunk}" for start in range(0, last + 1, chunk)]
    return _part(connection, which, words)


def _listed(ids: list[int]) -> str:
    return ", ".join(str(int(key)) for key in ids) or "NULL"


def _part(connection: BaseDatabaseWrapper, which: list[str], words: Collection[str]) -> Part:
    pieces = [_columns(connection, one, words) for one in which]
    return assemble({name: _joined([piece[name] for piece in pieces]) for name in pieces[0]})


def _joined(pieces: list[Any]) -> Any:
    if isinstance(pieces[0], tuple):
        return tuple(_joined(list(column)) for column in zip(*pieces, strict=True))
    if isinstance(pieces[0], list):
        return [word for piece in pieces for word in piece]
    return np.concatenate(pieces)


def _columns(
    connection: BaseDatabaseWrapper, which: str, wanted: Collection[str]
) -> dict[str, Any]:
    dialect = DIALECTS[connection.vendor]
    numbers = _expressions(dialect)
    words = {name: WORDS[name] if name in wanted else "''" for name in WORD_COLUMNS}
    found = _select(connection, numbers, words, QUOTES, which)
    for name in ("", "published_"):
        found[f"{name}first"], found[f"{name}last"] = _range(
            found.pop(f"{name}earliest"), found.pop(f"{name}latest")
        )
    bodies = _select(connection, {"of": "id", "body": "body"}, {}, BODIES, which)
    stances = _select(
        connection,
        {"of": "s.quote_id", "target": "s.target_id"},
        {STANCE_WORDS: "s.value"},
        STANCES,
        which,
    )
    return found | {
        "body": (bodies["of"], bodies["body"]),
        "stance": (stances["of"], stances["target"], stances[STANCE_WORDS]),
    }


def _expressions(dialect: Dialect) -> dict[str, str]:
    def day(column: str) -> str:
        return f"COALESCE({dialect.day.format(column)}, {NO_DAY})"

    return {
        "id": "q.id",
        "day": day("q.date_earliest"),
        "earliest": day("q.date_earliest"),
        "latest": day("q.date_latest"),
        "published_earliest": day("a.published_earliest"),
        "published_latest": day("a.published_latest"),
        "year": f"COALESCE({dialect.year.format('q.date_earliest')}, 0)",
        "said": FLAG.format("q.said <> ''"),
        "added": dialect.micros.format("q.published_at"),
        "speaker": "CASE WHEN p.protected THEN 0 ELSE COALESCE(q.speaker_id, 0) END",
        "outlet": "COALESCE(a.outlet_id, 0)",
        "article": "q.article_id",
        "coders": FLAG.format(BY_CODERS),
        "notice": FLAG.format(BY_NOTICE),
    }


def _select(
    connection: BaseDatabaseWrapper,
    numbers: dict[str, str],
    words: dict[str, str],
    source: str,
    which: str,
) -> dict[str, Any]:
    """Return each expression's values over the rows of a source."""
    dialect = DIALECTS[connection.vendor]
    columns = [dialect.numbers.format(expression) for expression in numbers.values()]
    columns += [dialect.words.format(expression) for expression in words.values()]
    where = source.format(status=Status.PUBLISHED.value, which=which)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), {', '.join(columns)} {where}")
        count, *texts = cursor.fetchone()
    found: dict[str, Any] = {}
    for name, text in zip([*numbers, *words], texts, strict=True):
        if name in numbers:
            found[name] = to_numbers(text)
        else:
            found[name] = text.split(BETWEEN_WORDS) if count else []
        if len(found[name]) != count:
            raise UnreadableError(f"{name}: {len(found[name])} values for {count} rows")
    return found


def to_numbers(text: str | None) -> Array:
    """Return the numbers of a text in which commas stand between them."""
    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _range(earliest: Array, latest: Array) -> tuple[Array, Array]:
    """Return from which day to which a date may reach: an open end reaches to all days."""
    neither = (earliest == NO_DAY) & (latest == NO_DAY)
    first = np.where((earliest == NO_DAY) & ~neither, BEFORE_ALL, earliest)
    last = np.where((latest == NO_DAY) & ~neither, AFTER_ALL, latest)
    return first, last
