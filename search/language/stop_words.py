"""The words of a long question that say nothing of what is looked for.

Owns the list. They are left out of questions that any of their words may answer (`search.language.questions`), never
out of an index: a phrase of them is found. The list goes by the kinds of English function words (without `us`, which is
`U.S.` as a term), and was kept because it ranks better than a short one: docs/ranking.md.
"""

from __future__ import annotations

_KINDS = {
    "articles and demonstratives": "a an the this that these those",
    "pronouns": """
        i me my mine myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
        herself it its itself they them their theirs themselves one oneself
        anybody anyone anything anywhere everybody everyone everything everywhere nobody nothing nowhere
        somebody someone something somewhere
    """,
    "question words and relatives": """
        who whom whose which what when where why how whoever whatever whichever whenever wherever however
    """,
    "auxiliary verbs": """
        am is are was were be been being do does did doing done have has had having
        can could may might must shall should will would ought cannot
    """,
    "prepositions": """
        about above across after against along amid among around as at before behind below beneath beside besides
        between beyond by concerning despite down during except for from in inside into near of off on onto out outside
        over per regarding since than through throughout to toward towards under until unto up upon versus via with
        within without
    """,
    "conjunctions": """
        and but or nor so yet both either neither if unless whether while whereas although though because lest
    """,
    "quantities": """
        all any each every few many more most much no none not only other others another own same several some such
        half little less least lot enough
    """,
    "adverbs": """
        again also already almost always ever never even just still too very quite rather really perhaps maybe indeed
        thus hence therefore then there thereby therein here hereby herein further furthermore moreover nevertheless
        nonetheless otherwise instead else especially particularly mainly mostly usually often sometimes somewhat
        somehow generally actually currently recently
    """,
    "verbs of little meaning": """
        get gets got getting go goes going gone give gives given giving make makes made making take takes taken took
        come comes came let lets put say says said see seen seem seems seemed show shows shown use used uses using
        want wants wanted know known
    """,
    "the frame of a question": """
        please find tell list describe discuss explain interested interest like etc eg ie
    """,
}

STOP_WORDS = frozenset(word for words in _KINDS.values() for word in words.split())
