-- Why:   somebody who rings about one of many doubtful identities had to be looked for page by page: the queue had no search. And
--        "show all" of more than 50 was refused by open_doubts, which read as a fault of ours.
-- Locks: new functions only.
-- Undo:  drop function population.doubt_view, count_doubts, find_doubts.
-- Safe while the previous version is running: yes: it goes on asking population.doubts and open_doubts.

-- On which view of the queue a doubt stands: to answer, waiting for a second person, not sure, done.
create function population.doubt_view(p_answer text, p_agreed_at timestamptz, p_undone_at timestamptz) returns text
language sql immutable set search_path = '' as $$
  select case when p_answer is null then 'open' when p_answer = 'not sure' then 'unsure'
    when p_answer = 'same person' and p_agreed_at is null and p_undone_at is null then 'second' else 'done' end
$$;

-- How many stand on each view; nobody is named.
create function population.count_doubts() returns table (view text, doubts integer)
language sql stable security definer set search_path = '' as $$
  select population.doubt_view(d.answer, d.agreed_at, d.undone_at), count(*)::integer
  from population.doubts() d where (access.asker()).staff_id is not null group by 1
$$;
revoke all on function population.count_doubts from public;
grant execute on function population.count_doubts to keyworker_app;

-- Opens the people of a view's doubts to read, at most 500: all, or those where one of the two has a family name that begins so, a
-- whole name, now or formerly, or an NHS number. The log row is written first. The longest waiting comes first, with how many there are.
create function population.find_doubts(p_view text, p_words text, p_from integer, p_most integer, p_verb text)
returns table (doubt_id uuid, place integer, total integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v access.asker := access.asker(); v_doubts uuid[]; v_total integer; v_hash bytea;
  v_number text := regexp_replace(coalesce(p_words, ''), '[^0-9]', '', 'g');
  v_name text := population.plain(coalesce(p_words, ''));
begin
  if v.staff_id is null or p_most > 500 then
    raise exception 'doubts are opened by staff, at most 500' using errcode = 'KW003';
  end if;
  with found as (
    select d.id, row_number() over (order by d.raised_at, d.id) as n, count(*) over () as total
    from population.doubts() d
    where population.doubt_view(d.answer, d.agreed_at, d.undone_at) = p_view
      and (p_words is null
        or v_name is not null and exists (select from people.name x where x.person_id in (d.person_id, d.other_person_id)
          and (starts_with(population.plain(x.family), v_name) or population.plain(x.family || x.given) = v_name
            or population.plain(x.given || x.family) = v_name))
        or length(v_number) = 10 and exists (select from people.identifier i
          where i.person_id in (d.person_id, d.other_person_id) and i.system = 'nhs' and i.value = v_number and i.ended_at is null))
  )
  select array_agg(x.id order by x.n), max(x.total) into v_doubts, v_total from (
    select * from found order by n offset p_from limit p_most) x;
  v_hash := access.keep_list((select array_agg(p) from people.doubt d, unnest(array[d.person_id, d.other_person_id]) p
    where d.id = any (v_doubts)));
  perform access.write_entry(v, 'service administration', p_verb, null, v_hash, null, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return query select u.id, u.at::integer, v_total from unnest(v_doubts) with ordinality u(id, at);
end $$;
revoke all on function population.find_doubts from public;
grant execute on function population.find_doubts to keyworker_app;
