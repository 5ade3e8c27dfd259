-- The quality of what a load brought, and what the columns of a source looked like.

-- How many rows of a table a check found, of how many it looked at, when the run had ended.
create table if not exists quality_checks (
    run_id bigint not null references sync_logs (id) on delete cascade,
    -- The canonical table.
    entity text not null,
    -- The check's stable word.
    code text not null,
    found bigint not null,
    checked bigint not null,
    primary key (run_id, entity, code)
);

-- How many rows of a table had something in a field when the run had ended.
create table if not exists quality_coverage (
    run_id bigint not null references sync_logs (id) on delete cascade,
    entity text not null,
    field text not null,
    filled bigint not null,
    total bigint not null,
    primary key (run_id, entity, field)
);

-- The columns of a source as the last load met them.
create table if not exists source_columns (
    scope_id bigint not null references sync_scopes (id),
    entity text not null,
    -- Its name in the source.
    name text not null,
    -- What its values looked like: `text`, `number`, `date`, `yes_no`; empty when there were none.
    kind text not null,
    -- The kind it had before that.
    kind_before text,
    -- The run that met it first, the one its kind changed in, the one that met it last.
    first_run_id bigint not null,
    kind_run_id bigint not null,
    last_run_id bigint not null,
    primary key (scope_id, entity, name)
);

-- A text without case, accents and what separates words; nothing at all is an empty text. On SQLite the
-- program brings this function along.
create or replace function fold(words text) returns text language sql immutable parallel safe as $$
    select lower(translate(coalesce(words, ''), 'àâäáÀÂÄÁéèêëÉÈÊËîïíÎÏÍôöóÔÖÓûüùúÛÜÙÚçÇ -.,;:/&()''’', 'aaaaaaaaeeeeeeeeiiiiiioooooouuuuuuuucc'))
$$;
