"""/.well-known/security.txt: whom to tell about a leak (RFC 9116)."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

VALID_FOR = timedelta(days=180)
ADDRESS = re.compile(r"(https://|mailto:|tel:)[!-~]+")
MAIL_ADDRESS = re.compile(r"[^\s:@]+@[!-~]+")


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """How to reach whoever runs this; not found where CONTACT names no address."""
    contact = contact_address(settings.CONTACT)
    if contact is None:
        raise Http404
    expires = (datetime.now(UTC) + VALID_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def contact_address(contact: str) -> str | None:
    """CONTACT as an address that a program can follow; None where it is only words."""
    contact = contact.strip()
    if ADDRESS.fullmatch(contact):
        return contact
    if MAIL_ADDRESS.fullmatch(contact) and contact.isascii():
        return f"mailto:{contact}"
    return None
