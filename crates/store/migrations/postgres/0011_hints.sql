-- Where services say that something changed, and what waits to be read for it.

create table hints (
    provider text primary key,
    -- The word in the address that the service was given.
    word text not null unique,
    -- The service's id and name of the table it is about.
    stream text not null,
    stream_name text not null,
    -- The service's id of the subscription, where the connection asked for it.
    subscription text,
    -- What messages are signed with: a Fernet token, never the secret.
    secret text,
    expires_at text,
    -- When the subscription is looked after next; null where nobody can.
    look_at text,
    -- JSON: why it could not be looked after, in both languages.
    problem text,
    -- When a message was last believed, and last not.
    heard_at text,
    refused_at text,
    -- When what waits is read.
    due_at text,
    created_at text not null
);

-- What was heard already: services send a message again when they had no answer.
create table hint_events (
    provider text not null,
    event text not null,
    at text not null,
    primary key (provider, event)
);
create index hint_events_by_age on hint_events (at);

-- The records to read; an empty id stands for all.
create table hint_records (
    provider text not null,
    record text not null,
    primary key (provider, record)
);
