"""The forms of a person's name: which part is the family's, and whether two forms may be one person's.

Owns these rules. Must not know a cable, nor a collection.
"""

from __future__ import annotations

from functools import lru_cache

from corpus.late_patterns import late_pattern
from search.people.vocabulary import FAMILY_FIRST, GIVEN
from search.people.vocabulary import words as listed
from search.text.analysis import fold

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLES = listed("""
    de la los del della da dos du van der den von bin ibn al el ben ter ten le st st.
""")
# What a list says beside a name: `Fahmi (Fahmy), Ismail`, `Carter, James Earl, “Jimmy,”`, `Bush, George H.W.`.
_ASIDE = late_pattern(r"\s*(?:\([^()]{0,60}\)|[“\"][^“”\"]{0,40}[”\"])")
_INITIALS = late_pattern(r"(?:[^\W\d_]\.)+|[^\W\d_]")


def natural(listed: str) -> str:
    """A name as text has it, of one as lists have it: `Mora, Anna L., Jr.` is `Anna L. Mora Jr.`."""
    parts = [part.strip() for part in _ASIDE.sub("", listed).split(",") if part.strip()]
    if len(parts) < 2:
        return " ".join(parts)
    family, given, *rest = parts
    suffix = " ".join(part for part in rest if part.lower() in _SUFFIXES)
    first, _, last = given.rpartition(" ")
    if first and last.lower() in _SUFFIXES:
        # `Mora, Anton P. Jr.`
        given, suffix = first, last
    return " ".join(filter(None, (given, family, suffix)))


# Cleared when the names of a collection are joined (`search.people.persons`).
@lru_cache(maxsize=1 << 20)
def parted(name: str) -> tuple[tuple[str, ...], str]:
    """The given names of a name, and the family's: `((“Anna”, “L.”), “Mora”)`; `((), “Mora”)` for a surname alone."""
    words = [word.strip(",") for word in name.split()]
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return (), " ".join(words)
    if words[0] in FAMILY_FIRST and words[0] not in GIVEN and words[-1] not in GIVEN:
        return tuple(words[1:]), words[0]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    if at == 1 and words[0].lower() in _PARTICLES:
        return (), " ".join(words)
    return tuple(words[:at]), " ".join(words[at:])


def given_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names may be one person's: each word is the other's, or its initial; the shorter may lack some."""
    left, right = _letters(one), _letters(other)
    if not left or not right:
        return True
    first, second = left[0], right[0]
    if not _alike(first, second):
        # `J. Anna Mora` goes by her second name.
        return False
    rest, others = left[1:], right[1:]
    return all(_alike(mine, its) for mine, its in zip(rest, others, strict=False))


def _letters(given: tuple[str, ...]) -> list[str]:
    """The words folded, initials one by one: `H.W.` is `h`, `w`."""
    words: list[str] = []
    for word in given:
        if _INITIALS.fullmatch(word):
            words += [letter for letter in fold(word) if letter.isalpha()]
        else:
            words.append(fold(word).strip("."))
    return words


# Letters in which transliterations of one name differ: `Konstantine` and `Constantine`.
_SOUNDS = str.maketrans({"k": "c", "y": "i"})
# Given names that are short for others, or another language's form of them.
_SHORT = """
    abraham:abe alexander:alex,al,sandy alfred:al,fred andrew:andy anthony:tony arthur:art benjamin:ben
    bernard:bernie charles:charlie,chuck christopher:chris christian:chris edwin:ed,eddie anatoly:anatoli
    mohammed:mohamed,muhammad clifford:cliff clinton:clint cyrus:cy daniel:dan,danny david:dave donald:don
    douglas:doug edward:ed,ted,eddie eugene:gene francis:frank frederick:fred gerald:jerry,gerry gregory:greg
    harold:hal,harry henry:hank,harry james:jim,jimmy jeffrey:jeff john:jack,johnny joseph:joe kenneth:ken
    lawrence:larry laurence:larry,lawrence leonard:len matthew:matt,mathew malcolm:malcom michael:mike,mickey
    nathaniel:nat nicholas:nick,nicos nikolaos:nikos,nicos,nick patrick:pat peter:pete philip:phil phillip:phil
    raymond:ray richard:dick,rick,rich robert:bob,bobby,rob ronald:ron samuel:sam stanley:stan stansfield:stan
    stephen:steve steven:steve theodore:ted thomas:tom,tommy timothy:tim walter:walt william:bill,will,willy
    winston:win zbigniew:zbig elizabeth:liz,beth katherine:kate,kathy margaret:peggy patricia:pat susan:sue
    constantine:konstantinos,costas,kostas konstantinos:kostas,costas george:georges,georgios,giorgos
    dimitrios:dimitri,dimitris,dimitry andreas:andrew
"""
_SHORT_FOR = {
    short: {
        whole.split(":")[0] for whole in _SHORT.split() if short in whole.split(":")[1].split(",")
    }
    for short in {each for whole in _SHORT.split() for each in whole.split(":")[1].split(",")}
}


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1].translate(_SOUNDS) == other[:1].translate(_SOUNDS)
    if one.translate(_SOUNDS) == other.translate(_SOUNDS):
        return True
    return other in _SHORT_FOR.get(one, ()) or one in _SHORT_FOR.get(other, ())
