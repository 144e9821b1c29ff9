-- Why:   a function may be called by everybody unless somebody says otherwise; ours are for the sign-ins that need them.
-- Locks: none.
-- Undo:  grant execute to public again.
-- Safe while the previous version is running: yes.

do $$
declare f record;
begin
  for f in select p.oid::regprocedure as name, p.proacl is null as is_default
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('organisations', 'people', 'access', 'journal', 'jobs') and p.prorettype <> 'trigger'::regtype
  loop
    if f.name::text ~ '^(organisations\.today|access\.(person|opened|enter|open_person|log_refusal|open_list|begin_session|end_session))\(' then
      execute format('grant execute on function %s to keyworker_app', f.name);
    end if;
    execute format('revoke execute on function %s from public', f.name);
  end loop;
end $$;
