"""Articles, outlets, the codebook and what the steps write, in the admin."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from base.history import save_as
from config.sections import SECTIONS
from people.models import Person
from quotes.models import Article, Coder, Outlet, QuoteVersion, Stance, Target, Utterance
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def address(row: Any, name: str = "change") -> str:
    return reverse(f"admin:quotes_{row._meta.model_name}_{name}", args=[row.pk])


def opened(browser: Client, row: Any) -> dict[str, Any]:
    return form_with(browser.get(address(row)), "reason", "base_revision")


# --- Articles -----------------------------------------------------------------------------------


def test_article_text_is_no_field_and_stays_as_it_is(editor: Client) -> None:
    body = " A line\n\nwith  spaces \n" + factories.BODY
    article = factories.article(body)
    data = opened(editor, article)
    assert not {"body", "sha256", "boilerplate", "source_file", "public_id"} & set(data)

    editor.post(
        address(article),
        {**data, "body": "Other\r\n", "sha256": "0" * 64, "headline": "New", "reason": "x"},
    )

    article.refresh_from_db()
    assert (article.headline, article.body) == ("New", body)


def test_saving_what_an_article_page_shows_changes_nothing(editor: Client) -> None:
    article = factories.article(
        byline="A. Reporter", url="https://example.org/a?b=c", retrieved="2009-01-02"
    )
    before = Article.objects.values().get(pk=article.pk)

    response = editor.post(address(article), {**opened(editor, article), "reason": "x"})

    assert response.status_code == 302
    assert Article.objects.values().get(pk=article.pk) == before
    assert article.history.count() == 1


def test_headline_reaches_the_published_quotes(editor: Client) -> None:
    quote = factories.quote()
    data = opened(editor, quote.article)

    editor.post(address(quote.article), {**data, "headline": "Corrected", "reason": "A slip"})

    second = quote.versions.get(number=2)
    assert '"headline":"Corrected"' in second.snapshot
    assert (second.why, second.by_name) == ("A slip", "ada")
    assert "corrected" in quote.search_row.around_words


def test_stale_article_shows_both_and_loses_neither(editor: Client) -> None:
    article = factories.article(headline="First")
    mine = opened(editor, article)
    other = Article.objects.get(pk=article.pk)
    other.headline, other.byline = "Theirs", "B. Reporter"
    save_as(other, by=factories.user(username="bob"), why="Bob’s reason")

    response = editor.post(address(article), {**mine, "headline": "Mine", "reason": "x"})

    [conflict] = response.context["conflicts"]
    assert [(r.label, r.before, r.theirs, r.yours, r.taken_over) for r in conflict.rows] == [
        ("Headline", "First", "Theirs", "Mine", False),
        ("Byline", "", "B. Reporter", "", True),
    ]
    content = response.content.decode()
    assert "bob saved it" in content
    assert "<q>Bob’s reason</q>" in content
    editor.post(address(article), form_with(response, "reason", "base_revision"))
    article.refresh_from_db()
    assert (article.headline, article.byline) == ("Mine", "B. Reporter")


def test_article_page_marks_every_quote_and_lists_it(editor: Client) -> None:
    article = factories.article("One two three four five")
    outer = factories.quote("two three four", article=article)
    inner = factories.quote("three", article=article, status="candidate")

    response = editor.get(address(article))

    assert response.context["quotes"] == [outer, inner]
    assert (
        f'One <mark class="otr-published" id="q{outer.pk}">two </mark>'
        f'<mark class="otr-published" id="q{inner.pk}">three</mark>'
        '<mark class="otr-published"> four</mark> five</div>' in response.content.decode()
    )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("url", "javascript:alert(1)", "Enter a valid URL"),
        ("published", "2008-13", "is not a date this record can hold"),
        ("published", "2008-12-08/2008-12-01", "ends before it begins"),
        ("date_basis", "", "Say whether the date is printed, or inferred and from what"),
        ("outlet", "abc", "Select a valid choice"),
        ("headline", "a\x00b", "Null characters are not allowed"),
        ("retrieved", "9" * 400, "Enter a valid date"),
    ],
)
def test_bad_values_of_an_article_are_named(
    editor: Client, field: str, value: str, message: str
) -> None:
    article = factories.article()

    response = editor.post(
        address(article), {**opened(editor, article), "reason": "x", field: value}
    )

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Article.objects.get(pk=article.pk).revision == 1


def test_articles_are_not_added_here_nor_deleted(editor: Client) -> None:
    article = factories.article()
    superuser = client(factories.user("admin", is_superuser=True))

    assert superuser.get(reverse("admin:quotes_article_add")).status_code == 403
    assert superuser.post(address(article, "delete"), {"reason": "x"}).status_code == 403


# --- Outlets, targets, utterances ---------------------------------------------------------------


def test_new_outlet_needs_no_address_of_its_own(editor: Client) -> None:
    add = reverse("admin:quotes_outlet_add")
    data = form_with(editor.get(add), "name", "reason")

    editor.post(add, {**data, "name": "The Gazette", "url": "example.org", "reason": "Printed"})

    outlet = Outlet.objects.get()
    assert (outlet.slug, outlet.url) == ("the-gazette", "https://example.org")


@pytest.mark.parametrize("kind", ["outlet", "target"])
def test_new_name_reaches_the_published_quotes(editor: Client, kind: str) -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    row, name = {
        "outlet": (quote.article.outlet, "name"),
        "target": (target, "label"),
    }[kind]

    editor.post(address(row), {**opened(editor, row), name: "Renamed", "reason": "Its own name"})

    last = quote.versions.order_by("number").last()
    assert last is not None
    assert (last.number, last.why) == (3, "Its own name")
    assert '"Renamed"' in last.snapshot


def test_utterance_is_changed_without_a_new_version(editor: Client) -> None:
    utterance = Utterance.objects.create(title="A speech")
    quote = factories.quote(utterance=utterance)

    editor.post(
        address(utterance), {**opened(editor, utterance), "title": "The speech", "reason": "x"}
    )

    assert Utterance.objects.get().title == "The speech"
    assert quote.versions.count() == 1


def test_kind_of_a_coded_target_stays(editor: Client) -> None:
    target = factories.target()
    assert "kind" in opened(editor, target)
    factories.stance(factories.quote(), target, "supports")

    editor.post(
        address(target),
        {**opened(editor, target), "kind": "claim", "example": "E", "reason": "x"}
        | {"entry_change": "wording"},
    )

    target.refresh_from_db()
    assert (target.kind, target.example) == ("subject", "E")


def test_claim_needs_its_proposition(editor: Client) -> None:
    response = editor.post(
        reverse("admin:quotes_target_add"),
        {"label": "A claim", "slug": "a-claim", "kind": "claim", "reason": "x"},
    )

    assert "A claim needs the proposition that it is about." in response.content.decode()
    assert not Target.objects.exists()


# --- What the steps write -----------------------------------------------------------------------


def test_version_is_shown_as_it_stood_and_never_changed() -> None:
    quote = factories.quote()
    version = QuoteVersion.objects.get()
    superuser = client(factories.user("admin", is_superuser=True))

    content = superuser.get(address(version)).content.decode()

    assert f"&quot;id&quot;: &quot;{quote.public_id}&quot;" in content
    assert superuser.post(address(version), {"why": "x"}).status_code == 403
    assert superuser.post(address(version, "delete"), {"post": "yes"}).status_code == 403


def test_every_model_is_registered_and_nothing_is_edited_in_a_list() -> None:
    from django.apps import apps  # models are loaded by now

    ours = {
        model
        for label in ("people", "quotes")
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "history_id") and not model.__name__.startswith("Historical")
    }
    registered = {model for model in admin.site._registry if model._meta.app_label != "auth"}

    # What the site derives for its own use, and what the coding screen shows in its own way.
    derived = {"ArticleShingle", "Change", "ChangeCounter", "SearchRow", "SearchWord"}
    elsewhere = derived | {"CodingAction", "CodingAssignment", "GoldAnswer", "TrainingAnswer"}
    assert {model.__name__ for model in ours - registered} == elsewhere
    for model_admin in admin.site._registry.values():
        assert model_admin.list_editable == ()
        assert model_admin.show_full_result_count is False


def test_relations_are_chosen_by_search_and_never_from_a_list_of_all() -> None:
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label == "auth" or not model_admin.form.base_fields.get("reason"):
            continue
        for field in model._meta.fields:
            if field.is_relation and field.editable:
                assert field.name in model_admin.autocomplete_fields, (model, field.name)


# --- Accounts, coders, the first page -----------------------------------------------------------


def test_admin_makes_no_superuser_and_touches_none() -> None:
    browser = client(factories.user("admin"))
    boss = factories.user("admin", is_superuser=True)
    other = factories.user("coder")
    where = reverse("admin:auth_user_change", args=[other.pk])
    data = form_with(browser.get(where), "username")

    browser.post(
        where, {**data, "is_superuser": "on", "user_permissions": ["1"], "first_name": "Jo"}
    )

    other.refresh_from_db()
    assert (other.first_name, other.is_superuser, other.user_permissions.count()) == (
        "Jo",
        False,
        0,
    )
    where = reverse("admin:auth_user_change", args=[boss.pk])
    assert browser.post(where, {"username": "taken"}).status_code == 403
    where = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert browser.post(where, {"password1": "x", "password2": "x"}).status_code == 403
    assert User.objects.get(pk=boss.pk).username == boss.username


def test_coder_is_described_by_admins_only(editor: Client) -> None:
    coder = factories.coder()
    browser = client(factories.user("admin"))
    data = form_with(browser.get(address(coder)), "name", "slug")

    browser.post(address(coder), {**data, "note": "Trained in 2008"})

    assert Coder.objects.get().note == "Trained in 2008"
    assert editor.post(address(coder), {**data, "note": "x"}).status_code == 403


def test_first_page_counts_what_waits(editor: Client) -> None:
    factories.quote(status="candidate")
    factories.quote(status="accepted")
    factories.quote(status="accepted")
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    factories.stance(quote, target, "criticises")

    content = editor.get(reverse("admin:index")).content.decode()

    assert "<strong>1</strong> candidates to review" in content
    assert "<strong>2</strong> accepted, not yet published" in content
    assert "<strong>1</strong> disputed stances" in content
    assert Stance.objects.get().basis == "disputed"
    assert editor.get("/admin/quotes/quote/?status__exact=candidate").status_code == 200
    assert editor.get("/admin/quotes/stance/?basis__exact=disputed").status_code == 200


def test_first_page_lists_everything_once_by_kind_of_work(editor: Client) -> None:
    response = editor.get(reverse("admin:index"))
    sections = {app["name"]: app["models"] for app in response.context["app_list"]}
    listed = [model["object_name"] for models in sections.values() for model in models]

    assert [model["object_name"] for model in sections["People and organisations"]] == [
        "Person",
        "Organization",
        "Membership",
        "PersonName",
    ]
    assert len(listed) == len(set(listed))
    by_app = editor.get(reverse("admin:app_list", args=["quotes"])).context["app_list"]
    assert {model["object_name"] for model in by_app[0]["models"]} < set(listed)
    known = {model._meta.label_lower for model in admin.site._registry}
    assert {name for _title, names in SECTIONS for name in names} <= known


def test_first_page_leads_to_what_the_user_may_begin(editor: Client) -> None:
    page = editor.get(reverse("admin:index")).content.decode()
    for address in ("intake", "machine"):
        assert f'href="{reverse(f"admin:quotes_article_{address}")}"' in page

    page = client(factories.user("viewer")).get(reverse("admin:index")).content.decode()
    assert "How good is the machine?" in page
    assert "Add an article" not in page


def test_renaming_somebody_unquoted_writes_no_version(editor: Client) -> None:
    factories.quote()
    person: Person = factories.person()
    where = reverse("admin:people_person_change", args=[person.pk])

    editor.post(where, {**form_with(editor.get(where), "reason"), "name": "New", "reason": "x"})

    assert Person.objects.get(pk=person.pk).name == "New"
    assert QuoteVersion.objects.count() == 1
