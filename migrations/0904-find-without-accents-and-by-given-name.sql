-- Why:   "jose" did not find José, and a given name alone found nobody.
-- Locks: creates two indexes on names; waits for writers of the table while it does.
-- Undo:  the functions of 0015 and 0500; drop the indexes.
-- Safe while the previous version is running: yes.

create index family_plain on people.name (people.plain(family) text_pattern_ops) where ended_at is null;
create index given_plain on people.name (people.plain(given) text_pattern_ops) where ended_at is null;

-- As 0015, but names are compared without accents, and an empty family name leaves the given name alone to say who.
create or replace function access.matches(p_number text, p_born date, p_postcode text, p_families text[], p_givens text[],
                                          p_whole boolean, p_within access.asker, p_most integer) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare v_people uuid[]; v_parts text[]; v_names text; v_own text := '';
begin
  select string_agg('(' || concat_ws(' and ',
      case when p_whole or w.family <> '' then format('people.plain(n.family) like %L',
        access.like_start(people.plain(w.family)) || case when p_whole then '' else '%' end) end,
      case when w.given <> '' then format('people.plain(n.given) like %L',
        access.like_start(people.plain(w.given)) || '%') end) || ')', ' or ')
    into v_names from unnest(p_families, p_givens) w(family, given) where w.family <> '' or (w.given <> '' and not p_whole);
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
        where r.practice_id = %1$L and r.ended_at is null and people.covers(r.during, %3$L::date)
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

create or replace function co_ordination.open_listed(p_number text, p_family text, p_born date, p_purpose text, p_verb text)
returns uuid[] language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(l) into v_people from co_ordination.listed(v.organisation_id) l
    where (p_number is null or exists (select from people.identifier i where i.person_id = l and i.system = 'nhs'
             and i.value = p_number and i.ended_at is null))
      and (p_family is null or exists (select from people.name n where n.person_id = l and n.ended_at is null
             and people.plain(n.family) = people.plain(p_family)))
      and (p_born is null or exists (select from people.person p where p.id = l and p.born_on = p_born));
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'listed');
end $$;
