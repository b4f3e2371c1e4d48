"""The database the suite believes it runs on is the one it runs on."""

import os

import pytest
from django.db import connection

import manage


@pytest.mark.django_db
def test_database_is_the_one_of_the_environment() -> None:
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if on_postgres else "SELECT sqlite_version()")
        (version,) = cursor.fetchone()

    assert connection.vendor == ("postgresql" if on_postgres else "sqlite")
    assert version.startswith("PostgreSQL") == on_postgres


@pytest.mark.parametrize("command", ["shell", "runserver"])
def test_only_what_serves_pages_limits_its_statements(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUERY_SECONDS", "5")
    monkeypatch.setattr("sys.argv", ["manage.py", command])
    monkeypatch.setattr("django.core.management.execute_from_command_line", lambda words: None)

    manage.main()

    assert os.environ["QUERY_SECONDS"] == {"shell": "0", "runserver": "5"}[command]
