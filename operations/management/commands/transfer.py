"""From SQLite to PostgreSQL, proved row by row."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.backup import BackupError
from operations.restore import transfer


class Command(BaseCommand):
    help = (
        "Copy every row of a SQLite file into the PostgreSQL of DATABASE_URL, which must be "
        "migrated and empty. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = transfer(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{rows} rows copied; every table is the same in both.")
