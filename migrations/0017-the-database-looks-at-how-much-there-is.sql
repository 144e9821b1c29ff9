-- Why:   after a great change the database plans by what it last saw, for up to a minute: a list of 34 people took 68 s to
--        rank right after the first load. Whoever makes such a change lets it look again.
-- Locks: none here; the function keeps autovacuum off each table until its transaction ends.
-- Undo:  drop the function.
-- Safe while the previous version is running: yes.

create function jobs.look_again() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and pg_catalog.pg_get_userbyid(c.relowner) = current_user and n.nspname <> 'graphile_worker'
    order by c.oid
  loop
    execute pg_catalog.format('analyze %s', v_table);
  end loop;
end
$$;
revoke all on function jobs.look_again from public;
grant execute on function jobs.look_again to keyworker_work;
