"""Snapshots made for readers: archives in DATA_DIR/datasets, each with a note beside it."""

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from people.models import Person
from quotes.choices import SEALED_REASONS
from quotes.dataset.about import SHORT
from quotes.dataset.export import Exported, pack
from quotes.exports.columns import moment
from quotes.models import Withdrawal


@dataclass(frozen=True)
class Made:
    """One archive: its name, its snapshot, what it holds."""

    file: str
    id: str
    as_of: str
    made: str
    bytes: int
    sha256: str
    quotes: int
    sqlite: bool

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.as_of)

    @property
    def closed(self) -> bool:
        """Whether something in it was closed to protect a person since it was made."""
        made = datetime.fromisoformat(self.made)
        sealed = Withdrawal.objects.filter(
            reason__in=SEALED_REASONS, lifted_at__isnull=True, withdrawn_at__gt=made
        )
        if sealed.exists():
            return True
        hidden = list(Person.objects.filter(protected=True).values_list("pk", flat=True))
        return Person.history.as_of(made).filter(id__in=hidden, protected=False).exists()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "datasets"


def keep(source: Path, exported: Exported) -> Made:
    """Pack an exported folder into an archive that the page of the dataset offers."""
    made = timezone.now()
    snapshot = exported.snapshot
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    name = f"dataset-{snapshot.day}-{snapshot.id[:SHORT]}.zip"
    # Under its name only once it is whole.
    with tempfile.TemporaryDirectory(dir=place) as half:
        archive = Path(half) / name
        file = pack(source, exported.files, archive)
        found = Made(
            file=name,
            id=snapshot.id,
            as_of=moment(snapshot.at),
            made=moment(made),
            bytes=file.bytes,
            sha256=file.sha256,
            quotes=snapshot.files["quotes"].rows,
            sqlite="dataset.sqlite" in exported.files,
        )
        note = Path(half) / f"{name}.json"
        note.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
        shutil.move(archive, place / name)
        shutil.move(note, place / note.name)
    return found


def listed() -> list[Made]:
    """Return the archives that were made, the newest state first."""
    notes = sorted(folder().glob("dataset-*.zip.json"))
    found = [Made(**json.loads(note.read_text(encoding="utf-8"))) for note in notes]
    here = [made for made in found if (folder() / made.file).is_file()]
    return sorted(here, key=lambda made: (made.as_of, made.made), reverse=True)
