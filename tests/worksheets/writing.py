"""People who write, without pages between."""

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition, Role
from raamwerk.worksheets.changes import Changes, MarkChange, TextChange
from raamwerk.worksheets.read import OpenWorksheet, open_desk
from raamwerk.worksheets.save import SaveRequest, SaveResult, save


def the_edition() -> Edition:
    edition = current_edition("lob")
    assert edition
    return edition


def the_role(role_id: str = "mentor") -> Role:
    role = the_edition().role(role_id)
    assert role
    return role


def write(
    secret: str, *changes: TextChange | MarkChange, role: str = "mentor", worksheet: str = ""
) -> SaveResult:
    """Save these changes as whoever holds this secret."""
    texts = tuple(each for each in changes if isinstance(each, TextChange))
    marks = tuple(each for each in changes if isinstance(each, MarkChange))
    wanted = Changes(texts, marks)
    return save(SaveRequest((secret,), the_edition(), the_role(role), wanted, worksheet))


def read(secret: str, role: str = "mentor") -> OpenWorksheet:
    """The worksheet that this secret opens for a role."""
    worksheet = open_desk((secret,), "lob", role).worksheet
    assert worksheet
    return worksheet
