"""Codes for people and customers, as SQL: keyed, the same in every table, build and machine, another with another key.

  person    A-7K3M9QXT   the first 40 bits of HMAC-SHA256(key, "person" 0 id) in Crockford's digits, without I L O U
  customer  C-…          the first 96 bits of HMAC-SHA256(key, "customer" 0 customer key) in hexadecimal

DuckDB has SHA-256 but no HMAC; HMAC is two SHA-256 over the padded key, so one macro does it for any number of rows.
A name that belongs to exactly one agent id gets the code of that id, so a leader given by name in one table and by id
in another is one person. A name of two agents, or of nobody in the list of agents, gets a code of its own.
Belongs here: this SQL, and one code by itself. Does not belong here: running it (`ingest.views`).
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Protocol

PEOPLE = "person_code"
"""Temporary table with columns value (as delivered), person (whose id or name it stands for) and code."""
AGENTS, AGENT_ID, AGENT_NAME = "agents", "agent_id", "name"
"""Where the contract keeps which name belongs to which id."""
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BLOCK = 64


class Code(Protocol):
    """Makes the code of an id or customer key."""

    def __call__(self, key: bytes, text: str) -> str: ...


def person_code(key: bytes, text: str) -> str:
    """The code of a person, as the macro person_code_of makes it."""
    bits = int(_keyed(key, "person", text.strip())[:10], 16)
    return "A-" + "".join(_DIGITS[(bits >> shift) & 31] for shift in range(35, -1, -5))


def customer_code(key: bytes, text: str) -> str:
    """The code of a customer, as the macro customer_code_of makes it."""
    return "C-" + _keyed(key, "customer", text.strip())[:24]


def _keyed(key: bytes, kind: str, text: str) -> str:
    told = f"{kind}\0{unicodedata.normalize('NFC', text)}"
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def macros(key: bytes) -> str:
    """Temporary macros person_code_of(text) and customer_code_of(text)."""
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in block).hex()
    outer = bytes(byte ^ 0x5C for byte in block).hex()
    signs = " || ".join(f"substr('{_DIGITS}', ((bits >> {shift}) & 31) + 1, 1)" for shift in range(35, -1, -5))
    return f"""
        create or replace temp macro _keyed(kind, t) as
        sha256(from_hex('{outer}') || from_hex(sha256(
            from_hex('{inner}') || encode(kind) || from_hex('00') || encode(nfc_normalize(t))
        )));
        create or replace temp macro _spoken(bits) as {signs};
        create or replace temp macro person_code_of(t) as
        'A-' || _spoken(cast('0x' || left(_keyed('person', t), 10) as bigint));
        create or replace temp macro customer_code_of(t) as 'C-' || left(_keyed('customer', trim(t)), 24);
    """


def people(values: str, agents: str) -> str:
    """SQL that makes table `PEOPLE`. `values` selects column value: every id and name; `agents` is their list."""
    return f"""
        create or replace temp table {PEOPLE} as
        with delivered as (
            select distinct value, nfc_normalize(trim(value)) as spelling
            from ({values}) as every where value is not null
        ),
        listed as (
            select distinct nfc_normalize(trim({AGENT_ID})) as person, nfc_normalize(trim({AGENT_NAME})) as spelling
            from ({agents}) as list where {AGENT_ID} is not null
        ),
        owned as (
            select spelling, any_value(person) as person from listed where spelling is not null
            group by spelling having count(distinct person) = 1
        ),
        meant as (
            select
                delivered.value,
                case
                    when delivered.spelling in (select person from listed) then delivered.spelling
                    else coalesce(owned.person, delivered.spelling)
                end as person
            from delivered
            left join owned on delivered.spelling = owned.spelling
        )
        select value, person, person_code_of(person) as code from meant
    """


COLLISIONS = f"select count(distinct person) - count(distinct code) from {PEOPLE}"
"""How many people would share a code with somebody else."""
