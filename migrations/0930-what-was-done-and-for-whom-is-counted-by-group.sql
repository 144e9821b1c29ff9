-- Why:   what became of people is seen by what was done for them, and by group of people, and not by programme alone.
-- Locks: reflection.run and reflection.outcome for as long as adding a column takes.
-- Undo:  drop reflection.beginnings, reflection.done_seen and the two columns.
-- Safe while the previous version is running: yes.

-- Groups' counts of one night, nobody's row. Pages leave small ones out; nothing else reads it.
alter table reflection.run add column groups jsonb not null default '[]';
-- What became of a case manager's people by what was done. Read only through reflection.done_seen.
alter table reflection.outcome add column done jsonb not null default '[]';

-- What is recorded as done in the first 90 days of each episode, and what language the person speaks: for the nightly work
-- alone, and written in the access log as a list. Whoever objects to evaluation is not in it. Only the first 90 days: for
-- somebody who lives longer more is done, and that would look as if it had kept them alive.
create function reflection.beginnings() returns table (episode_id uuid, speaks text, done text[])
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads what was done' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'count what was done for people in care', null,
    access.keep_list((select array_agg(distinct e.person_id) from people.episode e)), 'system', 'done');
  return query
    with counted as (
      select e.id, e.person_id, e.opened_on, e.opened_on + 90 as before from people.episode e
      where not population.objects(e.person_id, 'evaluation')
    ), touched as (
      select k.id, c.kind from counted k join co_ordination.contact c on c.episode_id = k.id and c.struck_at is null
        and (c.happened_at at time zone 'Europe/London')::date >= k.opened_on
        and (c.happened_at at time zone 'Europe/London')::date < k.before
    ), did as (
      select t.id, case when t.kind in ('telephone', 'video') then 'telephone or video' else t.kind end as what from touched t
        where t.kind <> 'other'
      union
      select k.id, 'ward' from counted k join ward.stay s on s.episode_id = k.id
        and (lower(s.during) at time zone 'Europe/London')::date >= k.opened_on
        and (lower(s.during) at time zone 'Europe/London')::date < k.before
      union
      select k.id, 'plan' from counted k join care_plan.version w on w.person_id = k.person_id
        and w.agreed_on >= k.opened_on and w.agreed_on < k.before
      union
      select k.id, 'out of hours' from counted k join people.wish w on w.person_id = k.person_id
        and w.kind = 'share with out of hours' and w.answer = 'yes' and w.since < k.before
        and (w.ended_at is null or (w.ended_at at time zone 'Europe/London')::date >= k.opened_on)
      union
      select k.id, 'nobody' from counted k where not exists (select from touched t where t.id = k.id)
    )
    select k.id, case when p.language is null then null when p.language ~* '^(en\M|eng\M|english)' then 'English'
        else 'Another language' end,
      coalesce((select array_agg(d.what order by d.what) from did d where d.id = k.id), '{}')
    from counted k join people.person p on p.id = k.person_id;
end $$;
revoke all on function reflection.beginnings from public;
grant execute on function reflection.beginnings to keyworker_work;

-- The newest night's outcomes by what was done, of the caller's own people; of all their team's where asked.
create function reflection.done_seen(p_team boolean) returns table (owner_id uuid, owner_name text, lines jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_run uuid;
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  select r.id into v_run from reflection.run r order by r.n desc limit 1;
  return query
    select o.owner_id, s.name, o.done from reflection.outcome o join organisations.staff s on s.id = o.owner_id
    where o.run_id = v_run and o.team_id = v.organisation_id and (o.owner_id = v.staff_id or p_team) order by s.name;
end $$;
revoke all on function reflection.done_seen from public;
grant execute on function reflection.done_seen to keyworker_app;
