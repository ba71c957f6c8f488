"""Marks carry a writer and a number as texts do: what comes late undoes nothing."""

from typing import Any

from lxml import html  # type: ignore[import-untyped]

from tests.pages.conftest import Visitor, is_marked, mark

WORK_ON = "mentor-visie-rol-1:work-on"


def kept(answer: Any) -> dict[str, Any]:
    """What the server says that is kept of the one mark that was sent."""
    assert answer.status_code == 200
    [(name, state)] = answer.json()["marks"].items()
    assert name == WORK_ON
    return dict(state)


def test_an_old_post_that_comes_late_undoes_nothing(visitor: Visitor) -> None:
    """Tick, leave, come back, untick, told that it is saved: then the held copy arrives."""
    visitor.save_json(marks=[mark(sequence=1, writer="before")])
    visitor.save_json(marks=[mark(on=False, base=1, writer="after")])

    late = visitor.save_json(marks=[mark(sequence=1, writer="before")])

    assert kept(late) == {"on": False, "base": 2}
    assert not is_marked(visitor.page(), WORK_ON)


def test_a_save_of_the_same_page_that_was_overtaken_changes_nothing(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark(on=True, sequence=3)])

    late = visitor.save_json(marks=[mark(on=False, sequence=2)])

    assert kept(late) == {"on": True, "base": 1}
    assert is_marked(visitor.page(), WORK_ON)


def test_what_was_made_again_in_the_meantime_overtakes_too(visitor: Visitor) -> None:
    """Nothing changed by the later save, but it was the later one all the same."""
    visitor.save_json(marks=[mark(on=True, sequence=1)])
    visitor.save_json(marks=[mark(on=True, sequence=3)])

    late = visitor.save_json(marks=[mark(on=False, sequence=2)])

    assert kept(late)["on"] is True


def test_a_page_goes_on_after_an_answer_that_got_lost(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark(on=True, sequence=1)])

    answer = visitor.save_json(marks=[mark(on=False, base=0, sequence=2)])

    assert kept(answer) == {"on": False, "base": 2}


def test_a_page_that_was_told_what_is_kept_puts_its_own_on_top(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark(writer="w1")])
    told = kept(visitor.save_json(marks=[mark(on=False, base=0, writer="w2")]))
    assert told == {"on": True, "base": 1}

    again = visitor.save_json(marks=[mark(on=False, base=1, writer="w2", sequence=2)])

    assert kept(again) == {"on": False, "base": 2}
    assert not is_marked(visitor.page(), WORK_ON)


def box(page: str) -> Any:
    [found] = html.fromstring(page).xpath(f"//input[@type='checkbox'][@value='{WORK_ON}']")
    return found


def test_the_page_says_from_which_state_the_next_change_starts(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark(sequence=1)])
    assert box(visitor.page()).get("checked") is not None
    assert box(visitor.page()).get("data-base") == "1"

    visitor.save_json(marks=[mark(on=False, sequence=2)])
    assert box(visitor.page()).get("checked") is None
    assert box(visitor.page()).get("data-base") == "2"


def test_a_form_says_itself_what_it_changed(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark()])

    visitor.save_form(**{"marks-before": WORK_ON})

    assert not is_marked(visitor.page(), WORK_ON)
    late = visitor.save_json(marks=[mark()])
    assert kept(late)["on"] is False
