"""A verified copy of the whole record, made while the site runs."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.backup import BackupError, make, prune, read_manifest


def how_many(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"{text!r} is not a number of backups from 1 up")
    return int(text)


class Command(BaseCommand):
    help = (
        "Write a backup into a new folder below FOLDER: the data and a manifest with the rows and "
        "the SHA-256 of each table. The site may go on meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        parser.add_argument(
            "--keep",
            type=how_many,
            metavar="N",
            help="afterwards remove all but the newest N finished backups in FOLDER",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make(options["folder"])
            manifest = read_manifest(made)
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = (made / manifest.file).stat().st_size
        self.stdout.write(
            f"{made}\n{manifest.rows} rows in {len(manifest.tables)} tables, {size} bytes"
        )
        if options["keep"]:
            for path in prune(options["folder"], options["keep"]):
                self.stdout.write(f"removed {path}")
