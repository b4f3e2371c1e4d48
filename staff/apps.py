from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "Sign-in"

    def ready(self) -> None:
        from staff import audit, sessions  # models are loaded by now

        sessions.connect()
        audit.connect()
