"""manage.py find_utterances: pairs of quotes that may report the same words. docs/utterances.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.utterances import MOST, suggest


class Command(BaseCommand):
    help = "Suggest which quotes of different articles report the same words; editors decide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most", type=int, default=MOST, help=f"pairs to suggest; {MOST} by default"
        )

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        done = suggest(most=max(0, most))
        self.stdout.write(
            f"{done.quotes} quotes compared, {done.suggested} pairs wait, {done.new} of them new"
        )
