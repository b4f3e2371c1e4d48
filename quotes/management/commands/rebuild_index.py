"""The search rows anew, or a look at whether they need it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.search import index_rows_wrong, rebuild


class Command(BaseCommand):
    help = "Write every published quote's search row anew, in one transaction."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; name what is out of date and exit 1 if anything is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{rebuild()} search rows written")
            return
        wrong = index_rows_wrong()
        for line in wrong[:20]:
            self.stdout.write(line)
        self.stdout.write(f"{len(wrong)} search rows wrong")
        if wrong:
            sys.exit(1)
