-- Deals, connections, runs and the links between both sides.
-- Instants are text of fixed width in UTC (2026-11-21T08:30:00.000Z): they sort as time.

-- SQLite has no decimal type. An amount has two decimals and stays below 10^12, where its double
-- reads back to the same cent; every sum is made on whole cents.
create table if not exists deals (
    id integer primary key autoincrement,
    client text not null,
    -- The client's name as matching sees it: trimmed, lower case.
    client_key text not null default '',
    statut text not null default 'prospect',
    montant_brut numeric not null,
    probabilite numeric not null default 0.1,
    valeur_ponderee numeric not null default 0,
    secteur text,
    date_echeance text,
    assignee text,
    notes text,
    created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
create index if not exists deals_by_client on deals (client_key);
create index if not exists deals_by_change on deals (updated_at, id);

create table if not exists connector_configs (
    id integer primary key autoincrement,
    provider text not null unique,
    -- A Fernet token, never the secret.
    api_token text,
    base_id text,
    table_name text,
    -- JSON: what else the connector's form holds, by key.
    settings text,
    -- JSON: CRM field -> service field; null means the default mapping.
    field_mapping text,
    -- JSON: the person's own words for a status -> CRM status.
    status_words text,
    is_active integer not null default 1,
    -- 1: the built-in simulator answers instead of the service.
    sandbox integer not null default 0,
    -- JSON: the stream as last discovered; its ids outlive renames.
    stream text,
    updated_at text not null
);

create table if not exists sync_logs (
    id integer primary key autoincrement,
    provider text not null,
    direction text not null,
    status text not null,
    records_processed integer not null default 0,
    records_created integer not null default 0,
    records_updated integer not null default 0,
    records_unchanged integer not null default 0,
    records_failed integer not null default 0,
    error_code text,
    error_message text,
    -- JSON: the same message and what to do about it, in both languages.
    error_detail text,
    -- JSON lists.
    unknown_statuses text not null default '[]',
    warnings text not null default '[]',
    -- JSON: the stream, and where its reading stood when the last page was committed.
    checkpoint text,
    -- The process that carries it out.
    owner integer not null default 0,
    started_at text not null,
    completed_at text
);
create index if not exists sync_logs_by_start on sync_logs (started_at, id);
-- One live run per connection.
create unique index if not exists sync_logs_one_running on sync_logs (provider) where status = 'running';

-- Connection, container and stream: within one, a deal has one record and a record one deal.
create table if not exists sync_scopes (
    id integer primary key autoincrement,
    scope text not null unique
);

create table if not exists sync_links (
    scope_id integer not null references sync_scopes (id),
    external_id text not null,
    deal_id integer not null references deals (id) on delete cascade,
    -- JSON: what the service held, in the CRM's words, when both sides were last seen together.
    content text not null,
    primary key (scope_id, external_id)
) without rowid;
create unique index if not exists sync_links_by_deal on sync_links (deal_id, scope_id);

create table if not exists sync_changes (
    id integer primary key autoincrement,
    run_id integer not null references sync_logs (id) on delete cascade,
    external_id text,
    deal_id integer,
    client text,
    action text not null,
    reason text not null,
    -- JSON: field, before, after, lost.
    fields text not null
);
create index if not exists sync_changes_by_run on sync_changes (run_id);

create table if not exists sync_failures (
    id integer primary key autoincrement,
    run_id integer not null references sync_logs (id) on delete cascade,
    external_id text,
    deal_id integer,
    client text,
    code text not null,
    field text,
    -- JSON: the reason in both languages.
    message text not null,
    -- JSON: what the record held, by CRM field.
    payload text
);
create index if not exists sync_failures_by_run on sync_failures (run_id);

-- The service's unlinked records while an export looks for partners, so that memory stays flat.
create table if not exists sync_seen (
    run_id integer not null,
    external_id text not null,
    client_key text not null,
    modified_at text,
    content text not null,
    primary key (run_id, external_id)
) without rowid;
create index if not exists sync_seen_by_client on sync_seen (run_id, client_key);

create table if not exists sync_plans (
    id integer primary key autoincrement,
    provider text not null,
    direction text not null,
    created_at text not null,
    -- JSON: what the preview counted, and what there is to know about it.
    account text,
    applied_run_id integer
);

create table if not exists sync_plan_changes (
    id integer primary key autoincrement,
    plan_id integer not null references sync_plans (id) on delete cascade,
    external_id text,
    deal_id integer,
    client text,
    action text not null,
    reason text not null,
    fields text not null
);
create index if not exists sync_plan_changes_by_plan on sync_plan_changes (plan_id);

create table if not exists sync_plan_failures (
    id integer primary key autoincrement,
    plan_id integer not null references sync_plans (id) on delete cascade,
    external_id text,
    deal_id integer,
    client text,
    code text not null,
    field text,
    message text not null,
    payload text
);
create index if not exists sync_plan_failures_by_plan on sync_plan_failures (plan_id);
