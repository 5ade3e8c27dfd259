-- Sources of data: the five canonical tables, the files they were read from, the rows that were refused.
--
-- A row is known by its connection (its scope) and its stable key. `run_id` is the run that last wrote it,
-- `content_hash` what the source held then: a row whose hash is the same is not written again. Amounts are
-- whole cents, days are text (2026-11-21), yes and no are 1 and 0. The scope is not a foreign key: looking it
-- up for each of a million rows costs more than writing them.

-- People and companies who buy. First and last purchase, total, number and average are replaced by what the
-- sales of the connection say, where there are any.
create table if not exists customers (
    scope_id bigint not null,
    customer_key text collate "C" not null,
    last_name text,
    first_name text,
    company text,
    email text,
    phone text,
    mobile text,
    address text,
    postal_code text,
    city text,
    country text,
    segment text,
    email_opt_out bigint,
    phone_opt_out bigint,
    post_opt_out bigint,
    first_purchase_on text,
    last_purchase_on text,
    total_spent_cents bigint,
    purchase_count double precision,
    average_order_cents bigint,
    run_id bigint not null,
    content_hash bigint not null,
    primary key (scope_id, customer_key)
);

-- What is sold.
create table if not exists product_catalog (
    scope_id bigint not null,
    product_key text collate "C" not null,
    name text not null,
    category text,
    list_price_cents bigint,
    cost_price_cents bigint,
    grape_varieties text,
    vintage bigint,
    region text,
    alcohol_percent double precision,
    format text,
    bottles double precision,
    bottle_cl double precision,
    is_active bigint,
    run_id bigint not null,
    content_hash bigint not null,
    price_segment text generated always as (
        case when list_price_cents < 1500 * coalesce(bottles, 1) then '<15'
         when list_price_cents < 3000 * coalesce(bottles, 1) then '15-30'
         when list_price_cents < 7500 * coalesce(bottles, 1) then '30-75'
         when list_price_cents is not null then '75+' end
    ) stored,
    primary key (scope_id, product_key)
);

-- What was sold to whom, when and for how much.
create table if not exists sales_lines (
    scope_id bigint not null,
    line_key text collate "C" not null,
    customer_key text collate "C",
    product_key text collate "C" not null,
    sold_on text not null,
    quantity double precision not null,
    format text,
    units double precision,
    equivalents_75cl double precision,
    unit_price_cents bigint,
    total_price_cents bigint,
    unit_cost_cents bigint,
    order_key text collate "C",
    channel text,
    product_cost_cents bigint,
    run_id bigint not null,
    content_hash bigint not null,
    revenue_cents bigint generated always as (
        coalesce(total_price_cents, cast(round(cast(unit_price_cents * quantity as numeric)) as bigint))
    ) stored,
    cost_cents bigint generated always as (
        cast(round(cast(coalesce(unit_cost_cents, product_cost_cents) * quantity as numeric)) as bigint)
    ) stored,
    margin_cents bigint generated always as (
        coalesce(total_price_cents, cast(round(cast(unit_price_cents * quantity as numeric)) as bigint))
        - cast(round(cast(coalesce(unit_cost_cents, product_cost_cents) * quantity as numeric)) as bigint)
    ) stored,
    primary key (scope_id, line_key)
);

-- What is in the cellar.
create table if not exists stock_levels (
    scope_id bigint not null,
    stock_key text collate "C" not null,
    product_key text collate "C" not null,
    warehouse text,
    quantity double precision not null,
    format text,
    units double precision,
    equivalents_75cl double precision,
    reserved double precision,
    available double precision,
    counted_on text,
    run_id bigint not null,
    content_hash bigint not null,
    primary key (scope_id, stock_key)
);

-- Who was contacted about what.
create table if not exists contact_history (
    scope_id bigint not null,
    contact_key text collate "C" not null,
    customer_key text collate "C" not null,
    contacted_on text not null,
    channel text,
    campaign text,
    subject text,
    status text,
    response text,
    run_id bigint not null,
    content_hash bigint not null,
    primary key (scope_id, contact_key)
);

-- What was read to its end, so that it is not read again while it stays the same.
create table if not exists source_files (
    scope_id bigint not null references sync_scopes (id),
    -- The canonical table.
    entity text not null,
    -- The file's name within its folder, or the name of a service's table.
    name text not null,
    -- What the source knows it again by (size, time and hash of a file); only the source understands it.
    mark text not null,
    run_id bigint not null,
    read_at text not null,
    primary key (scope_id, entity, name)
);

create table if not exists refused_rows (
    id bigint generated by default as identity primary key,
    run_id bigint not null references sync_logs (id) on delete cascade,
    entity text not null,
    -- The file, or the service's table.
    source text not null,
    -- The line of the file (from 1), or the number of the record.
    place bigint not null,
    column_name text,
    -- JSON: the reason in both languages.
    reason text not null
);
create index if not exists refused_rows_by_run on refused_rows (run_id, id);
