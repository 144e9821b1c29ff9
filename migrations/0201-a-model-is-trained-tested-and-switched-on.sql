-- Why:   a number about one person is shown only from a model trained and tested here and switched on by a named person.
-- Locks: adds columns without a default to run and suggestion; one index is made anew on run, a small table.
-- Undo:  drop tables case_finding.model_switch, training_refused, model; leave the columns, nothing reads them.
-- Safe while the previous version is running: yes.

-- A model trained and tested on this installation's own records: what it is, what it was made from, how well it did.
create table case_finding.model (
  id uuid primary key,
  n bigint generated always as identity unique,
  name text not null,
  kind text not null check (kind in ('synthetic', 'real')),
  load_id uuid not null references population.load,
  trained_on date not null,
  tested_on date not null check (tested_on > trained_on),
  people integer not null check (people > 0),
  admitted integer not null check (admitted > 0),
  seed integer not null,
  records_sha256 text not null check (length(records_sha256) = 64),
  features_sha256 text not null check (length(features_sha256) = 64),
  verdict text not null check (verdict in ('good enough to suggest', 'use the rule instead', 'cannot tell', 'do not use')),
  spec jsonb not null,
  report jsonb not null,
  report_sha256 text not null check (length(report_sha256) = 64),
  trained_at timestamptz not null
);

-- A training that was refused, and the one sentence that says why.
create table case_finding.training_refused (
  id uuid primary key,
  n bigint generated always as identity unique,
  load_id uuid not null references population.load,
  sentence text not null,
  asked_at timestamptz not null
);

-- A model in use: who answers for it, since when, on the strength of which report. One at a time.
create table case_finding.model_switch (
  id uuid primary key,
  model_id uuid not null references case_finding.model,
  report_sha256 text not null,
  answered_for_by text not null check (length(trim(answered_for_by)) > 0),
  switched_on_by uuid not null references organisations.staff,
  switched_on_at timestamptz not null,
  switched_off_by uuid references organisations.staff,
  switched_off_at timestamptz,
  check ((switched_off_at is null) = (switched_off_by is null))
);
create unique index one_model_on on case_finding.model_switch ((true)) where switched_off_at is null;

-- What was learned from made-up people never speaks of real ones, and the report read is the report kept.
create function case_finding.check_model_switch() returns trigger
language plpgsql security definer set search_path = '' as $$
declare v_model case_finding.model;
begin
  select * into v_model from case_finding.model where id = new.model_id;
  if v_model.kind <> (select kind from organisations.installation) then
    raise exception 'a model of made-up people cannot be used on real ones' using errcode = 'KW010';
  end if;
  if v_model.report_sha256 <> new.report_sha256 then
    raise exception 'the report that was read is not the report of this model' using errcode = 'KW011';
  end if;
  if v_model.verdict = 'do not use' then
    raise exception 'this model must not be used' using errcode = 'KW012';
  end if;
  return new;
end $$;
revoke all on function case_finding.check_model_switch from public;
create trigger check_model_switch before insert on case_finding.model_switch
  for each row execute function case_finding.check_model_switch();

grant select on case_finding.model, case_finding.training_refused, case_finding.model_switch to keyworker_app;
grant insert on case_finding.model, case_finding.training_refused to keyworker_work;
grant insert on case_finding.model_switch to keyworker_app;
grant update (switched_off_by, switched_off_at) on case_finding.model_switch to keyworker_app;

alter table case_finding.run add model_id uuid references case_finding.model;
drop index case_finding.one_run_a_load;
create unique index one_run_a_load on case_finding.run
  (programme_id, programme_version, load_id, index_on, percent, model_id) nulls not distinct;

-- Only of a run by a model: the risk, what is usual at this age and sex, and the strongest reasons as told on the list.
alter table case_finding.suggestion
  add risk double precision check (risk > 0 and risk < 1),
  add usual_in_100 integer check (usual_in_100 between 0 and 100),
  add told jsonb,
  add is_risk_rising boolean;

-- The risk somebody had on the list they were judged from, where that list had any: a rise by half brings them back.
create function case_finding.risk_when_judged(p_programme uuid) returns table (person_id uuid, risk double precision)
language sql stable security definer set search_path = '' as $$
  select distinct on (j.person_id) j.person_id, s.risk
    from case_finding.judgement j
    join population.pseudonym m on m.person_id = j.person_id and m.retired_at is null
    join case_finding.suggestion s on s.run_id = j.run_id and s.pseudonym = m.pseudonym
    where j.programme_id = p_programme and s.risk is not null
    order by j.person_id, j.n desc
$$;
revoke all on function case_finding.risk_when_judged from public;
grant execute on function case_finding.risk_when_judged to keyworker_work;
