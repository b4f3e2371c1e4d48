"""Merging, splitting and relating targets, each shown before it is done; and undoing them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from people.models import free_slug
from quotes import codebook
from quotes.admin.forms import reason_field
from quotes.choices import RelationKind, TargetKind
from quotes.models import Quote, Target, TargetMove, TargetRelation

MOST = 300


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Target.objects.none(), help_text="Its entry holds from now on, and its address stays."
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = reason_field(help_text="Readers see it.")

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = _others(target)  # type: ignore[attr-defined]


class QuotesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Quotes told apart by their ids: many begin alike."""

    def label_from_instance(self, obj: Quote) -> str:
        return f"{obj} {obj.public_id or f'(row {obj.pk})'}"


class SplitForm(forms.Form):
    """Which quotes go, and to what: a target that is there, or a new one."""

    into = forms.ModelChoiceField(
        Target.objects.none(), required=False, help_text="Leave it empty to make a new target."
    )
    label = forms.CharField(
        label="Label of the new target",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    proposition = forms.CharField(
        label="Its proposition",
        max_length=2_000,
        required=False,
        help_text="For a claim.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    quotes = QuotesField(
        Quote.objects.none(),
        label="Quotes whose codings go",
        widget=forms.CheckboxSelectMultiple,
    )
    reason = reason_field(help_text="Readers see it.")

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["into"].queryset = _others(target)  # type: ignore[attr-defined]
        coded = Quote.objects.filter(codings__target=target).order_by("pk").distinct()
        keys = list(coded.values_list("pk", flat=True)[:MOST])
        self.fields["quotes"].queryset = Quote.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        if target.kind != TargetKind.CLAIM:
            del self.fields["proposition"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.cleaned_data.get("into") and not self.cleaned_data.get("label"):
            self.add_error("into", "Choose a target, or name a new one.")
        if self.cleaned_data.get("into") and self.cleaned_data.get("label"):
            self.add_error("label", "Choose a target or name a new one, not both.")
        return cleaned


class RelateForm(forms.Form):
    kind = forms.ChoiceField(label="This claim", choices=RelationKind.choices)
    other = forms.ModelChoiceField(Target.objects.none(), label="that claim")
    reason = reason_field(help_text="Readers see it.")

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = _others(target)  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    reason = reason_field()


def _others(target: Target) -> Any:
    found = Target.objects.in_force().filter(kind=target.kind).exclude(pk=target.pk)
    return found.order_by("label", "pk")


def _merge(target: Target, by: Any, said: dict[str, Any]) -> Target:
    into: Target = said["into"]
    codebook.merge(target=target, into=into, by=by, why=said["reason"])
    return into


def _split(target: Target, by: Any, said: dict[str, Any]) -> Target:
    into = said["into"]
    if into is None:
        into = Target(
            label=said["label"],
            slug=free_slug(Target, said["label"]),
            kind=target.kind,
            proposition=said.get("proposition", ""),
        )
        codebook.add(target=into, by=by, why=said["reason"])
    codebook.split(target=target, into=into, quotes=list(said["quotes"]), by=by, why=said["reason"])
    return into


def _relate(target: Target, by: Any, said: dict[str, Any]) -> Target:
    codebook.relate(claim=target, other=said["other"], kind=said["kind"], by=by, why=said["reason"])
    return target


@dataclass(frozen=True)
class Step:
    label: str
    what: str
    done: str
    permission: str
    form: Callable[..., forms.Form]
    take: Callable[[Target, Any, dict[str, Any]], Target]


STEPS = {
    "merge": Step(
        "Merge into another",
        "Its codings go over as they are, with their history and the number of the entry that "
        "they were made by. Public stances follow, and its address leads to the other.",
        "was merged",
        "quotes.add_targetmove",
        MergeForm,
        _merge,
    ),
    "split": Step(
        "Split",
        "The codings of the quotes that you choose go to another target; the others stay.",
        "was split",
        "quotes.add_targetmove",
        SplitForm,
        _split,
    ),
    "relate": Step(
        "Relate to another claim",
        "What is coded of one is shown as inferred for the other, and never counted as coded.",
        "was related",
        "quotes.add_targetrelation",
        RelateForm,
        _relate,
    ),
}


def offered(request: HttpRequest, target: Target) -> list[tuple[str, Step]]:
    """Return the steps that this person may take with a target, by name."""
    if target.merged_into_id:
        return []
    return [
        (name, step)
        for name, step in STEPS.items()
        if request.user.has_perm(step.permission)
        and (name != "relate" or target.kind == TargetKind.CLAIM)
    ]


def step_page(request: HttpRequest, *, pk: str, name: str, model_admin: Any) -> HttpResponse:
    """Show what a step does to a target, or do it. A merge is shown with its counts first."""
    step = STEPS[name]
    if not request.user.has_perm(step.permission):
        raise PermissionDenied
    target = get_object_or_404(Target.objects.select_related("merged_into"), pk=pk)
    form = step.form(request.POST or None, target=target)
    context = {**_frame(request, model_admin, f"{step.label}: {target}"), "target": target}
    context |= {"what": step.what, "label": step.label, "form": form}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "admin/quotes/target/step.html", context)
    if name == "merge" and not form.cleaned_data["confirmed"]:
        found = codebook.effect(target, form.cleaned_data["into"])
        form.data = {**form.data.dict(), "confirmed": "1"}  # type: ignore[attr-defined]
        context |= {"effect": found, "into": form.cleaned_data["into"], "label": "Merge"}
        return TemplateResponse(request, "admin/quotes/target/step.html", context)
    try:
        with transaction.atomic():
            target.refresh_from_db()
            after = step.take(target, request.user, form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return TemplateResponse(request, "admin/quotes/target/step.html", context)
    messages.success(request, f"“{target}” {step.done}.")
    return redirect("admin:quotes_target_change", after.pk)


def undo_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Ask why a merge, a split or a relation is taken back, and do it."""
    model = model_admin.model
    if not request.user.has_perm(f"quotes.change_{model._meta.model_name}"):
        raise PermissionDenied
    row = get_object_or_404(model, pk=pk)
    form = UndoForm(request.POST or None)
    context = {
        **_frame(request, model_admin, f"Undo: {row}"),
        "what": f"{row}: {row.why}",
        "label": "Undo",
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        try:
            _undo(row, request.user, form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{row} was undone.")
            return redirect(f"admin:quotes_{model._meta.model_name}_change", row.pk)
    return TemplateResponse(request, "admin/quotes/target/step.html", context)


def _undo(row: TargetMove | TargetRelation, by: Any, why: str) -> None:
    with transaction.atomic():
        if isinstance(row, TargetMove):
            codebook.undo_move(move=row, by=by, why=why)
        else:
            codebook.unrelate(relation=row, by=by, why=why)


def page_context(request: HttpRequest, target: Target) -> dict[str, Any]:
    """Return what a target's page shows beside its form."""
    rows = target.codings.values("coder__name").annotate(count=Count("pk")).order_by("coder__name")
    return {
        "target_steps": offered(request, target),
        "moves": [*target.moves_out.select_related("into"), *target.moves_in.all()],
        "relations": [*target.relations.all(), *target.related_by.all()],
        "coders": [(row["coder__name"], row["count"]) for row in rows],
    }


def _frame(request: HttpRequest, model_admin: Any, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
    }
