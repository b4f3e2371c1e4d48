"""For the day that an authenticator and its recovery codes are lost."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from staff import factor
from staff.audit import record


class Command(BaseCommand):
    help = "Take the second factor from an account; its next sign-in sets up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the account's user name")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['name']!r}.")
        if not factor.remove(user):
            raise CommandError(f"{user.get_username()} has no second factor.")
        record("second factor removed", user=user)
        self.stdout.write(f"{user.get_username()} sets up a new one at the next sign-in.")
