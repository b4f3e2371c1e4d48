"""The browser tests' own instruments, on the one page that is always there: the login."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Faults

INLINE_STYLE = """
document.head.appendChild(
  Object.assign(document.createElement("style"), {textContent: "body {color: red}"}))
"""
INLINE_SCRIPT = """
document.body.appendChild(
  Object.assign(document.createElement("script"), {textContent: "window.ran = true"}))
"""


def test_login_page_is_accessible_in_light_and_dark(
    live_server: LiveServer, page: Page, axe: Callable[..., list[str]]
) -> None:
    page.goto(f"{live_server.url}/admin/login/")

    assert page.get_by_label("Username").is_visible()
    assert axe(page) == []


def test_axe_sees_a_planted_fault(
    live_server: LiveServer, page: Page, axe: Callable[..., list[str]]
) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.evaluate("document.forms[0].appendChild(document.createElement('img')).src = 'data:,'")

    found = axe(page)

    assert [line.rpartition(":")[0] for line in found] == [
        "light: image-alt (critical)",
        "dark: image-alt (critical)",
    ]


def test_policy_reports_are_seen_on_every_page(
    live_server: LiveServer, page: Page, faults: Faults
) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.evaluate(INLINE_STYLE)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/")
    page.evaluate(INLINE_SCRIPT)
    page.wait_for_timeout(200)

    assert page.evaluate("window.ran") is None
    assert faults.policy == [
        "style-src-elem inline on /admin/login/",
        "script-src-elem inline on /admin/login/",
    ]
    assert len(faults.console) == 2
    faults.clear()


def test_script_errors_are_seen(live_server: LiveServer, page: Page, faults: Faults) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.evaluate("setTimeout(() => { throw new Error('planted'); })")
    page.wait_for_timeout(200)

    assert [line for line in faults.console if "planted" in line]
    faults.clear()


def test_another_machine_is_out_of_reach(
    live_server: LiveServer, page: Page, faults: Faults
) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.evaluate("fetch('http://quotes.example.org/').catch(() => { window.refused = true; })")
    page.wait_for_function("window.refused === true")

    assert faults.policy == ["connect-src http://quotes.example.org/ on /admin/login/"]
    faults.clear()


def test_an_error_page_asked_for_is_not_a_fault(live_server: LiveServer, page: Page) -> None:
    response = page.goto(f"{live_server.url}/no-such-page")

    assert response is not None
    assert response.status == 404


@pytest.mark.parametrize("time", ["before a flush", "after a flush"])
def test_rows_of_migrations_are_there(live_server: LiveServer, time: str) -> None:
    assert Group.objects.filter(name="editor").exists()
