"""A snapshot of the record into a folder, and a folder into one archive."""

import json
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict

from base.among import among
from people.models import Person, PersonRedirect
from quotes.dataset import about
from quotes.dataset.files import FileFacts, Files, facts
from quotes.dataset.rows import AFTER
from quotes.dataset.scope import Named
from quotes.dataset.tables import TABLES
from quotes.exports.columns import COLUMNS, Record, moment, stances
from quotes.exports.past import Past
from quotes.exports.state import as_of_now
from quotes.models import Quote, QuoteVersion, StanceCoding, Target

AT_ONCE = 1_000
# Forty columns of a million quotes: looked up once. Lists are written as one cell.
GETTERS = [column.get for column in COLUMNS]
LISTS = [(place, column.cell) for place, column in enumerate(COLUMNS) if column.cell]
# The first day that a zip archive can name.
NO_DAY = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20


@dataclass(frozen=True)
class Exported:
    """What was written: the snapshot, and every file of the folder."""

    snapshot: about.Snapshot
    files: tuple[str, ...]


def export(
    folder: Path, *, at: datetime | None = None, sqlite: bool = False, root: str = ""
) -> Exported:
    """Write the published record as of a moment (of the last change, when none is given).

    `folder` is made, or must be empty: FileExistsError. `root` is the site's address without a
    slash at its end. The same state at the same moment gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    at = at or as_of_now()
    names = [name for name in TABLES if name != "codings" or settings.PUBLISH_CODINGS]
    files, scope = Files(folder, names, sqlite=sqlite), Named()
    _write_quotes(files, scope, at, root)
    entries: list[Sequence[Any]] = []
    for name, rows in AFTER.items():
        for some in batches(rows(scope, at)):
            files.write(name, some)
            entries += some if name == "targets" else []
    tables, others = files.close()
    snapshot = about.Snapshot(settings.SITE_NAME, root, at, tables)
    texts = {
        "datapackage.json": about.descriptor(snapshot, others),
        "codebook.md": about.codebook(entries),
        "CITATION.cff": about.citation(snapshot),
        "TERMS.md": about.TERMS,
        "README.md": about.readme(snapshot, others),
    }
    for path, text in texts.items():
        (folder / path).write_bytes(text.encode())
    written = [*tables.values(), *others, *(facts(folder / path) for path in texts)]
    (folder / "SHA256SUMS").write_text(about.checksums(written), encoding="utf-8")
    return Exported(snapshot, tuple(sorted([*(row.path for row in written), "SHA256SUMS"])))


def batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield rows in lists of a useful size."""
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _write_quotes(files: Files, scope: Named, at: datetime, root: str) -> None:
    """Write the quotes and what belongs to each of them alone."""
    past = Past(QueryDict(), at)
    targets = dict(Target.history.as_of(at).values_list("id", "slug"))
    hidden = {
        *Person.objects.filter(protected=True).values_list("slug", flat=True),
        *PersonRedirect.objects.filter(person__protected=True).values_list("slug", flat=True),
    }
    for keys in batches(iter(_by_id(past.keys))):
        records = list(past.records(keys, root=root))
        here = {record.shown["id"] for record in records}
        scope.add(records)
        files.write("quotes", [_cells(record) for record in records])
        files.write("stances", [row for record in records for row in _stances(record)])
        files.write("notices", [row for record in records for row in _notices(record)])
        files.write("versions", _versions(keys, here, at, hidden))
        if "codings" in files.csv:
            coded = {(r.shown["id"], s["target"]) for r in records for s in r.shown["stances"]}
            files.write("codings", _codings(keys, coded, at, targets))


def _by_id(keys: Sequence[int]) -> "array[int]":
    """Return primary keys in the order of the public ids, eight bytes each.

    They are digits and capitals of one length, which every collation puts in one order.
    """
    wanted = bytearray(max(keys, default=0) + 1)
    for key in keys:
        wanted[key] = 1
    rows = Quote.objects.filter(public_id__isnull=False).order_by("public_id")
    found = rows.values_list("pk", flat=True).iterator(chunk_size=10_000)
    return array("q", (key for key in found if key < len(wanted) and wanted[key]))


def _cells(record: Record) -> list[Any]:
    values = [get(record) for get in GETTERS]
    for place, cell in LISTS:
        values[place] = cell(values[place])
    return values


def _stances(record: Record) -> Iterator[tuple[Any, ...]]:
    for row in sorted(stances(record), key=lambda row: row["target"]):
        names = ("target", "value", "number", "basis", "rationale", "codebook_version")
        yield (record.shown["id"], *(row[name] for name in names))


def _notices(record: Record) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(record.notices, 1):
        values = (row[name] for name in ("kind", "text", "dated", "url"))
        yield (record.shown["id"], number, *values)


def _versions(
    keys: Sequence[int], here: set[str], at: datetime, hidden: set[str]
) -> list[tuple[Any, ...]]:
    """Return the versions of some quotes; of one that names who is protected by now no reason."""
    rows = QuoteVersion.objects.filter(quote__in=among(keys), created_at__lte=at)
    columns = ["quote__public_id", "number", "created_at", "why", "hash", "previous_hash"]
    found = []
    for row in rows.values_list(*columns, *(["snapshot"] if hidden else [])).iterator():
        public_id, number, when, why, own, before = row[:6]
        if public_id not in here:
            continue
        if hidden and (json.loads(row[6])["speaker"] or {}).get("slug") in hidden:
            why = ""
        found.append((public_id, number, moment(when), why, own, before))
    return sorted(found)


def _codings(
    keys: Sequence[int], coded: set[tuple[str, str]], at: datetime, targets: dict[int, str]
) -> list[tuple[Any, ...]]:
    """Return the codings, as they were, of quotes on targets that they have a public stance on."""
    past = StanceCoding.history.as_of(at).filter(quote_id__in=among(keys))
    columns = ("quote__public_id", "target_id", "coder__slug", "coder__kind", "value")
    found = []
    for quote, target, *rest in past.values_list(*columns, "confidence", "codebook_version"):
        if (quote, targets.get(target, "")) in coded:
            found.append((quote, targets[target], *rest))
    return sorted(found)


def pack(folder: Path, names: Sequence[str], archive: Path) -> FileFacts:
    """Write files of a folder into one zip archive without a clock in it; return its facts."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            size = (folder / name).stat().st_size
            with (
                (folder / name).open("rb") as file,
                packed.open(entry, "w", force_zip64=size > PIECE << 10) as out,
            ):
                while piece := file.read(PIECE):
                    out.write(piece)
    return facts(archive)
