"""The addresses under /api/v1."""

from django.urls import path, re_path

from quotes.api import quotes, rows

SLUG = r"(?P<key>[-\w]{1,80})"
ID = r"(?P<public_id>[0-9A-Za-z]{8})"

urlpatterns = [
    path("quotes", quotes.QuotesView.as_view(), name="api_quotes"),
    re_path(rf"^quotes/{ID}\Z", quotes.QuoteView.as_view(), name="api_quote"),
    re_path(rf"^quotes/{ID}/versions\Z", quotes.VersionsView.as_view(), name="api_versions"),
    re_path(
        rf"^quotes/{ID}/versions/(?P<number>[1-9][0-9]{{0,5}})\Z",
        quotes.VersionView.as_view(),
        name="api_version",
    ),
    path("facets", quotes.FacetsView.as_view(), name="api_facets"),
    path("stances", rows.StancesView.as_view(), name="api_stances"),
    path("codings", rows.CodingsView.as_view(), name="api_codings"),
]
for kind in rows.KINDS:
    every, one = rows.views_of(kind)
    urlpatterns += [
        path(kind, every.as_view(), name=f"api_{kind}"),
        re_path(rf"^{kind}/{SLUG}\Z", one.as_view(), name=f"api_{kind}_one"),
    ]
