"""Writes the collection by each database's bulk path, without its triggers, then sets them anew.

What the steps would write beside a quote is written here too (span, search row, version, address),
by the same functions: `manage.py verify` finds no fault in the result. History rows are left out.
"""

import io
import json
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from multiprocessing import get_context
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from base.triggers import install, remove
from benchmarks.scale.collection import Collection, Row
from people.models import Organization, Person
from quotes.changes import everything_changed
from quotes.models import Article, Quote
from quotes.search.index import rebuild_vocabulary, search_words
from quotes.triggers import all_triggers
from quotes.versions import article_record, canonical_json, link_hash, public_pages

EDITOR = "generator"
Tables = dict[str, list[tuple[Any, ...]]]


class Table:
    """How rows of a model are written: given columns in one order, then the model's defaults."""

    def __init__(self, label: str, names: Iterable[str]) -> None:
        self.model: type[models.Model] = apps.get_model(label)
        self.names = tuple(names)
        given = set(self.names)
        rest = [
            field
            for field in self.model._meta.concrete_fields
            if field.column not in given and not (field.primary_key and "id" not in given)
        ]
        self.columns = (*self.names, *(field.column for field in rest))
        self.defaults = tuple(_default(field) for field in rest)

    def row(self, values: Row) -> tuple[Any, ...]:
        return (*(_plain(values[name]) for name in self.names), *self.defaults)


def _default(field: Any) -> Any:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    return field.get_db_prep_save(value, connection)


@cache
def table(label: str, *names: str) -> Table:
    return Table(label, names)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def fill(quotes: int, *, processes: int = 2, say: Any = print) -> None:
    """Fill an empty, migrated database."""
    started = time.perf_counter()
    collection = Collection(quotes)
    triggers = all_triggers(connection.vendor)
    remove(connection, triggers)
    with Writer() as writer:
        for label, dicts in _beginnings(collection):
            made = table(label, *dicts[0])
            writer.write(label, made.names, [made.row(values) for values in dicts])
        for tables in _made(quotes, collection, processes):
            for key, rows in tables.items():
                label, *names = key.split(" ")
                writer.write(label, tuple(names), rows)
    say(f"rows written: {time.perf_counter() - started:.0f} s")
    _finish()
    rebuild_vocabulary()
    install(connection, triggers)
    everything_changed()
    say(f"indexed: {time.perf_counter() - started:.0f} s")


def _beginnings(collection: Collection) -> Iterator[tuple[str, list[Row]]]:
    yield (
        "auth.User",
        [{"id": 1, "username": EDITOR, "password": "!", "date_joined": collection.made}],
    )
    yield "people.Person", collection.people
    yield "people.Organization", collection.organizations
    yield "people.Membership", collection.memberships
    yield "quotes.Outlet", collection.outlets
    yield "quotes.Target", collection.targets


_collection: Collection | None = None


def _begin(quotes: int) -> None:
    global _collection  # one for each process of the pool: it is large, and the same in all
    _collection = Collection(quotes)


def _piece(number: int) -> Tables:
    assert _collection is not None
    return rows_of(_collection, number)


def _made(quotes: int, collection: Collection, processes: int) -> Iterator[Tables]:
    seen: set[tuple[Any, ...]] = set()
    if processes < 2 or collection.size.pieces < 4:
        for number in collection.pieces():
            yield _unseen(rows_of(collection, number), seen)
        return
    with get_context("fork").Pool(processes, _begin, [quotes]) as pool:
        for tables in pool.imap(_piece, collection.pieces(), chunksize=2):
            yield _unseen(tables, seen)


def _unseen(tables: Tables, seen: set[tuple[Any, ...]]) -> Tables:
    """Keep an address that other pieces have written already out of this one."""
    for key, rows in tables.items():
        if key.startswith("quotes.PublishedAddress"):
            tables[key] = [row for row in rows if row not in seen]
            seen.update(row for row in tables[key] if row[0] in ("person", "organization"))
            seen.update(row for row in tables[key] if row[0] in ("outlet", "target"))
    return tables


def rows_of(collection: Collection, piece: int) -> Tables:
    """Return the rows of a piece, by "label column column ..."."""
    tables: Tables = {}
    addresses: dict[tuple[str, str], Row] = {}

    def add(label: str, values: Row) -> None:
        made = table(label, *values)
        tables.setdefault(" ".join((label, *values)), []).append(made.row(values))

    for article, said in collection.articles(piece):
        add("quotes.Article", article)
        for row in said:
            stances, end = row["stances"], row["end"]
            add("quotes.Quote", {k: v for k, v in row.items() if k not in ("stances", "end")})
            place = {"ordinal": 0, "start": row["start"], "end": end, "words": row["text"]}
            add("quotes.QuoteSpan", {"quote_id": row["id"], **place})
            for stance in stances:
                add("quotes.Stance", {"quote_id": row["id"], **stance})
            if row["status"] == "published":
                quote = _model(collection, article, row)
                add("quotes.SearchRow", {"quote_id": row["id"], **search_words(quote)})
                shown = _shown(collection, quote, place, stances)
                add("quotes.QuoteVersion", _version(quote, shown))
                for kind, key in public_pages(quote, shown):
                    addresses[kind, key] = {
                        "kind": kind,
                        "key": key,
                        "first_public_at": collection.made,
                    }
    for address in addresses.values():
        add("quotes.PublishedAddress", address)
    return tables


def _model(collection: Collection, article: Row, row: Row) -> Quote:
    """Return the quote with its relations, as the steps would have them; nothing is read."""
    quote = Quote(**{k: v for k, v in row.items() if k not in ("stances", "end")})
    quote.article = Article(**article)
    quote.article.outlet = apps.get_model("quotes.Outlet")(
        **collection.outlets[article["outlet_id"] - 1]
    )
    quote.speaker = Person(**collection.people[row["speaker_id"] - 1])
    if row["on_behalf_of_id"]:
        quote.on_behalf_of = Organization(**collection.organizations[row["on_behalf_of_id"] - 1])
    return quote


def _shown(collection: Collection, quote: Any, place: Row, stances: list[Row]) -> Row:
    """Return what `versions.snapshot` returns, which reads its parts from the database."""
    speaker, body = quote.speaker, quote.on_behalf_of
    hidden = speaker.protected
    return {
        "id": quote.public_id,
        "text": quote.text,
        "spans": [[place["start"], place["end"], place["words"]]],
        "prefix": "" if hidden else quote.prefix,
        "suffix": "" if hidden else quote.suffix,
        "speaker": {"name": speaker.public_name, "slug": "" if hidden else speaker.slug},
        "on_behalf_of": {"name": body.name, "slug": body.slug} if body else None,
        "speaker_text": "" if hidden else quote.speaker_text,
        "speaker_role": "" if hidden else quote.speaker_role,
        **{
            name: getattr(quote, name)
            for name in "kind cue basis note said said_basis said_note channel".split()
        },
        "utterance": None,
        "article": article_record(quote.article),
        "stances": [
            {
                "target": collection.targets[stance["target_id"] - 1]["slug"],
                "label": collection.targets[stance["target_id"] - 1]["label"],
                "value": stance["value"],
                "basis": stance["basis"],
                "rationale": "",
                "codebook_version": 1,
            }
            for stance in stances
        ],
    }


def _version(quote: Any, shown: Row) -> Row:
    text = canonical_json(shown)
    why, moment = "Published", quote.published_at
    return {
        "quote_id": quote.pk,
        "number": 1,
        "snapshot": text,
        "why": why,
        "by_name": EDITOR,
        "created_at": moment,
        "previous_hash": "",
        "hash": link_hash(quote.public_id, 1, text, why, EDITOR, moment, ""),
    }


class Writer:
    """Writes rows by executemany on SQLite, by COPY on PostgreSQL."""

    def __enter__(self) -> "Writer":
        self.cursor = connection.cursor()
        if connection.vendor == "sqlite":
            for pragma in ("synchronous=OFF", "journal_mode=MEMORY", "cache_size=-400000"):
                self.cursor.execute(f"PRAGMA {pragma}")
            self.cursor.execute("PRAGMA foreign_keys=OFF")
        else:
            self.cursor.execute("SET statement_timeout = 0")
            self.cursor.execute("SET session_replication_role = replica")
        self.cursor.execute("BEGIN")
        return self

    def __exit__(self, *failure: Any) -> None:
        self.cursor.execute("ROLLBACK" if failure[0] else "COMMIT")
        if connection.vendor == "sqlite":
            self.cursor.execute("PRAGMA journal_mode=WAL")
            self.cursor.execute("PRAGMA foreign_keys=ON")
        else:
            self.cursor.execute("SET session_replication_role = origin")

    def write(self, label: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        made = table(label, *names)
        columns = ", ".join(f'"{column}"' for column in made.columns)
        name = made.model._meta.db_table
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(made.columns))
            raw = self.cursor.cursor
            raw.connection.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', rows)
            return
        text = io.StringIO("".join(f"{_copied(row)}\n" for row in rows))
        self.cursor.copy_expert(f'COPY "{name}" ({columns}) FROM STDIN', text)


def _copied(row: tuple[Any, ...]) -> str:
    return "\t".join(
        "\\N"
        if value is None
        else str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        for value in row
    )


def _finish() -> None:
    """Build what the triggers would have kept, and tell the planner what there is."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO quotes_searchindex(quotes_searchindex) VALUES('rebuild')")
            cursor.execute("PRAGMA optimize=0x10002")
            cursor.execute("ANALYZE")
            return
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE")
