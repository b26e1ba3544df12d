"""ZIP and area codes as people type them: `80202`, `80202-1234`, `zip 80202`, `cbsa 19740`, `0800001`.

401 ZIP codes are also codes of CBSAs: bare, such a number is an error that names both readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.places import gazetteer, postal
from ehrpay.places.entry_place import built, of_entry
from ehrpay.places.errors import refused, several

if TYPE_CHECKING:
    from ehrpay.domain.place import Place

ZIP, AREA = 5, 7
SHARED = 90
_ZIP_WORDS = frozenset({"zip", "zip code", "zipcode"})
_AREA_WORDS = frozenset({"cbsa", "msa", "area"})


def coded(typed: str, key: str) -> Place | None:
    """The place of a code; None if the text is none. UsageError for a code that is nowhere, or two things."""
    words, digits = _split(key)
    if not digits.isdigit() or (words and words not in _ZIP_WORDS | _AREA_WORDS):
        return None
    if len(digits) == ZIP + 4:
        words, digits = words or "zip", digits[:ZIP]
    mail = None if words in _AREA_WORDS else postal.zip_code(digits)
    area = None if words in _ZIP_WORDS else next(iter(gazetteer.named(digits)), None)
    if mail is not None and area is not None:
        where = postal.county_of(mail.county).name
        raise several(typed, [f"zip {digits} ({where})", f"cbsa {digits} ({area.name}, {area.population:,})"])
    if area is not None:
        return of_entry(typed, area)
    if mail is not None:
        return mailed(typed, mail)
    raise refused(typed, _hint(words, digits))


def _split(key: str) -> tuple[str, str]:
    """The words and the digits; the parts of a ZIP+4 are put together."""
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
    if len(digits) < ZIP and postal.zip_code(f"0{digits}"):
        return f"did you mean ZIP 0{digits}?"
    if len(digits) > ZIP and gazetteer.named(f"0{digits}"):
        return f"did you mean 0{digits}?"
    near = postal.zip_near(digits) if len(digits) == ZIP else None
    if near is None:
        return ""
    state = postal.county_of(near.county).state
    return f"ZIP codes {digits[:3]}.. are in {state}: write {state}, or a city or county there."


def mailed(typed: str, mail: postal.Zip) -> Place:
    """The place of a ZIP code, with a note where it is approximate."""
    notes = []
    if mail.share < SHARED:
        notes.append(f"ZIP {mail.code}: approximately, {mail.share} % of its people live in this area")
    if mail.method in ("postoffice", "city"):
        notes.append(f"ZIP {mail.code}: placed by its delivering post office")
    where = postal.county_of(mail.county)
    settled = (where.state, where.fips, where.cbsa, where.area, mail.locality)
    return built(typed, "zip", f"ZIP {mail.code} ({where.name})", settled, None, notes)
