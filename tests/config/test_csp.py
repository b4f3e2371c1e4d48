"""Every answer carries the one content security policy, whatever kind of answer it is."""

import pytest
from django.test import Client
from django.test.utils import override_settings

from config.csp import POLICY

ANSWERS = [
    ("/admin/login/", 200),
    ("/admin/", 302),
    ("/no-such-page", 404),
    ("/static/admin/css/base.css", 200),
    ("/static/no-such-file.css", 404),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_policy_is_on_every_answer(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    response.getvalue()  # a file is closed when it was read

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]


@override_settings(SECURE_SSL_REDIRECT=True)
def test_policy_is_on_the_redirect_to_https(client: Client) -> None:
    response = client.get("/admin/login/")

    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://")
    assert response.headers["Content-Security-Policy"] == POLICY


def test_policy_is_on_a_refused_host(client: Client) -> None:
    response = client.get("/admin/login/", headers={"host": "evil.example.org"})

    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == POLICY


def test_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "http" not in POLICY
