"""What may be, is planned or is expected ("kan", "naar verwachting") is not told as a fact, nor a plan as a deed."""

import re

from kamerbrief.proof.alignment import span_of
from kamerbrief.proof.clauses import cue_places, told
from kamerbrief.proof.retelling import Broken, Retelling

_MOST = 0.5
# In the sources, which are Dutch: verbs and adverbs only. "Risico" and "ambitie" weaken no sentence by themselves.
_CAN = re.compile(
    r"\b(?:kan|kunnen|kunt|kon|konden|mogelijk|mogelijke|wellicht|misschien|eventueel|eventuele|zou|zouden|potentiële?|"
    r"potentieel|optie|opties|mag|mogen|lijkt|lijken|waarschijnlijk|vermoedelijk|denkbaar)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:wil|willen|wenst|wensen|voornemens?|van plan|streeft?|streven|beoog\w*|verwacht|verwachten|verwachte|"
    r"verwachting|overweeg\w*|overweg\w*|bekij\w+|bezie[nt]?|beziet|verken\w*|voorgestel\w*|bereid|bereidheid|hoeverre|"
    r"verzoekt|verzocht|vraagt|vragen (?:we|wij|aan)|gevraagd|adviseert|adviseren|beveelt|bevelen|gepland|"
    r"zet \w+.{0,100}? in|zetten (?:we|wij|zich).{0,100}? in|"
    r"werk(?:t|en)? (?:ik |wij |we |het kabinet )?(?:\w+ )?(?:toe|aan)|"
    r"onderzoek(?:t|en)?(?= (?:of|hoe|in|welke|wat))|kijk(?:t|en)|al dan niet)\b",
    re.IGNORECASE,
)
# In a claim, of either language, all that makes it weaker will do: "krijgt het advies" says no more than "adviseert".
_WEAK = re.compile(
    rf"{_CAN.pattern}|{_PLAN.pattern}|\b(?:mogelijkhe\w+|kans\w*|risico\w*|plan\w*|voorstel\w*|"
    r"wetsvoorstel\w*|doel\w*|ambiti\w*|inzet\w*|advie[sz]\w*|verzoek\w*|vragen|vraag|onderzoe\w+|aanbeve\w+|"
    r"concept\w*|in staat|hoop|hopen|"
    r"can|cannot|could|may|might|possib\w+|perhaps|potential\w*|would|option\w*|allow\w*|able|appears?|seems?|likely|"
    r"probabl[ey]|risks?|aim\w*|inten[dt]\w*|expect\w*|consider\w*|explor\w*|propos\w*|seek\w*|willing\w*|want\w*|"
    r"wish\w*|ask\w*|request\w*|advi[sc]\w*|recommend\w*|goal\w*|objective\w*|target\w*|whether|ambition\w*|"
    r"strives?|hope\w*|is to|are to|stud(?:y|ies|ying)|investigat\w*|look\w*|scheduled|planned|foreseen|question\w*|"
    r"bill|draft\w*)\b",
    re.IGNORECASE,
)
# What must be is as little done as what is wanted: it may stand for a plan, not for what is only possible.
_MUST = re.compile(r"\b(?:moet|moeten|dient|dienen|should|must|needs? to|ought)\b", re.IGNORECASE)
_WILL = re.compile(
    r"\b(?:zal|zullen|zult|gaat|gaan|will|shall|going to|komend\w*|volgend\w*|binnenkort|soon)\b|[’']ll\b",
    re.IGNORECASE,
)
_PARTICIPLE = r"(?=.* (?:ge|be|ver|ont|her|er|\w{2,6}ge)\w+(?:d|t|en)\b|.* \w+(?:ed|ne|ut)\b)"
_DONE = re.compile(
    rf"\b(?:heeft|hebben|had|hadden|has|have|is|zijn|was|waren|werd|werden|were|are|been)\b{_PARTICIPLE}", re.IGNORECASE
)
_STRONG = tuple(
    (re.compile(rf"\b(?:{strong})\b", re.IGNORECASE), re.compile(rf"\b(?:{strong}|{alike})\b", re.IGNORECASE))
    for strong, alike in (
        (
            r"besloten|besluit|besluiten|decided|decision|decides",
            r"besluit\w*|\w*besliss?\w*|gekozen|kie[sz]\w*|keuze\w*|beschikking\w*|akkoord|ingestemd|vastgesteld",
        ),
        (
            r"verplicht\w*|oblig\w+|mandatory|compulsory|must",
            r"moet|moeten|dien(?:t|en)|vereis\w*|eis\w*|gehouden|voorgeschreven|hoeven?|geldt|gelden|noodza\w*|nodig",
        ),
        (r"altijd|always|in alle gevallen|in all cases", r"steeds|standaard|elke?|iedere?|alle|immer|blijvend|telkens"),
        (
            r"zeker|certain(?= (?:to|that))|certainly|definitely|staat vast|vast staat|vaststaat|ongetwijfeld|"
            r"undoubtedly|gegarandeerd|guarantee\w*|onvermijdelijk|inevitabl[ey]|zonder twijfel",
            r"duidelijk|overtuigd|garande\w*|waarborg\w*|borg\w*|verzeker\w*|onherroepelijk|onontkoombaar\w*",
        ),
        (
            r"vastgesteld|bepaald dat|adopted",
            r"vaststel\w*|vast|stelt|stellen|besloten|aangenomen|bepaa?l\w*|geconstateerd",
        ),
        (r"bewezen|proven|proved", r"bewijs\w*|aangetoond|blijkt|gebleken|bewijst"),
        (r"bereikt|achieved|gerealiseerd|realised", r"bereik\w*|realis\w*|behaald|gehaald|gelukt|overeenstemming"),
    )
)


def overstated(retelling: Retelling) -> Broken | None:
    """The first clause that is told as surer, or as further done, than what it retells; or the word that does it."""
    found, pairs, claim, texts = retelling.alignment, retelling.pairs, [retelling.claim], retelling.texts
    weak_here = cue_places(found.claim, claim, _WEAK)
    can_there, plan_there = cue_places(found.sources, texts, _CAN), cue_places(found.sources, texts, _PLAN)
    must_here = cue_places(found.claim, claim, _MUST)
    done_here, done_there = cue_places(found.claim, claim, _DONE), cue_places(found.sources, texts, _DONE)
    will_there = cue_places(found.sources, texts, _WILL)
    for place, pair in enumerate(pairs):
        around = {i for other in pairs[max(place - 1, 0) : place + 2] for i in other.words}
        if weak_here & around or pair.weighing < 2:
            continue
        clauses = pair.clauses(_MOST)
        weak_there = can_there if must_here & around else can_there | plan_there
        hedges = [j for j in weak_there if found.sources[j].clause in clauses]
        hedged = any(told(found, j, pair.words, both=True) for j in hedges)
        ahead = any(found.sources[j].clause in clauses for j in will_there)
        done = done_here & set(pair.words) and not any(found.sources[j].clause in clauses for j in done_there)
        if hedged or (ahead and done):
            return Broken("certainty", span_of(found.claim, pair.words))
    return _stronger(retelling)


def _stronger(retelling: Retelling) -> Broken | None:
    """The word with which the claim decides, obliges or is certain where no sentence that it retells does anything
    alike."""
    found = retelling.alignment
    told_of = {pair.sentence for pair in retelling.pairs}
    for strong, alike in _STRONG:
        said = cue_places(found.claim, [retelling.claim], strong)
        there = cue_places(found.sources, retelling.texts, alike) if said else ()
        if said and not any(found.sources[j].sentence in told_of for j in there):
            return Broken("certainty", span_of(found.claim, [min(said)]))
    return None
