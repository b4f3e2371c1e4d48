"""A way in for development: an editor whose password is new at each start."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

USERNAME = "editor"
# Marks the account as made here, so that a real person's account of that name is never reset.
MARK = "editor@development.invalid"


class Command(BaseCommand):
    help = "Make or reset the development editor and print its password. Needs DEBUG=true."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--address", default="http://127.0.0.1:8000", help="where the site will answer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "development_login works only with DEBUG=true. "
                "For a real account use: manage.py createsuperuser"
            )
        password = reset_editor()
        self.stdout.write(
            f"\n  The site:  {options['address']}/\n"
            f"  Editing:   {options['address']}/admin/\n"
            f"  Login:     {USERNAME}\n"
            f"  Password:  {password}   (until the next start)\n"
        )


def reset_editor() -> str:
    """Give the development editor a new password and its group; return the password.

    Refuses when an account of that name exists that was not made here.
    """
    editor, _created = User.objects.get_or_create(username=USERNAME, defaults={"email": MARK})
    if editor.email != MARK:
        raise CommandError(
            f"There is an account {USERNAME!r} that was not made for development. "
            "Rename it, or use another DATA_DIR or DATABASE_URL for development."
        )
    group = Group.objects.filter(name="editor").first()
    if group is None:
        raise CommandError("There is no group 'editor': run manage.py migrate first.")
    password = secrets.token_urlsafe(12)
    editor.set_password(password)
    editor.is_staff = True
    editor.is_active = True
    editor.save()
    editor.groups.set([group])
    return password
