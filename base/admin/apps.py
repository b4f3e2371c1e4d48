from django.contrib.admin.apps import AdminConfig


class EditorsAdminConfig(AdminConfig):
    """The stock admin with our own site object behind `admin.site`."""

    default_site = "base.admin.site.EditorsSite"
