"""Every fault is told once, with its line and a cure; all faults of a file in one run."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from raamwerk.frameworks.faults import Fault

pytestmark = pytest.mark.usefixtures("both_loaders")

Faults = Callable[[str | bytes], tuple[Fault, ...]]


class Slip(NamedTuple):
    """``new`` written where a good file has ``old``: the line, and words of problem and cure."""

    old: str
    new: str
    line: int
    problem: str
    cure: str


LAST_FIELD = """      - area: oogsten
        facet: kunde
        statements:
          - {id: tuinier-kent-fruit, nl: Kent fruit, en: Knows fruit}
"""

SLIPS = {
    # The YAML itself
    "open quote": Slip("nl: Uit de bron.", 'nl: "Uit de bron.', 18, "not valid YAML", "quote"),
    "open bracket": Slip("A, B]", "A, B", 49, "not valid YAML", "bracket"),
    "bad indent": Slip("    audience:", "   audience:", 42, "not valid YAML", "below its"),
    "second colon": Slip("en: Gardener", "en: Gardener: me", 40, "not valid YAML", "colon"),
    "tab": Slip("    audience:", "\taudience:", 42, "not valid YAML", "below its"),
    "two documents": Slip("roles:", "---\nroles:", 37, "not valid YAML", "this line"),
    "alias": Slip("cites: [A]", "cites: *letters", 53, "*letters", "Write it out"),
    "deep": Slip("nl: Uit de bron.", "nl: " + "[" * 50 + "]" * 50, 18, "too deeply", "brackets"),
    # Characters
    "control": Slip("Kent zaad", "Kent\x07zaad", 59, "U+0007", "Delete it"),
    "escaped": Slip("nl: Kent zaad", 'nl: "Kent\\ezaad"', 59, "U+001B", "Delete it"),
    "lost": Slip("Kent zaad", "Kent\ufffdzaad", 59, "U+FFFD", "meant"),
    "line separator": Slip("Kent zaad", "Kent\u2028zaad", 59, "U+2028", "Delete it"),
    # Keys
    "unknown key": Slip(
        "    audience:", "    colour: red\n    audience:", 42, "colour", "audience"
    ),
    "misspelt key": Slip("    audience:", "    audiense:", 42, "audiense", "mean “audience”"),
    "key twice": Slip(
        "facet: taak\n        statements:\n          - {id: tuinier-z",
        "facet: taak\n        facet: taak\n        statements:\n          - {id: tuinier-z",
        48,
        "“facet” is here twice",
        "line 47",
    ),
    "key twice on a line": Slip(
        "nl: Oogst, en: Harvests",
        "nl: Oogst, nl: Pluk, en: Harvests",
        63,
        "“nl” is here twice",
        "line 63",
    ),
    "missing key": Slip(
        "    provenance: bron\n", "", 38, "“provenance” is missing", "Add “provenance:”"
    ),
    "missing text": Slip("nl: Kent zaad, ", "", 59, "text in “nl” is missing", "Add “nl:”"),
    "missing translation": Slip(", en: Knows seed", "", 59, "text in “en” is missing", "Add “en:”"),
    "missing short": Slip(", short: {nl: Oogst, en: Harvest}", "", 30, "“short” is missing", "Add"),
    # Values
    "format": Slip("format: 2", "format: 3", 1, "format “3” is unknown", "newer"),
    "quoted format": Slip("format: 2", 'format: "2"', 1, "format “2” is unknown", "format: 2"),
    "edition": Slip(
        '"2026-1"', "2026", 3, "“edition” must be a text, but is a number", 'it: "2026"'
    ),
    "day": Slip("2026-03-09", "2026-02-30", 4, "“2026-02-30” is not a date", "2026-11-24"),
    "written day": Slip(
        "2026-03-09", "9 maart 2026", 4, "“9 maart 2026” is not a date", "year, month"
    ),
    "no": Slip("nl: Kent zaad", "nl: no", 59, "must be a text, but is yes or no", 'it: "no"'),
    "number": Slip("nl: Kent zaad", "nl: 3.5", 59, "but is a number", 'it: "3.5"'),
    "date": Slip("nl: Kent zaad", "nl: 2026-11-24", 59, "but is a date", 'it: "2026-11-24"'),
    "tag": Slip("nl: Kent zaad", "nl: !!python/none x", 59, "but is something else", 'it: "x"'),
    "list for a text": Slip("nl: Kent zaad", "nl: [Kent]", 59, "but is a list", "one text"),
    "keys for a text": Slip("nl: Kent zaad", "nl: {a: b}", 59, "but is a set of keys", "one text"),
    "nothing": Slip("nl: Kent zaad", "nl: ~", 59, "“nl” is empty", "Write it"),
    "white space": Slip("nl: Kent zaad", 'nl: "  "', 59, "“nl” is empty", "Write it"),
    "paragraphs": Slip("nl: Kent zaad", 'nl: "a\\n\\nb"', 59, "more than one paragraph", ">-"),
    "text for keys": Slip("{nl: Welkom., en: Welcome.}", "Welkom.", 43, "it is a text", "nl, en"),
    "text for a list": Slip(
        "cites: [A, B]", "cites: A", 49, "“cites” must be a list, but is a text", "hyphen"
    ),
    "empty list": Slip(
        "statements:\n          - {id: tuinier-oogst, nl: Oogst, en: Harvests}",
        "statements: []",
        62,
        "“statements” is empty",
        "Give it an entry",
    ),
    "official": Slip(
        "official: true", "official: yes", 18, "“official” must be true or false", "true or"
    ),
    "status": Slip(
        "status: missing",
        "status: lost",
        36,
        "“lost” can't be the status",
        "source, editorial, missing",
    ),
    "letter": Slip(
        "footnotes:",
        "  - {letter: BB, nl: a, en: b}\nfootnotes:",
        34,
        "“BB” can't be the letter",
        "A to Z",
    ),
    "capital id": Slip("tuinier-oogst", "Tuinier-oogst", 63, "can't be used as “id”", "a–z"),
    "double hyphen": Slip(
        "tuinier-oogst", "tuinier--oogst", 63, "can't be used as “id”", "single hyphen"
    ),
    "long id": Slip("tuinier-oogst", "x" * 81, 63, "can't be used as “id”", "80"),
    "framework id": Slip(
        "framework: tuin", "framework: ../tuin", 2, "“../tuin” can't be used as", "a–z"
    ),
    # Names that stand once
    "area twice": Slip(
        "sources:",
        "  - {id: zaaien, nl: a, en: b, short: {nl: a, en: b}}\nsources:",
        31,
        "“zaaien” is already on line 29",
        "its own",
    ),
    "facet twice": Slip(
        "  - {id: kunde,",
        "  - {id: kunde, nl: a, en: b}\n  - {id: kunde,",
        28,
        "“kunde” is already on line 27",
        "its own",
    ),
    "source twice": Slip(
        "footnotes:",
        "  - {letter: A, nl: a, en: b}\nfootnotes:",
        34,
        "“A” is already on line 32",
        "its own",
    ),
    "footnote twice": Slip(
        "  - {number: 4,",
        "  - {number: 3, status: source, nl: a, en: b}\n  - {number: 4,",
        36,
        "“3” is already on line 35",
        "its own",
    ),
    "provenance twice": Slip(
        "id: eigen", "id: bron", 18, "“bron” is already on line 17", "its own"
    ),
    "passage twice": Slip(
        "passages:",
        "passages:\n  - {id: uitleg, nl: a, en: b}",
        21,
        "“uitleg” is already on line 20",
        "its own",
    ),
    "statement twice": Slip(
        "tuinier-kent-fruit",
        "tuinier-zaait",
        67,
        "“tuinier-zaait” is already on line 49",
        "its own",
    ),
    "letter twice": Slip(
        "cites: [A, B]", "cites: [A, B, A]", 49, "“A” is already on line 49", "Delete it"
    ),
    # Names that must be known
    "letter of no source": Slip("A, B]", "A, B, Z]", 49, "no “Z” in the list “sources”", "A, B"),
    "unknown provenance": Slip(
        "provenance: bron",
        "provenance: bon",
        44,
        "no “bon” in the list “provenances”",
        "eigen, bron",
    ),
    "unknown area": Slip(
        LAST_FIELD,
        LAST_FIELD + LAST_FIELD.replace("oogsten", "snoeien").replace("fruit", "hout"),
        68,
        "no “snoeien” in the list “areas”",
        "zaaien, oogsten",
    ),
    "unknown facet": Slip(
        LAST_FIELD,
        LAST_FIELD + LAST_FIELD.replace("kunde", "lust").replace("fruit", "hout"),
        69,
        "no “lust” in the list “facets”",
        "taak, kunde",
    ),
    # Addresses
    "framework in the place of a page": Slip(
        "framework: tuin", "framework: werkbladen", 2, "“werkbladen” is taken", "another id"
    ),
    "framework in the place of a language": Slip(
        "framework: tuin", "framework: nl", 2, "“nl” is taken", "another id"
    ),
    "role in the place of a page": Slip(
        "id: tuinier\n", "id: overzicht\n", 38, "“overzicht” is taken", "another id"
    ),
    # Languages
    "no languages": Slip("languages: [nl, en]\n", "", 1, "“languages” is missing", "Add"),
    "language twice": Slip("[nl, en]", "[nl, en, NL]", 5, "“NL” is already on line 5", "Delete"),
    "no code of a language": Slip(
        "[nl, en]", "[nl, english]", 5, "“english” is not the code", "BCP 47"
    ),
    "a truth for Norwegian": Slip("[nl, en]", "[nl, no]", 5, "but is yes or no", 'it: "no"'),
    "text in another language": Slip(
        "en: Knows seed",
        "en: Knows seed, de: Kennt Saat",
        59,
        "“de” is unknown here",
        "Add “de” to “languages”",
    ),
    # UUIDs
    "no uuid": Slip(
        "letter: A,", "letter: A, uuid: 123,", 32, "“uuid” must be a text", 'it: "123"'
    ),
    "half a uuid": Slip(
        "letter: A,", "letter: A, uuid: 81c29f17-f5be,", 32, "is not a UUID", "8-4-4-4-12"
    ),
    "uuid twice": Slip(
        "{letter: A, nl: Het zaaiboek, en: The book of sowing}\n  - {letter: B,",
        "{letter: A, uuid: 81c29f17-f5be-42cd-8d25-9379b1ac4fd2, nl: Het zaaiboek,"
        " en: The book of sowing}\n  - {letter: B, uuid: 81C29F17-F5BE-42CD-8D25-9379B1AC4FD2,",
        33,
        "is already on line 32",
        "Make a new one",
    ),
    # What is known of a source
    "script for an address": Slip(
        "letter: A,",
        "letter: A, url: 'javascript:alert(1)',",
        32,
        "is not a web address",
        "https://",
    ),
    "address without a host": Slip(
        "letter: A,", "letter: A, archived: 'https:///x',", 32, "is not a web address", "in full"
    ),
    "address with a space": Slip(
        "letter: A,", "letter: A, url: 'https://a.nl/b c',", 32, "is not a web address", "in full"
    ),
    "year": Slip("letter: A,", "letter: A, year: April 2014,", 32, "is not a year", "2017"),
    "language of a source": Slip(
        "letter: A,", "letter: A, language: Dutch,", 32, "is not the code", "BCP 47"
    ),
    # What is gone
    "gone but there": Slip(
        "roles:",
        "gone:\n  - {id: tuinier-oogst}\nroles:",
        38,
        "“tuinier-oogst” is in “gone”, but is a statement",
        "Delete it from “gone”",
    ),
    "gone twice": Slip(
        "roles:",
        "gone:\n  - {id: oud}\n  - {id: oud}\nroles:",
        39,
        "“oud” is already on line 38",
        "Delete it",
    ),
    "replaced by nothing there": Slip(
        "roles:",
        "gone:\n  - {id: oud, replaced_by: nieuw}\nroles:",
        38,
        "no statement “nieuw”",
        "stands in its place",
    ),
    "replaced by itself": Slip(
        "roles:",
        "gone:\n  - {id: oud, replaced_by: oud}\nroles:",
        38,
        "“oud” replaces itself",
        "that is there now",
    ),
    # Footnotes
    "uncalled footnote": Slip(
        "  - {number: 4,",
        "  - {number: 5, status: source, nl: a, en: b}\n  - {number: 4,",
        36,
        "No statement refers to footnote (5)",
        "Refer to it",
    ),
    "call in one language": Slip(
        "en: Knows seed", "en: Knows seed (3)", 59, "refer to different footnotes", "both"
    ),
    "call twice in one language": Slip(
        "en: Sows (3)", "en: Sows (3) (3)", 49, "refer to different footnotes", "both"
    ),
    # Fields
    "doubled field": Slip(
        LAST_FIELD,
        LAST_FIELD + LAST_FIELD.replace("fruit", "hout"),
        68,
        "field for oogsten and kunde is here twice",
        "line 64",
    ),
    # Corrections
    "idle correction": Slip(
        "wrote: dowloaden", "wrote: downloaden", 24, "changes nothing", "Delete it"
    ),
    "correction elsewhere": Slip(
        "writes: downloaden", "writes: uploaden", 24, "“uploaden”", "match"
    ),
    "correction of letters": Slip(
        "writes: bomen (A)", "writes: bomen (B)", 55, "“bomen (B)”", "match"
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_once(slip: Slip, good: str, faults_of: Faults) -> None:
    assert good.count(slip.old) == 1
    faults = faults_of(good.replace(slip.old, slip.new))
    assert [fault.line for fault in faults] == [slip.line]
    assert slip.problem in faults[0].problem
    assert slip.cure in faults[0].cure


def test_an_unknown_footnote_is_told_in_each_language(good: str, faults_of: Faults) -> None:
    changed = good.replace("nl: Plant bomen", "nl: Plant (7) bomen (A)").replace(
        "en: Plants trees", "en: Plants (7) trees"
    )
    faults = faults_of(changed)
    assert [fault.line for fault in faults] == [51, 52]
    assert all("no footnote (7)" in fault.problem for fault in faults)


def test_fields_follow_the_order_of_areas_and_facets(good: str, faults_of: Faults) -> None:
    turned = good.replace("facet: taak", "facet: x").replace("facet: kunde", "facet: taak")
    faults = faults_of(turned.replace("facet: x", "facet: kunde"))
    assert [fault.line for fault in faults] == [56, 64]
    assert all("too late" in fault.problem for fault in faults)


def test_two_fields_never_share_the_name_under_which_notes_are_kept(
    good: str, faults_of: Faults
) -> None:
    changed = good.replace("zaaien", "a-b").replace("oogsten", "a")
    faults = faults_of(changed.replace("taak", "c").replace("kunde", "b-c"))
    assert [fault.line for fault in faults] == [64]
    assert "“a-b-c”" in faults[0].problem


def test_all_faults_come_in_one_run_in_the_order_of_lines(good: str, faults_of: Faults) -> None:
    chosen = ["correction elsewhere", "day", "letter twice", "no", "status", "edition"]
    changed = good
    for name in chosen:
        changed = changed.replace(SLIPS[name].old, SLIPS[name].new)
    assert [fault.line for fault in faults_of(changed)] == [3, 4, 24, 36, 49, 59]


def test_a_fault_is_one_line_that_editors_can_jump_to(tmp_path: Path) -> None:
    fault = Fault(tmp_path / "a.yaml", 7, "This is\nwrong.", "Do that.")
    assert str(fault) == f"{tmp_path}/a.yaml:7: This is wrong. Do that."
