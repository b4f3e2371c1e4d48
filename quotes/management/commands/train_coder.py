"""manage.py train_coder: the machine coder learns anew from what people coded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.machine_coder import MOST, Outcome, train
from quotes.models import Target


class Command(BaseCommand):
    help = "Train the machine coder on people's codings and suggest stances for uncoded quotes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--target", help="the address of one target; all when left out")
        parser.add_argument(
            "--most", type=int, default=MOST, help=f"quotes to suggest for; {MOST} by default"
        )

    def handle(self, *args: Any, target: str | None, most: int, **options: Any) -> None:
        targets = Target.objects.in_force().order_by("label", "pk")
        if target:
            targets = targets.filter(slug=target)
            if not targets:
                raise CommandError(f"There is no target “{target}”.")
        for row in targets:
            self.stdout.write(self.line(train(row, most=max(0, most))))

    def line(self, done: Outcome) -> str:
        name, figures = f"{done.target.slug}: {done.n_codings} quotes coded", done.learned.figures
        if figures is None:
            return f"{name}; silent: {done.learned.why_silent}"
        measured = (
            f"right on {figures['accuracy']:.1%} of quotes that it had not seen, the most frequent "
            f"value on {figures['majority']:.1%}"
        )
        if done.learned.why_silent:
            return f"{name}; silent: {done.learned.why_silent} ({measured})"
        return f"{name}; {measured}; {done.suggested} suggestions"
