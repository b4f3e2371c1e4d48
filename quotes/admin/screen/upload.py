"""Upload or paste one document, and go straight to its candidates."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from base.admin.forms import PlainTextField
from base.dates import validate_edtf
from people.models import LONGEST_NAME
from quotes.choices import ArticleKind
from quotes.intake import Ingested, Outcome, from_text, from_upload
from quotes.intake.step import Intake
from quotes.intake.uploads import METADATA
from quotes.parsing import RefusedError

LONGEST_PASTE = 1_000_000
FILE_BYTES = 20 * 1024 * 1024


class UploadForm(forms.Form):
    """A file, or a text with what is known about it."""

    file = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"autofocus": True}),
        help_text="A saved web page (html), txt, pdf or docx, up to 20 MB. Headline, outlet and "
        "date are read from it where it prints them.",
    )
    text = PlainTextField(
        label="Or paste the text",
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
    )
    headline = forms.CharField(required=False, max_length=500)
    byline = forms.CharField(required=False, max_length=300)
    outlet = forms.CharField(required=False, max_length=LONGEST_NAME)
    kind = forms.ChoiceField(
        label="Kind of source",
        required=False,
        choices=ArticleKind.choices,
        help_text="What a citation calls it; also for a file.",
    )
    published = forms.CharField(
        required=False,
        max_length=40,
        validators=[validate_edtf],
        help_text="As printed: 2008-12-07, 2008-12.",
    )
    url = forms.URLField(label="Address", required=False, max_length=1000, assume_scheme="https")
    language = forms.CharField(required=False, max_length=20, help_text="en, en-GB, fr")
    create_outlet = forms.BooleanField(
        label="Add the outlet when the record does not have it yet", required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text")
        if file and text:
            raise forms.ValidationError("Give a file or a text, not both.")
        if not file and not text and not self.errors:
            raise forms.ValidationError("Choose a file or paste a text.")
        if file and file.size > FILE_BYTES:
            self.add_error("file", "The file is larger than 20 MB.")
        return cleaned


def upload_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Take in one document and open its review, or say why it is refused."""
    allowed = request.user.has_perm("quotes.change_quote")
    if not (allowed and request.user.has_perm("quotes.add_article")):
        raise PermissionDenied
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    refusal = None
    if sent and form.is_valid():
        try:
            taken = _take_in(form.cleaned_data, request.user)
        except RefusedError as error:
            refusal = error
        else:
            _tell(request, taken)
            return redirect("admin:quotes_article_review", taken.article.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Add an article",
        "opts": model_admin.opts,
        "form": form,
        "refusal": refusal,
        "was_file": bool(request.FILES),
    }
    return TemplateResponse(request, "admin/quotes/screen/upload.html", context)


def _take_in(given: dict[str, Any], by: Any) -> Ingested:
    how = Intake(create_outlets=given["create_outlet"], kind=given["kind"])
    if given["file"]:
        return from_upload(given["file"].name, given["file"].read(), by=by, how=how)
    metadata = {name: given[name] for name in METADATA if given.get(name)}
    return from_text(given["text"], metadata, by=by, how=how)


def _tell(request: HttpRequest, taken: Ingested) -> None:
    if taken.outcome == Outcome.KNOWN:
        messages.warning(request, "This text was here already. Nothing was added; this is it.")
        return
    count = len(taken.quotes)
    messages.success(request, f"{count} candidate{'s'[: count != 1]} found.")
    for warning in taken.warnings:
        messages.warning(request, f"{warning[0].upper()}{warning[1:]}.")
    for link in taken.similar:
        messages.warning(
            request,
            f"{round(link.similarity * 100)}% the same words as “{link.earlier}”: a copy of one "
            "report, perhaps. Its quotes may be in the record already.",
        )
