"""The texts of a worksheet, sealed for their place in it and opened again."""

from raamwerk.owners.access import OpenOwner
from raamwerk.owners.sealing import BrokenSealError, seal, unseal
from raamwerk.worksheets.queries import WorksheetRow


def wrap_worksheet_key(owner: OpenOwner, public_id: str, key: bytes) -> bytes:
    """A worksheet's key, sealed with its owner's. Raises BrokenSealError for an unsealed owner."""
    return seal(owner.sealing_key, key, f"worksheet:{public_id}")


def worksheet_key(owner: OpenOwner, worksheet: WorksheetRow) -> bytes:
    """The key of this worksheet. Raises BrokenSealError, also for one from before sealing."""
    if worksheet.wrapped_key is None:
        raise BrokenSealError
    return unseal(owner.sealing_key, worksheet.wrapped_key, f"worksheet:{worksheet.public_id}")


def seal_text(key: bytes, public_id: str, field: str, text: str) -> bytes:
    """A text, sealed for this field of this worksheet."""
    return seal(key, text.encode(), f"text:{public_id}:{field}")


def open_text(key: bytes, public_id: str, field: str, sealed: bytes) -> str:
    """The text of this field of this worksheet. Raises BrokenSealError."""
    return unseal(key, sealed, f"text:{public_id}:{field}").decode()
