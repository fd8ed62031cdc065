"""The published Ed-Fi sample "Grand Bend", read from its XML files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = {"e": "http://ed-fi.org/5.2.0"}
FILES = ("Student.xml", "Contact.xml", "EducationOrganization.xml", "StudentSchoolAttendance.xml")
PUBLISHED = (
    'the "Grand Bend" sample XML of the Ed-Fi Data Standard 5.2, published by the Ed-Fi Alliance '
    "in its public repository of the data standard (folder Samples/Sample XML)"
)


class FilesMissingError(Exception):
    """The published files are not where they were looked for."""


@dataclass(frozen=True)
class Student:
    number: str
    given_names: str
    family_name: str
    birth_date: date


@dataclass(frozen=True)
class Contact:
    reference: str
    given_names: str
    family_name: str


@dataclass(frozen=True)
class Link:
    student: str
    contact: str
    #: False only where the file says that the contact is not a legal guardian.
    legal_guardian: bool


@dataclass(frozen=True)
class Event:
    student: str
    school: str
    day: date
    #: `Excused Absence`, `Unexcused Absence`, `Tardy` or `Partial`.
    category: str


class Files:
    """The four files in a folder."""

    def __init__(self, folder: Path) -> None:
        absent = [name for name in FILES if not (folder / name).is_file()]
        if absent:
            raise FilesMissingError(
                f"{', '.join(absent)} not found in {folder}. The files are {PUBLISHED}; "
                "put them in a folder and name it with DATA_DIR or --data-dir."
            )
        self.folder = folder

    def schools(self) -> dict[str, str]:
        """Return school number -> name."""
        return {_text(row, "SchoolId"): _text(row, "NameOfInstitution") for row in self._rows(2)}

    def students(self) -> Iterator[Student]:
        for row in self._rows(0):
            yield Student(
                _text(row, "StudentUniqueId"),
                *_names(row),
                date.fromisoformat(_text(row, "BirthData/e:BirthDate")),
            )

    def contacts(self) -> Iterator[Contact]:
        for row in self._rows(1):
            yield Contact(row.get("id", ""), *_names(row))

    def links(self) -> Iterator[Link]:
        for row in self._rows(1, "StudentContactAssociation"):
            contact = row.find("e:ContactReference", NAMESPACE)
            yield Link(
                _text(row, "StudentReference/e:StudentIdentity/e:StudentUniqueId"),
                contact.get("ref", "") if contact is not None else "",
                _text(row, "LegalGuardian") != "false",
            )

    def events(self) -> Iterator[Event]:
        for row in self._rows(3):
            yield Event(
                _text(row, "StudentReference/e:StudentIdentity/e:StudentUniqueId"),
                _text(row, "SchoolReference/e:SchoolIdentity/e:SchoolId"),
                date.fromisoformat(_text(row, "AttendanceEvent/e:EventDate")),
                _text(row, "AttendanceEvent/e:AttendanceEventCategory").partition("#")[2],
            )

    def _rows(self, file: int, element: str = "") -> list[ElementTree.Element]:
        names = ("Student", "Contact", "School", "StudentSchoolAttendanceEvent")
        path = self.folder / FILES[file]
        root = ElementTree.parse(path).getroot()  # noqa: S314 - the operator's files, no stranger's
        return root.findall(f"e:{element or names[file]}", NAMESPACE)


def _text(row: ElementTree.Element, path: str) -> str:
    return (row.findtext(f"e:{path}", "", NAMESPACE)).strip()


def _names(row: ElementTree.Element) -> tuple[str, str]:
    given = (_text(row, "Name/e:FirstName"), _text(row, "Name/e:MiddleName"))
    return " ".join(filter(None, given)), _text(row, "Name/e:LastSurname")
