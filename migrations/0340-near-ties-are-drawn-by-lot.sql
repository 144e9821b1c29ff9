-- Why:   when places are fewer than the people at the cut, near ties may be drawn by lot, openly and in somebody's name;
--        who was in the draw and who was drawn is what lets the evaluation tell whether the service helped.
-- Locks: new tables only.
-- Undo:  drop function case_finding.drawn, case_finding.lots_of_open_person, case_finding.keep_lot, case_finding.in_line;
--        drop tables case_finding.lot_person, case_finding.lot.
-- Safe while the previous version is running: yes.

-- One draw. places = those before the band, who are asked without a lot, and those drawn.
create table case_finding.lot (
  id uuid primary key,
  programme_id uuid not null references organisations.programme,
  -- Of the programme, from 1.
  n integer not null check (n > 0),
  run_id uuid not null references case_finding.run,
  drawn_on date not null,
  drawn_at timestamptz not null,
  approved_by uuid not null references organisations.staff,
  reason text not null check (length(trim(reason)) between 10 and 2000),
  places integer not null check (places > 0),
  band text not null check (band in ('alike', 'ranks', 'in 100')),
  band_width numeric not null check (band_width >= 0),
  -- Everybody who was to judge on the list that day, with a rank.
  in_line integer not null,
  before_band integer not null check (before_band >= 0),
  in_draw integer not null,
  drawn integer not null check (drawn > 0),
  -- Whoever has it can draw again and must find the same: the first by sha256(seed ':' pseudonym).
  seed text not null check (length(seed) = 32),
  recorded_at timestamptz not null default now(),
  unique (programme_id, n),
  check (before_band + drawn = places),
  check (drawn < in_draw and before_band + in_draw <= in_line)
);

-- Everybody in a draw, by pseudonym: who this is, only the person's own practice can ask.
create table case_finding.lot_person (
  lot_id uuid not null references case_finding.lot,
  pseudonym uuid not null,
  rank integer not null,
  -- The order the lot put them in, from 1. The first are drawn.
  turn integer not null check (turn > 0),
  is_drawn boolean not null,
  primary key (lot_id, pseudonym),
  unique (lot_id, turn)
);
create index on case_finding.lot_person (pseudonym);
grant select on case_finding.lot, case_finding.lot_person to keyworker_app;

-- A draw is never changed, by nobody.
create function case_finding.keep_lots_as_drawn() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'a draw by lot is never changed' using errcode = 'KW013';
end $$;
create trigger as_drawn before update or delete on case_finding.lot
  for each row execute function case_finding.keep_lots_as_drawn();
create trigger as_drawn before update or delete on case_finding.lot_person
  for each row execute function case_finding.keep_lots_as_drawn();

-- Everybody a run listed, in all practices, with what their standing needs and no name: for the line of those to judge.
-- Whoever died or objects is left out here. A record joined to another stands once, by its better rank.
create function case_finding.in_line(p_programme uuid, p_run uuid)
returns table (pseudonym uuid, rank integer, practice_id uuid, is_with_us boolean, judged jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare v_today date := organisations.today();
begin
  if (access.asker()).staff_id is null then return; end if;
  return query
  select k.pseudonym, k.rank, (select r.practice_id from people.registered_on(k.person_id, v_today) r),
      exists (select from people.episode e where e.person_id = k.person_id and e.programme_id = p_programme
        and e.closed_on is null),
      (select jsonb_agg(jsonb_build_object('id', j.id, 'n', j.n, 'decision', j.decision, 'reason', j.reason,
          'showAgainOn', j.show_again_on, 'runId', j.run_id, 'runIndexOn', r.index_on,
          'runSources', coalesce((select jsonb_agg(s -> 'source') from jsonb_array_elements(r.sources) s), '[]'),
          'practiceId', j.practice_id, 'judgedAt', j.judged_at, 'risk', j.risk) order by j.n)
        from case_finding.judgement j left join case_finding.run r on r.id = j.run_id
        where j.person_id = k.person_id and j.programme_id = p_programme)
    from (select distinct on (m.person_id) s.pseudonym, s.rank, m.person_id
        from case_finding.suggestion s
        cross join lateral (select population.kept(m.person_id) as person_id from population.pseudonym m
          where m.pseudonym = s.pseudonym and m.retired_at is null and m.purpose = 'case-finding') m
        where s.run_id = p_run order by m.person_id, s.rank) k
    where (select p.died_on from people.person p where p.id = k.person_id) is null
      and not population.objects(k.person_id, 'case-finding')
    order by k.rank;
end $$;
revoke all on function case_finding.in_line from public;
grant execute on function case_finding.in_line to keyworker_app;

-- Keeps a draw whole, once, and writes in the access log who was in it. False when another was drawn meanwhile.
create function case_finding.keep_lot(p_lot jsonb, p_people jsonb) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_lot case_finding.lot;
begin
  if v.staff_id is null then return false; end if;
  v_lot := jsonb_populate_record(null::case_finding.lot, p_lot || jsonb_build_object(
    'approved_by', v.staff_id, 'recorded_at', now()));
  insert into case_finding.lot select v_lot.* on conflict (programme_id, n) do nothing;
  if not found then return false; end if;
  insert into case_finding.lot_person (lot_id, pseudonym, rank, turn, is_drawn)
    select v_lot.id, p.pseudonym, p.rank, p.turn, p.turn <= v_lot.drawn
    from jsonb_to_recordset(p_people) as p (pseudonym uuid, rank integer, turn integer);
  if (select count(*) from case_finding.lot_person p where p.lot_id = v_lot.id) <> v_lot.in_draw then
    raise exception 'a draw is of % people and % were given', v_lot.in_draw, jsonb_array_length(p_people)
      using errcode = 'KW014';
  end if;
  perform access.write_entry(v, 'service administration', 'draw near ties by lot', null,
    access.keep_list((select array_agg(population.kept(m.person_id)) from case_finding.lot_person p
      join population.pseudonym m on m.pseudonym = p.pseudonym where p.lot_id = v_lot.id)), null, 'done');
  return true;
end $$;
revoke all on function case_finding.keep_lot from public;
grant execute on function case_finding.keep_lot to keyworker_app;

-- The draws the one person open now was in, newest first.
create function case_finding.lots_of_open_person(p_programme uuid)
returns table (lot_id uuid, run_id uuid, drawn_on date, is_drawn boolean)
language sql stable security definer set search_path = '' as $$
  select l.id, l.run_id, l.drawn_on, p.is_drawn
    from population.pseudonym m
    join case_finding.lot_person p on p.pseudonym = m.pseudonym
    join case_finding.lot l on l.id = p.lot_id and l.programme_id = p_programme
    where m.person_id in (select access.person() union all
        select g.joined_person_id from people.merge g
          where g.kept_person_id = access.person() and g.agreed_at is not null and g.undone_at is null)
    order by l.n desc
$$;
revoke all on function case_finding.lots_of_open_person from public;
grant execute on function case_finding.lots_of_open_person to keyworker_app;

-- Who was in each draw of a programme, and who was drawn. Only the nightly work asks: no page learns it of everybody.
create function case_finding.drawn(p_programme uuid) returns table (lot_id uuid, person_id uuid, is_drawn boolean)
language sql stable security definer set search_path = '' as $$
  select p.lot_id, population.kept(m.person_id), bool_or(p.is_drawn)
    from case_finding.lot l
    join case_finding.lot_person p on p.lot_id = l.id
    join population.pseudonym m on m.pseudonym = p.pseudonym
    where l.programme_id = p_programme
    group by 1, 2
$$;
revoke all on function case_finding.drawn from public;
grant execute on function case_finding.drawn to keyworker_work;
