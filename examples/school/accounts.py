"""The named demo accounts: who they are and what each can try."""

from dataclasses import dataclass, field

from werkzeug.security import generate_password_hash

from examples.school.database import db
from examples.school.models import Account, Person

PASSWORD = "demo"


@dataclass(frozen=True)
class DemoAccount:
    """A sign-in name, its holder's name in the generated data, and what it can try."""

    username: str
    given_names: str
    family_name: str
    fi: str
    sv: str
    en: str
    role: str = ""

    def task(self, language: str) -> str:
        return {"sv": self.sv, "en": self.en}.get(language, self.fi)


DEMO_ACCOUNTS = (
    DemoAccount(
        "huoltaja",
        "Anna",
        "Virtanen",
        "Huoltaja: antaa tai peruuttaa lapsiaan koskevan suostumuksen.",
        "Vårdnadshavare: ger eller återkallar samtycke som gäller barnen.",
        "Guardian: gives or withdraws consent for the children.",
    ),
    DemoAccount(
        "huoltaja2",
        "Mikael",
        "Virtanen",
        "Saman lapsen toinen huoltaja: vastaa omasta puolestaan.",
        "Samma barns andra vårdnadshavare: svarar för egen del.",
        "The other guardian of the same child: answers independently.",
    ),
    DemoAccount(
        "sihteeri",
        "Sari",
        "Laine",
        "Koulusihteeri: aktivoi hyvinvointialueryhmän oppilaalle, jolla on suostumus.",
        "Skolsekreterare: aktiverar välfärdsområdesgruppen för en elev med samtycke.",
        "School secretary: enables the welfare group for a pupil with consent.",
        "is_secretary",
    ),
    DemoAccount(
        "kuraattori",
        "Katja",
        "Salonen",
        "Kuraattori: avaa niiden oppilaiden tietoja, joita saa katsella.",
        "Kurator: öppnar uppgifter om de elever vars uppgifter får visas.",
        "School social worker: opens a pupil whose data may be seen.",
    ),
    DemoAccount(
        "psykologi",
        "Petri",
        "Heino",
        "Psykologi: avaa niiden oppilaiden tietoja, joita saa katsella.",
        "Psykolog: öppnar uppgifter om de elever vars uppgifter får visas.",
        "School psychologist: opens a pupil whose data may be seen.",
    ),
    DemoAccount(
        "terveydenhoitaja",
        "Tiina",
        "Lindholm",
        "Terveydenhoitaja: avaa niiden oppilaiden tietoja, joita saa katsella.",
        "Hälsovårdare: öppnar uppgifter om de elever vars uppgifter får visas.",
        "School nurse: opens a pupil whose data may be seen.",
    ),
    DemoAccount(
        "laakari",
        "Lauri",
        "Öhman",
        "Lääkäri: avaa niiden oppilaiden tietoja, joita saa katsella.",
        "Läkare: öppnar uppgifter om de elever vars uppgifter får visas.",
        "School doctor: opens a pupil whose data may be seen.",
    ),
    DemoAccount(
        "paakayttaja",
        "Päivi",
        "Koskela",
        "Pääkäyttäjä: hoitaa ryhmää, oikeusmatriisia, linjauksia ja suostumuslomaketta.",
        "Huvudanvändare: sköter gruppen, rättighetsmatrisen, riktlinjerna och samtyckesblanketten.",
        "Main user: manages the group, the rights matrix, the policy and the consent form.",
        "is_main_user",
    ),
    DemoAccount(
        "tietosuoja",
        "Timo",
        "Saarinen",
        "Tietosuojavastaava: tarkastaa, kuka on katsonut ja mitä.",
        "Dataskyddsansvarig: granskar vem som har sett uppgifter och vilka.",
        "Data-protection officer: reviews who has looked and at what.",
        "is_privacy_officer",
    ),
    DemoAccount(
        "opettaja",
        "Outi",
        "Mäkelä",
        "Opettaja: näkee ryhmiensä tuntimerkinnät; on myös yhden oppilaan huoltaja.",
        "Lärare: ser sina gruppers lektionsanteckningar; är också vårdnadshavare för en elev.",
        "Teacher: sees the notes of own groups; is also the guardian of one pupil.",
        "is_teacher",
    ),
    DemoAccount(
        "opiskelija18",
        "Aino",
        "Nieminen",
        "Täysi-ikäinen opiskelija: päättää itse.",
        "Myndig studerande: beslutar själv.",
        "Adult pupil: decides alone.",
    ),
    DemoAccount(
        "opiskelija16",
        "Eetu",
        "Rantanen",
        "16-vuotias opiskelija: vastaa huoltajien rinnalla.",
        "16-årig studerande: svarar vid sidan av vårdnadshavarna.",
        "Pupil of 16: answers beside the guardians.",
    ),
    DemoAccount(
        "sihteeri2",
        "Seija",
        "Harju",
        "Toisen kunnan koulusihteeri: näkee vain oman kuntansa.",
        "Skolsekreterare i en annan kommun: ser bara den egna kommunen.",
        "School secretary of another municipality: sees only that one.",
        "is_secretary",
    ),
)

#: Pupil-welfare staff: plain persons here, without any right in the school system.
WELFARE_STAFF = ("kuraattori", "psykologi", "terveydenhoitaja", "laakari")
#: Who works for the municipality, by sign-in name.
MUNICIPAL_STAFF = ("sihteeri", "paakayttaja", "tietosuoja", "opettaja")


@dataclass(frozen=True)
class NamedPeople:
    """The ids of the named accounts and of the pupils around them."""

    municipality_id: int
    second_municipality_id: int
    school_ids: tuple[int, ...]
    #: Sign-in name -> person id.
    persons: dict[str, int]
    #: The child of `huoltaja` and `huoltaja2`.
    shared_child_id: int
    #: Every child of `huoltaja`, the shared one first.
    children_ids: tuple[int, ...]
    teachers_child_id: int
    #: A pupil whose guardian is the `kuraattori` under another person id.
    kuraattoris_child_id: int
    pupil16_id: int
    pupil18_id: int
    facts: tuple[str, ...] = field(default=())


def demo_account(username: str) -> DemoAccount:
    """Return the description of a sign-in name."""
    return next(account for account in DEMO_ACCOUNTS if account.username == username)


def new_person(username: str, language: str = "fi") -> Person:
    """Return the holder of a demo account as a new person."""
    account = demo_account(username)
    return Person(
        given_names=account.given_names,
        family_name=account.family_name,
        email=f"{username}@example.com",
        language=language,
    )


def open_accounts(persons: dict[str, Person], municipality_id: int, second_id: int) -> None:
    """Give every named person (already flushed) a sign-in name and the roles that belong to it."""
    password_hash = generate_password_hash(PASSWORD)
    home = {**dict.fromkeys(MUNICIPAL_STAFF, municipality_id), "sihteeri2": second_id}
    for username, person in persons.items():
        role = demo_account(username).role
        account = Account(
            person_id=person.id,
            username=username,
            password_hash=password_hash,
            language=person.language,
            municipality_id=home.get(username),
        )
        if role:
            setattr(account, role, True)
        db.session.add(account)
    db.session.flush()
