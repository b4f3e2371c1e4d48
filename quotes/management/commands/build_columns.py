from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.search.columns import UnreadableError, build


class Command(BaseCommand):
    help = "Write the columns by which large collections are counted (docs/scaling.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = build("default")
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Built." if built else "Another process is building them.")
