"""ZIP and area codes as people type them: `80202`, `80202-1234`, `zip 80202`, `cbsa 19740`, `0800001`.

401 ZIP codes are also codes of CBSAs: such a number alone is an error that names both readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.places import gazetteer
from ehrpay.places.errors import ambiguous, unknown
from ehrpay.places.gazetteer import Entry, entry_place

if TYPE_CHECKING:
    from ehrpay.domain.place import Place
    from ehrpay.places.gazetteer import Zip

ZIP, AREA = 5, 7
SHARED = 90
_ZIP_WORDS = frozenset({"zip", "zip code", "zipcode"})
_AREA_WORDS = frozenset({"cbsa", "msa", "area"})


def code_place(typed: str, key: str) -> Place | None:
    """The place of a code; None for other text. UsageError for an unknown or ambiguous code."""
    words, digits = _split(key)
    if not digits.isdigit() or (words and words not in _ZIP_WORDS | _AREA_WORDS):
        return None
    if len(digits) == ZIP + 4:
        words, digits = words or "zip", digits[:ZIP]
    mail = None if words in _AREA_WORDS else gazetteer.zip_code(digits)
    area = None if words in _ZIP_WORDS else next(iter(gazetteer.named(digits)), None)
    if mail is not None and area is not None:
        county = gazetteer.county_of(mail.county).name
        readings = [f"zip {digits} ({county})", f"cbsa {digits} ({area.name}, {area.population:,})"]
        raise ambiguous(typed, readings)
    if area is not None:
        return entry_place(typed, area)
    if mail is not None:
        return zip_place(typed, mail)
    raise unknown(typed, _hint(words, digits))


def _split(key: str) -> tuple[str, str]:
    """The words and the digits; the parts of a ZIP+4 are joined."""
    words = key.split()
    first = next((at for at, word in enumerate(words) if word.isdigit()), len(words))
    numbers = words[first:]
    if [len(number) for number in numbers] == [ZIP, 4]:
        numbers = ["".join(numbers)]
    return " ".join(words[:first]), " ".join(numbers)


def _hint(words: str, digits: str) -> str:
    """What to try instead, as a sentence, or nothing."""
    if words in _AREA_WORDS or len(digits) not in (ZIP - 1, ZIP, AREA - 1):
        return ""
    if len(digits) < ZIP and gazetteer.zip_code(f"0{digits}"):
        return f"did you mean ZIP 0{digits}?"
    if len(digits) > ZIP and gazetteer.named(f"0{digits}"):
        return f"did you mean 0{digits}?"
    near = gazetteer.zip_near(digits) if len(digits) == ZIP else None
    if near is None:
        return ""
    state = gazetteer.county_of(near.county).state
    return f"ZIP codes {digits[:3]}.. are in {state}: write {state}, or a city or county there."


def zip_place(typed: str, mail: Zip) -> Place:
    """The place of a ZIP code, with a note where it is approximate."""
    notes = []
    if mail.share < SHARED:
        notes.append(f"ZIP {mail.code}: approximately, {mail.share} % of its people live in this area")
    if mail.method in ("postoffice", "city"):
        notes.append(f"ZIP {mail.code}: placed by its delivering post office")
    county = gazetteer.county_of(mail.county)
    entry = Entry(
        key=mail.code,
        kind="zip",
        state=county.state,
        name=f"ZIP {mail.code} ({county.name})",
        county=county.fips,
        cbsa=county.cbsa,
        area=county.area,
        locality=mail.locality,
        population=0,
        note="",
    )
    return entry_place(typed, entry, notes)
