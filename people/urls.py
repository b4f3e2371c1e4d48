"""Addresses of people and organisations."""

from django.urls import path, re_path

from people import views

SLUG = r"(?P<slug>[-\w]{1,80})"

urlpatterns = [
    path("people", views.person_list, name="people"),
    path("organizations", views.organization_list, name="organizations"),
    re_path(rf"^organizations/{SLUG}\Z", views.organization, name="organization"),
]
