"""The lesson-note types of this school system and what the plugin is told of them."""

from wilma_ext.register import Labels, NoteType

#: code -> (kind, letter, labels): the list of one real comprehensive school.
_DECLARED = {
    "87": ("absence", "S", "Selvittämätön poissaolo", "Outredd frånvaro", "Unexplained absence"),
    "85": (
        "absence",
        "M",
        "Muu selvitetty poissaolo",
        "Annan utredd frånvaro",
        "Other explained absence",
    ),
    "90": ("late", "Y", "Myöhästyminen", "Försening", "Late arrival"),
    "84": ("absence", "A", "Ennalta anottu vapaa", "Beviljad ledighet", "Leave granted in advance"),
    "86": ("absence", "L", "Luvaton poissaolo", "Olovlig frånvaro", "Unauthorised absence"),
    "83": ("health", "T", "Terveydellinen syy", "Hälsoskäl", "Health reason"),
    "89": ("other", "", "Opiskelu muualla", "Studier på annat ställe", "Studying elsewhere"),
    "88": (
        "other",
        "",
        "Muu koulutyö - läsnä",
        "Annat skolarbete - närvarande",
        "Other school work - present",
    ),
    "13": (
        "conduct",
        "",
        "Poistunut koulun alueelta ilman lupaa",
        "Lämnat skolområdet utan lov",
        "Left the school grounds without permission",
    ),
    "11": ("other", "", "Tiedoksi", "För kännedom", "For information"),
    "45": (
        "other",
        "",
        "Oppilas sai tukiopetusta",
        "Eleven fick stödundervisning",
        "The pupil had remedial teaching",
    ),
    "43": (
        "absence",
        "O",
        "Poissa oman äidinkielen tunnilta",
        "Frånvarande från modersmålet",
        "Absent from mother-tongue class",
    ),
    "46": (
        "conduct",
        "",
        "Otit hienosti vastuuta omasta oppimisestasi",
        "Du tog fint ansvar för ditt lärande",
        "You took good responsibility for your learning",
    ),
    "51": (
        "conduct",
        "",
        "Osasit toimia ryhmän vastuullisena jäsenenä",
        "Du var en ansvarsfull medlem av gruppen",
        "You were a responsible member of the group",
    ),
    "47": (
        "conduct",
        "",
        "Jaksoit työskennellä pitkäjänteisesti ja sinnikkäästi",
        "Du arbetade uthålligt och ihärdigt",
        "You worked patiently and persistently",
    ),
    "50": (
        "conduct",
        "",
        "Osasit toimia turvallisesti ja asiallisesti digitaalisessa ympäristössä",
        "Du agerade tryggt och sakligt i den digitala miljön",
        "You acted safely and properly in the digital environment",
    ),
    "29": (
        "conduct",
        "",
        "Otit toiset huomioon",
        "Du tog hänsyn till andra",
        "You were considerate of others",
    ),
    "53": ("conduct", "", "Hyvä!", "Bra!", "Well done!"),
    "52": (
        "conduct",
        "",
        "Otit vastuuta ympäristöstä",
        "Du tog ansvar för miljön",
        "You took responsibility for the environment",
    ),
    "49": (
        "conduct",
        "",
        "Osasit pohtia hienosti tiedon oikeellisuutta",
        "Du bedömde fint om informationen var riktig",
        "You judged well whether information was correct",
    ),
    "57": (
        "conduct",
        "",
        "Sinulta puuttui opiskeluvälineitä",
        "Du saknade studiematerial",
        "You lacked study equipment",
    ),
    "56": (
        "conduct",
        "",
        "Käytöksessäsi on parannettavaa",
        "Ditt uppförande kan förbättras",
        "Your conduct needs improvement",
    ),
    "54": (
        "conduct",
        "",
        "Et osallistunut työskentelyyn",
        "Du deltog inte i arbetet",
        "You did not take part in the work",
    ),
    "58": (
        "conduct",
        "",
        "Sinulla oli tehtäviä tekemättä",
        "Du hade ogjorda uppgifter",
        "You had tasks undone",
    ),
    "55": (
        "conduct",
        "",
        "Häiritsit työskentelyä",
        "Du störde arbetet",
        "You disturbed the work",
    ),
    "39": ("other", "", "TET", "PRAO", "Work experience"),
}

#: Types that the schools use but the plugin is not told of: it hides them.
UNDECLARED = {
    "61": ("Opiskeluhuollon tapaaminen", "Möte inom elevhälsan", "Pupil-welfare meeting"),
    "62": ("Kerho", "Klubb", "School club"),
}

#: The types that the plugin is told of.
NOTE_TYPES = {
    code: NoteType(
        code=code,
        kind=kind,
        labels=Labels(fi, sv, en),
        unexplained=code == "87",
        letter=letter,
    )
    for code, (kind, letter, fi, sv, en) in _DECLARED.items()
}

ABSENCE_KINDS = ("absence", "health")
PRAISE = ("46", "51", "47", "50", "29", "53", "52", "49")
REMARKS = ("57", "56", "54", "58", "55", "13")
ELSEWHERE = ("89", "88", "39")


def rows() -> list[dict[str, object]]:
    """Return the rows of the table `note_types`, declared types first."""
    declared = [
        {
            "code": note.code,
            "label_fi": note.labels.fi,
            "label_sv": note.labels.sv,
            "label_en": note.labels.en,
            "is_absence": note.kind in ABSENCE_KINDS,
        }
        for note in NOTE_TYPES.values()
    ]
    hidden = [
        {"code": code, "label_fi": fi, "label_sv": sv, "label_en": en, "is_absence": False}
        for code, (fi, sv, en) in UNDECLARED.items()
    ]
    return [dict(row, id=number) for number, row in enumerate(declared + hidden, start=1)]
