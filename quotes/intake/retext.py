"""A text that was taken in wrong, put right while no quote stands in it."""

import hashlib

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from base.history import save_as
from quotes.canonical import TextRefusedError, normalise
from quotes.intake import similar
from quotes.intake.speakers import Directory
from quotes.intake.step import candidates, find
from quotes.models import Article, NearDuplicate, Quote
from quotes.parsing import ParsedDocument, RefusedError


def retext(*, article: Article, text: str, by: User, why: str) -> tuple[Quote, ...]:
    """Replace an article's text and return the candidates that are found in the new one.

    Raises ValidationError when a quote stands in the text, when the new one is empty, can't be
    stored or is another article's, or without a reason.
    """
    if not why.strip():
        raise ValidationError("Say why: the reason stands in the record's history.")
    if article.quotes.exists():
        raise ValidationError("Quotes stand in this text, so it stays as it is.")
    try:
        body = normalise(text)
    except TextRefusedError as error:
        raise ValidationError(f"The text {error}.") from error
    if not body.strip():
        raise ValidationError("There is nothing in it.")
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    if Article.objects.filter(sha256=sha256).exists():
        raise ValidationError("An article with this text is there already.")
    article.body, article.sha256, article.boilerplate = body, sha256, []
    document = ParsedDocument(text=body, language=article.language)
    try:
        found = find(document, article, Directory.read())
    except RefusedError as refusal:
        raise ValidationError(refusal.sentence) from refusal
    with transaction.atomic():
        save_as(article, by=by, why=why)
        NearDuplicate.objects.filter(article=article).delete()
        similar.link(article)
        return candidates(article, found, by)
