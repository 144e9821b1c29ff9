-- Why:   what a person or their carer answered to a measure is kept with the score worked out from it, and counted in groups.
-- Locks: new tables and functions only.
-- Undo:  drop schema assessment cascade.
-- Safe while the previous version is running: yes.

create schema assessment;
grant usage on schema assessment to keyworker_app, keyworker_work;

-- One instrument answered once. It happened, so it is never changed; a wrong one is struck.
create table assessment.assessment (
  id uuid primary key,
  person_id uuid not null references people.person,
  episode_id uuid not null,
  instrument text not null check (instrument <> ''),
  version text not null check (version <> ''),
  answered_by text not null check (answered_by in ('the person', 'a carer, for them', 'a carer, about themselves', 'staff')),
  answered_via text not null check (answered_via in ('face to face', 'telephone', 'post', 'online')),
  answered_on date not null,
  words text,
  recorded_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  struck_at timestamptz,
  struck_by uuid references organisations.staff,
  struck_reason text,
  unique (id, person_id),
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  -- A carer's own health is in the carer's own record: here a carer speaks for themselves of the service alone.
  check (answered_by <> 'a carer, about themselves' or instrument = 'fft'),
  check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null))
);
create index on assessment.assessment (person_id);
create index on assessment.assessment (episode_id);

-- Every question, answered or not: a missing answer says why and is never a number.
create table assessment.answer (
  assessment_id uuid not null,
  person_id uuid not null,
  item text not null,
  value integer,
  why_none text check (why_none in ('not asked', 'prefers not to say', 'not known', 'not applicable')),
  primary key (assessment_id, item),
  foreign key (assessment_id, person_id) references assessment.assessment (id, person_id),
  check ((value is null) <> (why_none is null))
);
create index on assessment.answer (person_id);

-- A value or why there is none; what is made up in proportion stands beside a missing value only.
create table assessment.score (
  assessment_id uuid not null,
  person_id uuid not null,
  scale text not null,
  value double precision,
  why_none text,
  prorated integer,
  scoring_version integer not null check (scoring_version > 0),
  primary key (assessment_id, scale),
  foreign key (assessment_id, person_id) references assessment.assessment (id, person_id),
  check ((value is null) <> (why_none is null)),
  check (prorated is null or value is null)
);
create index on assessment.score (person_id);

select access.guard(('assessment.' || t)::regclass) from unnest(array['assessment', 'answer', 'score']) t;
grant select, insert on assessment.assessment, assessment.answer, assessment.score to keyworker_app;
grant update (struck_at, struck_by, struck_reason) on assessment.assessment to keyworker_app;

-- Whoever the caller may have to ask: of their team, their own, or registered at their practice; with us, or closed
-- within the 28 days in which a closed episode is still theirs to read.
create function assessment.open_asked(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_hash bytea; v_today date := organisations.today();
begin
  if v.staff_id is null then return null; end if;
  select array_agg(d.person_id) into v_people from (
    select e.person_id from people.episode_turn t
      join people.episode e on e.id = t.episode_id and e.turn = t.n
      where (t.team_id = v.organisation_id or t.owner_id = v.staff_id)
        and (e.closed_on is null or e.closed_on + 28 >= v_today)
    union
    select e.person_id from people.registration r
      join people.episode e on e.person_id = r.person_id and (e.closed_on is null or e.closed_on + 28 >= v_today)
      where r.practice_id = v.organisation_id and r.ended_at is null and r.during @> v_today
  ) d where not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = d.person_id);
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'my people', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
revoke all on function assessment.open_asked from public;
grant execute on function assessment.open_asked to keyworker_app;

-- The answers that count: not struck, of nobody who objects to evaluation.
create function assessment.counted(p_programme uuid, p_before date)
returns table (id uuid, person_id uuid, episode_id uuid, instrument text, version text, is_own boolean, answered_on date,
  recorded_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select a.id, a.person_id, a.episode_id, a.instrument, a.version, a.answered_by in ('the person', 'a carer, about themselves'),
    a.answered_on, a.recorded_at
  from people.episode e join assessment.assessment a on a.episode_id = e.id and a.struck_at is null
  where e.programme_id = p_programme and a.answered_on < date_trunc('month', p_before)::date
    and not population.objects(e.person_id, 'evaluation')
$$;
revoke all on function assessment.counted from public;

-- Counts that stand in one sum. One from 1 to 7 is withheld, with the next smallest, and further ones until what is
-- withheld is 8 or more together: so none can be found by subtraction.
create function assessment.shown(p_counts bigint[]) returns bigint[]
language sql immutable set search_path = '' as $$
  select array_agg(case when c.n > 0 and c.is_small and (c.place <= 2 or c.smaller < 8) then null else c.n end order by c.at)
  from (
    select u.n, u.at, bool_or(u.n between 1 and 7) over () as is_small,
      row_number() over (partition by u.n > 0 order by u.n, u.at) as place,
      coalesce(sum(u.n) over (partition by u.n > 0 order by u.n, u.at rows between unbounded preceding and 1 preceding), 0)
        as smaller
    from unnest(p_counts) with ordinality u (n, at)
  ) c
$$;
revoke all on function assessment.shown from public;

-- For each scale: the newest score of each person in some whole months, and the same people's first of the episode.
create function assessment.outcomes(p_programme uuid, p_from date, p_before date, p_scales jsonb)
returns table (instrument text, version text, scale text, is_own boolean, people bigint, mean double precision, pairs bigint,
  mean_first double precision, mean_last double precision, mean_change double precision, sd_change double precision,
  changed bigint[])
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with scored as (
      select c.*, s.scale, s.value from assessment.counted(p_programme, p_before) c
      join assessment.score s on s.assessment_id = c.id and s.value is not null
    ), lasts as (
      select distinct on (c.person_id, c.instrument, c.version, c.scale, c.is_own) c.* from scored c
      where c.answered_on >= date_trunc('month', p_from)::date
      order by c.person_id, c.instrument, c.version, c.scale, c.is_own, c.answered_on desc, c.recorded_at desc, c.id desc
    ), firsts as (
      select distinct on (c.episode_id, c.instrument, c.version, c.scale, c.is_own) c.* from scored c
      order by c.episode_id, c.instrument, c.version, c.scale, c.is_own, c.answered_on, c.recorded_at, c.id
    ), both_of as (
      select l.instrument, l.version, l.scale, l.is_own, l.value as last_value,
        case when f.id <> l.id then f.value end as first_value, d.better, d.reliable
      from lasts l join firsts f using (episode_id, instrument, version, scale, is_own)
      join jsonb_to_recordset(p_scales) d (instrument text, scale text, better integer, reliable double precision)
        on d.instrument = l.instrument and d.scale = l.scale
    ), grouped as (
      select b.instrument, b.version, b.scale, b.is_own, count(*) as n, avg(b.last_value) as mean,
        count(b.first_value) as n_pairs, avg(b.first_value) as first_mean,
        avg(b.last_value) filter (where b.first_value is not null) as last_mean,
        avg(b.last_value - b.first_value) as change, stddev_samp(b.last_value - b.first_value) as sd,
        array[
          count(*) filter (where (b.last_value - b.first_value) * b.better >= b.reliable),
          count(*) filter (where abs(b.last_value - b.first_value) < b.reliable),
          count(*) filter (where (b.last_value - b.first_value) * b.better <= -b.reliable)
        ] as cells, bool_and(b.reliable is not null) as has_reliable
      from both_of b group by 1, 2, 3, 4
    )
    -- Beside the pairs, the number of all would tell how few were asked once: then it is withheld.
    select g.instrument, g.version, g.scale, g.is_own,
      case when g.n >= 8 and (g.n_pairs < 8 or g.n - g.n_pairs not between 1 and 7) then g.n end,
      case when g.n >= 8 and (g.n_pairs < 8 or g.n - g.n_pairs not between 1 and 7) then g.mean end,
      case when g.n_pairs >= 8 then g.n_pairs end, case when g.n_pairs >= 8 then g.first_mean end,
      case when g.n_pairs >= 8 then g.last_mean end, case when g.n_pairs >= 8 then g.change end,
      case when g.n_pairs >= 8 then g.sd end,
      case when g.n_pairs >= 8 and g.has_reliable then assessment.shown(g.cells) end
    from grouped g;
end $$;
revoke all on function assessment.outcomes from public;
grant execute on function assessment.outcomes to keyworker_app, keyworker_work;

-- How many chose each answer to one question, the newest of each person in some whole months.
create function assessment.answer_counts(p_programme uuid, p_from date, p_before date, p_instrument text, p_item text,
  p_values integer[])
returns table (version text, is_own boolean, people bigint, counts bigint[])
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with newest as (
      select distinct on (c.person_id, c.version, c.is_own) c.version, c.is_own, w.value
      from assessment.counted(p_programme, p_before) c
      join assessment.answer w on w.assessment_id = c.id and w.item = p_item and w.value is not null
      where c.instrument = p_instrument and c.answered_on >= date_trunc('month', p_from)::date
      order by c.person_id, c.version, c.is_own, c.answered_on desc, c.recorded_at desc, c.id desc
    ), grouped as (
      select g.version, g.is_own, count(*) as n,
        (select array_agg((select count(*) from newest x
            where x.version = g.version and x.is_own = g.is_own and x.value = u.value) order by u.at)
         from unnest(p_values) with ordinality u (value, at)) as cells
      from newest g group by 1, 2
    )
    select g.version, g.is_own, case when g.n >= 8 then g.n end,
      case when g.n >= 8 then assessment.shown(g.cells) else array_fill(null::bigint, array[cardinality(p_values)]) end
    from grouped g;
end $$;
revoke all on function assessment.answer_counts from public;
grant execute on function assessment.answer_counts to keyworker_app, keyworker_work;
