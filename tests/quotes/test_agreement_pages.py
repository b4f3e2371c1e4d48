"""`/agreement`: only what is published, coders by slug, no number without double coding."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from quotes import codebook, coding, review, stances
from quotes.models import Coder, Quote, StanceCoding, Target
from tests import factories

pytestmark = pytest.mark.django_db


def code(quote: Quote, target: Target, **values: str) -> None:
    """Code a quote by coders named by their slugs."""
    by = factories.user()
    for slug, value in values.items():
        coder, _ = Coder.objects.get_or_create(slug=slug, defaults={"name": f"Name of {slug}"})
        stances.code(quote=quote, target=target, coder=coder, value=value, by=by)


@pytest.fixture
def target() -> Target:
    """Three quotes coded by two, one of them with two values, and one coded by one."""
    found = factories.target(label="The boats", slug="boats")
    code(factories.quote(), found, first="supports", second="supports")
    code(factories.quote(), found, first="criticises", second="criticises")
    code(factories.quote(), found, first="supports", second="mixed")
    code(factories.quote(), found, first="supports")
    return found


def test_page_counts_units_and_measures(client: Client, target: Target) -> None:
    response = client.get("/agreement")

    row = response.context["rows"][0]
    assert (row["found"].n_units, row["found"].n_pairable) == (4, 3)
    assert row["figures"][0] == {"figure": "66.7 %", "interval": ""}
    assert row["figures"][1]["figure"] == ".545"
    assert row["band"] == "do not report"
    text = response.content.decode()
    assert "2 coders coded “The boats” before adjudication" in text
    assert "Name of first" not in text


def test_target_page_shows_matrix_pairs_and_each_disagreeing_quote(
    client: Client, target: Target
) -> None:
    response = client.get("/agreement/boats")

    assert response.context["confusion"] == {
        "labels": ["Supports", "Mixed", "Criticises"],
        "rows": [
            ("Supports", _cells(2, 1, 0, agree=0)),
            ("Mixed", _cells(1, 0, 0, agree=1)),
            ("Criticises", _cells(0, 0, 2, agree=2)),
        ],
    }
    assert [(p["first"], p["second"], p["n_units"]) for p in response.context["pairs"]] == [
        ("first", "second", 3)
    ]
    quotes = [(quote.stances.get().basis, v) for quote, v in response.context["disagreeing"]]
    assert quotes == [("disputed", (("mixed", 1), ("supports", 1)))]
    public_id = response.context["disagreeing"][0][0].public_id
    assert f'href="/q/{public_id}"' in response.content.decode()
    assert "Name of" not in response.content.decode()


def _cells(*counts: int, agree: int) -> list[dict[str, Any]]:
    return [{"count": count, "agree": at == agree} for at, count in enumerate(counts)]


def test_json_says_the_same(client: Client, target: Target) -> None:
    found = client.get("/agreement.json").json()

    assert found["stage"] == "before adjudication"
    assert [(row["target"], row["n_pairable"], row["coders"]) for row in found["targets"]] == [
        ("boats", 3, ["first", "second"])
    ]
    assert found["all"]["n_units"] == 4
    names = {one["name"]: one["value"] for one in found["targets"][0]["coefficients"]}
    assert names["percent"] == 0.666667


def test_without_double_coding_there_is_no_number(client: Client) -> None:
    assert "so there is no number" in client.get("/agreement").content.decode()
    target = factories.target(slug="boats")
    code(factories.quote(), target, first="supports")

    for url in ("/agreement", "/agreement/boats"):
        text = client.get(url).content.decode()
        assert "so there is no number" in text
        assert "%" not in text.split("<main", 1)[1].split("</main", 1)[0].replace("95 %", "")


def test_unanimous_coding_is_undefined_and_says_why(client: Client) -> None:
    target = factories.target(slug="boats")
    for _ in range(2):
        code(factories.quote(), target, first="supports", second="supports")

    text = client.get("/agreement/boats").content.decode()

    assert "not defined: every coding that can be compared has one and the same value" in text


def test_withdrawn_and_unpublished_quotes_do_not_count(client: Client, target: Target) -> None:
    code(factories.quote(status="accepted"), target, first="mixed", second="supports")
    disputed = client.get("/agreement/boats").context["disagreeing"][0][0]

    review.withdraw(quote=disputed, by=factories.user(), reason="error")

    response = client.get("/agreement/boats")
    assert response.context["row"].found.n_units == 3
    assert response.context["disagreeing"] == []


def test_coding_that_settled_a_stance_is_no_independent_coding(
    client: Client, target: Target
) -> None:
    quote = client.get("/agreement/boats").context["disagreeing"][0][0]

    by = factories.user()
    stances.tag(
        quote=quote, target=target, value="mixed", by=by, rationale="Both.", adjudicated=True
    )

    found = client.get("/agreement/boats").context["row"].found
    assert (found.coders, found.n_codings) == (("first", "second"), 7)


def test_only_coding_in_rounds_is_called_independent(client: Client, target: Target) -> None:
    assert "independently" not in client.get("/agreement/boats").context["paragraph"]
    blind = factories.target(slug="harbours", label="Harbours")
    coders = [factories.user("coder"), factories.user("coder")]
    quotes = [factories.quote() for _ in range(2)]
    task = coding.make(
        name="A round",
        quotes=Quote.objects.filter(pk__in=[quote.pk for quote in quotes]),
        targets=[blind],
        coders=coders,
        by=factories.user(),
    )
    for assignment in task.assignments.all():
        given = {blind.pk: coding.Entered(value="supports", revision=0, version=blind.version)}
        coding.finish(assignment=assignment, entered=given, by=assignment.coder.user)
    assert "independently" in client.get("/agreement/harbours").context["paragraph"]

    code(quotes[0], blind, third="mixed")

    assert "independently" not in client.get("/agreement/harbours").context["paragraph"]


def test_machine_coder_stands_apart(client: Client, target: Target) -> None:
    machine = factories.coder(slug="model-1", kind="machine")
    for quote in Quote.objects.all():
        stances.code(
            quote=quote, target=target, coder=machine, value="supports", by=factories.user()
        )

    response = client.get("/agreement/boats")

    assert response.context["row"].found.coders == ("first", "second")
    assert [(p["first"], p["second"], p["n_units"]) for p in response.context["machines"]] == [
        ("first", "model-1", 4),
        ("second", "model-1", 3),
    ]
    assert "model-1" not in client.get("/agreement.json").content.decode()


def test_measurement_follows_a_changed_coding(client: Client, target: Target) -> None:
    quote = client.get("/agreement/boats").context["disagreeing"][0][0]

    code(quote, target, second="supports")

    assert client.get("/agreement/boats").context["disagreeing"] == []


def test_codings_from_before_a_change_of_meaning_are_said(client: Client, target: Target) -> None:
    codebook.change_entry(
        target=target, by=factories.user(), why="x", change="meaning", when_to_use="y"
    )

    assert "7 codings from before its meaning changed" in client.get(
        "/agreement/boats"
    ).content.decode().replace("\n", " ")


def test_page_that_is_none_is_refused_and_unknown_target_is_not_there(
    client: Client, target: Target
) -> None:
    assert client.get("/agreement/boats?page=x").status_code == 400
    assert client.get("/agreement/boats?page=9").status_code == 302
    assert client.get("/agreement/nothing").status_code == 404


@pytest.mark.parametrize(("url", "queries"), [("/agreement", 6), ("/agreement/boats", 12)])
def test_pages_cost_the_same_at_few_rows_and_at_more(
    client: Client,
    target: Target,
    django_assert_num_queries: Callable[..., Any],
    url: str,
    queries: int,
) -> None:
    with django_assert_num_queries(queries):
        client.get(url)

    other = factories.target()
    for _ in range(2):
        quote = factories.quote()
        code(quote, target, first="supports", second="criticises")
        code(quote, other, first="supports", second="criticises")
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_months_are_shown_once_there_are_two(client: Client, target: Target) -> None:
    assert client.get("/agreement/boats").context["months"] == []
    earlier = StanceCoding.objects.filter(target=target, value="criticises")
    earlier.update(created_at=datetime(2025, 11, 3, 23, 30, tzinfo=UTC))

    months = client.get("/agreement/boats").context["months"]

    assert next((month, count) for month, count, _ in months) == ("2025-11", 1)
    assert (len(months), months[1][1]) == (2, 2)
    assert months[1][2][0]["figure"] == "50.0 %"
    by_month = client.get("/agreement.json").json()["targets"][0]["by_month"]
    assert by_month["2025-11"]["n_pairable"] == 1


def test_each_pair_has_its_matrix_with_its_own_rows(client: Client, target: Target) -> None:
    (pair,) = client.get("/agreement/boats").context["pairs"]

    assert pair["confusion"] == {
        "labels": ["Supports", "Mixed", "Criticises"],
        "rows": [
            ("Supports", _cells(1, 1, 0, agree=0)),
            ("Mixed", _cells(0, 0, 0, agree=1)),
            ("Criticises", _cells(0, 0, 1, agree=2)),
        ],
    }


def test_marks_of_coders_are_compared_where_they_marked_themselves(client: Client) -> None:
    target, article = factories.target(slug="boats"), factories.article()
    assert client.get("/agreement").context["units"] is None
    both = factories.quote("We will count every boat.", article=article)
    alone = factories.quote("And then,", article=article)
    code(both, target, first="supports", second="supports")
    code(alone, target, first="supports")
    assert client.get("/agreement").context["units"] is None
    Quote.objects.update(method="import")

    units = client.get("/agreement").context["units"]

    (pair,) = units.pairs
    assert (pair.n_first, pair.n_second, pair.exact) == (2, 1, 1)
    assert (pair.precision, pair.recall) == (1.0, 0.5)
    # 43 tokens; 6 inside for both, 3 for one alone.
    assert 0.5 < units.token_alpha.value < 1
    assert client.get("/agreement.json").json()["units"]["pairs"][0]["exact"] == 1
    review.withdraw(quote=both, by=factories.user(), reason="error")
    assert client.get("/agreement").context["units"] is None
