"""For every test: no network, static files without a build, a clean database afterwards."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.test.utils import override_settings

from quotes.views import keeping
from tests import sockets

# Fixtures for every test that starts real processes.
from tests.sites import site, sites  # noqa: F401

HERE = Path(__file__).parent
# Their modules import no Django (tests/architecture.py), so no database can change what they do.
PLAIN = ("agreement", "analysis", "citations", "extraction", "interchange", "learning", "parsing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that touch no data."""
    for item in items:
        if item.path.relative_to(HERE).parts[0] in PLAIN:
            assert "db" not in item.fixturenames, f"{item.nodeid} is not plain"  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.plain)


@pytest.fixture(scope="session", autouse=True)
def local_sockets_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        sockets.block(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_without_collecting() -> Iterator[None]:
    """Serve static files from their sources; tests/config/test_static.py tries the real way."""
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(
        STORAGES=storages, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no answer of other tests: rolled-back changes take their numbers again.

    tests/quotes/test_analysis_keeping.py turns the keeping on.
    """
    monkeypatch.setattr(keeping, "SLOW", float("inf"))
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def flush_past_append_only() -> Iterator[None]:
    """Let the flush after a transactional test empty the append-only tables too.

    The groups, which a migration makes, come back with it: the next test expects them.
    """
    from quotes.triggers import suspended  # models are loaded by now

    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    names = [
        "0003_groups.create",
        "0004_withdrawal_permissions.grant",
        "0011_editors_of_addresses.create",
        "0041_coding_groups.create",
        "0055_responsibility.create",
    ]
    pairs = [name.split(".") for name in names]
    steps = [getattr(import_module(f"quotes.migrations.{file}"), step) for file, step in pairs]

    def flush_with_triggers_suspended(case: Any) -> None:
        with suspended():
            flush(case)
        for step in steps:
            step(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_triggers_suspended)
        yield
