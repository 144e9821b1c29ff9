-- Why:   a search by a name with many bearers read them all, 1 to 2 s at 200,000 people: what is asked is now in the
--        text of the query, so that each search is planned for its own words, and one's own place is joined as a set.
-- Locks: none.
-- Undo:  put matches, find_people and trace of 0011 back.
-- Safe while the previous version is running: yes.

drop function access.matches(text, date, text, text[], text[], text, access.asker, integer);

-- References of whoever matches all that is given, at most so many. Names are pairs of how the family and the given
-- name begin, in small letters; p_whole asks for the whole family name. p_within keeps to one place's own people.
create function access.matches(p_number text, p_born date, p_postcode text, p_families text[], p_givens text[],
                               p_whole boolean, p_within access.asker, p_most integer) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare v_people uuid[]; v_parts text[]; v_names text; v_own text := '';
begin
  select string_agg(format('lower(n.family) like %L and lower(n.given) like %L',
      access.like_start(w.family) || case when p_whole then '' else '%' end, access.like_start(w.given) || '%'), ' or ')
    into v_names from unnest(p_families, p_givens) w(family, given);
  v_parts := array_remove(array[
    case when p_number is not null then format('select i.person_id as id from people.identifier i
      where i.system = ''nhs'' and i.value = %L and i.ended_at is null', p_number) end,
    case when v_names is not null then
      'select n.person_id as id from people.name n where n.ended_at is null and (' || v_names || ')' end,
    case when p_born is not null then format('select p.id from people.person p where p.born_on = %L', p_born) end,
    case when p_postcode is not null then format('select c.person_id as id from people.contact_point c
      where c.kind = ''address'' and c.ended_at is null and c.postcode = %L', p_postcode) end], null);
  if cardinality(v_parts) = 0 then return '{}'; end if;
  if (p_within).staff_id is not null then
    v_own := format(' and b.id in (select r.person_id from people.registration r
        where r.practice_id = %1$L and r.ended_at is null and r.during @> %3$L::date
      union all select t.person_id from people.episode_turn t
        join people.episode e on e.id = t.episode_id and e.turn = t.n
        where (t.team_id = %1$L or t.owner_id = %2$L)
          and (e.closed_on is null or e.closed_on + 28 >= %3$L::date))',
      (p_within).organisation_id, (p_within).staff_id, organisations.today());
  end if;
  execute format('select array_agg(distinct id) from (select b.id from (%s) b where true%s%s limit %s) m', v_parts[1],
      (select string_agg(format(' and b.id in (%s)', part), '') from unnest(v_parts[2:]) part), v_own, p_most)
    into v_people;
  return coalesce(v_people, '{}');
end $$;
revoke all on function access.matches from public;

-- Words to be found as they are, whatever signs they hold.
create function access.like_start(p_words text) returns text language sql immutable set search_path = '' as $$
  select replace(replace(replace(p_words, '\', '\\'), '%', '\%'), '_', '\_')
$$;
revoke all on function access.like_start from public;

create or replace function access.find_people(p_number text, p_born date, p_postcode text, p_families text[],
                                              p_givens text[]) returns table (answer text, people uuid[])
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_all uuid[]; v_mine uuid[];
begin
  if v.staff_id is null or num_nonnulls(p_number, p_born, p_postcode, p_families) = 0 then
    return query select 'nothing asked', '{}'::uuid[]; return;
  end if;
  if not access.take_turn('find:' || v.staff_id, 60, 5) then
    return query select 'wait', '{}'::uuid[]; return;
  end if;
  v_all := access.matches(p_number, p_born, p_postcode, p_families, p_givens, false, null, 201);
  if cardinality(v_all) <= 200 then
    select array_agg(m) into v_mine from unnest(v_all) m
      where exists (select from access.tie(v.staff_id, v.organisation_id, m));
  else
    -- A common name: only whom this practice or team has, for asking each of thousands would take too long.
    v_mine := access.matches(p_number, p_born, p_postcode, p_families, p_givens, false, v, 52);
  end if;
  v_mine := array_remove(coalesce(v_mine, '{}'), access.own_person(v.staff_id));
  return query select case when cardinality(v_mine) > 50 then 'too many' when cardinality(v_all) > 200 then 'common'
                      else 'found' end, v_mine[1:50];
end $$;

create or replace function access.trace(p_number text, p_born date, p_families text[], p_givens text[], p_purpose text)
returns table (answer text, person_id uuid, family text, given text, born_on date, postcode text, practice text,
               is_known boolean, is_tied boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_person uuid;
begin
  if v.staff_id is null or p_born is null or num_nonnulls(p_number, p_families) = 0 then return; end if;
  if not access.take_turn('trace:' || v.staff_id, 20, 5) then
    return query select 'wait', null::uuid, null, null, null::date, null, null, null::boolean, null::boolean; return;
  end if;
  -- The whole family name, or the half of one and a birth date would find somebody else.
  v_people := array_remove(access.matches(p_number, p_born, null, p_families, p_givens, true, null, 7),
                           access.own_person(v.staff_id));
  if cardinality(v_people) > 5 then
    perform access.write_entry(v, p_purpose, 'traced, more than 5', null, null, null, 'refused');
    return query select 'too many', null::uuid, null, null, null::date, null, null, null::boolean, null::boolean; return;
  end if;
  if cardinality(v_people) = 0 then
    perform access.write_entry(v, p_purpose, 'traced, nobody found', null, null, null, 'done');
  end if;
  foreach v_person in array v_people loop
    perform access.write_entry(v, p_purpose, 'traced', v_person, null, null, 'done');
  end loop;
  return query select 'found', p.id, n.family, n.given, p.born_on,
      (select c.postcode from people.contact_point c
         where c.person_id = p.id and c.kind = 'address' and c.ended_at is null limit 1),
      (select o.name from people.registration r join organisations.organisation o on o.id = r.practice_id
         where r.person_id = p.id and r.ended_at is null and r.during @> organisations.today()),
      exists (select from people.episode e where e.person_id = p.id and e.closed_on is null),
      exists (select from access.tie(v.staff_id, v.organisation_id, p.id) t where t <> 'listed')
    from people.person p join people.name n on n.person_id = p.id and n.ended_at is null
    where p.id = any (v_people) order by n.family, n.given, p.id;
end $$;

create or replace function access.claim_person(p_id uuid, p_kind text, p_number text, p_born date, p_reason text,
                                               p_words text, p_hours integer)
returns table (answer text, person_id uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_person uuid; v_verb text;
begin
  if v.staff_id is null then return; end if;
  v_verb := case p_kind when 'break-glass' then 'opened in an emergency' else 'claimed a relationship' end;
  if p_kind <> 'break-glass' and not access.take_turn('claim:' || v.staff_id, 5, 60) then
    return query select 'wait', null::uuid; return;
  end if;
  v_person := (access.matches(p_number, p_born, null, null, null, false, null, 1))[1];
  if v_person is null or v_person = access.own_person(v.staff_id) then
    perform access.write_entry(v, 'direct care', v_verb, v_person, null, null, 'refused');
    return query select case when v_person is null then 'nobody' else 'own record' end, null::uuid; return;
  end if;
  insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
    values (p_id, v_person, v.staff_id, p_kind, p_reason, p_words, now(), now() + make_interval(hours => p_hours));
  return query select 'opened', v_person;
end $$;

-- The day is asked once, not once a row: a definer function is never folded into the query. A page's 50 people are
-- looked up by person; the whole circle by place.
create or replace function access.open_list(p_circle text, p_ids uuid[], p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  v access.asker := access.asker(); v_people uuid[]; v_hash bytea; v_today date := organisations.today();
begin
  if v.staff_id is null and v.system is null then return null; end if;
  if v.system is not null then
    v_people := p_ids;
  elsif p_circle = 'practice' and p_ids is null then
    select array_agg(distinct r.person_id) into v_people from people.registration r
      where r.practice_id = v.organisation_id and r.ended_at is null and r.during @> v_today;
  elsif p_circle = 'practice' then
    select array_agg(distinct r.person_id) into v_people from unnest(p_ids) i
      join people.registration r on r.person_id = i
      where r.practice_id = v.organisation_id and r.ended_at is null and r.during @> v_today;
  elsif p_circle = 'team' then
    select array_agg(distinct e.person_id) into v_people
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where (t.team_id = v.organisation_id or t.owner_id = v.staff_id)
        and (e.closed_on is null or e.closed_on + 28 >= v_today)
        and (p_ids is null or e.person_id = any (p_ids));
  elsif p_circle in ('tied', 'listed') and cardinality(p_ids) <= 50 then
    select array_agg(i) into v_people from unnest(p_ids) i
      where exists (select from access.tie(v.staff_id, v.organisation_id, i) t
                    where t <> 'listed' or p_circle = 'listed');
  else
    return null;
  end if;
  if v.staff_id is not null then
    v_people := array_remove(v_people, access.own_person(v.staff_id));
  end if;
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, p_circle, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
