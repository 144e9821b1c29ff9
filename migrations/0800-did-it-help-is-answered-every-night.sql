-- Why:   each programme's study is written down before its first answer, and every answer is kept.
-- Locks: new tables only.
-- Undo:  drop schema evaluation cascade.
-- Safe while the previous version is running: yes.

create schema evaluation;
grant usage on schema evaluation to keyworker_app;

-- The method of one programme's study, as it stood before anybody looked. Never changed: another is another version.
create table evaluation.study (
  id uuid primary key,
  programme_id uuid not null references organisations.programme,
  protocol_version integer not null check (protocol_version > 0),
  protocol jsonb not null,
  sha256 text not null check (length(sha256) = 64),
  locked_at timestamptz not null,
  unique (programme_id, protocol_version)
);

-- One night's answer: counts and rates of groups, nobody's row. An answer that changed does not replace the one before.
create table evaluation.result (
  id uuid primary key,
  study_id uuid not null references evaluation.study,
  load_id uuid not null references population.load,
  data_to date not null,
  ran_at timestamptz not null,
  answer jsonb not null
);
create index on evaluation.result (study_id, ran_at);

grant select on evaluation.study, evaluation.result to keyworker_app;
grant insert on evaluation.study, evaluation.result to keyworker_work;

-- Who joined which programme and when, by the population store's pseudonym. Only for the program's nightly work, and
-- written in the access log as a list. Whoever objects to evaluation is not in it.
create function evaluation.enrolments() returns table (person text, programme_id uuid, opened_on date)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads who joined' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'read who joined', null,
    access.keep_list((select array_agg(distinct e.person_id) from people.episode e)), 'system', 'done');
  return query
    with asked as materialized (
      select population.kept(e.person_id) as kept_id, e.programme_id, min(e.opened_on) as opened_on
      from people.episode e where not population.objects(e.person_id, 'evaluation') group by 1, 2
    ), behind as materialized (
      select a.kept_id as person_id, a.programme_id, a.opened_on from asked a
      union all
      select g.joined_person_id, a.programme_id, a.opened_on from asked a join people.merge g on g.kept_person_id = a.kept_id
        where g.agreed_at is not null and g.undone_at is null
    )
    select replace(m.pseudonym::text, '-', ''), b.programme_id, min(b.opened_on)
    from behind b
    join population.pseudonym m on m.person_id = b.person_id and m.purpose = 'case-finding' and m.retired_at is null
    group by m.pseudonym, b.programme_id;
end $$;
revoke all on function evaluation.enrolments from public;
grant execute on function evaluation.enrolments to keyworker_work;
