"""What sealing costs: the time of all it does for a save and for an own page, beside the time of the whole.

Measured within one process, without the server around it, so that nothing hides it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Result, median_milliseconds

if TYPE_CHECKING:
    from raamwerk.frameworks.model import Edition, Role

TEXT = "woorden " * 60


def measure() -> list[Result]:
    """A save of one field, and a page with all fields filled, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        variables = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": ""}
        command = [sys.executable, "-m", "benchmarks.sealing"]
        measured = subprocess.run(command, env=variables, capture_output=True, check=True).stdout
    results = []
    for work, (sealing, whole) in json.loads(measured).items():
        figure, limit = f"{sealing * 1000:.0f} us", f"the whole: {whole * 1000:.0f} us"
        results.append(Result(f"sealing, in {work}", figure, limit, sealing / whole, "at most 0.1"))
    return results


def milliseconds() -> dict[str, tuple[float, float]]:
    """Of what sealing does and of the whole, by work."""
    from raamwerk.cli import prepare
    from raamwerk.project.environment import environment

    prepare(environment())
    from raamwerk.frameworks.library import current_edition
    from raamwerk.owners.access import begin_owner

    edition = current_edition("lob")
    assert edition
    role, secret = edition.roles[0], begin_owner()
    save, page = work_of(edition, role, secret)
    fields = len(role.fields)
    return {
        "a save of one field": (median_milliseconds(sealing(secret, 1, 1), 200), save),
        "an own page": (median_milliseconds(sealing(secret, fields, 0), 200), page),
    }


def work_of(edition: "Edition", role: "Role", secret: str) -> tuple[float, float]:
    """How long a whole save and a whole page take."""
    from django.test import RequestFactory
    from django.urls import resolve
    from django.utils.translation import override

    from raamwerk.web.cacheable import OwnPage
    from raamwerk.web.delivery import compressed
    from raamwerk.worksheets.changes import Base, Changes, TextChange, fingerprint
    from raamwerk.worksheets.save import SaveRequest, save

    def save_text(name: str, text: str, sequence: int, base: Base) -> None:
        change = TextChange(name, text, base, "bench", sequence)
        save(SaveRequest((secret,), edition, role, Changes((change,))))

    for each in role.fields:
        save_text(each.id, TEXT, 1, Base())
    count = iter(range(2, 1_000_000))

    def save_again() -> None:
        number = next(count)
        before = f"{TEXT}{number - 1}" if number > 2 else TEXT
        base = Base(number - 1, fingerprint(before))
        save_text(role.fields[0].id, f"{TEXT}{number}", number, base)

    saving = median_milliseconds(save_again, 200)
    path = f"/{edition.framework}/{role.id}/"
    request = RequestFactory().get(path, headers={"cookie": f"werkblad-bench={secret}"})
    request.resolver_match = resolve(path)
    view: Callable[..., Any] = request.resolver_match.func
    with override("nl"):
        response = view(request, **request.resolver_match.kwargs)
        assert isinstance(response, OwnPage)
        pattern = response.pattern()

    def page() -> None:
        values = response.fill([(secret,)])[0]
        assert values
        compressed(pattern.fill(values), "gzip", is_public=False)

    return saving, median_milliseconds(page, 200)


def sealing(secret: str, opened: int, sealed: int) -> Callable[[], None]:
    """All of it for one request: the owner's key, the worksheet's, so many texts opened and sealed."""
    from raamwerk.owners.sealing import new_key, seal, unseal, wrapping_key

    owner_key, sheet_key = new_key(), new_key()
    wrapped_owner = seal(wrapping_key(secret), owner_key, "owner:1")
    wrapped_sheet = seal(owner_key, sheet_key, "worksheet:AAAAAAAAAAAAAAAAAAAAAA")
    identity = "text:AAAAAAAAAAAAAAAAAAAAAA:visie-rol"
    text = seal(sheet_key, TEXT.encode(), identity)

    def once() -> None:
        owner = unseal(wrapping_key(secret), wrapped_owner, "owner:1")
        key = unseal(owner, wrapped_sheet, "worksheet:AAAAAAAAAAAAAAAAAAAAAA")
        for _ in range(opened):
            unseal(key, text, identity).decode()
        for _ in range(sealed):
            seal(key, TEXT.encode(), identity)

    return once


if __name__ == "__main__":
    print(json.dumps(milliseconds()))
