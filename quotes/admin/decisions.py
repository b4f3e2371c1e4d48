"""Decisions about other rows than quotes: a reader's report, two people who are one, and back.

Each is a page with what is decided about, a form with a reason, and one button; a decision that can
be got wrong shows what will come of it first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from base.admin.forms import PlainTextField
from base.admin.records import RecordAdmin
from base.revisions import StaleRevisionError
from people import merging
from people.models import Person, PersonMerge
from quotes import reports, speakers
from quotes.admin.forms import again, reason_field
from quotes.admin.record_forms import Preview
from quotes.admin.screen.names import find_person
from quotes.choices import ReportState
from quotes.intake import retext
from quotes.models import Article, Report


@dataclass(frozen=True)
class Decision:
    """One page: who may, what it asks, what it does. `act` gets the row, the actor, the form."""

    label: str
    what: str
    done: str
    model: type[Any]
    permission: str
    form: type[forms.Form]
    act: Callable[[Any, Any, Any], Any]
    facts: Callable[[Any], list[tuple[str, Any]]] = field(default=lambda row: [])
    preview: Callable[[Any, Any], Preview] | None = None
    fits: Callable[[Any], bool] = lambda row: True
    grave: bool = True


class WhyForm(forms.Form):
    reason = reason_field(help_text="Kept in the history for good, beside your name.")


class MergePeopleForm(WhyForm):
    other = forms.CharField(
        label="The other person",
        max_length=330,
        help_text="A name or another name, as the record has it; “Name #12” where several share "
        "one. The one who was entered first stays.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    field_order = ("other", "reason")

    def clean_other(self) -> Person:
        found = find_person(self.cleaned_data["other"])
        if found is None:
            raise ValidationError("There is nobody of that name.", code="unknown")
        return found


class TextForm(WhyForm):
    text = PlainTextField(
        max_length=1_000_000,
        help_text="The whole text as the document prints it. It is searched for quotes anew.",
    )
    field_order = ("text", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 20


class ReportForm(forms.Form):
    state = forms.ChoiceField(
        label="What came of it", choices=ReportState.choices, widget=forms.RadioSelect
    )
    answer = PlainTextField(
        required=False,
        max_length=5_000,
        help_text="What was done, or why nothing was. Kept in the history; send it to the reader "
        "yourself if they left an address.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") != ReportState.OPEN and not (cleaned.get("answer") or "").strip():
            self.add_error("answer", "Say what was done, or why nothing was.")
        return cleaned


def _decide(report: Report, by: Any, form: Any) -> None:
    cleaned = form.cleaned_data
    if cleaned["revision"] != report.revision:
        raise StaleRevisionError(report)
    reports.decide(report=report, state=cleaned["state"], answer=cleaned["answer"], by=by)


def _merge(person: Person, by: Any, form: Any) -> None:
    other, why = form.cleaned_data["other"], form.cleaned_data["reason"]
    speakers.merge_people(one=person, other=other, by=by, why=why)


def _merged(person: Person, form: Any) -> Preview:
    """Show who stays; raises ValidationError for two who can't be merged."""
    stays, goes = merging.older_first(person, form.cleaned_data["other"])
    return Preview(
        f"{stays.pk}:{stays.revision}:{goes.pk}:{goes.revision}",
        (
            (f"{stays} stays", _person(stays)),
            (f"{goes} becomes another name of theirs", _person(goes)),
            ("Addresses", f"/people/{goes.slug} will lead to /people/{stays.slug}."),
        ),
    )


def _person(person: Person) -> str:
    names = [row.name for row in person.other_names.all()]
    roles = [str(row) for row in person.memberships.select_related("organization")]
    count = person.quotes.count()
    lines = [
        person.summary,
        f"Also called: {'; '.join(names)}" if names else "",
        f"Roles: {'; '.join(roles)}" if roles else "",
        f"{count} quote{'s'[: count != 1]}, which will be those of the one who stays"
        if count
        else "No quotes",
        "Protected: so the one who stays will be" if person.protected else "",
    ]
    return "\n".join(line for line in lines if line)


REPORT = Decision(
    "Decide",
    "Say what came of a reader’s report.",
    "decided",
    Report,
    "quotes.change_report",
    ReportForm,
    _decide,
    facts=lambda row: [
        ("Reference", row.reference),
        ("About", row.get_kind_display()),
        ("Page", row.page or "none given"),
        ("What they say", row.text),
        ("How to reach them", row.contact or "no address left"),
    ],
    grave=False,
)
MERGE = Decision(
    "Merge",
    "Two people who are one: nothing is lost, and the address of the one who goes leads on.",
    "merged",
    Person,
    "people.add_personmerge",
    MergePeopleForm,
    _merge,
    preview=_merged,
)
UNMERGE = Decision(
    "Undo the merge",
    "The person who went stands again, with what was theirs then. What was added since stays.",
    "undone",
    PersonMerge,
    "people.change_personmerge",
    WhyForm,
    lambda row, by, form: speakers.unmerge_people(
        merge=row, by=by, why=form.cleaned_data["reason"]
    ),
    fits=lambda row: row.in_force,
    facts=lambda row: [("Who went", row.before["younger"]["name"]), ("Why", row.why)],
)


RETEXT = Decision(
    "Correct the text",
    "The document was taken in wrong. It can be put right as long as no quote stands in it, not "
    "even a candidate.",
    "put right",
    Article,
    "quotes.change_article",
    TextForm,
    lambda row, by, form: retext(
        article=row, by=by, text=form.cleaned_data["text"], why=form.cleaned_data["reason"]
    ),
    fits=lambda row: not row.quotes.exists(),
    grave=False,
)


def decision_page(
    request: HttpRequest, *, pk: int, decision: Decision, model_admin: Any
) -> HttpResponse:
    """Ask what a decision needs, show what will come of it, and take it."""
    row = get_object_or_404(decision.model, pk=pk)
    if not request.user.has_perm(decision.permission):
        raise PermissionDenied
    opts = model_admin.opts
    form = decision.form(request.POST or None, initial=_initial(row))
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = _look(decision, row, form)
        seen = preview is None or form.cleaned_data["seen"] == preview.seen
        if preview is not None:
            form.data = again(form.data, {"seen": preview.seen})
        if seen and not form.errors and _taken(request, decision, row, form):
            messages.success(request, f"{opts.verbose_name.capitalize()} {decision.done}.")
            return redirect(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{decision.label}: {row}",
        "opts": opts,
        "row": row,
        "decision": decision,
        "facts": decision.facts(row),
        "preview": preview if not form.errors else None,
        "form": form,
        "back": f"admin:{opts.app_label}_{opts.model_name}_change",
    }
    return TemplateResponse(request, "admin/quotes/decision.html", context)


class Decided(RecordAdmin):
    """An admin whose rows are decided about: a page and a link for each decision."""

    decisions: ClassVar[tuple[tuple[str, str, Decision], ...]] = ()
    change_form_template = "admin/quotes/decided_change_form.html"

    def get_urls(self) -> Any:
        opts = self.opts
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(decision_page),
                {"decision": decision, "model_admin": self},
                name=f"{opts.app_label}_{opts.model_name}_{name}",
            )
            for name, _, decision in self.decisions
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        opts = self.opts
        row = self.get_object(request, object_id)
        links = [
            (label, reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[row.pk]))
            for name, label, decision in self.decisions
            if row and request.user.has_perm(decision.permission) and decision.fits(row)
        ]
        extra = {**(extra_context or {}), "decisions": links}
        return super().change_view(request, object_id, form_url, extra)


def _initial(row: Any) -> dict[str, Any]:
    names = {"revision": "revision", "state": "state", "answer": "answer", "text": "body"}
    return {name: getattr(row, column) for name, column in names.items() if hasattr(row, column)}


def _look(decision: Decision, row: Any, form: Any) -> Preview | None:
    if decision.preview is None:
        return None
    try:
        return decision.preview(row, form)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return None


def _taken(request: HttpRequest, decision: Decision, row: Any, form: Any) -> bool:
    try:
        with transaction.atomic():
            decision.act(row, request.user, form)
    except StaleRevisionError as stale:
        form.data = again(form.data, {"revision": stale.current.revision})
        form.add_error(None, "Someone changed this after you opened it. Look again, then decide.")
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    else:
        return True
    row.refresh_from_db()
    return False
