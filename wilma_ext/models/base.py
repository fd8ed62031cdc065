"""The base of the plugin's own tables: private metadata, one instant type, opaque keys."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from wilma_ext.clock import utc
from wilma_ext.opaque_id import new_id

PREFIX = "wilma_ext_"

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: Fixed width, so that SQLite compares the text as it would compare the instants.
STORED = "%Y-%m-%dT%H:%M:%S.%fZ"


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC; a naive one is refused.

    The stock type drops the offset on SQLite, which kept a consent alive three hours too long.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return utc(value).strftime(STORED) if dialect.name == "sqlite" else utc(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.strptime(value, STORED).replace(tzinfo=UTC)
        return utc(value)


class Base(DeclarativeBase):
    """Base of the plugin's models; nothing here touches the host's metadata."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant(), str: Text()}


#: A random key of our own.
Key = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
#: The education provider, first in every key (condition zero of every statement).
ProviderRef = Annotated[str, mapped_column(String(200))]
#: A host id as text; never a foreign key into a host table.
Ref = Annotated[str, mapped_column(String(200))]
#: A word of the vocabulary.
Word = Annotated[str, mapped_column(String(40))]
