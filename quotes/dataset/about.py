"""What a snapshot says of itself: descriptor, codebook, citation, terms and README, as text."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quotes.choices import VALUES_BY_KIND, StanceValue
from quotes.dataset.files import FileFacts
from quotes.dataset.tables import TABLES
from quotes.exports.columns import moment

# https://datapackage.org/standard/data-package/, version 2.0
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SHORT = 12
TERMS = """# Terms

Each part has terms of its own.

- **The words of quotes, and headlines, bylines and context** (`text`, `spans`, `prefix`, `suffix`,
  `headline`, `byline`) are their speakers', authors' and publishers'. They are here as excerpts, so
  that the record can be checked against its sources; the whole text of no article is here. Quote
  them under the terms of their publisher, and name the article they come from.
- **Attribution, dates, stances, codings, codebook and all other columns** are the collection's own
  work. Name the dataset with the snapshot's id, as CITATION.cff has it.
- **The code of the site** is under the MIT licence. That licence does not cover the data.
- **People.** The dataset names people for what they said in public. Who is protected appears by
  role; don't try to find out who that is. Before you publish from an old snapshot, ask the site for
  what was corrected or withdrawn since.
"""


@dataclass(frozen=True)
class Snapshot:
    """A state of the record: whose, of what moment, and what its files hold."""

    name: str
    address: str
    at: datetime
    files: Mapping[str, FileFacts]
    """By table."""

    @property
    def id(self) -> str:
        """The hash of the contents: the SHA-256 of the tables' checksums, in the files' order."""
        return snapshot_id(self.files.values())

    @property
    def day(self) -> str:
        return self.at.astimezone(UTC).date().isoformat()


def snapshot_id(files: Iterable[FileFacts]) -> str:
    """Return the SHA-256 of the checksum list of the tables, sorted by path, as hex."""
    return hashlib.sha256(checksums(files).encode()).hexdigest()


def checksums(files: Iterable[FileFacts]) -> str:
    """Return what `sha256sum -c` reads."""
    return "".join(f"{row.sha256}  {row.path}\n" for row in sorted(files, key=lambda f: f.path))


def descriptor(snapshot: Snapshot, others: Sequence[FileFacts]) -> str:
    """Return datapackage.json."""
    data: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "on-the-record",
        "id": f"sha256:{snapshot.id}",
        "title": f"{snapshot.name}: quotes, attribution and stances",
        "description": "Who said what in the news, and which side they took. Terms: TERMS.md.",
        "version": snapshot.id[:SHORT],
        "created": moment(snapshot.at),
        **({"homepage": snapshot.address} if snapshot.address else {}),
        "contributors": [{"title": snapshot.name, "roles": ["publisher"]}],
        "resources": [
            {
                "name": name,
                "title": TABLES[name].title,
                "path": file.path,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": file.bytes,
                "hash": f"sha256:{file.sha256}",
                "rows": file.rows,
                "schema": TABLES[name].schema(),
            }
            for name, file in snapshot.files.items()
        ],
        "otherFiles": [
            {"path": row.path, "bytes": row.bytes, "hash": f"sha256:{row.sha256}"} for row in others
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def citation(snapshot: Snapshot) -> str:
    """Return CITATION.cff (https://citation-file-format.github.io/, 1.2.0)."""
    values = {
        "cff-version": "1.2.0",
        "message": "Please cite this dataset with the id of the snapshot.",
        "type": "dataset",
        "title": f"{snapshot.name}: quotes, attribution and stances",
        "version": snapshot.id[:SHORT],
        "date-released": snapshot.day,
        **({"url": snapshot.address} if snapshot.address else {}),
    }
    # A JSON string is a YAML string too.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    name = json.dumps(snapshot.name, ensure_ascii=False)
    lines += ["authors:", f"  - name: {name}", "identifiers:", "  - type: other"]
    lines += [f'    value: "sha256:{snapshot.id}"', '    description: "Snapshot"', ""]
    return "\n".join(lines)


def codebook(targets: Iterable[Sequence[Any]]) -> str:
    """Return the codebook as Markdown, from the rows of the table of targets."""
    parts = ["# Codebook\n"]
    names = [field.name for field in TABLES["targets"].fields]
    for row in targets:
        entry = dict(zip(names, row, strict=True))
        parts.append(f"## {entry['label']}\n\n`{entry['id']}`, {entry['kind']}")
        parts[-1] += f", version {entry['version']} of the entry.\n"
        for name, label in ENTRY:
            if entry[name]:
                parts.append(f"**{label}.** {entry[name]}\n")
        own = json.loads(entry["value_definitions"])
        values = [
            f"- `{value}` {StanceValue(value).label}"
            + (f": {own[value]}" if own.get(value) else "")
            for value in VALUES_BY_KIND[entry["kind"]]
        ]
        parts.append("\n".join(values) + "\n")
    return "\n".join(parts)


ENTRY = (
    ("proposition", "Proposition"),
    ("brief_definition", "In short"),
    ("full_definition", "In full"),
    ("when_to_use", "When to use"),
    ("when_not_to_use", "When not to use"),
)


def readme(snapshot: Snapshot, others: Sequence[FileFacts]) -> str:
    """Return README.md of the folder."""
    rows = [
        f"| `{file.path}` | {file.rows} | {TABLES[name].title} |"
        for name, file in snapshot.files.items()
    ]
    sqlite = "`dataset.sqlite` holds the same tables in one file.\n" if others else ""
    listed = "\n".join(rows)
    return f"""# {snapshot.name}: the dataset

Snapshot `{snapshot.id[:SHORT]}`: the published record as of {moment(snapshot.at)}.

| File | Rows | Holds |
| --- | --- | --- |
{listed}

{sqlite}`datapackage.json` is a Frictionless Data Package (https://datapackage.org): every
column with its type, what it holds and what it refers to. `codebook.md` says what each stance
means. `SHA256SUMS` is checked with `sha256sum -c SHA256SUMS`. `TERMS.md` says what may be done
with which part, `CITATION.cff` how to cite it.

CSV is RFC 4180 in UTF-8, every character as recorded: open it with a program, not by a double
click in a spreadsheet, which would run a cell that begins with `=`. Lists within a cell are
separated by `|`; the separate tables hold the same by rows.

The id is the SHA-256 of the checksums of the tables, so two snapshots with the same id hold the
same bytes. A later export as of the same moment gives the same files, but for what has been
closed since to protect a person.
"""
