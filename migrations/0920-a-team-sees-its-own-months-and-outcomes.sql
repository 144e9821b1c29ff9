-- Why:   teams watch their months on control charts, practices are compared fairly, and a worker sees what became of their people.
-- Locks: new tables and functions only.
-- Undo:  drop schema reflection cascade.
-- Safe while the previous version is running: yes.

create schema reflection;
grant usage on schema reflection to keyworker_app, keyworker_work;

-- One night's counts. Every night is kept: a month that a later load changed can be seen to have changed.
create table reflection.run (
  id uuid primary key,
  n bigint generated always as identity,
  load_id uuid not null references population.load,
  data_to date not null,
  ran_at timestamptz not null,
  -- Practices and teams beside what was expected of them: counts of groups, nobody's row. Pages leave small ones out.
  funnels jsonb not null
);

-- What one team or practice had in each month.
create table reflection.tally (
  run_id uuid not null references reflection.run,
  place_id uuid not null references organisations.organisation,
  months jsonb not null,
  primary key (run_id, place_id)
);

-- What became of the people of one case manager. Read only through reflection.outcomes_seen.
create table reflection.outcome (
  run_id uuid not null references reflection.run,
  owner_id uuid not null references organisations.staff,
  team_id uuid not null references organisations.organisation,
  lines jsonb not null,
  primary key (run_id, owner_id, team_id)
);

grant select on reflection.run, reflection.tally to keyworker_app;
grant insert on reflection.run, reflection.tally, reflection.outcome to keyworker_work;

-- That limits begin anew: from which month, who decided, when, why. Never changed; it may be ended, and stays to be read.
create table reflection.rebase (
  id uuid primary key,
  place_id uuid not null references organisations.organisation,
  measure text not null check (measure <> ''),
  from_month date not null check (from_month = date_trunc('month', from_month)),
  reason text not null check (reason <> ''),
  decided_by uuid not null references organisations.staff,
  decided_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references organisations.staff,
  ended_reason text,
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_reason is null))
);
create unique index one_rebase_a_month on reflection.rebase (place_id, measure, from_month) where ended_at is null;
grant select, insert on reflection.rebase to keyworker_app;
grant update (ended_at, ended_by, ended_reason) on reflection.rebase to keyworker_app;

-- Who was whose, in which team, from when to when: by the population store's pseudonym, for the nightly work alone, and
-- written in the access log as a list. Whoever objects to evaluation is not in it.
create function reflection.stays() returns table (person text, episode_id uuid, programme_id uuid, team_id uuid, owner_id uuid,
  is_latest boolean, opened_on date, from_on date, until_on date)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads who was whose' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'count what became of people in care', null,
    access.keep_list((select array_agg(distinct e.person_id) from people.episode e)), 'system', 'done');
  return query
    with turned as (
      select population.kept(e.person_id) as kept_id, e.id, e.programme_id, t.team_id, t.owner_id, t.n = e.turn as is_latest,
        e.opened_on, case when t.n = 1 then e.opened_on
          else greatest(e.opened_on, (t.effective_at at time zone 'Europe/London')::date) end as from_on,
        least(e.closed_on, (lead(t.effective_at) over (partition by e.id order by t.n) at time zone 'Europe/London')::date)
          as until_on
      from people.episode e join people.episode_turn t on t.episode_id = e.id
      where not population.objects(e.person_id, 'evaluation')
    ), behind as (
      select t.kept_id as person_id, t.* from turned t
      union all
      select g.joined_person_id, t.* from turned t join people.merge g on g.kept_person_id = t.kept_id
        where g.agreed_at is not null and g.undone_at is null
    )
    select replace(m.pseudonym::text, '-', ''), b.id, b.programme_id, b.team_id, b.owner_id, b.is_latest, b.opened_on, b.from_on,
      b.until_on
    from behind b
    join population.pseudonym m on m.person_id = b.person_id and m.purpose = 'case-finding' and m.retired_at is null;
end $$;
revoke all on function reflection.stays from public;
grant execute on function reflection.stays to keyworker_work;

-- What the record itself says of each team's months: counts alone, for the nightly work.
--   overdue  of those with an open episode on the month's last day, how many nobody had been in touch with for longer than
--            their programme allows in that stage
--   plan     of plans first agreed in the month, the days from the referral to the agreement, added up
--   goals    of episodes closed in the month, how many with goals met
create function reflection.record_months(p_to date)
returns table (team_id uuid, month date, measure text, events double precision, size double precision)
language plpgsql stable security definer set search_path = '' as $$
declare v_first date;
begin
  if (access.asker()).system is null then raise exception 'only the program counts' using errcode = 'KW003'; end if;
  select date_trunc('month', min(e.opened_on))::date into v_first from people.episode e;
  return query
    with months as (
      select m::date as month, (m + interval '1 month' - interval '1 day')::date as last_day
      from generate_series(v_first, p_to, interval '1 month') m where (m + interval '1 month')::date <= p_to + 1
    ), counted as (
      select e.* from people.episode e where not population.objects(e.person_id, 'evaluation')
    ), turns as (
      select t.episode_id, t.stage, t.team_id, (t.effective_at at time zone 'Europe/London')::date as from_on, t.n
      from people.episode_turn t
    ), template as (
      select distinct on (v.programme_id) v.programme_id, v.template from organisations.programme_version v
      order by v.programme_id, v.version desc
    ), open_then as (
      select m.month, m.last_day, e.id, e.opened_on, u.team_id,
        (p.template -> 'reviewEveryDays' ->> u.stage)::integer as every_days
      from months m join counted e on e.opened_on <= m.last_day and (e.closed_on is null or e.closed_on > m.last_day)
      join template p on p.programme_id = e.programme_id
      join lateral (select t.team_id, t.stage from turns t where t.episode_id = e.id and (t.from_on <= m.last_day or t.n = 1)
                    order by t.n desc limit 1) u on true
    )
    select o.team_id, o.month, 'overdue', count(*) filter (where o.last_day - coalesce(
        (select max((c.happened_at at time zone 'Europe/London')::date) from co_ordination.contact c
         where c.episode_id = o.id and c.struck_at is null
           and c.happened_at < (o.last_day + 1)::timestamp at time zone 'Europe/London'), o.opened_on) > o.every_days)
        ::double precision, count(*)::double precision
      from open_then o where o.every_days is not null group by 1, 2
    union all
    select f.team_id, date_trunc('month', f.agreed_on)::date, 'plan', sum(f.agreed_on - f.asked_on)::double precision,
        count(*)::double precision
      from (
        select distinct on (e.id) t.team_id, w.agreed_on,
          least(e.opened_on, (select min((r.received_at at time zone 'Europe/London')::date) from referral.referral r
            join referral.step s on s.referral_id = r.id and s.episode_id = e.id)) as asked_on
        from counted e join people.episode_turn t on t.episode_id = e.id and t.n = 1
        join care_plan.version w on w.person_id = e.person_id and w.agreed_on >= e.opened_on
        order by e.id, w.n
      ) f join months m on m.month = date_trunc('month', f.agreed_on)::date group by 1, 2
    union all
    select t.team_id, m.month, 'goals', count(*) filter (where k.reason = 'goals met')::double precision,
        count(*)::double precision
      from closure.closure k join counted e on e.id = k.episode_id
      join people.episode_turn t on t.episode_id = e.id and t.n = k.turn
      join months m on m.month = date_trunc('month', k.closed_on)::date
      where k.taken_back_at is null group by 1, 2;
end $$;
revoke all on function reflection.record_months from public;
grant execute on function reflection.record_months to keyworker_work;

-- The newest night's outcomes of the caller's own people; of all their team's where asked. Nobody else's, ever: what a
-- role may ask is the page's to decide, whose it is is decided here.
create function reflection.outcomes_seen(p_team boolean) returns table (owner_id uuid, owner_name text, lines jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_run uuid;
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  select r.id into v_run from reflection.run r order by r.n desc limit 1;
  return query
    select o.owner_id, s.name, o.lines from reflection.outcome o join organisations.staff s on s.id = o.owner_id
    where o.run_id = v_run and o.team_id = v.organisation_id and (o.owner_id = v.staff_id or p_team) order by s.name;
end $$;
revoke all on function reflection.outcomes_seen from public;
grant execute on function reflection.outcomes_seen to keyworker_app;

-- How the episodes of the caller's own people (or the team's) ended, and what their plans' actions came to: counts.
create function reflection.goals_seen(p_team boolean)
returns table (owner_id uuid, owner_name text, programme_id uuid, with_us bigint, closed bigint, goals_met bigint,
  actions_due bigint, actions_done bigint)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_today date := organisations.today();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with mine as (
      select e.id, e.person_id, e.programme_id, e.closed_on, e.opened_on, t.owner_id
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where t.team_id = v.organisation_id and (t.owner_id = v.staff_id or p_team)
        and not population.objects(e.person_id, 'evaluation')
    ), acted as (
      select m.id, count(*) as due, count(*) filter (where r.state = 'done') as done
      from mine m join care_plan.line l on l.person_id = m.person_id and l.kind = 'action' and l.due_on >= m.opened_on
        and l.due_on < least(coalesce(m.closed_on, v_today), v_today) and l.until_version is null
      left join lateral (select w.state from care_plan.remark w where w.plan_id = l.plan_id and w.line_id = l.line_id
        order by w.made_at desc, w.id desc limit 1) r on true
      group by m.id
    )
    select m.owner_id, s.name, m.programme_id, count(*) filter (where m.closed_on is null),
      count(*) filter (where m.closed_on is not null),
      count(*) filter (where exists (select from closure.closure k where k.episode_id = m.id and k.taken_back_at is null
        and k.reason = 'goals met')),
      coalesce(sum(a.due), 0)::bigint, coalesce(sum(a.done), 0)::bigint
    from mine m join organisations.staff s on s.id = m.owner_id left join acted a on a.id = m.id
    group by m.owner_id, s.name, m.programme_id order by s.name;
end $$;
revoke all on function reflection.goals_seen from public;
grant execute on function reflection.goals_seen to keyworker_app;

-- What the caller's own people (or the team's) answered, newest against first of the episode, by the same kind of answerer.
create function reflection.measures_seen(p_team boolean, p_scales jsonb)
returns table (owner_id uuid, owner_name text, programme_id uuid, instrument text, scale text, is_own boolean, people bigint,
  mean_first double precision, mean_last double precision, better bigint, same bigint, worse bigint)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with scored as (
      select t.owner_id, e.programme_id, e.id as episode_id, a.id, a.instrument, a.version, s.scale, s.value, a.answered_on,
        a.recorded_at, a.answered_by in ('the person', 'a carer, about themselves') as is_own
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      join assessment.assessment a on a.episode_id = e.id and a.struck_at is null
      join assessment.score s on s.assessment_id = a.id and s.value is not null
      where t.team_id = v.organisation_id and (t.owner_id = v.staff_id or p_team)
        and not population.objects(e.person_id, 'evaluation')
    ), ends as (
      select c.owner_id, c.programme_id, c.instrument, c.scale, c.is_own, c.episode_id,
        (array_agg(c.value order by c.answered_on, c.recorded_at, c.id))[1] as first_value,
        (array_agg(c.value order by c.answered_on desc, c.recorded_at desc, c.id desc))[1] as last_value
      from scored c group by c.owner_id, c.programme_id, c.instrument, c.version, c.scale, c.is_own, c.episode_id
      having count(*) > 1
    )
    select x.owner_id, s.name, x.programme_id, x.instrument, x.scale, x.is_own, count(*), avg(x.first_value), avg(x.last_value),
      count(*) filter (where (x.last_value - x.first_value) * d.better >= coalesce(d.reliable, 0.5)),
      count(*) filter (where abs(x.last_value - x.first_value) < coalesce(d.reliable, 0.5)),
      count(*) filter (where (x.last_value - x.first_value) * d.better <= -coalesce(d.reliable, 0.5))
    from ends x join organisations.staff s on s.id = x.owner_id
    join jsonb_to_recordset(p_scales) d (instrument text, scale text, better integer, reliable double precision)
      on d.instrument = x.instrument and d.scale = x.scale
    group by x.owner_id, s.name, x.programme_id, x.instrument, x.scale, x.is_own order by s.name, x.instrument, x.scale;
end $$;
revoke all on function reflection.measures_seen from public;
grant execute on function reflection.measures_seen to keyworker_app;
