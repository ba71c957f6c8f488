"""The edition that the product reads, for the tests of this folder."""

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition, Role


def the_edition() -> Edition:
    edition = current_edition("lob")
    assert edition
    return edition


def the_role(role_id: str) -> Role:
    role = the_edition().role(role_id)
    assert role
    return role


def printed(role: Role, language: str) -> list[str]:
    """The statements of a role as print shows them: ``words (A,C)``."""
    return [
        each.text.read(language) + (f" ({','.join(each.citations)})" if each.citations else "")
        for each in role.statements
    ]
