"""Query parameters, read strictly: used as meant, or refused by name with a way to mend them.

Form fields for a public list's parameters, and the check that no parameter is unknown or given
twice. An ordinary form would ignore both and answer with every row.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict

from base.dates import bounds
from base.visible import visible

LONGEST_ECHO = 40
MOST_VALUES = 20
MOST_FAULTS = 5
HIGHEST_PAGE = 1_000_000
# Tabs and line ends may come with pasted text and are spaces; the others mean an attack or a slip.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SLUG = re.compile(r"[-\w]{1,80}")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Fault:
    """A parameter that can't be used: why, and the values that could stand in its place."""

    parameter: str
    message: str
    repaired: tuple[str, ...] = ()
    code: str = "invalid"

    @property
    def shown_parameter(self) -> str:
        return shown(self.parameter)


def shown(value: str) -> str:
    """Return a value as an error message may echo it: short, nothing in it hidden."""
    value = visible(value[: LONGEST_ECHO + 1])
    return value if len(value) <= LONGEST_ECHO else f"{value[:LONGEST_ECHO]}…"


def refusal(
    message: str, *, code: str = "invalid", repaired: Sequence[str] = ()
) -> ValidationError:
    """Return the error of a parameter, with the values that could stand in its place."""
    return ValidationError("%(message)s", code, {"message": message, "repaired": tuple(repaired)})


class Parameter(forms.Field):
    """A field of a query string, which may always be left out.

    One serves all requests: nothing changes it once it is made, so a form need not copy it.
    """

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Parameter":
        return self


class WordsField(Parameter):
    """What a reader typed: one line without control characters."""

    def __init__(self, *, longest: int = 200, **options: Any) -> None:
        self.longest = longest
        super().__init__(**options)

    def to_python(self, value: str | None) -> str:
        words = " ".join((value or "").split())
        if len(words) > self.longest:
            repaired = " ".join(_CONTROLS.sub("", words[: self.longest]).split())
            raise refusal(
                f"The text can be {self.longest} characters long, this one has {len(words):,}.",
                repaired=[repaired] if repaired else [],
            )
        if _CONTROLS.search(value or ""):
            repaired = " ".join(_CONTROLS.sub("", words).split())
            raise refusal(
                "The text contains control characters.", repaired=[repaired] if repaired else []
            )
        return words


class PageField(Parameter):
    """A page number from 1, in ASCII digits."""

    def to_python(self, value: str | None) -> int:
        if not value:
            return 1
        if not (value.isascii() and value.isdigit() and len(value) <= 7):
            raise refusal(f"“{shown(value)}” is not a page number.")
        if not 1 <= int(value) <= HIGHEST_PAGE:
            raise refusal("Pages are counted from 1.")
        return int(value)


class DayField(Parameter):
    """A year, month or day; `latest` takes its last day instead of its first."""

    def __init__(self, *, latest: bool = False, **options: Any) -> None:
        self.latest = latest
        super().__init__(**options)

    def to_python(self, value: str | None) -> tuple[str, date] | None:
        value = (value or "").strip(" ")
        if not value:
            return None
        try:
            found = bounds(value) if _DAY.fullmatch(value) else None
        except ValueError:
            found = None
        day = (found.latest if self.latest else found.earliest) if found else None
        if day is None:
            raise refusal(f"“{shown(value)}” is not a date. Write 2008, 2008-12 or 2008-12-07.")
        return value, day


class WordField(Parameter):
    """One of a few words."""

    def __init__(self, *, words: Iterable[str], **options: Any) -> None:
        self.words = tuple(words)
        super().__init__(**options)

    def to_python(self, value: str | None) -> str:
        if value and value not in self.words:
            raise refusal(f"“{shown(value)}” is none of: {', '.join(self.words)}.")
        return value or ""


class ManyField(Parameter):
    """A parameter that may be given several times, each time with another value."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[Any, ...]:
        values = [part for part in value or [] if part]
        if len(values) > MOST_VALUES:
            raise refusal(f"At most {MOST_VALUES} values.", repaired=values[:MOST_VALUES])
        if len(set(values)) < len(values):
            raise refusal("The same value is given twice.", repaired=tuple(dict.fromkeys(values)))
        return self.read(values)

    def read(self, values: list[str]) -> tuple[Any, ...]:
        raise NotImplementedError


class WordsOfField(ManyField):
    """Some of a few words."""

    def __init__(self, *, words: Iterable[str], **options: Any) -> None:
        self.words = tuple(words)
        super().__init__(**options)

    def read(self, values: list[str]) -> tuple[str, ...]:
        for value in values:
            if value not in self.words:
                raise refusal(
                    f"“{shown(value)}” is none of: {', '.join(self.words)}.",
                    repaired=[other for other in values if other in self.words],
                )
        return tuple(values)


class RowsField(ManyField):
    """Rows named by their slugs, among those that the public may see.

    `moved` says where an old slug leads: such a parameter is refused with the code "moved".
    """

    def __init__(
        self,
        *,
        rows: Callable[[], QuerySet[Any]],
        moved: Callable[[str], str | None] = lambda slug: None,
        **options: Any,
    ) -> None:
        self.rows = rows
        self.moved = moved
        super().__init__(**options)

    def read(self, values: list[str]) -> tuple[Model, ...]:
        fit = [value for value in values if _SLUG.fullmatch(value)]
        found = {row.slug: row for row in self.rows().filter(slug__in=fit)} if fit else {}
        missing = [value for value in values if value not in found]
        if not missing:
            return tuple(found[value] for value in values)
        known = {value: value for value in found}
        known |= {v: to for v in missing if v in fit and (to := self.moved(v))}
        repaired = tuple(dict.fromkeys(known[value] for value in values if value in known))
        if len(known) == len(values):
            raise refusal("This address has moved.", code="moved", repaired=repaired)
        unknown = next(value for value in missing if value not in known)
        raise refusal(f"There is no “{shown(unknown)}” here.", repaired=repaired)


class RowField(RowsField):
    """One row named by its slug."""

    def read(self, values: list[str]) -> tuple[Model, ...]:
        if len(values) > 1:
            raise refusal("This can be given only once.", repaired=values[:1])
        return super().read(values)


def faults(data: QueryDict, form: forms.BaseForm) -> list[Fault]:
    """Return what is wrong with the parameters of a request, the first few."""
    found = [
        Fault(name, "There is no parameter of this name.", code="unknown")
        for name in data
        if name not in form.fields
    ]
    repeated = [
        name
        for name, field in form.fields.items()
        if not isinstance(field, ManyField) and len(data.getlist(name)) > 1
    ]
    found += [
        Fault(name, "This can be given only once.", repaired=tuple(data.getlist(name)[:1]))
        for name in repeated
    ]
    for name, errors in form.errors.as_data().items():
        if name not in repeated:
            params = errors[0].params or {}
            message = " ".join(errors[0].messages)
            code = errors[0].code or "invalid"
            found.append(Fault(name, message, tuple(params.get("repaired", ())), code))
    return found[:MOST_FAULTS]


def repaired(data: QueryDict, form: forms.BaseForm, found: Iterable[Fault]) -> QueryDict:
    """Return the parameters without what is wrong with them, mended where that is possible."""
    mended = QueryDict(mutable=True)
    instead = {fault.parameter: fault.repaired for fault in found}
    for name in form.fields:
        values = instead.get(name, data.getlist(name))
        if any(values):
            mended.setlist(name, [value for value in values if value])
    return mended
