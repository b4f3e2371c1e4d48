"""The database the suite believes it runs on is the one it runs on."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_database_is_the_one_of_the_environment() -> None:
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if on_postgres else "SELECT sqlite_version()")
        (version,) = cursor.fetchone()

    assert connection.vendor == ("postgresql" if on_postgres else "sqlite")
    assert version.startswith("PostgreSQL") == on_postgres
