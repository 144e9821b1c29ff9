-- Why:   a clinical audit holds its criterion, its sample and each finding; a supervision note is for two people.
-- Locks: new tables and functions only.
-- Undo:  drop the four tables and the functions.
-- Safe while the previous version is running: yes.

-- One round of an audit: a criterion with its standard. A round that follows another is its re-audit. Never changed.
create table reflection.audit (
  id uuid primary key,
  place_id uuid not null references organisations.organisation,
  question text not null check (question <> ''),
  criterion text not null check (criterion <> ''),
  standard_percent integer not null check (standard_percent between 1 and 100),
  sample_asked integer not null check (sample_asked between 1 and 200),
  -- How many there were to draw from.
  drawn_from integer not null check (drawn_from >= 0),
  re_audit_of uuid references reflection.audit unique,
  opened_by uuid not null references organisations.staff,
  opened_at timestamptz not null,
  check (re_audit_of <> id)
);
create index on reflection.audit (place_id, opened_at);

-- Who was drawn, in the order of the draw, and what was found in their record.
create table reflection.audit_person (
  audit_id uuid not null references reflection.audit,
  person_id uuid not null references people.person,
  n integer not null check (n > 0),
  finding text check (finding in ('met', 'not met', 'does not apply')),
  words text,
  found_by uuid references organisations.staff,
  found_at timestamptz,
  primary key (audit_id, person_id),
  unique (audit_id, n),
  check ((finding is null) = (found_by is null) and (finding is null) = (found_at is null))
);
create index on reflection.audit_person (person_id);
select access.guard('reflection.audit_person');

-- What is changed because of it.
create table reflection.audit_change (
  id uuid primary key,
  audit_id uuid not null references reflection.audit,
  words text not null check (words <> ''),
  owner_id uuid not null references organisations.staff,
  due_on date not null,
  recorded_by uuid not null references organisations.staff,
  recorded_at timestamptz not null
);
create index on reflection.audit_change (audit_id);

grant select on reflection.audit, reflection.audit_person, reflection.audit_change to keyworker_app;
grant insert on reflection.audit, reflection.audit_change to keyworker_app;
grant update (finding, words, found_by, found_at) on reflection.audit_person to keyworker_app;

-- Who may be drawn for an audit of the caller's place: everybody with an open episode of the team or ward, or registered at
-- the practice. Nobody who objects to evaluation, and never the caller.
create function reflection.eligible(p_place uuid, p_staff uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select distinct e.person_id from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
  where e.closed_on is null and not population.objects(e.person_id, 'evaluation')
    and (t.team_id = p_place or exists (select from people.registration r where r.person_id = e.person_id
      and r.practice_id = p_place and r.ended_at is null and r.during @> organisations.today()))
    and not exists (select from organisations.staff s where s.id = p_staff and s.own_person_id = e.person_id)
$$;
revoke all on function reflection.eligible from public;

create function reflection.count_eligible() returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from reflection.eligible((access.asker()).organisation_id, (access.asker()).staff_id)
$$;
revoke all on function reflection.count_eligible from public;
grant execute on function reflection.count_eligible to keyworker_app;

-- Draws an audit's sample, once: in the order of a hash of the audit and the person, so that nobody chooses and anybody
-- can draw it again.
create function reflection.draw_sample(p_audit uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_audit reflection.audit; v_people uuid[];
begin
  select * into v_audit from reflection.audit a where a.id = p_audit and a.place_id = v.organisation_id;
  if v_audit.id is null or exists (select from reflection.audit_person p where p.audit_id = p_audit) then return 0; end if;
  select array_agg(d.person_id order by d.place) into v_people from (
    select e as person_id, encode(sha256(convert_to(p_audit::text || e::text, 'UTF8')), 'hex') as place
    from reflection.eligible(v.organisation_id, v.staff_id) e order by 2 limit v_audit.sample_asked) d;
  insert into reflection.audit_person (audit_id, person_id, n)
    select p_audit, u.person_id, u.n from unnest(v_people) with ordinality u (person_id, n);
  perform access.write_entry(v, 'service administration', 'draw the sample of an audit', null,
    access.keep_list(coalesce(v_people, '{}')), 'audit', 'done');
  return cardinality(v_people);
end $$;
revoke all on function reflection.draw_sample from public;
grant execute on function reflection.draw_sample to keyworker_app;

-- Opens those of an audit's sample whom the caller still has to do with; the others stay counted.
create function reflection.open_sample(p_audit uuid, p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_hash bytea;
begin
  if v.staff_id is null or not exists (select from reflection.audit a where a.id = p_audit and a.place_id = v.organisation_id)
    then return null; end if;
  select array_agg(p.person_id) into v_people from reflection.audit_person p where p.audit_id = p_audit
    and exists (select from access.tie(v.staff_id, v.organisation_id, p.person_id) t
                where t in ('episode', 'registered', 'closed episode'))
    and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = p.person_id);
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'audit', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
revoke all on function reflection.open_sample from public;
grant execute on function reflection.open_sample to keyworker_app;

-- How the rounds of the caller's place stand: counts, so that somebody who has moved away still counts.
create function reflection.audit_counts() returns table (audit_id uuid, drawn bigint, met bigint, not_met bigint, other bigint)
language sql stable security definer set search_path = '' as $$
  select a.id, count(p.person_id), count(*) filter (where p.finding = 'met'), count(*) filter (where p.finding = 'not met'),
    count(*) filter (where p.finding = 'does not apply')
  from reflection.audit a left join reflection.audit_person p on p.audit_id = a.id
  where a.place_id = (access.asker()).organisation_id group by a.id
$$;
revoke all on function reflection.audit_counts from public;
grant execute on function reflection.audit_counts to keyworker_app;

-- What was said in supervision: for the two of them, and read by nobody else through any page. No table right is given:
-- the two functions below are the only way, and each leaves a row in the access log.
create table reflection.supervision (
  id uuid primary key,
  supervisee_id uuid not null references organisations.staff,
  supervisor_id uuid not null references organisations.staff,
  held_on date not null,
  words text not null check (words <> ''),
  written_by uuid not null references organisations.staff,
  written_at timestamptz not null,
  check (supervisee_id <> supervisor_id),
  check (written_by in (supervisee_id, supervisor_id))
);
create index on reflection.supervision (supervisee_id);
create index on reflection.supervision (supervisor_id);

create function reflection.write_supervision(p_id uuid, p_other uuid, p_other_supervises boolean, p_held_on date, p_words text,
  p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  insert into reflection.supervision (id, supervisee_id, supervisor_id, held_on, words, written_by, written_at)
    values (p_id, case when p_other_supervises then v.staff_id else p_other end,
      case when p_other_supervises then p_other else v.staff_id end, p_held_on, p_words, v.staff_id, p_at);
  perform access.write_entry(v, 'service administration', 'write down supervision', null, null, 'supervision', 'done');
end $$;
revoke all on function reflection.write_supervision from public;
grant execute on function reflection.write_supervision to keyworker_app;

create function reflection.my_supervision() returns table (id uuid, supervisee_name text, supervisor_name text,
  i_supervise boolean, held_on date, words text, written_by_name text, written_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'service administration', 'read my supervision notes', null, null, 'supervision', 'done');
  return query
    select n.id, a.name, b.name, n.supervisor_id = v.staff_id, n.held_on, n.words, w.name, n.written_at
    from reflection.supervision n join organisations.staff a on a.id = n.supervisee_id
      join organisations.staff b on b.id = n.supervisor_id join organisations.staff w on w.id = n.written_by
    where v.staff_id in (n.supervisee_id, n.supervisor_id) order by n.held_on desc, n.written_at desc;
end $$;
revoke all on function reflection.my_supervision from public;
grant execute on function reflection.my_supervision to keyworker_app;
