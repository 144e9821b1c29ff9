-- Why:   those who give the care say how it is to work here, and nobody can find out who said what.
-- Locks: new tables and functions only.
-- Undo:  drop the two tables and the two functions.
-- Safe while the previous version is running: yes.

-- That somebody answered in a quarter, so that nobody answers twice. What they said is not beside it, nor anywhere in a row of
-- their own: an answer is added to a count. No table right is given: the functions below are the only way.
create table evaluation.staff_answered (
  staff_id uuid not null references organisations.staff,
  place_id uuid not null references organisations.organisation,
  quarter date not null check (quarter = date_trunc('quarter', quarter)),
  primary key (staff_id, quarter)
);
create index on evaluation.staff_answered (quarter, place_id);

-- How many of one place gave one answer to one question in one quarter. 0 is no answer, 1 strongly disagree, 5 strongly agree.
create table evaluation.staff_tally (
  place_id uuid not null references organisations.organisation,
  quarter date not null check (quarter = date_trunc('quarter', quarter)),
  question text not null check (question <> ''),
  value smallint not null check (value between 0 and 5),
  answered integer not null check (answered > 0),
  primary key (place_id, quarter, question, value)
);

-- Adds the caller's answers to this quarter's counts of their place. False where they have answered already: nothing is added.
create function evaluation.say_how_it_is(p_answers jsonb) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_quarter date := date_trunc('quarter', organisations.today());
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  insert into evaluation.staff_answered (staff_id, place_id, quarter) values (v.staff_id, v.organisation_id, v_quarter)
    on conflict do nothing;
  if not found then return false; end if;
  insert into evaluation.staff_tally as t (place_id, quarter, question, value, answered)
    select v.organisation_id, v_quarter, a.key, a.value::smallint, 1 from jsonb_each_text(p_answers) a
    on conflict (place_id, quarter, question, value) do update set answered = t.answered + 1;
  return true;
end $$;
revoke all on function evaluation.say_how_it_is from public;
grant execute on function evaluation.say_how_it_is to keyworker_app;

-- Whether the caller has answered this quarter.
create function evaluation.has_said() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from evaluation.staff_answered a where a.staff_id = (access.asker()).staff_id
    and a.quarter = date_trunc('quarter', organisations.today()))
$$;
revoke all on function evaluation.has_said from public;
grant execute on function evaluation.has_said to keyworker_app;

-- What was said in quarters that are over, so that no single answer can be seen to arrive: of places where 8 or more answered,
-- and of all together where that would not give a smaller place away. Shares are in tenths; none and all are never told,
-- because they would say what each one said.
create function evaluation.staff_said() returns table (place_id uuid, place_name text, quarter date, people integer,
  question text, agree_tenths integer, disagree_tenths integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if (access.asker()).staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with place as (
      select a.place_id, a.quarter, count(*) as n from evaluation.staff_answered a
      where a.quarter < date_trunc('quarter', organisations.today()) group by 1, 2
    ), told as (
      select p.place_id, p.quarter, p.n from place p where p.n >= 8
      union all
      select null, p.quarter, sum(p.n)::bigint from place p group by p.quarter
      having sum(p.n) >= 8 and coalesce(sum(p.n) filter (where p.n < 8), 0) not between 1 and 7
    )
    select d.place_id, coalesce(o.name, 'All together'), d.quarter, d.n::integer, t.question,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value >= 4), 0) / d.n)))::integer,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value in (1, 2)), 0) / d.n)))::integer
    from told d left join organisations.organisation o on o.id = d.place_id
    join evaluation.staff_tally t on t.quarter = d.quarter and (d.place_id is null or t.place_id = d.place_id)
    group by d.place_id, o.name, d.quarter, d.n, t.question order by d.quarter desc, d.place_id is null, o.name, t.question;
end $$;
revoke all on function evaluation.staff_said from public;
grant execute on function evaluation.staff_said to keyworker_app;
