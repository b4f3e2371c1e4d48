"""Rounds of coding: made from a list of quotes, watched, closed; and each coder's own."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from base.admin.forms import LONGEST_REASON, PlainTextField
from quotes import coding
from quotes.admin.coding.screen import may_code
from quotes.models import Coder, CodingAssignment, CodingTask, Quote, Target
from quotes.models.coding import MOST_TARGETS
from quotes.suggestions import ordered_by_doubt

MOST_CHOICES = 300
MOST_FLAGGED = 50
NUMBERS = ("overlap", "coders_each", "seed")


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What a new round is: its name, targets and coders, and how its quotes are dealt."""

    targets = forms.ModelMultipleChoiceField(
        Target.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=f"At most {MOST_TARGETS}: each has a key of its own.",
    )
    coders = forms.ModelMultipleChoiceField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Accounts that may code. None of them sees what another makes of a quote "
        "before all who code it have finished it.",
    )
    note = PlainTextField(
        required=False, max_length=5_000, help_text="What coders should know; shown to them."
    )

    class Meta:
        model = CodingTask
        fields = ("name", "targets", "coders", *NUMBERS, "doubtful_first", "is_training", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["targets"].queryset = Target.objects.order_by("label")[:MOST_CHOICES]  # type: ignore[attr-defined]
        # A slice can not be narrowed to what was chosen.
        keys = list(self.fields["targets"].queryset.values_list("pk", flat=True))  # type: ignore[attr-defined]
        self.fields["targets"].queryset = Target.objects.filter(pk__in=keys).order_by("label")  # type: ignore[attr-defined]
        self.fields["coders"].queryset = coding.may_code()  # type: ignore[attr-defined]
        self.fields["note"].widget.attrs["rows"] = 2

    def clean_targets(self) -> Any:
        chosen = self.cleaned_data["targets"]
        if len(chosen) > MOST_TARGETS:
            raise ValidationError(f"Choose at most {MOST_TARGETS}.")
        return chosen


class CloseForm(forms.Form):
    reason = forms.CharField(max_length=LONGEST_REASON, help_text="Kept in the history.")


def make_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Ask who codes the quotes of the list that the address narrows, and deal them."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    quotes = _listed(request, model_admin)
    if quotes is None:
        messages.error(request, "That list can not be read. Choose from it again.")
        return redirect("admin:quotes_quote_changelist")
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            task = _make(form, quotes, request.user)
        except ValidationError as refusal:
            field = refusal.code if refusal.code in form.fields else None
            form.add_error(field, refusal)
        else:
            messages.success(request, f"“{task}” is dealt.")
            return redirect("admin:quotes_codingtask_change", task.pk)
    total, fit = quotes.count(), coding.codable(quotes).count()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Have quotes coded",
        "opts": model_admin.opts,
        "form": form,
        "fit": fit,
        "unfit": total - fit,
    }
    return TemplateResponse(request, "admin/quotes/coding/make.html", context)


def close_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Ask why a round ends, and end it."""
    task = get_object_or_404(CodingTask, pk=pk)
    if not request.user.has_perm("quotes.change_codingtask"):
        raise PermissionDenied
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            coding.close(task=task, by=request.user, why=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"“{task}” is closed: what was coded is compared.")
            return redirect("admin:quotes_codingtask_change", task.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Close “{task}”",
        "opts": model_admin.opts,
        "task": task,
        "form": form,
        "left": task.assignments.filter(finished_at__isnull=True).count(),
    }
    return TemplateResponse(request, "admin/quotes/coding/close.html", context)


def mine_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """List the rounds that this account codes in, with how far it is."""
    may_code(request)
    counts = {
        row["task"]: row
        for row in CodingAssignment.objects.filter(coder__user=request.user.pk)
        .order_by()
        .values("task")
        .annotate(
            total=Count("pk"),
            finished=Count("finished_at"),
            flagged=Count("pk", filter=Q(flagged=True)),
        )
    }
    tasks = CodingTask.objects.in_bulk(list(counts))
    rows = [(tasks[key], counts[key]) for key in sorted(counts, reverse=True)]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "My coding",
        "opts": model_admin.opts,
        "rows": sorted(rows, key=lambda row: bool(row[0].closed_at)),
    }
    return TemplateResponse(request, "admin/quotes/coding/mine.html", context)


def progress(task: CodingTask) -> dict[str, Any]:
    """Return what the page of a round shows: who is how far, and what is flagged. No values."""
    targets = list(task.targets.order_by("label"))
    coders = Coder.objects.filter(assignments__task=task).annotate(
        total=Count("assignments"),
        finished=Count("assignments__finished_at"),
        flagged=Count("assignments", filter=Q(assignments__flagged=True)),
    )
    quotes = task.assignments.order_by().values("quote").distinct()
    waiting = task.assignments.filter(released_at__isnull=True).order_by()
    flagged = task.assignments.filter(flagged=True).select_related("quote").order_by("quote")
    rows = [
        (coder, coding.scores(task=task, coder=coder.pk, targets=targets))
        if task.is_training
        else (coder, [])
        for coder in coders.order_by("slug")
    ]
    return {
        "targets": targets,
        "coders": rows,
        "quotes": quotes.count(),
        "blind": waiting.values("quote").distinct().count(),
        "flagged": list(dict.fromkeys(one.quote for one in flagged[:MOST_FLAGGED])),
    }


def _make(form: RoundForm, quotes: QuerySet[Quote], by: Any) -> CodingTask:
    cleaned = form.cleaned_data
    targets = list(cleaned["targets"])
    by_doubt = partial(ordered_by_doubt, targets=targets)
    return coding.make(
        name=cleaned["name"],
        quotes=quotes,
        targets=targets,
        order=by_doubt if cleaned["doubtful_first"] else None,
        coders=list(cleaned["coders"]),
        is_training=cleaned["is_training"],
        note=cleaned["note"],
        by=by,
        **{name: cleaned[name] for name in NUMBERS},
    )


def _listed(request: HttpRequest, model_admin: Any) -> QuerySet[Quote] | None:
    """Return the quotes that the list of quotes shows under the same parameters."""
    quote_admin = model_admin.admin_site.get_model_admin(Quote)
    try:
        shown = quote_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return None
    return Quote.objects.filter(pk__in=shown.queryset.order_by().values("pk"))
