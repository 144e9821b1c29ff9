-- Why:   a model that is renewed on people its own list helped learns that they need no help. A few of a list, by chance,
--        are not shown for a time, in a named person's name, and are shown again as soon as they get worse.
-- Locks: new tables; replaces the function of 0341.
-- Undo:  the function of 0341; drop function case_finding.is_held_out; drop tables case_finding.let_go,
--        case_finding.held_out, case_finding.holdout.
-- Safe while the previous version is running: yes; it goes on showing those held out.

create table case_finding.holdout (
  id uuid primary key,
  n bigint generated always as identity unique,
  share_percent numeric not null check (share_percent > 0 and share_percent <= 5),
  began_on date not null,
  -- The first day everybody is shown again: nobody has to press anything.
  ends_on date not null check (ends_on > began_on and ends_on <= began_on + 366),
  reason text not null check (length(trim(reason)) between 10 and 2000),
  approved_by uuid not null references organisations.staff,
  approved_at timestamptz not null,
  seed text not null check (length(seed) = 32),
  -- Ended early.
  ended_on date check (ended_on >= began_on),
  ended_by uuid references organisations.staff,
  ended_at timestamptz,
  check ((ended_on is null) = (ended_by is null) and (ended_on is null) = (ended_at is null)),
  -- One at a time.
  exclude using gist (daterange(began_on, coalesce(ended_on, ends_on)) with &&)
);

-- Who is held out, by pseudonym, and the number they had when it began for them.
create table case_finding.held_out (
  holdout_id uuid not null references case_finding.holdout,
  pseudonym uuid not null,
  run_id uuid not null references case_finding.run,
  risk double precision not null,
  primary key (holdout_id, pseudonym)
);
create index on case_finding.held_out (pseudonym);

-- Who got worse and is shown again: a new emergency admission, or a number risen by half.
create table case_finding.let_go (
  holdout_id uuid not null,
  pseudonym uuid not null,
  run_id uuid not null references case_finding.run,
  why text not null check (why in ('new admission', 'risk up')),
  at timestamptz not null,
  primary key (holdout_id, pseudonym),
  foreign key (holdout_id, pseudonym) references case_finding.held_out
);

grant select, insert on case_finding.holdout, case_finding.held_out, case_finding.let_go to keyworker_app;
grant update (ended_on, ended_by, ended_at) on case_finding.holdout to keyworker_app;

-- Whether a suggestion is not shown today. The day a hold-out ends it is shown, and so is whoever was let go.
create function case_finding.is_held_out(p_pseudonym uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from case_finding.held_out h join case_finding.holdout o on o.id = h.holdout_id
    where h.pseudonym = p_pseudonym and organisations.today() >= o.began_on
      and organisations.today() < coalesce(o.ended_on, o.ends_on)
      and not exists (select from case_finding.let_go g where g.holdout_id = h.holdout_id and g.pseudonym = h.pseudonym))
$$;
revoke all on function case_finding.is_held_out from public;
grant execute on function case_finding.is_held_out to keyworker_app;

-- As 0341 wrote it; whoever is held out does not wait.
create or replace function case_finding.rank_asked_to(p_programme uuid, p_run uuid, p_asks integer) returns integer
language plpgsql stable security definer set search_path = '' as $$
declare v_today date := organisations.today();
begin
  return (select w.rank from (
    select s.rank from case_finding.suggestion s
      cross join lateral (select population.kept(m.person_id) as id from population.pseudonym m
        where m.pseudonym = s.pseudonym and m.retired_at is null and m.purpose = 'case-finding') k
      where s.run_id = p_run and not s.is_returned and not case_finding.is_held_out(s.pseudonym)
        and (select p.died_on from people.person p where p.id = k.id) is null
        and not population.objects(k.id, 'case-finding')
        and not exists (select from people.episode e where e.person_id = k.id and e.programme_id = p_programme
          and e.closed_on is null)
        and coalesce((select j.decision in ('added', 'taken back')
            or (j.decision = 'accepted' and j.run_id is distinct from p_run)
            or (j.decision in ('deferred', 'declined') and j.show_again_on <= v_today)
          from case_finding.judgement j where j.person_id = k.id and j.programme_id = p_programme
          order by j.n desc limit 1), true)
      order by s.rank offset greatest(p_asks, 1) - 1 limit 1) w);
end $$;
