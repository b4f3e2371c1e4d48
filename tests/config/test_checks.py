"""Settings that are unfit for readers stop the start, everywhere, and say how to mend them."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django.fixtures import Settings

from config import checks
from config.sqlite import ROLLBACK, WAL

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD_KEY = "good-" + "0123456789abcdef" * 4
GOOD = {
    "DEBUG": "false",
    "SECRET_KEY": GOOD_KEY,
    "ALLOWED_HOSTS": "quotes.example.org",
    "HTTPS_ONLY": "true",
    "DATABASE_URL": "sqlite:///:memory:",
}
MANAGE = ["manage.py", "migrate", "--plan"]
WEB_SERVER = ["-m", "gunicorn", "--check-config", "config.wsgi"]


def start(command: list[str], **changes: str) -> subprocess.CompletedProcess[str]:
    """Start a process with production's settings, some of them changed."""
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def ids(settings: Settings, **changes: object) -> list[str | None]:
    """Return the ids of the checks that fail with good settings, some of them changed."""
    settings.DEBUG = False
    settings.SECRET_KEY = GOOD_KEY
    settings.ALLOWED_HOSTS = ["quotes.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    for name, value in changes.items():
        setattr(settings, name, value)
    return [message.id for message in checks.production()]


def test_good_settings_pass(settings: Settings) -> None:
    assert ids(settings) == []


@pytest.mark.parametrize("key", ["short", "django-insecure-" + "0123456789" * 6, "ab" * 40])
def test_guessable_key_is_refused(settings: Settings, key: str) -> None:
    assert ids(settings, SECRET_KEY=key) == ["config.E001"]


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ([], ["config.E002"]),
        (["*"], ["config.E003"]),
        (["quotes.example.org", "*"], ["config.E003"]),
        ([".example.org"], []),
    ],
)
def test_unnamed_hosts_are_refused(
    settings: Settings, hosts: list[str], expected: list[str]
) -> None:
    assert ids(settings, ALLOWED_HOSTS=hosts) == expected


@pytest.mark.parametrize("host", ["quotes.example.org", "*", "192.0.2.7", "localhost.example.org"])
def test_debug_is_refused_where_others_reach_it(settings: Settings, host: str) -> None:
    assert ids(settings, DEBUG=True, ALLOWED_HOSTS=["localhost", host]) == ["config.E004"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2", "[::1]", "a.localhost"])
def test_debug_and_plain_http_pass_on_this_machine(settings: Settings, host: str) -> None:
    assert ids(settings, DEBUG=True, ALLOWED_HOSTS=[host], SECRET_KEY="short") == []
    assert ids(settings, ALLOWED_HOSTS=[host], SECURE_SSL_REDIRECT=False) == []


def test_plain_http_is_refused_where_others_reach_it(settings: Settings) -> None:
    assert ids(settings, SECURE_SSL_REDIRECT=False) == ["config.E005"]


@pytest.mark.parametrize(
    ("vendor", "journal", "expected"),
    [("sqlite", ROLLBACK, ["config.I001"]), ("sqlite", WAL, []), ("postgresql", ROLLBACK, [])],
)
def test_rollback_journal_is_told_where_it_is_used(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, vendor: str, journal: str, expected: list
) -> None:
    found = SimpleNamespace(vendor=vendor, Database=SimpleNamespace(sqlite_version="3.40.1"))
    monkeypatch.setattr(checks, "connection", found)
    settings.SQLITE_JOURNAL = journal

    assert [message.id for message in checks.sqlite_is_sound()] == expected


@pytest.mark.parametrize("command", [MANAGE, WEB_SERVER], ids=["manage.py", "gunicorn"])
def test_good_settings_start(command: list[str]) -> None:
    finished = start(command)

    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize(
    ("command", "changes", "mend"),
    [
        (MANAGE, {"SECRET_KEY": ""}, "Set it to at least 50 random characters"),
        (WEB_SERVER, {"SECRET_KEY": ""}, "Set it to at least 50 random characters"),
        (MANAGE, {"SECRET_KEY": "short"}, "Set SECRET_KEY to the output of"),
        (WEB_SERVER, {"SECRET_KEY": "short"}, "Set SECRET_KEY to the output of"),
        (WEB_SERVER, {"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the site's own names"),
        (WEB_SERVER, {"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the site's own names"),
        (WEB_SERVER, {"DEBUG": "true"}, "Set DEBUG=false for a site that others reach"),
        (MANAGE, {"DEBUG": "maybe"}, "DEBUG is 'maybe': set it to true or false."),
        (MANAGE, {"DATABASE_URL": "mysql://db/x"}, "only postgres:// and sqlite://"),
    ],
)
def test_bad_settings_do_not_start(command: list[str], changes: dict[str, str], mend: str) -> None:
    finished = start(command, **changes)

    assert finished.returncode != 0
    assert mend in finished.stdout + finished.stderr


def test_web_server_names_every_fault_at_once() -> None:
    finished = start(WEB_SERVER, SECRET_KEY="short", ALLOWED_HOSTS="*")

    assert [name for name in ("config.E001", "config.E003") if name not in finished.stderr] == []


def test_deployment_checks_are_clean_with_documented_settings() -> None:
    finished = start(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

    assert finished.returncode == 0, finished.stderr
