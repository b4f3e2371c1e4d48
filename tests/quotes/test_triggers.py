"""The triggers outlive migrations, and their absence is noticed."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from base import triggers
from quotes.models import QuoteVersion
from quotes.triggers import all_triggers
from tests import factories


def missing() -> list[str]:
    return triggers.missing(connection, all_triggers(connection.vendor))


@pytest.mark.django_db
def test_migrated_database_has_every_trigger() -> None:
    assert missing() == []


@pytest.mark.django_db
def test_missing_names_a_trigger_that_was_dropped_or_changed() -> None:
    dropped = all_triggers(connection.vendor)[0]
    changed = triggers.Refusal(
        "version_stays_update", "quotes_quoteversion", "UPDATE", "(1 = 2)", "x"
    )

    triggers.remove(connection, [dropped])
    triggers.install(connection, [changed])

    assert missing() == [dropped.name, "version_stays_update"]


@pytest.mark.django_db(transaction=True)
def test_triggers_survive_a_migration_that_rebuilds_the_table() -> None:
    try:
        call_command("migrate", "quotes", "0001", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)

    assert missing() == []
    assert factories.quote().text == factories.WORDS


@pytest.mark.django_db(transaction=True)
def test_triggers_lost_with_a_rebuilt_table_are_noticed_and_mended() -> None:
    field = QuoteVersion._meta.get_field("why")
    longer = field.clone()
    longer.max_length = 600
    longer.set_attributes_from_name("why")
    longer.model = QuoteVersion
    with connection.schema_editor() as editor:
        editor.alter_field(QuoteVersion, field, longer)
    # PostgreSQL keeps the triggers of a table that it alters.
    lost = {"sqlite": {"version_stays_update", "version_stays_delete"}, "postgresql": set()}
    assert set(missing()) == lost[connection.vendor]

    call_command("migrate", verbosity=0)

    assert missing() == []


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db
def test_groups_are_made_with_their_permissions() -> None:
    from django.contrib.auth.models import Group

    granted: dict[str, set[Any]] = {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }

    assert set(granted) == {"viewer", "coder", "editor", "admin"}
    assert granted["viewer"] < granted["coder"] < granted["editor"] < granted["admin"]
    assert {name for name in granted["viewer"] if not name.startswith("view_")} == set()
    assert "change_user" not in granted["editor"]
