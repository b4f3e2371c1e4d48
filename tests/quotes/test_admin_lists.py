"""Every list of the admin: the same few queries at any length, a clear answer to any address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from people.models import Person
from quotes.models import Article, Quote, Stance
from tests import factories
from tests.forms import client
from tests.quotes.admin_rows import everything

pytestmark = pytest.mark.django_db


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


# Who is asking costs two, the list's count and rows two, the dates to go by two more.
QUERIES = {
    "auth.group": 4,
    "auth.user": 5,  # and the groups
    "people.membership": 6,
    "people.organization": 4,
    "people.person": 4,
    "people.personname": 4,
    "people.personmerge": 6,
    "people.personredirect": 6,
    "quotes.article": 7,  # and the languages
    "quotes.assignment": 6,
    "quotes.coder": 4,
    "quotes.codingimport": 6,
    "quotes.codingtask": 6,
    "quotes.nearduplicate": 6,
    "quotes.notice": 6,
    "quotes.outlet": 4,
    "quotes.publishedaddress": 6,
    "quotes.quote": 7,  # and the stances
    "quotes.quoteredirect": 6,
    "quotes.quotespan": 4,
    "quotes.quotesplit": 6,
    "quotes.quoteversion": 6,
    "quotes.report": 6,
    "quotes.responsibility": 4,
    "quotes.reviewaction": 6,
    "quotes.stance": 6,
    "quotes.stancecoding": 6,
    "quotes.stancesuggestion": 4,
    "quotes.training": 6,
    "quotes.suggestion": 5,  # and the kinds
    "quotes.target": 4,
    "quotes.targetmove": 6,
    "quotes.targetrelation": 6,
    "quotes.utterance": 4,
    "quotes.utterancesuggestion": 4,
    "quotes.withdrawal": 6,
}


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda m: m._meta.label_lower)
def test_list_takes_the_same_queries_at_one_row_and_at_three(
    model: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    browser = client(factories.user("admin", is_superuser=True))
    everything()
    browser.get(list_of(model))
    with django_assert_num_queries(QUERIES[model._meta.label_lower]):
        assert browser.get(list_of(model)).status_code == 200
    everything()
    everything()
    with django_assert_num_queries(QUERIES[model._meta.label_lower]):
        response = browser.get(list_of(model))

    assert response.context["cl"].result_count >= 3
    assert QUERIES[model._meta.label_lower] <= 15


QUERY_STRINGS = [
    {"q": "x" * 60_000},
    {"q": "% _ \\ ' \" ; -- (((*"},
    {"q": "a\x00b"},
    {"q": "“We will” " * 19},
    {"p": "abc"},
    {"p": "-1"},
    {"p": "9" * 400},
    {"o": "abc.-99.9999999999999999999"},
    {"e": "1"},
    {"all": "x"},
    {"_facets": "x"},
    {"_popup": "1", "_to_field": "id"},
    {"_to_field": "password"},
    {"article__title__startswith": "x"},
    {"article__body__regex": "((("},
    {"text__regex": "((("},
    {"text__iregex": "(a+)+$"},
    {"body__startswith": "x"},
    {"name__regex": "((("},
    {"password__startswith": "x"},
    {"speaker__id__exact": "abc"},
    {"speaker__id__exact": "9" * 30},
    {"speaker__id__exact": "\x00"},
    {"speaker__isnull": "maybe"},
    {"article__id__in": "1,x"},
    {"id__in": "x,y"},
    {"pk": "abc"},
    {"id__exact": "9" * 400},
    {"status__exact": "nope"},
    {"status__exact": "a\x00"},
    {"status__in": "candidate,accepted"},
    {"stance": "nope"},
    {"stance": "none"},
    {"stance": "any"},
    {"stance": "disputed"},
    {"protected__exact": "maybe"},
    {"lifted_at__isempty": "maybe"},
    *(
        {f"{name}__year": year, f"{name}__month": month, f"{name}__day": day}
        for name in ("date_earliest", "published_earliest", "created_at", "decided_at")
        for year, month, day in (
            ("0", "0", "0"),
            ("abc", "1", "1"),
            ("2009", "13", "32"),
            ("99999", "1", "1"),
            ("9" * 30, "1", "1"),
            ("٢٠٠٩", "١", "١"),
        )
    ),
    {"date_earliest__year": "2009"},
    {"date_earliest__year": "2009", "date_earliest__month": "2"},
    {"date_earliest__month": "2"},
    {"date_earliest__gte": "soon"},
    {"date_earliest__gte": "2009-02-01\x00"},
    {"date_earliest__year__regex": "((("},
]


@pytest.mark.parametrize("parameters", QUERY_STRINGS, ids=lambda found: str(found)[:50])
def test_list_answers_any_address_without_failing(parameters: dict[str, str]) -> None:
    browser = client(factories.user("admin", is_superuser=True))
    everything()

    for model in (Article, Person, Quote, Stance, User):
        response = browser.get(list_of(model), parameters, follow=True)
        assert response.status_code in (200, 400), (model, parameters)


def test_search_that_is_too_long_finds_nothing_and_says_so() -> None:
    browser = client(factories.user("viewer"))
    factories.quote()

    response = browser.get(list_of(Quote), {"q": "x" * 60_000})

    assert response.context["cl"].result_count == 0
    assert [str(m) for m in response.context["messages"]] == ["Search for at most 200 characters."]


@pytest.mark.parametrize(
    "lookup",
    ["article__title__startswith", "text__regex", "text__startswith", "reviewer__password"],
)
def test_lookup_beyond_the_filters_is_refused(lookup: str) -> None:
    browser = client(factories.user("viewer"))

    assert browser.get(list_of(Quote), {lookup: "x"}).status_code == 400


def test_list_is_narrowed_to_one_speaker_by_a_link() -> None:
    browser = client(factories.user("viewer"))
    quote = factories.quote(speaker=factories.person("Jane Example"))
    factories.quote()

    response = browser.get(list_of(Quote), {"speaker__id__exact": str(quote.speaker_id)})

    assert list(response.context["cl"].result_list) == [quote]
    content = response.content.decode()
    assert "Jane Example</a>" in content
    assert "Speaker 2" not in content.split('id="changelist-filter"')[1]


@pytest.mark.parametrize(("value", "count"), [("none", 2), ("any", 2), ("disputed", 1)])
def test_quotes_are_narrowed_by_their_stances(value: str, count: int) -> None:
    browser = client(factories.user("viewer"))
    single, disputed, target = factories.quote(), factories.quote(), factories.target()
    factories.quote()
    factories.quote(status="candidate")
    factories.stance(single, target, "supports")
    factories.stance(disputed, target, "supports")
    factories.stance(disputed, target, "criticises")
    factories.stance(disputed, factories.target(), "supports")

    response = browser.get(list_of(Quote), {"stance": value})

    assert response.context["cl"].result_count == count


@pytest.mark.parametrize(
    "key", ["abc", "0", "-1", "9" * 30, "9" * 5_000, "_00", "%00", "1/2", "١", "1.0", " 1"]
)
@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_page_of_a_key_that_is_none_does_not_fail(name: str, key: str) -> None:
    browser = client(factories.user("admin", is_superuser=True))

    for model in admin.site._registry:
        response = browser.get(f"{list_of(model)}{key}/{name}/")
        assert response.status_code in (302, 403, 404), (model, key)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/quotes/quote/{}/review/accept/",
        "/admin/quotes/quote/{}/stances/",
        "/admin/quotes/quote/{}/stances/1/",
        "/admin/quotes/quote/{}/stances/1/remove/",
    ],
)
@pytest.mark.parametrize("key", ["abc", "0", "9" * 30, "9" * 5_000])
def test_own_pages_of_a_key_that_is_none_are_not_found(address: str, key: str) -> None:
    browser = client(factories.user("admin", is_superuser=True))

    assert browser.get(address.format(key), follow=True).status_code in (200, 404)
    assert browser.post(address.format(key)).status_code in (302, 404)


@pytest.mark.parametrize(
    "data",
    [
        {"action": "no_such_action", "_selected_action": ["1"]},
        {"action": "accept_chosen", "_selected_action": ["abc", "\x00"]},
        {"action": "accept_chosen", "_selected_action": ["9" * 30]},
        {"action": "accept_chosen", "_selected_action": []},
        {"action": "accept_chosen", "index": "-7", "_selected_action": ["1"]},
        {"action": "__class__", "index": "x", "_selected_action": ["1"]},
        {"action": "accept_chosen", "select_across": "x", "_selected_action": ["0"]},
        {"_save": "1", "form-TOTAL_FORMS": "1"},
    ],
)
def test_bad_action_changes_nothing(data: dict[str, Any]) -> None:
    browser = client(factories.user("editor"))
    quote = factories.quote(status="candidate")

    response = browser.post(list_of(Quote), data, follow=True)

    assert response.status_code == 200
    assert Quote.objects.get(pk=quote.pk).status == "candidate"


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"term": "x" * 60_000},
        {"term": "a\x00b"},
        {"page": "abc"},
        {"field_name": "status"},
        {"model_name": "nope"},
        {"app_label": "auth", "model_name": "user", "field_name": "groups"},
    ],
)
def test_autocomplete_answers_anything(parameters: dict[str, str]) -> None:
    browser = client(factories.user("editor"))
    factories.quote()
    asked = {"app_label": "quotes", "model_name": "quote", "field_name": "speaker", **parameters}

    response = browser.get(reverse("admin:autocomplete"), asked)

    assert response.status_code in ((200,) if set(parameters) <= {"term"} else (403, 404))


@pytest.mark.parametrize("group", ["viewer", "coder"])
def test_autocomplete_of_accounts_is_for_admins(group: str) -> None:
    browser = client(factories.user(group))
    asked = {"app_label": "quotes", "model_name": "coder", "field_name": "user"}

    assert browser.get(reverse("admin:autocomplete"), asked).status_code == 403


@pytest.mark.parametrize("preset", ["abc", "\x00", "9" * 30, "-1"])
def test_preset_of_an_add_page_that_is_no_key_is_ignored(preset: str) -> None:
    browser = client(factories.user("editor"))

    for name in ("quotes_quote", "people_membership", "people_personname"):
        address = reverse(f"admin:{name}_add")
        response = browser.get(
            address, {"article": preset, "person": preset, "organization": preset}
        )
        assert response.status_code == 200, name


def test_shortcut_to_public_pages_is_closed() -> None:
    browser = client(factories.user("editor"))
    factories.quote(status="candidate")

    assert browser.get("/admin/r/1/1/").status_code == 404
