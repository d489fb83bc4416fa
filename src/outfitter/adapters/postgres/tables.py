"""The tables as models, against which `alembic check` holds the migrations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC, VECTOR
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    desc,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import INET, JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NOW = text("now()")
_ID = text("gen_random_uuid()")
_EMPTY = text("'{}'")


class Base(DeclarativeBase):
    """What all tables share: how Python's types are stored."""

    type_annotation_map = {  # noqa: RUF012 - read once, by SQLAlchemy
        str: Text,
        UUID: Uuid,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
        list[float]: VECTOR(1536),
    }


# The auth server's own table; of it we know the key.
_users = Table("users", Base.metadata, Column("id", Uuid, primary_key=True), schema="auth")


def _of_a_session(name: str) -> ForeignKeyConstraint:
    """Rows hang on a session of the same user, never on somebody else's."""
    columns = ("user_id", "session_id")
    there = ("sessions.user_id", "sessions.id")
    return ForeignKeyConstraint(columns, there, name=name, ondelete="CASCADE")


def _near(name: str) -> Index:
    """The index for nearness by cosine of the first columns, at half precision."""
    start = literal_column("CAST(subvector(embedding, 1, 384) AS halfvec(384))", HALFVEC(384))
    kind = {"start": "halfvec_cosine_ops"}
    return Index(name, start.label("start"), postgresql_using="hnsw", postgresql_ops=kind)


class Session(Base):
    """A conversation."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("auth.users.id", name="fk_sessions_user", ondelete="CASCADE")
    )
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    status: Mapped[str] = mapped_column(String(50), server_default="active")
    title: Mapped[str | None]
    context: Mapped[dict[str, Any]] = mapped_column(server_default=_EMPTY)
    collected_credentials: Mapped[dict[str, Any]] = mapped_column(server_default=_EMPTY)

    __table_args__ = (
        UniqueConstraint("user_id", "id", name="uq_sessions_user_id"),
        Index("idx_sessions_user", "user_id", desc("created_at"), desc("id")),
    )


class Turn(Base):
    """One message and its answer, as far as they have come."""

    __tablename__ = "turns"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    user_id: Mapped[UUID]
    session_id: Mapped[UUID]
    idempotency_key: Mapped[str | None]
    request_hash: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="received")
    analysis: Mapped[dict[str, Any] | None]
    response: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)

    __table_args__ = (
        # No turn is 'analyzed': what was understood is stored with the answer, and a statement in
        # between would be one more for each turn. Only a later revision could take the word back.
        CheckConstraint(
            "state IN ('received', 'analyzed', 'answered', 'failed')", name="ck_turns_state"
        ),
        UniqueConstraint("user_id", "idempotency_key", name="uq_turns_idempotency_key"),
        _of_a_session("fk_turns_session"),
        Index("idx_turns_own", "user_id", "session_id"),
    )


class ChatMessage(Base):
    """What the user or the assistant said."""

    __tablename__ = "chat_messages"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    session_id: Mapped[UUID]
    user_id: Mapped[UUID]
    turn_id: Mapped[UUID | None]
    message: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    # SQLAlchemy keeps the attribute `metadata` for itself.
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=_EMPTY)
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    __table_args__ = (
        CheckConstraint("role IN ('user', 'assistant')", name="ck_chat_messages_role"),
        UniqueConstraint("turn_id", "role", name="uq_chat_messages_turn_role"),
        _of_a_session("fk_chat_messages_session"),
        Index("idx_messages_own", "user_id", "session_id", "created_at", "id"),
    )


class Credential(Base):
    """One sealed value of a user's vault."""

    __tablename__ = "credentials"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("auth.users.id", name="fk_credentials_user", ondelete="CASCADE"),
        primary_key=True,
    )
    server: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True, server_default="default")
    key: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    key_id: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="stored")
    checked_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)

    __table_args__ = (
        CheckConstraint(
            "state IN ('stored', 'unreadable', 'refused')", name="ck_credentials_state"
        ),
    )


class McpServer(Base):
    """A server of the catalogue."""

    __tablename__ = "mcp_servers"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str]
    tools: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    config_template: Mapped[dict[str, Any]]
    credential_info: Mapped[dict[str, Any]]
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=_EMPTY)
    names: Mapped[str] = mapped_column(server_default="")
    name_words: Mapped[str | None] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', names)", persisted=True)
    )
    reviewed: Mapped[bool | None] = mapped_column(
        Computed("coalesce(metadata ->> 'reviewed', 'true') = 'true'", persisted=True)
    )
    embedding: Mapped[list[float]]
    embedding_model: Mapped[str]
    content_hash: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)

    __table_args__ = (
        UniqueConstraint("name", name="uq_mcp_servers_name"),
        Index(
            "idx_mcp_names",
            "name_words",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
        Index("idx_mcp_content", "content_hash"),
        Index("idx_mcp_model", "embedding_model"),
        _near("idx_mcp_near"),
    )


class McpTool(Base):
    """A tool of a server of the catalogue."""

    __tablename__ = "mcp_tools"

    server_id: Mapped[UUID] = mapped_column(
        ForeignKey("mcp_servers.id", name="fk_mcp_tools_server", ondelete="CASCADE"),
        primary_key=True,
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    description: Mapped[str]
    embedding: Mapped[list[float]]

    __table_args__ = (_near("idx_mcp_tools_near"),)


class Agent(Base):
    """An agent as it was made."""

    __tablename__ = "agents"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    user_id: Mapped[UUID]
    session_id: Mapped[UUID]
    version: Mapped[int]
    name: Mapped[str]
    spec: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)

    __table_args__ = (
        UniqueConstraint("session_id", "version", name="uq_agents_session_version"),
        _of_a_session("fk_agents_session"),
        Index("idx_agents_user", "user_id", desc("created_at"), desc("id")),
    )


class AuditEntry(Base):
    """Something that was done, by whom and with what outcome; never a value."""

    __tablename__ = "audit_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=_ID)
    user_id: Mapped[UUID | None]
    action: Mapped[str]
    object: Mapped[str | None]
    outcome: Mapped[str]
    request_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    ip: Mapped[str | None] = mapped_column(INET)

    __table_args__ = (Index("idx_audit_log_user", "user_id", "action", "created_at"),)


class PseudonymKey(Base):
    """What turns the id of a user into a pseudonym; one row."""

    __tablename__ = "pseudonym_key"

    id: Mapped[int] = mapped_column(primary_key=True, server_default="1", autoincrement=False)
    inner_key: Mapped[bytes]
    outer_key: Mapped[bytes]

    __table_args__ = (CheckConstraint("id = 1", name="ck_pseudonym_key_one"),)


class TurnSlot(Base):
    """One of the messages a quota allows, and when it was last used; apart from what can go."""

    __tablename__ = "turn_slots"

    pseudonym: Mapped[UUID] = mapped_column(primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heard_at: Mapped[datetime]
