"""Lists that stay fast and never fail, whatever is typed into their address."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest

LONGEST_SEARCH = 200
# The longest row of digits that every database takes for a key.
LONGEST_KEY = 18
LOOKUPS = frozenset(("exact", "in", "isnull", "gte", "gt", "lte", "lt", "year", "month", "day"))


def is_key(text: str) -> bool:
    """Say whether a text from a request can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


class SafeAutocomplete(AutocompleteSelect):
    """The stock widget fails on a preset value that is no key (`?article=abc`)."""

    def optgroups(self, name: str, value: list[Any], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [v for v in value if is_key(str(v))] or [""], attr)


class RowFilter(admin.RelatedFieldListFilter):
    """Narrows a list to one row of another table, reached by a link; never lists that table."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[Any, str]]:
        wanted = request.GET.get(f"{self.field_path}__{field.target_field.name}__exact", "")
        if not is_key(wanted):
            return []
        found = field.related_model._base_manager.filter(pk=wanted).first()
        return [(found.pk, str(found))] if found else []

    def has_output(self) -> bool:
        return bool(self.lookup_choices) or bool(self.include_empty_choice)


def allowed_lookup(model: type[models.Model], filters: Any, dates: Any, lookup: str) -> bool:
    """Say whether a list may be narrowed by an address' parameter: only by what its filters use."""
    names = {item[0] if isinstance(item, list | tuple) else item for item in filters}
    wanted = {getattr(item, "parameter_name", item) for item in names if item} | {dates}
    for name in wanted:
        if name and (lookup == name or lookup.startswith(f"{name}__")):
            rest = lookup[len(name) :].strip("_").split("__")
            parts = [part for part in rest if part not in ("", "id", "pk")]
            return all(part in LOOKUPS for part in parts)
    return lookup.split("__")[0] in ("id", "pk") and lookup.split("__")[-1] in (
        "id",
        "pk",
        *LOOKUPS,
    )
