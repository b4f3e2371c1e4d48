"""The coding screen: one quote of a coder's own round; GET looks, POST presses a button."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from base.admin.lists import is_key
from quotes import coding
from quotes.admin.coding.forms import TargetForm
from quotes.admin.coding.page import Screen, context, next_place, parts
from quotes.coding import Entered, Saved

# The script asks for the middle of the page only, and puts it in place of the old one.
FRAGMENT = "X-Coding-Fragment"


@dataclass
class Done:
    """What a press came to: what to say, and the forms with their faults where it was refused."""

    said: str = ""
    refused: bool = False
    forms: list[TargetForm] | None = None
    place: int = 0
    """Which quote to show next; 0 is the same."""


def code_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Show a quote of the account's own round, or do what a button on it says."""
    may_code(request)
    wanted = request.POST.get("n", "") or request.GET.get("n", "")
    screen = Screen.read(request, pk, wanted)
    if request.method != "POST":
        return _page(request, model_admin, screen, Done())
    try:
        done = _press(request, screen)
    except ValidationError as refusal:
        done = Done(" ".join(refusal.messages), refused=True)
    place = done.place or screen.assignment.position
    if done.refused and not done.place:
        if done.forms is None:
            screen = Screen.of(screen.assignment)
        return _page(request, model_admin, screen, done)
    if FRAGMENT not in request.headers:
        return redirect(f"{request.path}?n={place}")
    if done.place:
        return _page(request, model_admin, Screen.read(request, pk, str(place)), done)
    return _page(request, model_admin, Screen.of(screen.assignment), done)


def may_code(request: HttpRequest) -> None:
    if not request.user.has_perm("quotes.add_stancecoding"):
        raise PermissionDenied


def _press(request: HttpRequest, screen: Screen) -> Done:
    action = request.POST.get("action", "")
    if screen.assignment.task.closed_at:
        raise ValidationError("This round is closed: nothing was changed.")
    if screen.is_training:
        return _answer(request, screen, action)
    if action == "undo":
        undone = coding.undo(assignment=screen.assignment, by=request.user)  # type: ignore[arg-type]
        return Done(f"Undone: {undone.label}.", place=undone.assignment.position)
    if action == "flag":
        flagged = coding.flag(assignment=screen.assignment)
        return Done("Flagged." if flagged else "Flag taken away.")
    if action in ("save", "mark", "unmark", "finish"):
        return _write(request, screen, action)
    raise ValidationError("There is no such button. Nothing was changed.")


def _write(request: HttpRequest, screen: Screen, action: str) -> Done:
    forms = screen.forms(request.POST)
    chosen = request.POST.get("target", "")
    target = int(chosen) if is_key(chosen) else None
    try:
        entered = _entered(request, forms, action, target)
    except ValidationError as refusal:
        return Done(refusal.messages[0], refused=True, forms=forms)
    wrong = len(entered) < len(forms)
    by: Any = request.user
    if action == "finish" and not wrong:
        saved = coding.finish(assignment=screen.assignment, entered=entered, by=by)
    else:
        saved = coding.save(assignment=screen.assignment, entered=entered, by=by, again=target)
    if wrong or saved.refused:
        return _refused(screen, forms, saved)
    if action == "finish":
        place = next_place(screen.assignment)
        said = "Finished." if place else "Finished: that was the last quote of this round."
        return Done(said, place=place)
    return Done(_said(saved))


def _entered(
    request: HttpRequest, forms: list[TargetForm], action: str, target: int | None
) -> dict[int, Entered]:
    """Return what is given for each target whose part of the form can be read."""
    found = {}
    for form in forms:
        is_target = form.target.pk == target
        if form.is_valid():
            mark = _selection(request) if action == "mark" and is_target else None
            if action == "unmark" and is_target:
                form.cleaned_data["evidence"] = []
            found[form.target.pk] = form.entered(mark=mark)
    return found


def _selection(request: HttpRequest) -> tuple[int, int]:
    """Return the words selected in the text, as code points of the article."""
    start, end = (request.POST.get(name, "") for name in ("sel_start", "sel_end"))
    if not (is_key(start) and is_key(end)) or int(start) >= int(end):
        raise ValidationError("Select some words of the text first: e goes into the text.")
    return int(start), int(end)


def _refused(screen: Screen, forms: list[TargetForm], saved: Saved) -> Done:
    """Return the forms as they were typed, each fault beside its field."""
    fresh = Screen.of(screen.assignment)
    screen.own, screen.targets = fresh.own, fresh.targets
    for form in forms:
        form.own = fresh.own.get(form.target.pk)
        if form.target.pk in saved.refused:
            form.refuse(saved.refused[form.target.pk])
        elif form.is_valid():
            form.keep_state()
    first = next((fault for form in forms for fault in form.faults), "Nothing was changed.")
    return Done(f"Not saved. {first}", refused=True, forms=forms)


def _said(saved: Saved) -> str:
    return f"Saved: {'; '.join(map(str, saved.changed))}." if saved.changed else "Nothing to save."


def _answer(request: HttpRequest, screen: Screen, action: str) -> Done:
    if action not in ("save", "finish"):
        raise ValidationError("In a training set there is nothing to flag, to mark or to undo.")
    if action == "finish" and screen.assignment.finished_at:
        return Done("On to the next.", place=next_place(screen.assignment))
    values = {
        target.pk: request.POST.get(f"t{target.pk}-value", "")
        for target in screen.targets
        if target.pk not in screen.answers
    }
    made = coding.answer(assignment=screen.assignment, values=values)
    if not made:
        raise ValidationError("Choose a value first: then you see the right one.")
    return Done("Answered: the right answer is beside yours.")


def _page(request: HttpRequest, model_admin: Any, screen: Screen, done: Done) -> HttpResponse:
    extra: dict[str, Any] = {"done": done, "parts": parts(screen, done.forms or screen.forms())}
    if screen.is_training:
        task = screen.assignment.task
        coder = screen.assignment.coder_id
        extra["scores"] = coding.scores(task=task, coder=coder, targets=screen.targets)
    found = context(request, screen, **extra)
    if FRAGMENT in request.headers:
        return TemplateResponse(request, "admin/quotes/coding/_workspace.html", found)
    frame = {
        **model_admin.admin_site.each_context(request),
        "title": f"Code: {screen.assignment.task}",
        "opts": model_admin.opts,
        **found,
    }
    return TemplateResponse(request, "admin/quotes/coding/code.html", frame)


def address_of(task: int, place: int = 0) -> str:
    """Return where a coder codes in a round."""
    found = reverse("admin:quotes_codingtask_code", args=[task])
    return f"{found}?n={place}" if place else found
