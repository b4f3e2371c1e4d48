"""Who may open and who may send each page of the admin: every route has a row here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from quotes.models import Article, Quote
from tests import factories
from tests.forms import client
from tests.quotes.admin_rows import everything

pytestmark = pytest.mark.django_db

# v viewer, c coder, e editor, a admin.
ALL, EDIT, ADMIN, NOBODY = "vcea", "ea", "a", ""
# Who may view, add, change and delete; the rows are used, so what is used can't be deleted.
MODELS = {
    "auth_group": (ADMIN, NOBODY, NOBODY, NOBODY),
    "auth_user": (ADMIN, ADMIN, ADMIN, NOBODY),
    "people_membership": (ALL, EDIT, EDIT, EDIT),
    "people_organization": (ALL, EDIT, EDIT, NOBODY),
    "people_person": (ALL, EDIT, EDIT, NOBODY),
    "people_personname": (ALL, EDIT, EDIT, EDIT),
    "people_personmerge": (ALL, NOBODY, NOBODY, NOBODY),
    "people_personredirect": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_article": (ALL, NOBODY, EDIT, NOBODY),
    # An import speaks for other coders.
    "quotes_codingimport": (ADMIN, NOBODY, NOBODY, NOBODY),
    "quotes_coder": (ALL, ADMIN, ADMIN, NOBODY),
    "quotes_codingtask": (EDIT, EDIT, NOBODY, NOBODY),
    # For superusers only; the screens show what an editor needs of them.
    "quotes_assignment": (NOBODY, NOBODY, NOBODY, NOBODY),
    "quotes_reviewaction": (NOBODY, NOBODY, NOBODY, NOBODY),
    "quotes_nearduplicate": (NOBODY, NOBODY, NOBODY, NOBODY),
    "quotes_notice": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_outlet": (ALL, EDIT, EDIT, NOBODY),
    "quotes_publishedaddress": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_quote": (ALL, EDIT, EDIT, NOBODY),
    "quotes_quoteredirect": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_quotespan": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_quotesplit": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_quoteversion": (ALL, NOBODY, NOBODY, NOBODY),
    # A reader's words and address are the editors' alone.
    "quotes_report": (EDIT, NOBODY, NOBODY, NOBODY),
    "quotes_responsibility": (ALL, "cea", "cea", "cea"),
    "quotes_stance": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_stancecoding": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_stancesuggestion": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_training": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_suggestion": (NOBODY, NOBODY, NOBODY, NOBODY),
    "quotes_target": (ALL, EDIT, EDIT, NOBODY),
    "quotes_targetmove": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_targetrelation": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_utterance": (ALL, EDIT, EDIT, NOBODY),
    "quotes_utterancesuggestion": (ALL, NOBODY, NOBODY, NOBODY),
    "quotes_withdrawal": (ALL, NOBODY, NOBODY, NOBODY),
}
# Who may GET and who may POST.
OWN = {
    "quotes_quote_step:accept": (EDIT, EDIT),
    "quotes_quote_step:publish": (EDIT, EDIT),
    "quotes_quote_step:reject": (EDIT, EDIT),
    "quotes_quote_step:reopen": (EDIT, EDIT),
    "quotes_quote_step:withdraw": (EDIT, EDIT),
    "quotes_quote_step:restore": (ADMIN, ADMIN),
    "quotes_quote_step:reply": (EDIT, EDIT),
    "quotes_quote_step:take-back": (ADMIN, ADMIN),
    "quotes_quote_step:unlist": (EDIT, EDIT),
    "quotes_quote_step:relist": (EDIT, EDIT),
    "quotes_quote_step:merge": (EDIT, EDIT),
    "quotes_quote_step:unmerge": (ADMIN, ADMIN),
    "quotes_quote_step:split": (EDIT, EDIT),
    "quotes_quote_step:unsplit": (ADMIN, ADMIN),
    "people_person_merge": (EDIT, EDIT),
    "people_personmerge_undo": (ADMIN, ADMIN),
    "quotes_report_decide": (EDIT, EDIT),
    "quotes_article_text": (EDIT, EDIT),
    "quotes_quote_stances": (ALL, ALL),
    "quotes_quote_stance": ("cea", "cea"),
    "quotes_quote_untag": (EDIT, EDIT),
    "quotes_stance_queue": (EDIT, EDIT),
    "quotes_stance_adjudicate": (EDIT, EDIT),
    "quotes_codingimport_export": (EDIT, EDIT),
    "quotes_codingimport_import": (ADMIN, ADMIN),
    "quotes_codingimport_preview": (ADMIN, ADMIN),
    "quotes_target_step:merge": (EDIT, EDIT),
    "quotes_target_step:split": (EDIT, EDIT),
    "quotes_target_step:relate": (EDIT, EDIT),
    "quotes_targetmove_undo": (ADMIN, ADMIN),
    "quotes_utterancesuggestion_decide": (EDIT, EDIT),
    "quotes_targetrelation_undo": (ADMIN, ADMIN),
    # Rounds of coding; each coder reaches the own ones only (tests/quotes/test_coding_blind.py).
    "quotes_codingtask_mine": ("cea", "cea"),
    "quotes_codingtask_code": ("cea", "cea"),
    "quotes_codingtask_make": (EDIT, EDIT),
    "quotes_codingtask_close": (EDIT, EDIT),
    "quotes_codingtask_gold": (EDIT, EDIT),
    "quotes_quote_bulk:accept": (EDIT, EDIT),
    "quotes_quote_bulk:publish": (EDIT, EDIT),
    "quotes_quote_bulk:reject": (EDIT, EDIT),
    # Upload, queue and review screen.
    "quotes_article_intake": (EDIT, EDIT),
    "quotes_article_queue": (EDIT, EDIT),
    "quotes_article_assign": (NOBODY, EDIT),
    "quotes_article_review": (EDIT, EDIT),
    "quotes_article_names": (EDIT, EDIT),
    "quotes_article_machine": (ALL, ALL),
    "auth_user_password_change": (ADMIN, ADMIN),
    "index": (ALL, ALL),
    "app_list:quotes": (ALL, ALL),
    "app_list:people": (ALL, ALL),
    "password_change": (ALL, ALL),
    "password_change_done": (ALL, NOBODY),
    "jsi18n": (ALL, NOBODY),
    # By what is asked for; see the tests of autocomplete in test_admin_lists.py.
    "autocomplete": (NOBODY, NOBODY),
    "login": (ALL, ALL),
    "logout": (NOBODY, ALL),
}
GROUPS = {"v": "viewer", "c": "coder", "e": "editor", "a": "admin"}


def rows() -> dict[str, tuple[str, str]]:
    """Return who may GET and POST each route, by its name and what stands after a colon."""
    found = dict(OWN)
    for name, (view, add, change, delete) in MODELS.items():
        found |= {
            f"{name}_changelist": (view, view),
            f"{name}_add": (add, add),
            f"{name}_change": (view, change),
            f"{name}_history": (view, view),
            f"{name}_delete": (delete, delete),
        }
    return found


def routes(patterns: list[Any] | None = None) -> Iterator[str]:
    for found in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(found, URLResolver):
            yield from routes(found.url_patterns)
        elif isinstance(found, URLPattern) and found.name:
            yield found.name


def arguments() -> dict[str, list[Any]]:
    """Make a row of every kind; return what the address of each route takes."""
    rows_by_name = everything()
    found = {
        f"{name}_{page}": [row.pk]
        for name, row in rows_by_name.items()
        for page in ("change", "history", "delete")
    }
    quote, target = rows_by_name["quotes_quote"], rows_by_name["quotes_target"]
    return found | {
        "quotes_quote_step": [quote.pk],
        "people_person_merge": [rows_by_name["people_person"].pk],
        "people_personmerge_undo": [rows_by_name["people_personmerge"].pk],
        "quotes_article_text": [rows_by_name["quotes_article"].pk],
        "quotes_report_decide": [rows_by_name["quotes_report"].pk],
        "quotes_quote_stances": [quote.pk],
        "quotes_quote_stance": [quote.pk, target.pk],
        "quotes_quote_untag": [quote.pk, target.pk],
        "quotes_article_assign": [quote.article_id],
        "quotes_article_review": [quote.article_id],
        **{
            f"quotes_codingtask_{page}": [rows_by_name["quotes_codingtask"].pk]
            for page in ("code", "close", "gold")
        },
        "quotes_stance_adjudicate": [rows_by_name["quotes_stance"].pk],
        "quotes_codingimport_preview": [rows_by_name["quotes_codingimport"].pk],
        "quotes_target_step": [target.pk],
        "quotes_targetmove_undo": [rows_by_name["quotes_targetmove"].pk],
        "quotes_targetrelation_undo": [rows_by_name["quotes_targetrelation"].pk],
        "quotes_utterancesuggestion_decide": [rows_by_name["quotes_utterancesuggestion"].pk],
        "auth_user_password_change": [rows_by_name["auth_user"].pk],
    }


def addresses() -> dict[str, str]:
    taken = arguments()
    found = {}
    for row in rows():
        name, _, rest = row.partition(":")
        found[row] = reverse(
            f"admin:{name}", args=[*taken.get(name, []), *([rest] if rest else [])]
        )
    return found


def may(response: Any) -> bool:
    """Say whether the answer let the person in; an error is no answer."""
    assert response.status_code in (200, 302, 403, 404, 405), response.status_code
    to_login = response.status_code == 302 and "/admin/login/" in response["Location"]
    return response.status_code not in (403, 405) and not to_login


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {row.partition(":")[0] for row in rows()} == set(routes())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("letter", list(GROUPS))
def test_each_group_reaches_what_its_row_says(letter: str, method: str) -> None:
    wrong = {}
    person = factories.user(GROUPS[letter], password="a long password 1")
    for row, address in addresses().items():
        allowed = letter in rows()[row][method == "post"]
        if may(getattr(client(person), method)(address)) != allowed:
            wrong[row] = allowed

    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("kind", ["anonymous", "reader", "inactive"])
def test_nobody_else_gets_past_the_login(kind: str, method: str) -> None:
    browser = Client()
    if kind != "anonymous":
        browser.force_login(
            factories.user("admin", is_staff=kind != "reader", is_active=kind != "inactive")
        )
    let_in = {row for row, address in addresses().items() if may(getattr(browser, method)(address))}

    # Leaving and the login page itself are open to everybody.
    assert let_in <= {"login", "logout"}


def test_forbidden_posts_change_nothing() -> None:
    where = addresses()
    before = Quote.objects.order_by("pk").values(), Article.objects.values()
    kept = [list(rows) for rows in before]
    fields = {"reason": "x", "note": "x", "value": "supports", "post": "yes", "headline": "x"}

    for letter in ("v", "c"):
        browser = client(factories.user(GROUPS[letter]))
        for row, (_, allowed) in rows().items():
            if letter not in allowed:
                browser.post(where[row], fields)

    assert [
        list(rows) for rows in (Quote.objects.order_by("pk").values(), Article.objects.values())
    ] == kept


@pytest.mark.parametrize(
    ("status", "deletes"),
    [
        ("candidate", EDIT),
        ("rejected", EDIT),
        ("accepted", NOBODY),
        ("published", NOBODY),
        ("withdrawn", NOBODY),
    ],
)
@pytest.mark.parametrize("letter", list(GROUPS))
def test_who_deletes_a_quote_in_each_status(letter: str, status: str, deletes: str) -> None:
    quote = factories.quote(status=status)
    browser = client(factories.user(GROUPS[letter]))

    response = browser.post(
        reverse("admin:quotes_quote_delete", args=[quote.pk]), {"post": "yes", "reason": "x"}
    )

    assert may(response) == (letter in deletes)
    assert Quote.objects.filter(pk=quote.pk).exists() == (letter not in deletes)


def test_pages_of_the_admin_are_not_cached() -> None:
    browser = client(factories.user("editor"))
    quote = factories.quote()

    for name in ("change", "history"):
        response = browser.get(reverse(f"admin:quotes_quote_{name}", args=[quote.pk]))
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
    response = browser.get(reverse("admin:quotes_quote_step", args=[quote.pk, "withdraw"]))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["step", "stance", "untag"])
def test_unsafe_pages_need_the_forms_token(name: str) -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(factories.user("editor"))
    arguments = {"step": ["withdraw"]}.get(name, [target.pk])

    response = browser.post(
        reverse(f"admin:quotes_quote_{name}", args=[quote.pk, *arguments]), {"reason": "error"}
    )

    assert response.status_code == 403
