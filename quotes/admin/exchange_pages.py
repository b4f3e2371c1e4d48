"""Codings as files: a download, and an upload that is shown before it is taken in."""

import hashlib
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from base.admin.forms import PlainTextField
from quotes.exchange import FORMATS, Settings, apply, plan, read, record_as_project, write
from quotes.interchange.records import ImportRefusedError
from quotes.interchange.xml import NotWritableError
from quotes.models import CodingImport, Target

FILE_BYTES = 20 * 1024 * 1024
SHOWN = 50
LIST = "admin:quotes_codingimport_changelist"


class PairsField(PlainTextField):
    """Names for names, one pair on each line."""

    def clean(self, value: Any) -> Any:
        found: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            first, sign, second = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if not (first and sign and second) or first in found:
                raise forms.ValidationError(
                    f"Write each as name = name, each name once: “{line[:40]}”."
                )
            found[first] = second
        return found


class ExportForm(forms.Form):
    format = forms.ChoiceField(choices=[(one.name, one.label) for one in FORMATS.values()])
    target = forms.ModelChoiceField(
        Target.objects.in_force().order_by("label"), required=False, empty_label="All targets"
    )
    published = forms.BooleanField(required=False, label="Only quotes that readers can see")


class ImportForm(forms.Form):
    file = forms.FileField(
        widget=forms.FileInput(),
        help_text="CSV (long or wide), JSON lines, a REFI-QDA project (.qdpx) or a DNA 3 database "
        "(.dna), up to 20 MB. Nothing is taken in before you have seen what would come.",
    )
    values = PairsField(
        required=False,
        label="What the file calls our values",
        help_text="One on each line, theirs first: for = supports",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    columns = PairsField(
        required=False,
        label="What the table calls our columns",
        help_text="Ours first: value = Stance. Ours are unit, target, coder, value, confidence and "
        "memo.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dna = PairsField(
        required=False,
        label="Variables of a DNA file",
        help_text="Where their names do not tell: statement_type, actor, concept, qualifier.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    create = forms.BooleanField(
        required=False,
        label="Add articles, candidates, targets and coders that are not here",
    )
    replace = forms.BooleanField(
        required=False, label="Change codings that have another value here"
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB; use the command.")
        return file


def export_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Offer the formats, or send the file that was asked for."""
    if not request.user.has_perm("quotes.change_stance"):
        raise PermissionDenied
    form = ExportForm(request.GET or None)
    if form.is_bound and form.is_valid():
        chosen = FORMATS[form.cleaned_data["format"]]
        project = record_as_project(
            target=form.cleaned_data["target"], published=form.cleaned_data["published"]
        )
        try:
            data = write(project, chosen.name)
        except (ImportRefusedError, NotWritableError) as error:
            form.add_error(None, f"Not written: {error}.")
        else:
            response = HttpResponse(data, content_type=chosen.content_type)
            name = f"codings-{chosen.name}.{chosen.ending}"
            header = content_disposition_header(True, name)
            response.headers["Content-Disposition"] = header or "attachment"
            return response
    context = {**_frame(request, model_admin, "Download codings"), "form": form}
    return TemplateResponse(request, "admin/quotes/codings/export.html", context)


def import_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Take a file to look at."""
    _allow(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file, said = form.cleaned_data["file"], form.cleaned_data
        data = file.read()
        settings = Settings(**{name: said[name] for name in asdict(Settings())})
        try:
            counts = plan(read(file.name, data, settings), settings).counts
        except ImportRefusedError as error:
            refusal = str(error)
        else:
            row = CodingImport.objects.create(
                name=file.name[-200:],
                sha256=hashlib.sha256(data).hexdigest(),
                data=data,
                read_as=asdict(settings),
                counts=counts,
                uploaded_by=request.user,  # type: ignore[misc]  # a person who is logged in
            )
            return redirect("admin:quotes_codingimport_preview", row.pk)
    context = {**_frame(request, model_admin, "Import codings"), "form": form, "refusal": refusal}
    return TemplateResponse(request, "admin/quotes/codings/import.html", context)


def preview_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Show what a file would do; take it in, or throw it away."""
    _allow(request)
    row = get_object_or_404(CodingImport.objects.filter(data__isnull=False), pk=pk)
    if request.method == "POST" and "drop" in request.POST:
        row.delete()
        messages.success(request, "The file was thrown away. Nothing was imported.")
        return redirect(LIST)
    settings = Settings(**row.read_as)
    refusal = ""
    try:
        # Anew each time: what is here may have changed since the file was looked at.
        found = plan(read(row.name, bytes(row.data or b""), settings), settings)
        if request.method == "POST" and not found.faults:
            return _take_in(request, row, found)
    except ImportRefusedError as error:
        refusal = str(error)
        found = None
    context = {
        **_frame(request, model_admin, f"What {row.name} would bring"),
        "row": row,
        "plan": found,
        "refusal": refusal,
        "shown": found.new[:SHOWN] if found else [],
        "changed": found.changed[:SHOWN] if found else [],
        "missing": [
            (what, names[:SHOWN])
            for what in ("documents", "targets", "coders")
            if found and (names := found.missing(what))
        ],
    }
    return TemplateResponse(request, "admin/quotes/codings/preview.html", context)


def _take_in(request: HttpRequest, row: CodingImport, found: Any) -> HttpResponse:
    with transaction.atomic():
        row.counts = apply(found, by=request.user, why=f"Imported from {row.name}"[:500])  # type: ignore[arg-type]
        row.data, row.done_at = None, timezone.now()
        row.save()
    done = row.counts["codings that are new"] + row.counts["codings that change"]
    messages.success(request, f"{done} codings were imported.")
    return redirect("admin:quotes_codingimport_change", row.pk)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("quotes.add_codingimport"):
        raise PermissionDenied


def _frame(request: HttpRequest, model_admin: Any, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
    }
