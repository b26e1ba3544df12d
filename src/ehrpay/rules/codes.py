"""What each code means, in a sentence: E1 YAML (the strict reader), E2 shape, E3 meaning, W warnings, N notes."""

from __future__ import annotations

from ehrpay.strict import problem

CODES: dict[str, str] = problem.CODES | {
    "E201": "A key that no rule file of this kind has.",
    "E202": "A key is missing.",
    "E203": "A value of the wrong type, form or range.",
    "E204": "A file where no rule file belongs.",
    "E205": "A file that can't be read, or a link that leaves the folder of rules.",
    "E301": "Dated values are out of order, or two have one date.",
    "E302": "A review date lies before the date in force.",
    "E303": "An id that nothing defines: a source, occupation, role, credential, setting, agency or step.",
    "E304": "An id or alias that already means something else.",
    "E305": "A rule file that every estimate needs is missing.",
    "E306": "Percentiles decrease.",
    "E307": "A row of an area table is malformed, refers to nothing, or stands twice.",
    "E308": "The largest reachable product does not fit in 63 bits.",
    "E309": "The wage index skips a quarter, or its quarters are out of order.",
    "E310": "A pay table's grades are not 1 to 15, or a later step or higher grade pays less.",
    "E311": "A ladder's grades do not rise, or a way in leads to a grade that is none of them.",
    "E312": "The plan's steps stand twice or where their arithmetic does not hold.",
    "E313": "The wage index moves by more than a fifth in one quarter.",
    "E314": "A minimum wage is less than the one before it, or an area with counties has no state.",
    "W401": "A value outside its usual range.",
    "W402": "A way into a ladder that another one always gives.",
    "W403": "A year between two pay tables, caps or locality percentages has none.",
    "W404": "A value is past its review date.",
    "W405": "A source that nothing cites.",
    "W406": "A file, level, rank or value that no profile can reach, or a key that its step does not read.",
    "N501": "The smallest and the largest product of all factors, beside P10 and P90 of the wages.",
}
