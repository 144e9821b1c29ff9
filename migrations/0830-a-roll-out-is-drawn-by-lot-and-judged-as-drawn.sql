-- Why:   where a service starts in some practices before others, a lot decides the order, and the answer comes from the order.
-- Locks: new tables only.
-- Undo:  drop the three tables.
-- Safe while the previous version is running: yes.

-- What a phased start is to be. Never changed: another is another plan.
create table evaluation.rollout (
  id uuid primary key,
  programme_id uuid not null references organisations.programme,
  plan jsonb not null,
  drafted_by uuid not null references organisations.staff,
  drafted_at timestamptz not null
);
create index on evaluation.rollout (programme_id, drafted_at);

-- The order the lot gave, with the number it was drawn from and who approved it: not who wrote the plan. From then on
-- nothing of it changes.
create table evaluation.rollout_lock (
  rollout_id uuid primary key references evaluation.rollout,
  seed bigint not null check (seed between 0 and 4294967295),
  -- Practice codes, in the order of their start.
  drawn text[] not null check (cardinality(drawn) > 1),
  sha256 text not null check (length(sha256) = 64),
  approved_by uuid not null references organisations.staff,
  approved_at timestamptz not null
);

create function evaluation.approved_by_another() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from evaluation.rollout r where r.id = new.rollout_id and r.drafted_by = new.approved_by) then
    raise exception 'a plan is approved by somebody else than who wrote it' using errcode = 'KW004';
  end if;
  return new;
end $$;
revoke all on function evaluation.approved_by_another from public;
create trigger approved_by_another before insert on evaluation.rollout_lock
  for each row execute function evaluation.approved_by_another();

-- The answer of a night: counts and rates of groups.
create table evaluation.rollout_result (
  id uuid primary key,
  rollout_id uuid not null references evaluation.rollout,
  load_id uuid not null references population.load,
  ran_at timestamptz not null,
  answer jsonb not null
);
create index on evaluation.rollout_result (rollout_id, ran_at);

grant select on evaluation.rollout, evaluation.rollout_lock, evaluation.rollout_result to keyworker_app;
grant insert on evaluation.rollout, evaluation.rollout_lock to keyworker_app;
grant insert on evaluation.rollout_result to keyworker_work;
