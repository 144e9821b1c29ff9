-- Why:   whoever answers for data protection could not say on a page what becomes of each kind of objection, nor see what
--        was in force when: the table was there and nothing wrote it. Who decided it and why is kept with each rule now.
-- Locks: adds two columns to a small table; new functions.
-- Undo:  drop function population.objections_by_kind; revoke insert and update; leave the columns.
-- Safe while the previous version is running: yes; it reads the rules as before.

alter table population.policy
  add column decided_by text check (length(trim(decided_by)) between 3 and 200),
  add column reason text check (length(trim(reason)) between 10 and 2000),
  -- An objection to being looked for is not to be overruled by a table.
  add constraint looked_for_is_always_heeded check (not (objection = 'case-finding' and rule = 'include'));

grant insert (id, version, objection, purpose, rule, signed_by, signed_at, decided_by, reason), update (ended_at)
  on population.policy to keyworker_app;

-- How many people object today, by kind of objection. Counts only; the page withholds small ones.
create function population.objections_by_kind() returns table (objection text, people bigint)
language sql stable security definer set search_path = '' as $$
  select w.purpose, count(distinct w.person_id) from people.wish w
    where w.kind = 'objection' and w.answer = 'yes' and w.ended_at is null group by w.purpose
$$;
revoke all on function population.objections_by_kind from public;
grant execute on function population.objections_by_kind to keyworker_app;
