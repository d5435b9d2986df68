"""Questions to the thirty cables of tests/contract, each with what it finds, read off them by eye.

Owns the questions and the notation of what they find. Must not know an engine.
"""

from __future__ import annotations

from corpus.model import Cable

QUAGGA = "09BERLIN12 09BERLIN13 09BERLIN14/1"
OSLO = " ".join(f"03OSLO{number}" for number in range(20, 34))
OSLO_AND_HEADS = " ".join(f"03OSLO{number}/1,head" for number in range(20, 34))
WITHOUT_SECTION = (
    "06HANOI2/2 05LAPAZ3/2,3 05SANJOSE4 89MOSCOW5 08PARIS7 08PARIS8 10ABIDJAN9 07LONDON10 07LONDON11 "
    "09ROME15 09ROME16"
)

# The question, and what it finds: a cable stands for all its paragraphs, `/1,3` for its first and third, `/head` for
# its head.
QUESTIONS = [
    # Words, joined by AND, whatever their case; with their stems.
    ("putian", "07GUANGZHOU1/2,3"),
    ("PUTIAN", "07GUANGZHOU1/2,3"),
    ("putian enforcement", "07GUANGZHOU1/3"),
    ("putian AND enforcement", "07GUANGZHOU1/3"),
    ("putian injunction", ""),
    ("injunction", "07GUANGZHOU1/1 06HANOI2/head"),
    ("injunctions", "07GUANGZHOU1/1 06HANOI2/head"),
    ("=injunction", "07GUANGZHOU1/1"),
    ("=injunctions", "06HANOI2/head"),
    ("factory", "07GUANGZHOU1/2,head"),
    ("review", "07GUANGZHOU1/head 06HANOI2/2"),
    ("nothing", "05SANJOSE4/2 07LONDON11/head"),
    ("nosuchword", ""),
    ("wheat nosuchword", ""),
    # OR, NOT, minus, parentheses.
    ("putian OR wheat", "07GUANGZHOU1/2,3 08PARIS7 08PARIS8/2"),
    ("wheat OR nosuchword", "08PARIS7 08PARIS8/2"),
    ("putian NOT enforcement", "07GUANGZHOU1/2"),
    ("putian -enforcement", "07GUANGZHOU1/2"),
    ("-enforcement putian", "07GUANGZHOU1/2"),
    ("putian -nosuchword", "07GUANGZHOU1/2,3"),
    ("wheat -rose", "08PARIS8/2"),
    ("wheat -wheat", ""),
    (
        "NOT (quagga OR snow OR wheat)",
        "07GUANGZHOU1 06HANOI2 05LAPAZ3 05SANJOSE4 89MOSCOW5 04CAIRO6 08PARIS8/1 10ABIDJAN9 "
        "07LONDON10 07LONDON11 09BERLIN14/2 09ROME15 09ROME16",
    ),
    ("quagga (one OR two)", "09BERLIN12/1,2 09BERLIN13 09BERLIN14/1"),
    ("quagga -(one OR two OR three)", "09BERLIN12/4,5,6,7"),
    ("(quagga OR wheat) -number:1", "08PARIS7/2 08PARIS8/2 09BERLIN12/2,3,4,5,6,7"),
    ("(putian enforcement) OR (wheat rose)", "07GUANGZHOU1/3 08PARIS7"),
    ("putian OR NOT (snow OR -date:2007)", "07GUANGZHOU1 07LONDON10 07LONDON11"),
    # Phrases: unstemmed, in order, with stop words and repetitions; none runs over from subject to heading to text.
    ('"injunctions"', "06HANOI2/head"),
    ('"to be or not to be"', "07LONDON10/1"),
    ('"not to be"', "07LONDON10 07LONDON11/1"),
    ('"be not to be"', "07LONDON10/2"),
    ('"the state of the state of"', "10ABIDJAN9/2"),
    ('"state of the emergency"', ""),
    ('"wheat rose"', "08PARIS7"),
    ('"rose wheat"', ""),
    ('"peace peace"', "04CAIRO6/3"),
    ('"peace peace peace"', ""),
    ('-"wheat rose" wheat', "08PARIS8/2"),
    ('"review summary"', ""),
    ('"summary nine"', ""),
    ('"zoo zoo"', ""),
    ('"shoe factory review"', "07GUANGZHOU1/head"),
    # Punctuation, initialisms, apostrophes, accents, scripts.
    ("F-16", "05LAPAZ3/2"),
    ('"F-16"', "05LAPAZ3/2"),
    ('"16 F"', "05LAPAZ3/3"),
    ("16 F", "05LAPAZ3/2,3"),
    ("U.S.", "05SANJOSE4"),
    ("us", "05SANJOSE4"),
    ('"U.S. vessels"', "05SANJOSE4/1"),
    ("Banquo's", "07LONDON10/1 07LONDON11/2"),
    ("banquo", "07LONDON10/1 07LONDON11/2"),
    ("são", "05LAPAZ3/head"),
    ('"SAO PAULO"', "05LAPAZ3/head"),
    ("cote", "10ABIDJAN9/head"),
    ('"Côte d\'Ivoire"', "10ABIDJAN9/head"),
    ("министр", "89MOSCOW5/1"),
    ("МОСКВЕ", "89MOSCOW5/head"),
    ("السلام", "04CAIRO6/1"),
    # Prefixes go by the words as they stand.
    ("injunct*", "07GUANGZHOU1/1 06HANOI2/head"),
    ("quag*", QUAGGA),
    ("мин*", "89MOSCOW5/1"),
    ("peac* pap*", "04CAIRO6/2"),
    ("zzz*", ""),
    ("quagga -s*", "09BERLIN12/1,2,3,4,5,7 09BERLIN13 09BERLIN14/1"),
    # Fields of words.
    ("section:summary", "07GUANGZHOU1/1 06HANOI2/1 05LAPAZ3/1"),
    ("section:mixed", "07GUANGZHOU1/3"),
    ('section:"mixed bag"', "07GUANGZHOU1/3"),
    ('section:"bag mixed"', ""),
    ('section:"press round-up"', "04CAIRO6"),
    ("section:(mixed OR background)", "07GUANGZHOU1/2,3"),
    ("subject:review", "07GUANGZHOU1"),
    ("subject:injunction", "06HANOI2"),
    ("subject:putian", ""),
    # Keyword fields hold whole values, folded.
    ("origin:guangzhou", "07GUANGZHOU1"),
    ('origin:"la paz"', "05LAPAZ3"),
    ('origin:"san jose"', "05SANJOSE4"),
    ("origin:san", ""),
    ("origin:san*", "05SANJOSE4"),
    ('country:"cote d\'ivoire"', "10ABIDJAN9"),
    ('region:"east asia"', "07GUANGZHOU1 06HANOI2"),
    ("mark:S/NF", "06HANOI2/2 05LAPAZ3/1"),
    ("mark:s", "05LAPAZ3/2 89MOSCOW5"),
    ("mark:s*", "07GUANGZHOU1/1 06HANOI2/2 05LAPAZ3/1,2 89MOSCOW5 10ABIDJAN9"),
    ("tag:kipr", "07GUANGZHOU1"),
    ("tag:ETRD", "07GUANGZHOU1 06HANOI2"),
    ("tag:kpao", "04CAIRO6 07LONDON10 07LONDON11"),
    ("tag:(EG OR vm)", "06HANOI2 04CAIRO6"),
    ("tag:etrd -tag:vm", "07GUANGZHOU1"),
    ("tag:etrd tag:kipr", "07GUANGZHOU1"),
    ("classification:unclassified", "07GUANGZHOU1 05SANJOSE4 04CAIRO6 08PARIS8"),
    ("part:comment", "07GUANGZHOU1/3 07LONDON11/2 09BERLIN12/7"),
    ("source:specimen", OSLO),
    ("id:07GUANGZHOU1", "07GUANGZHOU1"),
    ('id:"2007 guangzhou 00001"', "07GUANGZHOU1"),
    ("cites:07GUANGZHOU1", "06HANOI2"),
    ('to:"secstate washdc"', "07GUANGZHOU1"),
    ("to:amembassy*", "07GUANGZHOU1"),
    ("caveat:sipdis", "07GUANGZHOU1"),
    ("has:references", "06HANOI2"),
    ("-has:date", "08PARIS7"),
    ("-has:section -mark:zz", WITHOUT_SECTION),
    # Dates of every precision, ranges with both ends and with one; a cable without a date is in none of them.
    ("date:2007", "07GUANGZHOU1 07LONDON10 07LONDON11"),
    ("date:2007-06", "07LONDON10"),
    ("date:2007-06-30", "07LONDON10"),
    ("date:2007-03-23T08:44", "07GUANGZHOU1"),
    ("date:2007-03-23T08:45", ""),
    ("date:[2006-01 TO 2007-06]", "07GUANGZHOU1 06HANOI2 07LONDON10"),
    ("date:[2006-12-31 TO 2006-12-31]", "06HANOI2"),
    ("date:[* TO 1999]", "89MOSCOW5"),
    ("date:>=2010", "10ABIDJAN9"),
    ("date:>2007-06-30 date:<2009", "07LONDON11 08PARIS8"),
    ("date:<2004", f"89MOSCOW5 {OSLO}"),
    ("date:2004-02-29", "04CAIRO6"),
    ("date:2005", "05LAPAZ3 05SANJOSE4"),
    ("date:2005-01", ""),  # of that cable no more than the year is known
    ("wheat date:[1000 TO 9999]", "08PARIS8/2"),
    ("wheat -date:2008", "08PARIS7"),
    ("year:2003 mark:u", OSLO),
    # Numbers.
    ("number:7", "09BERLIN12/7"),
    ("number:[6 TO 7]", "09BERLIN12/6,7"),
    ("number:[* TO 1] quagga", "09BERLIN12/1 09BERLIN13 09BERLIN14/1"),
    ("paragraphs:>3", "09BERLIN12"),
]

# The same for the parts of the language that depend on an index's own words, or on where words stand.
LANGUAGE = [
    # Patterns go by the words as they stand, of one index.
    ("inj*tion", "07GUANGZHOU1/1"),
    ("inj*ion*", "07GUANGZHOU1/1 06HANOI2/head"),
    ("put?an", "07GUANGZHOU1/2,3"),
    ("put??n", "07GUANGZHOU1/2,3"),
    ("put?n", ""),
    ("p*n", "07GUANGZHOU1/2,3"),
    ("q?agg*", "09BERLIN12 09BERLIN13 09BERLIN14/1"),
    ("мин?стр", "89MOSCOW5/1"),
    ("c?te", "10ABIDJAN9/head"),
    ("zz?zz", ""),
    ("quagga s?x", "09BERLIN12/6"),
    ("quagga -t?o", "09BERLIN12/1,3,4,5,6,7 09BERLIN13 09BERLIN14/1"),
    ("section:s?mmary", "07GUANGZHOU1/1 06HANOI2/1 05LAPAZ3/1"),
    ("subject:fact*y", "07GUANGZHOU1"),
    ("tag:k?pr", "07GUANGZHOU1"),
    ("tag:k?*", "07GUANGZHOU1 04CAIRO6 07LONDON10 07LONDON11"),
    ("origin:san*se", "05SANJOSE4"),
    ("mark:s?nf", "06HANOI2/2 05LAPAZ3/1"),
    ("id:07l?ndon1*", "07LONDON10 07LONDON11"),
    # Misspellings: letters put in, left out, replaced, and two that changed places.
    ("putan~", "07GUANGZHOU1/2,3"),
    ("puttian~", "07GUANGZHOU1/2,3"),
    ("pution~", "07GUANGZHOU1/2,3"),
    ("puitan~", "07GUANGZHOU1/2,3"),
    ("butian~", "07GUANGZHOU1/2,3"),
    ("butiam~", ""),
    ("butiam~2", "07GUANGZHOU1/2,3"),
    ("qagga~ six", "09BERLIN12/6"),
    ("qu~2 six", ""),
    ("injunction~", "07GUANGZHOU1/1 06HANOI2/head"),
    ("banqo~", "07LONDON10/1 07LONDON11/2"),
    ("section:backgruond~", "07GUANGZHOU1/2"),
    ("origin:guangzu~2", "07GUANGZHOU1"),
    ("origin:guangzu~1", ""),
    ("tag:kipp~", "07GUANGZHOU1"),
    ("-quaga~ (quagga OR reeds)", "09BERLIN14/2"),
    # Words near each other: in any order, so many others among them, never from a heading or the subject to the text.
    ('"wheat rose"~0', "08PARIS7"),
    ('"rose wheat"~0', "08PARIS7"),
    ('"then fell"~0', ""),
    ('"then fell"~1', "08PARIS7/2"),
    ('"fell then"~1', "08PARIS7/2"),
    ('"then rose"~2', ""),
    ('"then rose"~3', ""),
    ('"then rose"~4', "08PARIS7/2"),
    ('"fell rose then"~2', ""),
    ('"fell rose then"~3', "08PARIS7/2"),
    ('"heard brands cases"~1', ""),
    ('"heard brands cases"~2', "06HANOI2/1"),
    ('"heard brands cases judges"~2', "06HANOI2/1"),
    ('"heard brands cases judge"~2', ""),
    ('"zoo quagga"~30', ""),
    ('"animals quagga"~30', ""),
    ('"animals one quagga"~30', ""),
    ('"peace peace"~0', "04CAIRO6/2,3"),
    ('"factory shoe"~0', "07GUANGZHOU1/head"),
    ('"review shoe"~0', ""),
    ('"review shoe"~1', "07GUANGZHOU1/head"),
    ('section:"bag mixed"~0', "07GUANGZHOU1/3"),
    ("judge NEAR/2 brand", ""),
    ("judge NEAR/4 brand", "06HANOI2/1"),
    ("brands NEAR/4 judges", "06HANOI2/1"),
    ("plants NEAR/3 seen", "07GUANGZHOU1/1"),
    ("F-16 NEAR/2 over", "05LAPAZ3/2"),
    ("over NEAR/5 alto NEAR/0 el", "05LAPAZ3/2"),
    ("nobody NEAR/2 night", "09ROME15/1"),
    ("nobody NEAR/3 night", "09ROME15 09ROME16/1"),
    ("night -nobody NEAR/2 night", "09ROME15/2 09ROME16/1"),
    ("section:(press NEAR/1 up)", "04CAIRO6"),
    # Words that meet in a cable: the paragraphs with any of them.
    ("same:cable putian injunction", "07GUANGZHOU1"),
    ("same:cable factories enforcement", "07GUANGZHOU1/2,3,head"),
    ("same:cable amethyst topaz", ""),
    ("same:cable judges appeal", "06HANOI2"),
    ("same:cable quagga -reeds", "09BERLIN12 09BERLIN13"),
    ("same:cable quagga reeds", "09BERLIN14"),
    ("same:cable two three", "09BERLIN12/2,3"),
    ("same:cable (one OR two) six", "09BERLIN12/1,2,6"),
    ('same:cable "to be or" "not to be"', "07LONDON10"),
    ('same:cable "wheat fell" "rose then"~9', "08PARIS7/2"),
    ("same:cable hamlet date:2007", "07LONDON10/head"),
    ("same:cable tag:senv mark:c", "09BERLIN12"),
    ("same:cable -quagga -snow tag:senv", ""),
    ("same:cable -wheat date:2008", ""),
    ("(same:cable one two) OR reeds", "09BERLIN12/1,2 09BERLIN14/2"),
    ("mark:u (same:cable topaz marble)", "09ROME16/1,2,head"),
    # Likeness: other cables only.
    ("like:09BERLIN13", "09BERLIN12/1,2,3,4,5,6 09BERLIN14/1"),
    ("like:09BERLIN14#p1", "09BERLIN12/1,2,3,4,5,6 09BERLIN13"),
    ("like:09ROME15#p2", "09ROME16/1"),
    ('like:"2009 Rome 00015" mark:u', "09ROME16/1"),
    ("like:05SANJOSE4#p2 subject:nothing", ""),
    ("like:07NOWHERE1", ""),
    ("like:09ROME15#p9", ""),
    ("reeds OR like:09ROME15#p2", "09ROME16/1 09BERLIN14/2"),
]


def expected(notation: str, cables: list[Cable]) -> set[tuple[str, str]]:
    """The cables and anchors that a notation names."""
    lengths = {cable.id: len(cable.paragraphs) for cable in cables}
    found = set()
    for part in notation.split():
        cable, _, numbers = part.partition("/")
        chosen = numbers.split(",") if numbers else map(str, range(1, lengths[cable] + 1))
        found |= {(cable, f"p{each}" if each.isdigit() else each) for each in chosen}
    return found
