"""All SQL of the running service, one file for each thing that is stored."""

from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

Tx = AsyncConnection
AuditOutcome = Literal["ok", "refused"]
