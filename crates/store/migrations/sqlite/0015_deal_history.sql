-- What happens to deals: changes by hand, deletions that can be taken back, and views people keep.

-- What people did to a deal. What runs did stands in sync_changes.
create table deal_events (
    id integer primary key autoincrement,
    -- The deal may be gone: its history outlives it as long as its deletion can be taken back.
    deal_id integer not null,
    at text not null,
    -- created, changed, deleted or restored.
    kind text not null,
    -- Who, by the name of that moment; nobody where one need not log in.
    user_id integer references users (id) on delete set null,
    actor text,
    -- JSON: field, before, after.
    fields text not null
);
create index deal_events_by_deal on deal_events (deal_id, id);

-- When a run changed the deal; null for what was written before this was kept.
alter table sync_changes add column at text;
create index sync_changes_by_deal on sync_changes (deal_id, id);

-- What was deleted together and can be taken back together.
create table deal_deletions (
    id integer primary key autoincrement,
    at text not null,
    -- When it was taken back.
    undone_at text
);
create index deal_deletions_by_age on deal_deletions (at);

-- Deals as they were when they were deleted.
create table deleted_deals (
    deletion_id integer not null references deal_deletions (id) on delete cascade,
    id integer not null,
    client text not null,
    client_key text not null,
    statut text not null,
    montant_brut numeric not null,
    probabilite numeric not null,
    valeur_ponderee numeric not null,
    secteur text,
    date_echeance text,
    assignee text,
    notes text,
    client_plain text,
    notes_plain text,
    gagne_apres integer,
    created_at text not null,
    updated_at text not null,
    -- 1: it could not come back, since its place was taken meanwhile.
    left_out integer not null default 0,
    primary key (deletion_id, id)
) without rowid;

-- Their links.
create table deleted_links (
    deletion_id integer not null,
    scope_id integer not null references sync_scopes (id),
    external_id text not null,
    deal_id integer not null,
    content text not null,
    primary key (deletion_id, deal_id, scope_id),
    foreign key (deletion_id, deal_id) references deleted_deals (deletion_id, id) on delete cascade
) without rowid;
create index deleted_links_by_scope on deleted_links (scope_id);

-- The history of their status.
create table deleted_statuses (
    deletion_id integer not null,
    deal_id integer not null,
    statut text not null,
    since text not null,
    primary key (deletion_id, deal_id, since, statut),
    foreign key (deletion_id, deal_id) references deleted_deals (deletion_id, id) on delete cascade
) without rowid;

-- Filters of deals that somebody gave a name.
create table saved_views (
    id integer primary key autoincrement,
    -- Whose; nobody's where one need not log in.
    user_id integer references users (id) on delete cascade,
    name text not null,
    -- The query of the address, in its normal form.
    query text not null,
    saved_at text not null
);
create unique index saved_views_by_name on saved_views (coalesce(user_id, 0), name);
