"""manage.py import_codings: codings from other programs, all of a file or none of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from quotes.exchange import Settings, apply, plan, read
from quotes.interchange.records import ImportRefusedError


def pairs(given: list[str]) -> dict[str, str]:
    """Read “theirs=ours” arguments."""
    found = dict(item.split("=", 1) for item in given if "=" in item)
    if len(found) != len(given):
        raise CommandError("Write each of these as name=name, and each name once.")
    return found


class Command(BaseCommand):
    help = "Read codings from CSV, JSON lines, REFI-QDA (.qdpx) or DNA 3 (.dna). Says first what."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the account that the history names")
        parser.add_argument("--why", default="", help="the reason in the history")
        parser.add_argument("--dry-run", action="store_true", help="say what would come, no more")
        parser.add_argument(
            "--create",
            action="store_true",
            help="add articles, candidates, targets and coders that are not there",
        )
        parser.add_argument(
            "--replace", action="store_true", help="change codings that have another value"
        )
        parser.add_argument(
            "--value", action="append", default=[], help="theirs=ours, as for=supports"
        )
        parser.add_argument(
            "--column", action="append", default=[], help="ours=theirs, as value=Stance"
        )
        parser.add_argument(
            "--dna",
            action="append",
            default=[],
            help="statement_type=..., actor=..., concept=..., qualifier=...",
        )

    def handle(self, *args: Any, file: Path, by: str, why: str, **options: Any) -> None:
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account “{by}”.")
        settings = Settings(
            values=pairs(options["value"]),
            columns=pairs(options["column"]),
            dna=pairs(options["dna"]),
            replace=options["replace"],
            create=options["create"],
        )
        try:
            found = plan(read(file.name, file.read_bytes(), settings), settings)
        except (ImportRefusedError, OSError) as error:
            raise CommandError(f"Nothing was imported: {error}") from error
        for what, count in found.counts.items():
            self.stdout.write(f"{what}: {count}")
        for note in found.project.notes:
            self.stdout.write(f"note: {note}")
        if found.faults:
            lines = "\n".join(f"  {fault}" for fault in found.faults)
            raise CommandError(f"Nothing was imported; {found.n_faults} faults:\n{lines}")
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
            return
        try:
            apply(found, by=user, why=why or f"Imported from {file.name}")
        except ImportRefusedError as error:
            raise CommandError(f"Nothing was imported: {error}") from error
        self.stdout.write("Imported.")
