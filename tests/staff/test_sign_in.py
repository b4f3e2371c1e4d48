"""Sign-in: five failures, the second factor, the end of a session, and what is written down."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from simple_history.models import HistoricalRecords

from tests import factories

PASSWORD = "a long password of the tests"
LOGIN = "/admin/login/"
FACTOR = "/admin/second-factor/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor():
    return factories.user(username="editor-a", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, address: str = "192.0.2.1", **more: str):
    data = {"username": "editor-a", "password": password, "next": "/admin/"} | more
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def code_of(user, *, wait: int = 0) -> str:
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + wait
    return f"{totp.token():06d}"


def signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


class TestFailures:
    def test_sixth_try_is_refused_even_with_the_right_password(self, client, editor) -> None:
        for _ in range(5):
            last = sign_in(client, "wrong")

        assert last.status_code == 429
        refused = sign_in(client)
        assert refused.status_code == 429
        assert "Wait fifteen minutes" in refused.text
        assert not signed_in(client)

    def test_lock_holds_for_nobody_at_another_address(self, client, editor) -> None:
        for _ in range(5):
            sign_in(client, "wrong")

        assert sign_in(Client(), address="192.0.2.2").status_code == 302

    def test_success_forgets_the_failures_before_it(self, client, editor) -> None:
        for _ in range(3):
            for _ in range(4):
                assert sign_in(client, "wrong").status_code == 200
            assert sign_in(client).status_code == 302

    def test_address_behind_our_proxies_is_the_one_they_name(
        self, client, editor, settings
    ) -> None:
        settings.TRUSTED_PROXIES = 1
        for number in range(5):
            forged = {"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.9"}
            last = client.post(LOGIN, {"username": "editor-a", "password": "wrong"}, headers=forged)

        assert last.status_code == 429, "a made-up entry before the proxy's must not be believed"


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, settings) -> None:
        settings.REQUIRE_SECOND_FACTOR = True

    def set_up(self, client, editor) -> list[str]:
        sign_in(client)
        client.get(FACTOR)
        answer = client.post(FACTOR, {"code": code_of(editor)})
        return re.findall(r"<li><code>(\w{10})</code>", answer.text)

    def test_password_alone_opens_nothing(self, client, editor) -> None:
        quote = factories.quote(status="candidate")
        sign_in(client)

        for page in ("/admin/", "/admin/quotes/quote/", f"/admin/quotes/quote/{quote.pk}/change/"):
            answer = client.get(page)
            assert answer.status_code == 302
            assert answer["Location"].startswith(LOGIN)
        answer = client.get(LOGIN + "?next=/admin/people/person/")
        assert answer["Location"] == FACTOR + "?next=%2Fadmin%2Fpeople%2Fperson%2F"

    def test_device_is_set_up_with_the_code_that_it_shows(self, client, editor) -> None:
        sign_in(client)
        page = client.get(FACTOR)
        key = TOTPDevice.objects.get(user=editor)
        assert "data:image/svg+xml" in page.text
        assert key.confirmed is False

        assert "not the code" in client.post(FACTOR, {"code": "000000"}).text
        assert not signed_in(client)
        TOTPDevice.objects.update(throttling_failure_count=0)
        codes = re.findall(
            r"<li><code>(\w{10})</code>", client.post(FACTOR, {"code": code_of(editor)}).text
        )

        assert len(set(codes)) == 10
        assert signed_in(client)

    def test_next_sign_in_asks_for_a_code_and_takes_each_once(self, client, editor) -> None:
        self.set_up(client, editor)
        other = Client()
        sign_in(other)
        assert not signed_in(other)
        used = code_of(editor)

        assert "not the code" in other.post(FACTOR, {"code": used}).text, "a code works once"
        TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
        answer = other.post(
            FACTOR + "?next=/admin/people/person/", {"code": code_of(editor, wait=30)}
        )

        assert answer["Location"] == "/admin/people/person/"
        assert signed_in(other)

    def test_recovery_code_works_once(self, client, editor) -> None:
        codes = self.set_up(client, editor)
        typed = f"{codes[0][:5]}-{codes[0][5:]}".upper()

        for expected in (True, False):
            other = Client()
            sign_in(other)
            other.post(FACTOR, {"code": typed})
            assert signed_in(other) is expected

    def test_wrong_code_delays_the_next_one(self, client, editor) -> None:
        self.set_up(client, editor)
        other = Client()
        sign_in(other)
        other.post(FACTOR, {"code": "000000"})

        assert "not the code" in other.post(FACTOR, {"code": code_of(editor, wait=30)}).text

    def test_next_page_is_never_a_foreign_one(self, client, editor) -> None:
        self.set_up(client, editor)
        other = Client()
        sign_in(other)
        answer = other.post(FACTOR + "?next=//evil.example/", {"code": code_of(editor, wait=30)})

        assert answer["Location"] == "/admin/"

    def test_without_a_password_there_is_no_page(self, client, editor) -> None:
        assert client.get(FACTOR)["Location"].startswith(LOGIN)

    def test_session_has_a_new_key_after_each_step(self, client, editor) -> None:
        client.get(LOGIN)
        sign_in(client)
        half = client.cookies["session"].value
        client.get(FACTOR)
        client.post(FACTOR, {"code": code_of(editor)})

        assert client.cookies["session"].value != half

    def test_who_set_one_up_is_asked_even_where_it_is_not_required(
        self, client, editor, settings
    ) -> None:
        self.set_up(client, editor)
        settings.REQUIRE_SECOND_FACTOR = False
        other = Client()
        sign_in(other)

        assert not signed_in(other)


class TestSessions:
    def moved(self, monkeypatch, **by: int) -> None:
        moment = (timezone.now() + timedelta(**by)).timestamp()
        monkeypatch.setattr(time, "time", lambda: moment)

    def test_unused_session_ends_after_an_hour(self, client, editor, monkeypatch) -> None:
        sign_in(client)
        self.moved(monkeypatch, minutes=59)
        assert signed_in(client)
        self.moved(monkeypatch, minutes=59 + 59)
        assert signed_in(client), "it was used an hour ago, less a minute"
        self.moved(monkeypatch, minutes=59 + 59 + 61)
        assert not signed_in(client)
        self.moved(monkeypatch)
        assert not signed_in(client), "what has ended does not come back"

    def test_used_session_ends_after_twelve_hours(self, client, editor, monkeypatch) -> None:
        sign_in(client)
        for hour in range(1, 13):
            self.moved(monkeypatch, minutes=hour * 59)
            assert signed_in(client)
        self.moved(monkeypatch, minutes=12 * 60 + 1)
        assert not signed_in(client)

    @pytest.mark.parametrize("change", ["password", "is_active", "is_staff"])
    def test_change_of_the_account_ends_every_session(self, client, editor, change) -> None:
        sign_in(client)
        if change == "password":
            editor.set_password("another long password")
        else:
            setattr(editor, change, False)
        editor.save()

        assert not signed_in(client)

    def test_public_page_sets_no_cookie_and_does_not_vary_by_one(self, client, editor) -> None:
        sign_in(client)

        answer = client.get("/quotes")

        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


class TestAuditLog:
    def test_each_event_is_one_line_without_secrets(
        self, client, editor, caplog, rf, monkeypatch
    ) -> None:
        caplog.set_level("INFO", logger="audit")
        client.post(LOGIN, {"username": "x\n{'event': 'forged'}", "password": "hunter22"})
        sign_in(client)
        editor.groups.clear()
        factories.person("Speaker A")  # as a command would: its history tells of it
        monkeypatch.setattr(HistoricalRecords.context, "request", rf.get("/"), raising=False)
        factories.person("Speaker B")

        lines = [r.getMessage() for r in caplog.records if r.name == "audit"]
        events = [json.loads(line)["event"] for line in lines]
        assert events == ["sign-in failed", "password accepted", "roles clear", "record changed"]
        assert not any("\n" in line or "hunter22" in line or PASSWORD in line for line in lines)
