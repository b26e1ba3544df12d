"""What each code means, in a sentence: E1 YAML (the strict reader), E2 shape, E3 meaning, W warnings, N notes."""

from __future__ import annotations

from ehrpay.strict import problem

CODES: dict[str, str] = problem.CODES | {
    "E201": "An unknown key for this kind of rule file.",
    "E202": "A key is missing.",
    "E203": "A value of the wrong type, form or range.",
    "E204": "A file where no rule file belongs.",
    "E205": "A file that can't be read, or a link that leads out of the rules folder.",
    "E301": "Dated values are out of order, or two have one date.",
    "E302": "A review date is before the effective date.",
    "E303": "An id that nothing defines: a source, occupation, role, credential, setting, agency or step.",
    "E304": "An id or alias that already means something else.",
    "E305": "A rule file that every estimate needs is missing.",
    "E306": "Percentiles decrease.",
    "E307": "A row of an area table is malformed, has an unknown id, or appears twice.",
    "E308": "The largest possible product doesn't fit in 63 bits.",
    "E309": "The wage index skips a quarter, or its quarters are out of order.",
    "E310": "A pay table's grades are not 1 to 15, or a later step or higher grade pays less.",
    "E311": "A ladder's grades don't rise, or an entry has a grade that isn't one of them.",
    "E312": "The plan's steps appear twice, or in an order their arithmetic doesn't allow.",
    "E313": "The wage index moves by more than a fifth in one quarter.",
    "E314": "A minimum wage is less than the one before it, or an area with counties has no state.",
    "W401": "A value outside its usual range.",
    "W402": "A ladder entry that never applies, because another requires no more.",
    "W403": "A year is missing between two pay tables, caps or locality percentages.",
    "W404": "A value is past its review date.",
    "W405": "A source nothing cites.",
    "W406": "A file, level, rank or value that no profile can reach, or a key its step doesn't read.",
    "W407": "Wages, pay tables, caps or percentages that nothing can use, because what goes with them is missing.",
    "N501": "The smallest and largest product of all factors, compared with P10 and P90 of the wages.",
}
