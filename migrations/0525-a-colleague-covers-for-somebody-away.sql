-- Why:   what somebody away holds was seen by nobody until they came back; a colleague covers, in days, in a name.
-- Locks: a new table, two new functions, one replaced.
-- Undo:  drop the table and its functions, and put co_ordination.open_day back from 0500; drop the tie from access.tie_source.
-- Safe while the previous version is running: yes.

-- Who does the work of whom, at one place, on which days. Never about a person in care.
create table co_ordination.cover (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  away_id uuid not null references organisations.staff,
  covered_by uuid not null references organisations.staff,
  during daterange not null,
  made_by uuid not null references organisations.staff,
  made_at timestamptz not null,
  ended_by uuid references organisations.staff,
  ended_at timestamptz,
  check (away_id <> covered_by),
  check (isempty(during) or upper(during) is not null),
  check ((ended_by is null) = (ended_at is null)),
  -- One colleague covers for somebody at a time, so that it is never in doubt who does.
  exclude using gist (organisation_id with =, away_id with =, during with &&)
);
create index on co_ordination.cover (covered_by);
grant select, insert on co_ordination.cover to keyworker_app;
grant update (during, ended_by, ended_at) on co_ordination.cover to keyworker_app;

-- Those whose work somebody does today where they work.
create function co_ordination.covered_today(p_staff uuid, p_organisation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select c.away_id from co_ordination.cover c
  where c.covered_by = p_staff and c.organisation_id = p_organisation and c.during @> organisations.today()
$$;
revoke all on function co_ordination.covered_today from public;

-- Whoever covers for a case manager sees their people, on those days alone.
create function co_ordination.cover_tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'cover' from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
  where e.person_id = p_person and e.closed_on is null
    and t.owner_id in (select co_ordination.covered_today(p_staff, p_organisation))
$$;
revoke all on function co_ordination.cover_tie from public;
select access.add_tie('co_ordination.cover_tie');

-- As in 0500, with what those hold for whom the caller covers.
create or replace function co_ordination.open_day(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_whose uuid[];
begin
  if v.staff_id is null then return null; end if;
  v_whose := array_append(array(select co_ordination.covered_today(v.staff_id, v.organisation_id)), v.staff_id);
  select array_agg(d.person_id) into v_people from (
    select e.person_id from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where t.owner_id = any (v_whose) and e.closed_on is null
    union
    select k.person_id from co_ordination.task_turn u join co_ordination.task k on k.id = u.task_id and k.turn = u.n
      where (u.owner_id = any (v_whose) or u.team_id = v.organisation_id) and u.state in ('to do', 'waiting')
    union
    select l.person_id from care_plan.line l where l.owner_id = any (v_whose) and l.until_version is null
      and coalesce((select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
                    order by r.made_at desc, r.id desc limit 1), 'in progress') = 'in progress'
  ) d where exists (select from access.tie(v.staff_id, v.organisation_id, d.person_id) t where t <> 'listed')
    and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = d.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my day');
end $$;
