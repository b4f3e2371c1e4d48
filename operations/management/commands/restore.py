"""A backup into an empty database, compared with what its manifest says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.backup import BackupError, read_manifest
from operations.restore import restore


class Command(BaseCommand):
    help = (
        "Restore the backup in FOLDER into the database of these settings. Stop the site first; "
        "run `migrate` and `verify` afterwards."
    )
    # The database may be empty or of another version: nothing of it is asked beforehand.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="SQLite: put the present database aside under a name ending in .before-restore",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only see whether the backup is whole; change nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                manifest = read_manifest(options["folder"])
            else:
                manifest = restore(options["folder"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        done = "The backup is whole" if options["check"] else "Restored"
        self.stdout.write(
            f"{done}: {manifest.rows} rows in {len(manifest.tables)} tables, made {manifest.made}"
        )
