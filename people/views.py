"""Lists of people, and organisations in public. A person's page is quotes/views/profile.py."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.lists import page_of
from people.models import Organization, Person

SHOWN = 10
PUBLISHED = Q(quotes__status="published")


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    people = (
        public_people()
        .annotate(quote_count=Count("quotes", filter=PUBLISHED, distinct=True))
        .prefetch_related("memberships__organization")
    )
    return page_of(request, people.order_by("sort_name", "pk"), "people/people.html")


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    bodies = Organization.objects.published().annotate(
        quote_count=Count("quotes", filter=PUBLISHED, distinct=True)
    )
    return page_of(request, bodies.order_by("name", "pk"), "people/organizations.html")


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Organization.objects.published(), slug=slug)
    quotes = _quotes_for(found)
    memberships = found.memberships.filter(person__in=public_people()).select_related("person")
    context = {
        "organization": found,
        "memberships": memberships.order_by("person__sort_name", "start_earliest", "pk"),
        "count": quotes.count(),
        "newest": quotes.for_cards().newest_first()[:SHOWN],
        "stances": _stances(quotes),
    }
    return render(request, "people/organization.html", context)


def public_people() -> QuerySet[Person]:
    return Person.objects.published().unprotected()


def _quotes_for(body: Organization) -> Any:
    """Return what was published as said for a body, or by its people in their time."""
    quotes: Any = Organization._meta.get_field("quotes").related_model
    return quotes.objects.published().speaking_for([body])


def _stances(quotes: Any) -> list[dict[str, Any]]:
    """Return, by target, how many of the quotes take which stance."""
    rows = (
        quotes.filter(stances__isnull=False)
        .order_by("stances__target__label", "stances__target__slug", "stances__value")
        .values_list("stances__target__label", "stances__target__slug", "stances__value")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[str, Any]] = {}
    for label, slug, value, count in rows:
        entry = found.setdefault(slug, {"label": label, "slug": slug, "counts": []})
        entry["counts"].append({"value": value, "count": count})
    return list(found.values())
