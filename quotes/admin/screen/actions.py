"""The buttons and keys of the review screen: each a step of `quotes.review`, and what to say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from base.admin.lists import is_key
from base.revisions import StaleRevisionError
from quotes import review
from quotes.admin.screen.card import CardForm
from quotes.admin.screen.page import Screen, form_for
from quotes.admin.words import find_spans
from quotes.models import Quote
from quotes.review.reshape import with_part

SHORT = 60


@dataclass(frozen=True)
class Done:
    """What came of a press: words for the editor, and which quote is looked at next."""

    said: str
    show: int | None
    form: CardForm | None = None
    """The card as it was typed, when it could not be saved."""
    refused: bool = False


class RefusedPressError(ValidationError):
    """The press can't be obeyed; nothing was changed."""


def press(request: HttpRequest, screen: Screen, name: str) -> Done:
    """Do what a button says, and return what to say and show."""
    action = ACTIONS.get(name)
    here = screen.current.pk if screen.current else None
    if action is None:
        return Done("There is no such button. Nothing was changed.", here, refused=True)
    try:
        return action(request, screen)
    except StaleRevisionError as stale:
        return Done(_meanwhile(stale.current), here, refused=True)
    except ValidationError as refusal:
        return Done(" ".join(refusal.messages), here, refused=True)


def _save(request: HttpRequest, screen: Screen) -> Done:
    quote = _current(screen)
    form = _checked(request, screen, quote)
    if not form.is_valid():
        return _unsaved(quote, form)
    card = form.card(deciding=False)
    if card.is_empty:
        return Done("Nothing to save.", quote.pk)
    review.save(quote=quote, by=_editor(request), card=card)
    return Done("Saved.", quote.pk)


def _accept(request: HttpRequest, screen: Screen) -> Done:
    quote = _current(screen)
    form = _checked(request, screen, quote)
    if not form.is_valid():
        return _unsaved(quote, form)
    others = review.settle(quote=quote, by=_editor(request), card=form.card(deciding=True))
    also = ""
    if others:
        count = len(others)
        also = f" {quote.speaker} is now the speaker of {count} more candidate{'s'[: count > 1]}."
    return Done(f"Accepted {_short(quote)}.{also}", _next(screen, quote))


def _reject(request: HttpRequest, screen: Screen) -> Done:
    quote = _seen(request, screen)
    reason, why = request.POST.get("reject_reason", ""), request.POST.get("reject_why", "")
    if len(why) > 500:
        raise RefusedPressError("Give the reason in at most 500 characters.")
    review.turn_down(quote=quote, by=_editor(request), reason=reason, why=why.replace("\x00", ""))
    return Done(f"Rejected {_short(quote)}.", _next(screen, quote))


def _respan(request: HttpRequest, screen: Screen) -> Done:
    quote = _seen(request, screen)
    spans = [_selection(request.POST, screen)]
    review.save(quote=quote, by=_editor(request), card=review.Card(spans=spans))
    return Done(f"The words are now {_short(quote)}.", quote.pk)


def _part(request: HttpRequest, screen: Screen) -> Done:
    quote = _seen(request, screen)
    spans = with_part(quote, *_selection(request.POST, screen))
    review.save(quote=quote, by=_editor(request), card=review.Card(spans=spans))
    return Done(f"A part was added: {_short(quote)}.", quote.pk)


def _add(request: HttpRequest, screen: Screen) -> Done:
    typed = request.POST.get("missed_words", "").replace("\r\n", "\n").strip()
    if typed and not request.POST.get("sel_start"):
        if len(typed) > 20_000:
            raise RefusedPressError("Those are more words than a quote can have.")
        after = request.POST.get("missed_after", "").replace("\r\n", "\n")
        spans = find_spans(screen.article.body, typed, after=after)
    else:
        spans = [_selection(request.POST, screen)]
    made = review.add(article=screen.article, by=_editor(request), spans=spans)
    return Done(f"Added {_short(made)}. Who says it?", made.pk)


def _split(request: HttpRequest, screen: Screen) -> Done:
    quote = _seen(request, screen)
    at = request.POST.get("sel_start", "")
    typed = request.POST.get("split_after", "").strip()
    if typed and not at:
        spans = list(quote.spans.all())
        _, place = find_spans(screen.article.body[: spans[-1].end], typed)[-1]
    elif is_key(at):
        place = int(at)
    else:
        raise RefusedPressError("Put the caret where the second quote begins, then split.")
    second = review.cut(quote=quote, by=_editor(request), at=place)
    return Done(f"Split: {_short(quote)} and {_short(second)}.", quote.pk)


def _join(step: int) -> Callable[[HttpRequest, Screen], Done]:
    def join(request: HttpRequest, screen: Screen) -> Done:
        quote = _seen(request, screen)
        other = screen.beside(quote, step)
        if other is None:
            raise RefusedPressError("There is no quote on that side to join.")
        review.unite(quote=quote, other=other, by=_editor(request))
        return Done(f"Joined: {_short(quote)}.", quote.pk)

    return join


def _undo(request: HttpRequest, screen: Screen) -> Done:
    action = review.undo(article=screen.article, by=_editor(request))
    keys = [change["quote"] for change in action.changes]
    return Done(f"Undone: {action.label}.", keys[0] if keys else None)


def _publish(request: HttpRequest, screen: Screen) -> Done:
    done, left = review.publish_accepted(article=screen.article, by=_editor(request))
    here = screen.current.pk if screen.current else None
    if not done and not left:
        return Done("No quote is accepted yet, so nothing was published.", here, refused=True)
    count = f"{len(done)} quote{'s'[: len(done) != 1]} published."
    return Done(" ".join([count, *left]), here, refused=not done)


ACTIONS: dict[str, Callable[[HttpRequest, Screen], Done]] = {
    "save": _save,
    "accept": _accept,
    "reject": _reject,
    "span": _respan,
    "part": _part,
    "add": _add,
    "split": _split,
    "join-before": _join(-1),
    "join-behind": _join(1),
    "undo": _undo,
    "publish": _publish,
}


def _current(screen: Screen) -> Quote:
    if screen.current is None:
        raise RefusedPressError("There is no quote to do that with.")
    return screen.current


def _seen(request: HttpRequest, screen: Screen) -> Quote:
    """Return the current quote if it is as the editor saw it."""
    quote = _current(screen)
    if request.POST.get("base_revision") != str(quote.revision):
        raise StaleRevisionError(quote)
    return quote


def _checked(request: HttpRequest, screen: Screen, quote: Quote) -> CardForm:
    return form_for(screen, quote, request.POST)


def _unsaved(quote: Quote, form: CardForm) -> Done:
    said = "Not saved: see the card. What you typed is still there."
    return Done(str(form.conflict or said), quote.pk, form=form, refused=True)


def _selection(data: QueryDict, screen: Screen) -> tuple[int, int]:
    """Return the words selected in the text, if they are what stands there."""
    start, end = data.get("sel_start", ""), data.get("sel_end", "")
    if not (is_key(start) and is_key(end)):
        raise RefusedPressError("Select some words of the article first.")
    body = screen.article.body
    words = data.get("sel_words", "").replace("\r\n", "\n")
    if body[int(start) : int(end)] != words:
        raise RefusedPressError("The selection does not match the article. Select the words again.")
    return review.tidy(body, int(start), int(end))


def _next(screen: Screen, quote: Quote) -> int | None:
    found = screen.next_candidate(quote)
    return found.pk if found else None


def _short(quote: Quote) -> str:
    text = " ".join(quote.text.split())
    return f"“{text}”" if len(text) <= SHORT else f"“{text[: SHORT - 1]}…”"


def _meanwhile(quote: Any) -> str:
    latest = quote.history.latest()
    return (
        f"{latest.actor_name} changed this quote after you opened it: "
        f"“{latest.history_change_reason}”. Nothing was done yet. Look again, then decide."
    )


def _editor(request: HttpRequest) -> Any:
    return request.user
