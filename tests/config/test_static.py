"""Static files the way production serves them: collected, named by their content, compressed."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client
from django.test.utils import override_settings

STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}


def test_collected_files_answer_under_names_that_never_change(tmp_path: Path) -> None:
    """collectstatic also fails when a style sheet names a file that is not there."""
    with override_settings(
        STORAGES=STORAGES,
        STATIC_ROOT=tmp_path,
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_AUTOREFRESH=False,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        address = static("admin/css/base.css")
        response = Client().get(address)
        content = response.getvalue()

    assert address != "/static/admin/css/base.css"
    assert response.status_code == 200
    assert b"{" in content
    assert "immutable" in response.headers["Cache-Control"]
