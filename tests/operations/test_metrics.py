"""Numbers for whoever watches: for staff only, and true."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_numbers_are_for_staff_only(client) -> None:
    assert client.get("/admin/metrics").status_code == 302


def test_numbers_are_those_of_the_record_and_of_this_process(client) -> None:
    factories.quote()
    factories.quote(status="candidate")
    client.force_login(factories.user())
    client.get("/quotes/none-such")

    answer = client.get("/admin/metrics")

    lines = answer.text.splitlines()
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'ontherecord_quotes{status="published"} 1' in lines
    assert 'ontherecord_quotes{status="candidate"} 1' in lines
    assert any(line.startswith("ontherecord_requests_total") and '"404"' in line for line in lines)
    count = [line for line in lines if line.startswith("ontherecord_request_seconds_count")]
    whole = [line for line in lines if 'le="+Inf"' in line]
    assert count[0].split()[-1] == whole[0].split()[-1] != "0"
    assert float(next(x for x in lines if "database_bytes{" in x).split()[-1]) > 10_000


def test_security_txt_names_the_contact(client, settings) -> None:
    settings.CONTACT = ""
    assert "Contact: http://testserver/report\n" in client.get("/.well-known/security.txt").text
    settings.CONTACT = "faults@example.org"

    text = client.get("/.well-known/security.txt").text

    assert text.startswith("Contact: mailto:faults@example.org\nExpires: 20")
    assert "Canonical: http://testserver/.well-known/security.txt" in text
