"""All addresses. The ones that are promised for ever are in docs/architecture.md."""

from django.contrib import admin
from django.urls import include, path

from operations.metrics import metrics
from staff.views import second_factor

urlpatterns = [
    path("", include("quotes.urls")),
    path("", include("people.urls")),
    path("", include("quotes.api.urls")),
    path("admin/second-factor/", second_factor, name="second_factor"),
    path("admin/metrics", admin.site.admin_view(metrics), name="metrics"),
    path("admin/", admin.site.urls),
]
handler400 = "quotes.views.errors.bad_request"
handler403 = "quotes.views.errors.forbidden"
handler404 = "quotes.views.errors.not_found"
handler500 = "quotes.views.errors.server_error"
