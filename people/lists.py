"""Plain lists in pages: of people, bodies, outlets, articles."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from base.parameters import PageField, faults

PAGE_SIZE = 100


class PageForm(forms.Form):
    """The parameters of a plain list."""

    page = PageField(required=False)


def page_of(
    request: HttpRequest, rows: QuerySet[Any], template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render a page of `rows`; an unfit parameter is refused, a page too high leads to 1."""
    form = PageForm(request.GET)
    if found := faults(request.GET, form):
        return render(request, "people/list_refused.html", {"faults": found}, status=400)
    pages = Paginator(rows, PAGE_SIZE)
    number = form.cleaned_data["page"]
    if number > pages.num_pages or (number == 1 and "page" in request.GET):
        return redirect(request.path)
    return render(request, template, {"rows": pages.page(number), **(context or {})})
