"""manage.py export_codings: codings for other programs. docs/interchange.md."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.exchange import FORMATS, record_as_project, write
from quotes.interchange.records import ImportRefusedError
from quotes.interchange.xml import NotWritableError
from quotes.models import Target


class Command(BaseCommand):
    help = "Write codings as CSV, JSON lines, a matrix for R or a REFI-QDA project."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to write; - for the terminal")
        parser.add_argument("--format", choices=FORMATS, default="long")
        parser.add_argument("--target", help="the address of one target; all when left out")
        parser.add_argument(
            "--published", action="store_true", help="leave out quotes that readers can't see"
        )

    def handle(self, *args: Any, file: Path, target: str | None, **options: Any) -> None:
        row = Target.objects.filter(slug=target).first() if target else None
        if target and row is None:
            raise CommandError(f"There is no target “{target}”.")
        project = record_as_project(target=row, published=options["published"])
        try:
            data = write(project, options["format"])
        except (ImportRefusedError, NotWritableError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
        if str(file) == "-":
            sys.stdout.buffer.write(data)
        else:
            file.write_bytes(data)
            self.stdout.write(f"{len(project.codings)} codings to {file}")
