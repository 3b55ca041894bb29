"""The audit log: what staff do is written down with the change itself, and read by administrators.

What the store does by itself (seeding, expiry, the gateway's word) is no deed of anybody and not recorded. The database
refuses to change or delete an entry; docs/audit-log.md says what that is worth and how to make it worth more.
"""

from services.audit.outbox import RELAY_TASK, change_documents, relay
from services.audit.reading import KINDS, AuditPage, begin_export, export_entries, list_entries
from services.audit.repository import AuditFilter
from services.audit.writing import entry_of, record, recorded_since

__all__ = [
    "KINDS",
    "RELAY_TASK",
    "AuditFilter",
    "AuditPage",
    "begin_export",
    "change_documents",
    "entry_of",
    "export_entries",
    "list_entries",
    "record",
    "recorded_since",
    "relay",
]
