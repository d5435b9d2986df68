"""Words by which a name is known, or known to be none: titles, offices, given names, verbs of speech, countries.

Owns the lists, which go by kinds. Must not know how a text is read. Each set has its words in two ways, as running text
has them and in capitals, since a reader compares words as they stand.
"""

from __future__ import annotations

from functools import cache

from corpus.table_files import read_table


def words(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


def _both(text: str) -> frozenset[str]:
    """The words with a capital, and in capitals."""
    found = text.split()
    return frozenset((*(word[:1].upper() + word[1:] for word in found), *map(str.upper, found)))


# What stands right before a person's name.
_TITLES = """
    secy secy. ambs ambs. representatives secretary-designate ambassador-designate president-elect
    counselor-designate counsellor-designate minister-designate director-designate president-designate
    columnist journalist reporter lawyer activist attorney magistrate registrar comptroller
    mr mr. mrs mrs. ms ms. miss messrs messrs. dr dr. prof prof. professor sir dame lady lord madame mme mme.
    monsieur herr frau señor senor señora signor don doña sheikh sheik shaikh sayyid haji hajj ayatollah
    mullah maulana imam president vice-president premier minister minister-counselor undersecretary
    under-secretary chancellor secretary secretary-general ambassador ambassadors amb amb. chargé charge
    consul counselor counsellor envoy senator senators sen sen. congressman congresswoman congressmen
    representative rep. deputy governor gov. mayor commissioner chairman chairwoman chairperson chair director
    director-general speaker justice judge general gen gen. lieutenant lt lt. colonel col col. major maj maj.
    captain capt capt. admiral adm adm. vadm radm brigadier brig. marshal commander cdr cdr. commodore
    sergeant sgt sgt. king queen prince princess emir amir sultan shah crown pope cardinal archbishop bishop
    patriarch metropolitan father reverend rev. rabbi poloff econoff emboff conoff polcouns econcouns dcm pao
    rso spokesman spokeswoman spokesperson adviser advisor foreign-minister pm fonmin primin honorable hon.
    excellency comrade doctor ceo administrator coordinator inspector prosecutor legislator lawmaker codel ltg
    mg bg ltc
"""
# Titles as cables shorten them: `FonMin Mora`.
_SHORT = words("""
    FonMin ForMin PriMin DefMin FinMin SecGen DepSec AsstSec UnderSec DefSec SecState SecDef DirGen ConGen
    PermRep VicePres MinState DepFonMin DepPriMin SYG DAS PDAS PolAd DepSecGen
""")  # fmt: skip
TITLES = _both(_TITLES) | _SHORT | frozenset(map(str.upper, _SHORT))
# Behind the office of one of these its holder's surname stands alone: `Secretary of State Vance`.
STRONG = _both("""
    president minister secretary ambassador chancellor premier undersecretary under-secretary king prime
    general secretary-general chairman governor prince admiral director-general minister-counselor charge
    chargé foreign-minister
""")
# Those of them that a text in capitals leaves no doubt of: `GENERAL DEBATE` is none.
LOUD_TITLES = frozenset(
    word
    for word in _both("""
    mr mr. mrs mrs. ms. miss dr dr. professor president premier minister chancellor secretary ambassador amb
    amb. charge senator sen. congressman governor gov. mayor chairman col col. colonel gen gen. lt. capt. maj.
    adm adm. admiral king prince archbishop bishop cardinal ayatollah sheikh undersecretary fonmin primin pm
    consul poloff econoff emboff conoff dcm polcouns econcouns counselor ministers ambassadors secretaries
    senators sultan emir amir shah secgen
""")
    if word.isupper()
)
# These are forms of address: what follows is a name, whatever it looks like.
ADDRESSES = _both(
    "mr mr. mrs mrs. ms ms. miss messrs. dr dr. prof. sir amb. gen. lt. col. maj. capt. adm. sen. mme."
)
# Words of offices, which stand between a title and the name: `Secretary of State Vance`, `Minister of Defense Ruiz`.
_OFFICES = """
    state defense defence treasury interior justice commerce labor labour agriculture energy education health
    transport transportation housing finance foreign affairs affair trade industry economy economic economics
    planning development culture information communications tourism environment mines petroleum oil water
    public works security national international internal external political military naval air army navy
    force forces staff chiefs joint general european asian african american inter-american near eastern
    western east west north south southern northern pacific policy intelligence central council board bureau
    office operations operation administration management budget acting deputy assistant associate vice prime
    first second third senior special personal permanent chief principal executive private legal press cabinet
    presidential federal provincial district regional local city party house senate parliament congress
    assembly court supreme republic kingdom united nations affairs, minister secretary president
    representative ambassador director counselor counsellor attaché attache adviser advisor officer chargé
    charge consul commander commanding plenipotentiary extraordinary emeritus designate elect former
    ex-president ex-minister ex-prime then-president then-prime commercial consular cultural agricultural
    scientific science technology corps division department ministry embassy mission delegation commission
    committee under undersecretary majority minority leader whip speaker mentor member members spokesman
    spokesperson section unit group desk country d'affaires d’affaires a.i. ad interim narcotics labor-affairs
    security-affairs human rights humanitarian refugee social welfare youth sports women's religious
    endowments petroleum, hydrocarbons mining electricity power communist soviet socialist democratic workers
    conservative liberal republican junta union mr mr. mrs. ms. dr dr. professor sir gen gen. lieutenant
    colonel major admiral
"""
OFFICES = _both(_OFFICES)

# Given names, by which a name without a title is known: `Anna Weiss`, `Carlos Mora`.
_GIVEN = """
    aaron abdallah abdel abdelaziz abdul abdulaziz abdullah abdelkader abraham adam adolfo adrian agnes ahmad
    ahmed akbar akira alain alan albert alberto alejandro aleksandr aleksander alex alexander alexandra alexei
    alexis alfonso alfred alfredo ali alice allan allen amanda amir amy ana anastas anatoliy anatoly andré
    andre andrea andreas andrei andrew andrey andrzej andy angel angela angelo anibal anita ann anna anne
    anthony antoine anton antonio antony anwar arnold arthur arturo augusto barbara barry bashar basil ben
    benito benjamin bernard bernardo bert betty bill billy bob boris boutros brad brenda brent brian bruce
    bruno bülent bulent burt carl carla carlo carlos carmen carol caroline caspar catherine cesar charles
    charlie chris christian christina christine christopher claire clark claude claudia claudio clayton cliff
    clifford clinton colin condoleezza constantine craig curtis cynthia cyril cyrus dale dan dana daniel
    daniela danny david dean deborah denis dennis derek diana diane dick diego dimitri dimitrios dmitri
    dmitriy dmitry don donald donna dorothy doug douglas dwight earl ed eddie edgar edmund eduard eduardo
    edward edwin elena eli elias elie elizabeth ellen elliot emil emilio emily emma emmanuel enrique eric
    erich erik ernest ernesto erwin eugene eva evan evelyn fabio faisal farid farouk fatima felipe felix
    fernando fidel florence frances francesco francis francisco franco frank franklin franz fred frederick
    fritz gabriel gamal gary gaston gavin gene geoffrey george georges georgi georgios gerald gerard gerardo
    gerhard giancarlo gianni gilbert gilberto giorgio giovanni giulio giuseppe glen glenn gloria gonzalo
    gordon graham grant greg gregory guido guillermo gus gustavo guy habib hamid hank hans harold harry harvey
    hasan hassan heather hector heinrich heinz helen helga helmut henri henrik henry herbert herman hermann
    hernan hilary hillary horst howard hubert hugh hugo hussein husayn ian ibrahim idris ignacio igor ihsan
    ilya imran ingrid irene isaac isabel ismail ivan ivo jack jackie jacob jacques jaime jakob james jamie jan
    jane janet jason javier jay jean jeff jeffrey jennifer jeremy jerome jerry jesse jessica jesus jim jimmy
    joachim joan joao joão joaquin joe joel johan johannes john johnny jon jonathan jorge josé jose josef
    josep joseph josephine josh joshua josip joyce juan juana judith judy jules julia julian julie julio
    julius jürgen jurgen karen karim karl karl-heinz kate katherine kathleen kathryn kay keith ken kenneth
    kent kevin khaled khalid kim kirk klaus konrad konstantin konstantinos kurt kyle lalit lance larry lars
    laura laurence lawrence lee leila len leo leon leonard leonardo leonid leopold leroy leslie lester lewis
    linda lisa lloyd lorenzo louis louise lucia lucy luigi luis luisa luiz lynn lyndon magda mahmoud mahmud
    manfred manuel marc marcel marcelo marco marcos margaret maria marian marie marilyn mario marion mark
    marshall martha martin martina marvin mary massimo mathias matthew maurice mauricio max maxwell mehdi
    mehmet mel melvin michael michel michelle miguel mihai mikhail mike milan miles milos milton mira mitchell
    mohamed mohammad mohammed mohamad monica morris morton moshe muhammad muammar mustafa mu'ammar nadia nancy
    naomi natalia nathan nathaniel neal ned neil nelson nicholas nick nicola nicolae nicolas nigel nikola
    nikolai nikolaos nikolay nina noel nora norman oleg oliver olga omar orhan orlando oscar osman oswaldo
    otto owen pablo paolo pascal pat patricia patricio patrick paul paula paulo pavel pedro perry pete peter
    petr petros phil philip philippe phillip pierre pietro piotr rachel rafael rainer raj rajiv ralph ramon
    randall randolph randy raul ray raymond rebecca reginald renato rené rene reza ricardo richard rick robert
    roberto robin rodney rodolfo rodrigo roger roland rolf roman ron ronald rosa rose ross roy ruben rudolf
    rudolph rufus rupert russell ruth ryan salah saleh salim salvador sam samir samuel sandra sandy sara sarah
    saul scott sean sebastian serge sergei sergey sergio seth seymour sharon sheila shimon shirley sidney
    sigmund silvia silvio simon sofia sol solomon spencer spiro spyros stan stanislav stanley stefan stefano
    stephan stephanie stephen steve steven stewart stuart süleyman suleyman susan sven sylvia tahir tariq ted
    teresa terrence terry theodore theodoros theresa thomas tim timothy tito todd tom tomas tommy tony tran
    turan turgut valery valentina valeri vasiliy vasily vera vernon veronica vicente victor victoria viktor
    vincent vincenzo virginia vittorio vladimir vladislav volker walid wallace walt walter ward warren wayne
    wendy werner wilfred wilhelm willem william willy winston wolfgang woodrow xavier yahya yasir yasser
    yitzhak yuri yuriy yusuf yves yvonne zachary zbigniew zoran benazir pervez asif nawaz ashraf nuri jalal
    masoud ayad recep abdurrahman necmettin glafcos tassos archbishop konstantine evangelos dimitris matthias
    sandor janos istvan laszlo jozsef gyula ferenc imre wojciech jerzy tadeusz stanislaw mieczyslaw kazimierz
    gustav ludvik vaclav jiri miroslav dusan ilija houari bechir hedi taieb moulay driss mohieddin hafez hafiz
"""
GIVEN = _both(_GIVEN)
# Given names that are words too, which a text in capitals does not tell apart.
_ORDINARY = """
    bill grant mark max guy rose frank sandy ray pat ward miles jack dean earl don carol christian jordan
    virginia florence victoria glen dale lance nick robin roman sol leo ed may june april gene art drew iris
    ivo sun lee long ross barry cliff clark kay jim gary ali al chase gloria hope joan mira nora olga per rick
    stan tito victor wallace walt dan ben craig archbishop franco gaston kirk lynn marshall mitchell morris
    nelson perry randy rusty scott seth spencer todd van andrea felix francis gamal holland paris israel
    santiago angel jesus rufus sam ted tim tom bob constantine
"""
LOUD_GIVEN = frozenset(word for word in GIVEN - _both(_ORDINARY) if word.isupper())
# Family names that stand first, in Chinese, Korean and Vietnamese: `Wang Weihua`, `Ban Ki-moon`.
FAMILY_FIRST = _both("""
    wang li zhang liu chen yang zhao huang zhou wu xu hu zhu gao lin guo ma luo liang zheng xie han tang feng
    yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan du dai xia
    zhong tian ren fang shi yao tan liao zou xiong jin hao bai cui kang mao qiu qin gu hou shao meng wan duan
    qian hua qiao teng kim park choi nguyen pham tran hoang bui
""")

# A word with a capital before one of these speaks or acts as people do: `Mora said`.
SPOKEN = words("""
    said says told asked replied noted added remarked commented stated stressed emphasized emphasised
    explained argued provided reported requested offered discussed delivered advocated recommended authorized
    assessed evaluated transmitted forwarded summarized approved chaired hosted telephoned phoned called wrote
    spoke arrived left returned urged insisted claimed complained warned agreed disagreed acknowledged
    admitted admits observed opined thought believed believes believe felt hoped recalled reiterated responded
    answered inquired wondered suggested proposed promised pledged thanked welcomed praised criticized
    criticised denied confirmed conceded concluded continued expressed smiled laughed nodded joked regretted
    repeated assured cautioned briefed informed instructed met visited departed resigned interjected countered
    objected cited mentioned signed initialed concurred has had is was will would may might can could should
    did does went came took gave made saw himself herself who
""")  # fmt: skip
# Of these, only what nothing but people does.
SPEAKING = SPOKEN - words("""
    has had is was will would may might can could should did does went came took gave made saw met visited
    signed believe believes continued cited welcomed admits himself herself who approved left returned arrived
    offered provided called discussed
""")  # fmt: skip

# No surnames, though they have capitals: words of the year, of places, of offices and of texts.
_NEVER = """
    the a an and or but of for to in on at by with from that this these those he she it they we you i his her
    its their our your my me him them us who whom which what when where why how if as so not no yes all any
    some each every both either neither such same other another many most more few several one two three four
    five six seven eight nine ten whether whereas unless once never always often sometimes apparently clearly
    recently earlier later soon instead like unlike besides except per via versus beyond behind across along
    around toward upon should would could can may might must shall will did does do has have had is are was
    were be been being ask tell see say note first second third last next new old former late present current
    recent there here then now thus also however although though because since while after before during until
    within without about above below under over between among against through towards into meanwhile moreover
    furthermore finally therefore nevertheless perhaps indeed only even still yet again following regarding
    concerning according despite given january february march april june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan today
    tomorrow yesterday tonight summary comment action background introduction conclusion notes begin end text
    subject source sources reference references ref reftel septel message messages telegram telegrams cable
    cables paragraph para paras page section part annex attachment enclosure tab article chapter document
    memorandum memo letter report paper draft secret confidential unclassified limited classified declassified
    nodis exdis sipdis noforn participants place date time drafted cleared approved repeated sent dear
    sincerely best regards copy original government governments administration department departments ministry
    ministries embassy embassies mission missions office offices bureau agency agencies council committee
    committees commission conference congress senate house parliament assembly court party parties union
    league organization organisation association institute foundation university college school bank company
    corporation group force forces army navy air police world amembassy usmission consulate state states
    washington white nsc cia dod nato un usg goc got gog usun north south east west northern southern eastern
    western central middle near far atlantic pacific mediterranean europe asia africa america latin arab arabs
    islam islamic muslim christian jewish catholic orthodox communist socialist sea ocean river gulf island
    islands mountain city province street avenue road square palace airport port hall country countries nation
    nations national international republic kingdom people peoples people's peoples’ president minister
    secretary ambassador chairman general prime foreign deputy director treaty agreement act law bill plan
    program programme project fund budget policy issue issues question questions answer please thank thanks
    special top high senior joint common public private military political economic security defense peace war
    aid trade oil press media radio tv television news times post journal usa u.s. u.n. uk u.k. eu ec ussr prc
    gdr frg plo opec imf ibrd embassy's embassy’s department’s department's staff affairs fyi eyes immediate
    priority flash let mrs mr dr sir madam gentlemen ladies mr. mrs. dr. excellency majesty highness
    excellencies god allah bible koran quran internet english french everyone everybody someone somebody
    anyone nobody none nothing others cabinet politburo kremlin pentagon congressional presidential federal
    civil parliamentary junta regime opposition officials official observers host hosts guests poloff poloffs
    emboff emboffs econoff econoffs conoff dcm pao chargé charge ministers presidents secretaries ambassadors
    chairmen directors women men girls boys children youth workers rights science technology culture relations
    services service health labor food water energy declaration resolution charter protocol convention decade
    year years century principle principles fourth fifth sixth seventh eighth ninth tenth generals united
    executive study research recommendation recommendations level pros cons approve disapprove related inform
    deptoff deptoffs usdel niact advisers advisors interagency branch freedom prepared acting speeches dinner
    working summit meeting session debate agenda order orders authority papers library archives files reuters
    afp ap upi tass pravda izvestia xinhua dpa gazette guardian economist newsweek tribune herald unquote
    quote unqte qte stop subparagraph talking points item items list annexes greek-cypriots turkish-cypriots
    jr. sr. material materials assistance intelligence assistant assistants beatitude holiness eminence latter
    sept sept. oct oct. nov nov. dec dec. jan jan. feb feb. aug aug. option options alternative alternatives
    cpt sri collection collections throughout presumably reportedly allegedly additionally accordingly ministerial
    ambassadorial consular chron chrons file team teams transition says told asked replied noted added remarked
    commented stated stressed emphasized explained argued reported requested urged insisted claimed complained warned
    agreed disagreed acknowledged observed hoped recalled reiterated responded answered wondered suggested proposed
"""
NEVER = (
    _both(_NEVER)
    | _SHORT
    | frozenset(map(str.upper, _SHORT))
    | {"PolOff", "PolOffs", "EmbOff", "EmbOffs", "EconOff", "DeptOff", "DeptOffs", "ConOff"}
)
# What whoever has a title does: `THE PRESIDENT LEAVES`, `AMBASSADOR ARRANGE FOR`. In capitals nothing else tells it
# from a surname. Verbs that are surnames (HUNT, RUSH, GRANT) are not among them.
_DOES = """
    accept accompany acknowledge act add address adjourn admit advise affirm allow announce answer appear
    appoint appreciate approach approve argue arrange arrive ask assert assist assume assure attach attempt
    attend authorize await become believe brief bring call cancel carry cause change choose cite claim
    clarify close comment complain complete concede conclude concur conduct confirm consent consider contact
    contend continue convene convey convoke cover decide declare decline decree defend delay deliver demand deny
    depart describe deserve designate desire determine discuss dismiss doubt draw emphasize encourage end enter
    envisage escort establish expect explain express fail favor feel find follow forward gain get give go greet
    guarantee handle happen have hear hold host identify imply inaugurate include indicate inform inquire insist
    instruct intend interrupt introduce invite issue join keep know lack lead learn leave listen look lose
    maintain make manage mean meet mention move need negotiate nominate note obtain occupy offer open oppose
    opine order pass pay permit plan postpone prefer prepare present preside press proceed proclaim promise
    promote propose provide publish pursue put raise realize reassure receive recognize recommend refer refuse
    regard regret reiterate reject release remain remark remind repeat replace reply report represent request
    require resign resolve respond resume retain return reveal review run say schedule see seek seem send serve
    set show solicit speak spend stand start state stay stop stress submit succeed suggest support take talk
    tell term thank think told transmit travel try turn understand undertake urge use view visit vote wait want
    warn welcome wish withdraw work write
"""
_DONE = """
    became began begins brought came chose did drew felt found gave got had heard held kept knew led left lost
    made meant met paid ran said saw sent set sought spent spoke stood thought told took understood undertook
    went withdrew won wrote
"""
# Words of accounts, lists and ranks that come to stand behind a title: `LT. COLONEL RANK`, `(DEPT, ASST, DIV)`.
_THINGS = """
    deficit surplus income expense expenses budget borrower borrowers rank colonels generals actual dept asst div ing
    ltda tosec secto milgp milgrp usmilgp fyi drafted residence arrival departure schedule visit talks remarks party
    ecumenical amount total balance
"""


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


# No surnames in a text of capitals.
LOUD_NEVER = frozenset(
    map(
        str.upper,
        (
            *(each for verb in words(_DOES) for each in (verb, _third_person(verb))),
            *words(_DONE),
            *words(_THINGS),
        ),
    )
)
# Those before which a title's word is no title: `Secretary General`, `Deputy Minister`; and those that only join.
JOINTS = words("of for the and to in de on at OF FOR THE AND TO IN AT DE ON &")

# Peoples and their adjectives; the countries themselves come of the table of posts.
_PEOPLES = """
    afghan afghans albanian albanians algerian algerians american americans angolan angolans argentine
    argentines argentinian armenian armenians australian australians austrian austrians azerbaijani bahraini
    bangladeshi belarusian belgian belgians bolivian bolivians bosnian brazilian brazilians british briton
    britons bulgarian bulgarians burmese cambodian cambodians canadian canadians chadian chilean chileans
    chinese colombian colombians congolese croatian croat croats cuban cubans cypriot cypriots czech czechs
    czechoslovak danish danes dominican dutch ecuadorian egyptian egyptians english eritrean estonian
    ethiopian ethiopians european europeans finnish finns french german germans ghanaian greek greeks
    guatemalan haitian honduran hungarian hungarians icelandic indian indians indonesian indonesians iranian
    iranians iraqi iraqis irish israeli israelis italian italians jamaican japanese jordanian jordanians
    kenyan korean koreans kurd kurds kurdish kuwaiti kuwaitis lao laotian latvian lebanese liberian libyan
    libyans lithuanian macedonian malaysian maltese mauritanian mauritanians mexican mexicans mongolian
    moroccan moroccans mozambican namibian nepalese nepali nicaraguan nigerian nigerians norwegian norwegians
    omani pakistani pakistanis palestinian palestinians panamanian paraguayan persian peruvian peruvians
    philippine filipino filipinos polish poles portuguese rhodesian romanian romanians russian russians
    rwandan sahrawi saudi saudis scottish senegalese serb serbs serbian singaporean slovak slovene somali
    somalis soviet soviets spanish spaniards sudanese swedish swedes swiss syrian syrians taiwanese tanzanian
    thai tibetan tunisian tunisians turk turks turkish ugandan ukrainian ukrainians uruguayan uzbek venezuelan
    venezuelans vietnamese welsh yemeni yemenis yugoslav yugoslavs zairian zambian zambians zimbabwean
    africans asians westerners britain england scotland wales yugoslavia czechoslovakia rhodesia zaire ceylon
    persia siam sahara holland crimea kashmir tibet palestine quebec texas california york africa america
    korea vietnam germany yemen kong angola
"""
PEOPLES = _both(_PEOPLES)


@cache
def places() -> frozenset[str]:
    """The words of countries and of cities with a post, as they stand in a text and in capitals."""
    words: set[str] = set()
    for row in read_table("posts"):
        for name in (row["country"], row["name"]):
            if name and " " not in name:
                words.update((name, name.upper()))
    return frozenset(words) | PEOPLES
