"""All addresses. The ones that are promised for ever are in docs/architecture.md."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
