-- Why:   while an alert was being given by the dates of its kit, somebody could correct them: neither saw the other, so it went to
--        the wrong person and nobody was told to look again.
-- Locks: a new function only.
-- Undo:  drop function monitoring.hold_still.
-- Safe while the previous version is running: yes: it holds nothing still, as before.

-- Until this transaction ends, nobody else gives an alert of this kit or changes who had it.
create function monitoring.hold_still(p_product text, p_serial text) returns void
language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended(
    'kit ' || monitoring.key_of(p_product) || ' ' || monitoring.key_of(p_serial), 0))
$$;
revoke all on function monitoring.hold_still from public;
grant execute on function monitoring.hold_still to keyworker_app;
