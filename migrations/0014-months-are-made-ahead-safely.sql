-- Why:   a month that already has rows in the default partition cannot be made, and one refusal stopped the rest.
-- Locks: none now; the function briefly locks a log when it adds a month, and gives up after 2 seconds.
-- Undo:  put ready_months of 0003 back.
-- Safe while the previous version is running: yes.

create or replace function access.ready_months(p_table regclass, p_from date, p_months integer) returns void
language plpgsql security definer set search_path = '' set lock_timeout = '2s' as $$
declare
  v_from date; v_name text; v_schema text; v_base text; v_column text; v_has boolean;
begin
  select n.nspname, c.relname, a.attname into v_schema, v_base, v_column
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_partitioned_table p on p.partrelid = c.oid
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
    where c.oid = p_table;
  for i in 0 .. p_months - 1 loop
    v_from := (date_trunc('month', p_from) + make_interval(months => i))::date;
    v_name := v_base || '_' || to_char(v_from, 'YYYY_MM');
    continue when to_regclass(format('%I.%I', v_schema, v_name)) is not null;
    execute format('select exists (select from %I.%I where %I >= %L and %I < %L)', v_schema, v_base || '_default',
      v_column, v_from, v_column, (v_from + interval '1 month')::date) into v_has;
    continue when v_has;
    execute format('create table %I.%I partition of %I.%I for values from (%L) to (%L)',
      v_schema, v_name, v_schema, v_base, v_from, (v_from + interval '1 month')::date);
  end loop;
end $$;
