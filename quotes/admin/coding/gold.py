"""The right answers of a training set, given quote by quote."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from base.admin.forms import PlainTextField
from base.admin.lists import is_key
from quotes import coding
from quotes.admin.page import passage_context
from quotes.models import CodingTask, GoldAnswer, Quote, Target


class GoldForm(forms.Form):
    """The right answer on one target; empty leaves it without one."""

    value = forms.ChoiceField(label="The right answer is", widget=forms.RadioSelect, required=False)
    why = PlainTextField(
        required=False, max_length=5_000, help_text="Coders see it after their answer."
    )

    def __init__(self, data: Any = None, *, target: Target, gold: GoldAnswer | None) -> None:
        self.target = target
        initial = {"value": gold.value, "why": gold.why} if gold else {}
        super().__init__(data, initial=initial, prefix=f"t{target.pk}")
        self.fields["value"].choices = [  # type: ignore[attr-defined]
            (value.value, value.label) for value in target.values
        ]
        self.fields["why"].widget.attrs["rows"] = 2


def gold_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Show one quote of a training set with its right answers, or save them."""
    task = get_object_or_404(CodingTask, pk=pk)
    if not request.user.has_perm("quotes.change_goldanswer"):
        raise PermissionDenied
    if not task.is_training:
        raise Http404
    keys = sorted(task.assignments.order_by().values_list("quote", flat=True).distinct())
    asked = request.GET.get("n", "1")
    place = int(asked) if is_key(asked) else 0
    if not 1 <= place <= len(keys):
        raise Http404
    quote = Quote.objects.select_related("article", "speaker").get(pk=keys[place - 1])
    known = {one.target_id: one for one in task.gold.filter(quote=quote)}
    found = [
        GoldForm(request.POST or None, target=target, gold=known.get(target.pk))
        for target in task.targets.order_by("label")
    ]
    if request.method == "POST" and _saved(request, task, quote, found):
        messages.success(request, "The right answers are saved.")
        behind = place + 1 if place < len(keys) else place
        return redirect(f"{reverse('admin:quotes_codingtask_gold', args=[task.pk])}?n={behind}")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Right answers: {task}",
        "opts": model_admin.opts,
        "task": task,
        "quote": quote,
        **passage_context(quote),
        "forms": found,
        "place": place,
        "total": len(keys),
        "before": place - 1,
        "behind": place + 1 if place < len(keys) else 0,
    }
    return TemplateResponse(request, "admin/quotes/coding/gold.html", context)


def _saved(request: HttpRequest, task: CodingTask, quote: Quote, found: list[GoldForm]) -> bool:
    fine = True
    for form in found:
        if not form.is_valid():
            fine = False
        elif form.cleaned_data["value"]:
            given: dict[str, Any] = {**form.cleaned_data, "by": request.user}
            try:
                coding.set_gold(task=task, quote=quote, target=form.target, **given)
            except ValidationError as refusal:
                form.add_error("why" if refusal.code == "why" else "value", refusal)
                fine = False
    return fine
