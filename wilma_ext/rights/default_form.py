"""The text of the default consent form: plain words, short sentences (G4, R8, R31)."""

from collections.abc import Mapping

_FI = {
    "title": "Saako opiskeluhuolto nähdä lapsen tietoja?",
    "summary": (
        "Koulun kuraattori, psykologi, terveydenhoitaja ja lääkäri työskentelevät "
        "hyvinvointialueella: {county}. He näkevät lapsesi koulutietoja vain, jos suostut. "
        "Tiedot auttavat heitä tukemaan lasta.\n"
        "Vastaaminen on vapaaehtoista. Jos vastaat ei, siitä ei seuraa lapselle mitään. "
        "Lapsi saa aina tavata kuraattorin ja muut opiskeluhuollon työntekijät.\n"
        "Voit muuttaa vastaustasi milloin tahansa."
    ),
    "by_law": (
        "Näitä tietoja saa antaa lain perusteella, eikä niihin kysytä suostumusta:\n"
        "Lapsen nimi, syntymäaika ja luokka tai ryhmä.\n"
        "Huoltajan nimi ja yhteystiedot, kun yhteydenotto on tarpeen.\n"
        "Kuraattorille tiedot, jotka ovat yksittäisessä tilanteessa välttämättömiä."
    ),
    "question:absences": "Poissaolot ja myöhästymiset ilman syytä",
    "question:grades": "Arvosanat numeroina ilman sanallista arviointia",
    "withdrawal": ("Voit peruuttaa suostumuksen tällä samalla sivulla. Peruutus vaikuttaa heti."),
    "details": (
        "Tiedot luovuttaa koulutuksen järjestäjä. Vastaanottaja on {county}. "
        "Käyttötarkoitus on oppilaan yksilökohtainen opiskeluhuolto. "
        "Työntekijä avaa yhden oppilaan tiedot kerrallaan ja kertoo, mihin niitä tarvitsee. "
        "Jokainen katselu kirjataan lokiin. "
        "Terveydellisiä syitä, vapaata tekstiä tai viestejä ei näytetä."
    ),
}

_SV = {
    "title": "Får elevhälsan se barnets uppgifter?",
    "summary": (
        "Skolans kurator, psykolog, hälsovårdare och läkare arbetar vid välfärdsområdet: "
        "{county}. De ser uppgifter om ditt barns skolgång bara om du samtycker. "
        "Uppgifterna hjälper dem att stödja barnet.\n"
        "Det är frivilligt att svara. Om du svarar nej får det inga följder för barnet. "
        "Barnet får alltid träffa kuratorn och elevhälsans övriga personal.\n"
        "Du kan ändra ditt svar när du vill."
    ),
    "by_law": (
        "De här uppgifterna får lämnas ut med stöd av lag och samtycke begärs inte:\n"
        "Barnets namn, födelsetid och klass eller grupp.\n"
        "Vårdnadshavarens namn och kontaktuppgifter, när kontakt behövs.\n"
        "Till kuratorn uppgifter som är nödvändiga i en enskild situation."
    ),
    "question:absences": "Frånvaro och förseningar utan orsak",
    "question:grades": "Vitsord i siffror utan verbal bedömning",
    "withdrawal": ("Du kan återkalla samtycket på den här sidan. Återkallelsen gäller genast."),
    "details": (
        "Uppgifterna lämnas ut av utbildningsanordnaren. Mottagare är {county}. "
        "Användningsändamålet är elevens individuella elevhälsa. "
        "Den anställda öppnar en elev åt gången och anger vad uppgifterna behövs för. "
        "Varje visning antecknas i loggen. "
        "Hälsoskäl, fri text och meddelanden visas inte."
    ),
}

_EN = {
    "title": "May pupil welfare staff see your child's information?",
    "summary": (
        "The school social worker, psychologist, nurse and doctor work for the wellbeing "
        "services county: {county}. They see information about your child's schooling only if "
        "you agree. The information helps them to support the child.\n"
        "Answering is voluntary. If you answer no, nothing follows from it for the child. "
        "The child may always meet the school social worker and other pupil welfare staff.\n"
        "You can change your answer at any time."
    ),
    "by_law": (
        "These data may be given on the basis of law, and your consent is not asked:\n"
        "The child's name, date of birth and class or group.\n"
        "A guardian's name and contact details, when contact is needed.\n"
        "To the school social worker, data that are necessary in a single situation."
    ),
    "question:absences": "Absences and late arrivals, without reasons",
    "question:grades": "Grades as numbers, without verbal assessment",
    "withdrawal": "You can withdraw your consent on this same page. It takes effect at once.",
    "details": (
        "The data are disclosed by the education provider. The recipient is {county}. "
        "The purpose of use is the pupil's individual pupil welfare. "
        "A worker opens one pupil at a time and says what the data are needed for. "
        "Every look-up is recorded in the log. "
        "Health reasons, free text and messages are not shown."
    ),
}


def default_form_texts(county: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return language -> part -> text with the county named; `county` is language -> name."""
    return {
        language: {part: text.format(county=county[language]) for part, text in parts.items()}
        for language, parts in (("fi", _FI), ("sv", _SV), ("en", _EN))
    }
