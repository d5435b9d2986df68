"""The cables that have a paragraph which a plan finds, as a plan about cables: where that is the same question.

Owns which plans can be asked so. Must not know an engine. An engine that keeps with each cable all terms of its
paragraphs, as the term field `CABLE_FIELD`, counts cables by it without looking at paragraphs.
"""

from __future__ import annotations

from search.fields import BY_NAME, FIELDS
from search.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    Forms,
    NoneOf,
    Nothing,
    NumberRange,
    OfCables,
    Plan,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)

# The term field with the stems of a whole cable, those of `text` in all of its paragraphs.
CABLE_FIELD = "cable"
# Terms of a paragraph's own, subject and heading among them.
_TEXT = "text"
# The term fields of fields that are the cable's.
_WHOLE_TERMS = {name for field in FIELDS if field.shared for name in (field.name, field.exact)}


def by_cable(plan: Plan) -> Plan | None:
    """A plan that is true of a cable if the given one is true of any of its paragraphs; None if there is none.

    A word stands in one of the paragraphs if it stands in the cable, and so does any of several. Two words that stand
    in a cable may stand in different paragraphs: that is another question, unless all but one are the cable's own.
    """
    if _of_the_cable(plan):
        return plan
    match plan:
        case Term(field, term) if field == _TEXT:
            return Term(CABLE_FIELD, term)
        case TermPrefix(field, prefix) if field == _TEXT:
            return TermPrefix(CABLE_FIELD, prefix)
        case Flat(part) | Unscored(part):
            return by_cable(part)
        case AnyOf(parts):
            found = [by_cable(part) for part in parts]
            known = tuple(each for each in found if each is not None)
            return AnyOf(known) if len(known) == len(found) else None
        case AllOf(parts):
            own = [part for part in parts if not _of_the_cable(part)]
            asked = by_cable(own[0]) if len(own) == 1 else None
            if asked is None:
                return None
            return AllOf((asked, *(part for part in parts if _of_the_cable(part))))
        case _:
            return None


def _of_the_cable(plan: Plan) -> bool:
    """Whether a plan is true of all paragraphs of a cable or of none."""
    match plan:
        case All() | Nothing() | OfCables():
            return True
        case Term(field) | TermSequence(field) | TermPrefix(field) | Forms(field):
            return field in _WHOLE_TERMS
        case Value(field) | ValuePrefix(field) | NumberRange(field):
            return field in BY_NAME and BY_NAME[field].shared
        case Flat(part) | Unscored(part) | NoneOf(part):
            return _of_the_cable(part)
        case AllOf(parts) | AnyOf(parts):
            return all(_of_the_cable(part) for part in parts)
        case _:
            return False
