"""The text of the default consent form: plain words, short sentences (G4, R8, R31)."""

from collections.abc import Mapping

_FI = {
    "title": "Saako opiskeluhuolto nähdä oppilaan tietoja?",
    "summary": (
        "Koulun kuraattori, psykologi, terveydenhoitaja ja lääkäri työskentelevät "
        "hyvinvointialueella: {county}. He näkevät alla kysytyt tiedot vain, jos suostut. "
        "Tiedot auttavat heitä tukemaan oppilasta.\n"
        "Vastaaminen on vapaaehtoista. Jos vastaat ei, siitä ei seuraa oppilaalle mitään.\n"
        "{{validity}} Voit muuttaa vastaustasi milloin tahansa."
    ),
    "by_law": (
        "Nämä tiedot saa luovuttaa lain perusteella, eikä niihin pyydetä suostumusta:\n"
        "Oppilaan nimi, syntymäaika ja luokka tai ryhmä.\n"
        "Huoltajan nimi ja yhteystiedot, kun yhteydenotto on tarpeen.\n"
        "Kuraattorille ne tiedot, jotka ovat yksittäisessä tilanteessa välttämättömiä."
    ),
    "question:absences": "Poissaolot ja myöhästymiset (syitä ei näytetä)",
    "question:grades": "Arvosanat (sanallista arviointia ei näytetä)",
    "withdrawal": (
        "Voit peruuttaa suostumuksesi näillä samoilla sivuilla. Peruutus tulee voimaan heti."
    ),
    "details": (
        "Tiedot luovuttaa koulutuksen järjestäjä. Vastaanottaja on {county}. "
        "Käyttötarkoitus on oppilaan yksilökohtainen opiskeluhuolto. "
        "Työntekijä avaa yhden oppilaan tiedot kerrallaan ja kertoo, mihin hän tarvitsee niitä. "
        "Jokainen katselu kirjataan lokiin. "
        "Terveydellisiä syitä, vapaata tekstiä ja viestejä ei näytetä."
    ),
}

_SV = {
    "title": "Får elevhälsan se elevens uppgifter?",
    "summary": (
        "Skolans kurator, psykolog, hälsovårdare och läkare arbetar vid välfärdsområdet: "
        "{county}. De ser de uppgifter som nämns nedan bara om du samtycker. "
        "Uppgifterna hjälper dem att stödja eleven.\n"
        "Det är frivilligt att svara. Om du svarar nej får det inga följder för eleven.\n"
        "{{validity}} Du kan ändra ditt svar när du vill."
    ),
    "by_law": (
        "De här uppgifterna får lämnas ut med stöd av lag och samtycke begärs inte:\n"
        "Elevens namn, födelsetid och klass eller grupp.\n"
        "Vårdnadshavarens namn och kontaktuppgifter, när kontakt behövs.\n"
        "Till kuratorn sådana uppgifter som är nödvändiga i en enskild situation."
    ),
    "question:absences": "Frånvaro och förseningar (orsaker visas inte)",
    "question:grades": "Vitsord (verbal bedömning visas inte)",
    "withdrawal": (
        "Du kan återkalla ditt samtycke på de här sidorna. Återkallelsen träder i kraft genast."
    ),
    "details": (
        "Uppgifterna lämnas ut av utbildningsanordnaren. Mottagare är {county}. "
        "Användningsändamålet är individuellt inriktad elevhälsa för eleven. "
        "Den anställda öppnar uppgifterna för en elev åt gången och anger vad de behövs för. "
        "Varje visning antecknas i loggen. "
        "Hälsoskäl, fri text och meddelanden visas inte."
    ),
}

_EN = {
    "title": "May pupil welfare staff see the pupil's information?",
    "summary": (
        "The school social worker, psychologist, nurse and doctor work for the wellbeing "
        "services county: {county}. They see the information asked about below only if you "
        "agree. The information helps them to support the pupil.\n"
        "Answering is voluntary. If you answer no, nothing follows from it for the pupil.\n"
        "{{validity}} You can change your answer at any time."
    ),
    "by_law": (
        "These data may be given on the basis of law, and your consent is not asked:\n"
        "The pupil's name, date of birth and class or group.\n"
        "A guardian's name and contact details, when contact is needed.\n"
        "To the school social worker, the data that are necessary in a single situation."
    ),
    "question:absences": "Absences and late arrivals (reasons are not shown)",
    "question:grades": "Grades (verbal assessment is not shown)",
    "withdrawal": "You can withdraw your consent on these same pages. It takes effect at once.",
    "details": (
        "The data are disclosed by the education provider. The recipient is {county}. "
        "The purpose of use is the pupil's individual pupil welfare. "
        "A worker opens one pupil's data at a time and says what they are needed for. "
        "Every look-up is recorded in the log. "
        "Health reasons, free text and messages are not shown."
    ),
}


def default_form_texts(county: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return language -> part -> text with the county named; `county` is language -> name.

    The sentence on validity is left to the form's own rule: the texts say `{validity}` there.
    """
    return {
        language: {part: text.format(county=county[language]) for part, text in parts.items()}
        for language, parts in (("fi", _FI), ("sv", _SV), ("en", _EN))
    }
