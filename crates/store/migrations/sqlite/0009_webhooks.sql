-- Who is told what happens, and what became of each message.

create table webhooks (
    id integer primary key autoincrement,
    -- A random word its secret is sealed under.
    reference text not null unique,
    title text not null,
    url text not null,
    -- A Fernet token, never the secret.
    secret text not null,
    -- JSON list: what it is told.
    events text not null,
    is_active integer not null default 1,
    -- JSON: why it was switched off by itself, in both languages.
    disabled text,
    created_at text not null,
    updated_at text not null
);

create table webhook_deliveries (
    id integer primary key autoincrement,
    webhook_id integer not null references webhooks (id) on delete cascade,
    -- What the receiver knows the message by.
    message_id text not null,
    event text not null,
    -- JSON, as it is sent and signed.
    payload text not null,
    status text not null,
    attempts integer not null default 0,
    -- When it is sent; null when it no longer is.
    next_at text,
    -- The process that sends it has until then.
    claimed_until text,
    response_status integer,
    -- JSON: why the last attempt failed, in both languages.
    error text,
    created_at text not null,
    completed_at text
);
create index webhook_deliveries_by_due on webhook_deliveries (next_at) where status = 'pending';
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);
