-- Why:   what was done with a person, what somebody has to do next, and whom out of hours may know of.
-- Locks: new tables only; access.tie is rewritten to ask one more.
-- Undo:  drop schema co_ordination after taking its tie out of access.tie_source.
-- Safe while the previous version is running: yes.

create schema co_ordination;
grant usage on schema co_ordination to keyworker_app;

-- A contact is never changed: a wrong one is struck and another written.
create table co_ordination.contact (
  id uuid primary key,
  person_id uuid not null references people.person,
  episode_id uuid,
  kind text not null check (kind in ('face to face', 'telephone', 'video', 'home visit', 'other')),
  made_by uuid not null references organisations.staff,
  happened_at timestamptz not null,
  minutes integer check (minutes between 1 and 600),
  words text not null check (words <> ''),
  next_words text,
  next_on date,
  recorded_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  struck_at timestamptz,
  struck_by uuid references organisations.staff,
  struck_reason text,
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  check (happened_at <= recorded_at),
  check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null))
);
create index on co_ordination.contact (person_id, happened_at);
create index on co_ordination.contact (episode_id);

create table co_ordination.task (
  id uuid primary key,
  person_id uuid not null references people.person,
  what text not null check (what <> ''),
  why text,
  is_urgent boolean not null default false,
  is_promise boolean not null default false,
  turn integer not null check (turn > 0),
  added_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  unique (id, person_id)
);
create index on co_ordination.task (person_id);

create table co_ordination.task_turn (
  task_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  state text not null check (state in ('to do', 'waiting', 'done', 'not needed')),
  owner_id uuid references organisations.staff,
  team_id uuid references organisations.organisation,
  due_on date not null,
  due_at timestamptz,
  waiting_for text,
  words text,
  by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  primary key (task_id, n),
  foreign key (task_id, person_id) references co_ordination.task (id, person_id),
  check ((owner_id is null) <> (team_id is null)),
  check ((state = 'waiting') = (waiting_for is not null))
);
create index on co_ordination.task_turn (person_id);
create index on co_ordination.task_turn (owner_id);
create index on co_ordination.task_turn (team_id);
-- No task without somebody, or a team, that holds it.
alter table co_ordination.task add constraint holder_always
  foreign key (id, turn) references co_ordination.task_turn (task_id, n) deferrable initially deferred;

select access.guard(('co_ordination.' || t)::regclass) from unnest(array['contact', 'task', 'task_turn']) t;
grant select, insert on co_ordination.contact, co_ordination.task, co_ordination.task_turn to keyworker_app;
grant update (struck_at, struck_by, struck_reason) on co_ordination.contact to keyworker_app;
grant update (turn) on co_ordination.task to keyworker_app;

-- Everybody out of hours may know of today, worked out anew each time: they wish it, they have an open episode,
-- and there is an agreement with that organisation in force.
create function co_ordination.listed(p_organisation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select distinct w.person_id from people.wish w
    join people.episode e on e.person_id = w.person_id and e.closed_on is null
  where w.kind = 'share with out of hours' and w.answer = 'yes' and w.ended_at is null
    and exists (select from organisations.organisation o join organisations.agreement a on a.partner_id = o.id
                where o.id = p_organisation and o.kind = 'out of hours' and a.purpose = 'out of hours'
                  and a.during @> organisations.today())
$$;
revoke all on function co_ordination.listed from public;

create function co_ordination.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'listed' from people.wish w
  where w.person_id = p_person and w.kind = 'share with out of hours' and w.answer = 'yes' and w.ended_at is null
    and exists (select from people.episode e where e.person_id = p_person and e.closed_on is null)
    and exists (select from organisations.organisation o join organisations.agreement a on a.partner_id = o.id
                where o.id = p_organisation and o.kind = 'out of hours' and a.purpose = 'out of hours'
                  and a.during @> organisations.today())
$$;
revoke all on function co_ordination.tie from public;
select access.add_tie('co_ordination.tie');

-- Opens a set of people as a list, logged by its content. Its callers decide who is in it.
create function co_ordination.open_set(p_asker access.asker, p_people uuid[], p_purpose text, p_verb text, p_circle text)
returns uuid[] language plpgsql volatile security definer set search_path = '' as $$
declare v_hash bytea;
begin
  v_hash := access.keep_list(coalesce(p_people, '{}'));
  perform access.write_entry(p_asker, p_purpose, p_verb, null, v_hash, p_circle, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return coalesce(p_people, '{}');
end $$;
revoke all on function co_ordination.open_set from public;

-- The people of the caller's out-of-hours list: all of them, or those one search finds.
create function co_ordination.open_listed(p_number text, p_family text, p_born date, p_purpose text, p_verb text)
returns uuid[] language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(l) into v_people from co_ordination.listed(v.organisation_id) l
    where (p_number is null or exists (select from people.identifier i where i.person_id = l and i.system = 'nhs'
             and i.value = p_number and i.ended_at is null))
      and (p_family is null or exists (select from people.name n where n.person_id = l and n.ended_at is null
             and lower(n.family) = lower(p_family)))
      and (p_born is null or exists (select from people.person p where p.id = l and p.born_on = p_born));
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'listed');
end $$;
revoke all on function co_ordination.open_listed from public;
grant execute on function co_ordination.open_listed to keyworker_app;

-- Whoever the caller's day is about: people they hold an episode of, people they hold a task or an action for, and
-- people their team has an unclaimed task for. A tie that has ended takes somebody off.
create function co_ordination.open_day(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(d.person_id) into v_people from (
    select e.person_id from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where t.owner_id = v.staff_id and e.closed_on is null
    union
    select k.person_id from co_ordination.task_turn u join co_ordination.task k on k.id = u.task_id and k.turn = u.n
      where (u.owner_id = v.staff_id or u.team_id = v.organisation_id) and u.state in ('to do', 'waiting')
    union
    select l.person_id from care_plan.line l where l.owner_id = v.staff_id and l.until_version is null
      and coalesce((select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
                    order by r.made_at desc, r.id desc limit 1), 'in progress') = 'in progress'
  ) d where exists (select from access.tie(v.staff_id, v.organisation_id, d.person_id) t where t <> 'listed')
    and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = d.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my day');
end $$;
revoke all on function co_ordination.open_day from public;
grant execute on function co_ordination.open_day to keyworker_app;

-- Everybody with an open episode who is the caller's: of their team, their own, or registered at their practice.
create function co_ordination.open_people(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct e.person_id) into v_people
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
    where e.closed_on is null and (t.team_id = v.organisation_id or t.owner_id = v.staff_id
      or exists (select from people.registration r where r.person_id = e.person_id and r.ended_at is null
                 and r.practice_id = v.organisation_id and r.during @> organisations.today()))
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = e.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my people');
end $$;
revoke all on function co_ordination.open_people from public;
grant execute on function co_ordination.open_people to keyworker_app;

-- What the town's next days need: who was enrolled, from when to when, and each day somebody was seen or spoken to.
-- Only the program that loads and exports may ask.
create function co_ordination.enrolment()
returns table (nhs_number text, enrolled_on date, ended_on date, contact_on date)
language sql stable security definer set search_path = '' as $$
  select i.value, e.opened_on, e.closed_on, (c.happened_at at time zone 'Europe/London')::date
  from people.episode e
    join people.identifier i on i.person_id = e.person_id and i.system = 'nhs' and i.ended_at is null
    join co_ordination.contact c on c.episode_id = e.id and c.struck_at is null
  order by i.value, e.opened_on, c.happened_at, c.id
$$;
revoke all on function co_ordination.enrolment from public;
grant execute on function co_ordination.enrolment to keyworker_work;
