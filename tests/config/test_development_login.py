"""The development login exists only in development and never touches a real account."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def printed_password() -> str:
    out = StringIO()
    call_command("development_login", address="http://127.0.0.1:8001", stdout=out)
    text = out.getvalue()
    assert "http://127.0.0.1:8001/admin/" in text
    assert "Login:     editor" in text
    return text.partition("Password:")[2].split()[0]


def test_login_is_refused_outside_development() -> None:
    with pytest.raises(CommandError, match="works only with DEBUG=true"):
        call_command("development_login")

    assert not User.objects.exists()


def test_login_is_an_editor_with_a_new_password_each_time(settings: Settings) -> None:
    settings.DEBUG = True

    first = printed_password()
    second = printed_password()

    editor = User.objects.get()
    assert editor.is_staff
    assert not editor.is_superuser
    assert [group.name for group in editor.groups.all()] == ["editor"]
    assert editor.check_password(second)
    assert not editor.check_password(first)


def test_login_leaves_a_real_account_alone(settings: Settings) -> None:
    settings.DEBUG = True
    User.objects.create_user("editor", "someone@example.org", "a password of their own")

    with pytest.raises(CommandError, match="not made for development"):
        call_command("development_login")

    assert User.objects.get(username="editor").check_password("a password of their own")


def test_login_names_the_mend_without_groups(settings: Settings) -> None:
    settings.DEBUG = True
    Group.objects.all().delete()

    with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
        call_command("development_login")
