"""manage.py export_dataset: the published record as a Data Package. docs/dataset.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from base.parameters import Fault
from quotes.dataset.export import export
from quotes.dataset.made import keep
from quotes.exports.past import read_moment


class Command(BaseCommand):
    help = "Write everything published as a Frictionless Data Package into an empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or empty folder")
        parser.add_argument("--as-of", help="a moment in UTC: 2026-11-22T07:30:00Z")
        parser.add_argument("--sqlite", action="store_true", help="also as one SQLite file")
        parser.add_argument("--offer", action="store_true", help="and as an archive on /data")
        parser.add_argument("--address", default="", help="the site's: https://record.example")

    def handle(self, *args: Any, folder: Path, as_of: str | None, **options: Any) -> None:
        at = read_moment([as_of]) if as_of else None
        if isinstance(at, Fault):
            raise CommandError(f"--as-of: {at.message}")
        try:
            done = export(
                folder,
                at=at,
                sqlite=options["sqlite"],
                root=options["address"].rstrip("/"),
            )
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}") from error
        for row in done.snapshot.files.values():
            self.stdout.write(f"{row.path}: {row.rows} rows, {row.bytes} bytes")
        self.stdout.write(f"Snapshot {done.snapshot.id} as of {done.snapshot.at.isoformat()}")
        if options["offer"]:
            self.stdout.write(f"Offered as {keep(folder, done).file}")
