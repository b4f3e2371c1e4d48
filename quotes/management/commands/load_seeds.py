"""Load the founding collection, or one of your own in the same format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quotes.collection import CollectionError, load_collection
from quotes.collection.load import load


class Command(BaseCommand):
    help = (
        "Load a collection of annotated documents (docs/data-format.md). Safe to run again: what "
        "an editor changed since is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "seeds",
            help="the collection's folder; the founding collection when left out",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            collection = load_collection(folder)
        except CollectionError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        report = load(collection)
        self.stdout.write(f"{collection.title}")
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if not report.changed:
            self.stdout.write("Nothing to do: everything is there already.")
