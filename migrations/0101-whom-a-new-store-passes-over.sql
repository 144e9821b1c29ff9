-- Why:   a new population store leaves out who objects on record or was removed, and knows which records were joined;
--        two people join doubtful identities, and it can be undone.
-- Locks: new functions only.
-- Undo:  drop function population.standings, doubts, open_doubts, answer_doubt, agree_join, undo_join, relink.
-- Safe while the previous version is running: yes.

-- Objections that came with extracts are left to the extract when it brings them again.
create function population.standings(p_is_sent_again boolean) returns table (pseudonym uuid, standing text, instead uuid)
language sql stable security definer set search_path = '' as $$
  select m.pseudonym, 'objects', null::uuid
    from people.wish w join population.pseudonym m on m.person_id = w.person_id and m.retired_at is null
    where w.kind = 'objection' and w.answer = 'yes' and w.ended_at is null
      and not (p_is_sent_again and w.source like 'extract: %')
      and coalesce((select p.rule from population.policy p where p.objection = w.purpose and p.purpose = 'case-finding'
        and p.ended_at is null), 'exclude') <> 'include'
  union all
  select m.pseudonym, 'removed', null from population.pseudonym m where m.retired_at is not null
  union all
  select distinct on (m.pseudonym) m.pseudonym, 'joined', k.pseudonym
    from people.merge g join population.pseudonym m on m.person_id = g.joined_person_id and m.retired_at is null
    join population.pseudonym k on k.person_id = g.kept_person_id and k.retired_at is null
    where g.agreed_at is not null and g.undone_at is null
$$;
revoke all on function population.standings from public;
grant execute on function population.standings to keyworker_work;

-- The queue, without names: what is asked, since when, and how far it is.
create function population.doubts() returns table (id uuid, person_id uuid, other_person_id uuid, why text, raised_at timestamptz,
  answer text, answered_by_name text, answered_at timestamptz, merge_id uuid, proposed_by uuid, agreed_by_name text,
  agreed_at timestamptz, undone_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.id, d.person_id, d.other_person_id, d.why, d.raised_at, d.answer, s.name, d.answered_at, m.id, m.proposed_by,
         a.name, m.agreed_at, m.undone_at
  from people.doubt d left join organisations.staff s on s.id = d.answered_by
  left join lateral (select * from people.merge g where (g.kept_person_id, g.joined_person_id) in
    ((d.person_id, d.other_person_id), (d.other_person_id, d.person_id)) order by g.proposed_at desc limit 1) m on true
  left join organisations.staff a on a.id = m.agreed_by
$$;
revoke all on function population.doubts from public;
grant execute on function population.doubts to keyworker_app;

-- Opens the people of some doubts to read, side by side; at most 50 doubts. The log row is written first.
create function population.open_doubts(p_doubts uuid[], p_verb text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_hash bytea;
begin
  if v.staff_id is null or cardinality(p_doubts) > 50 then
    raise exception 'doubts are opened by staff, at most 50' using errcode = 'KW003';
  end if;
  v_hash := access.keep_list((select array_agg(x) from people.doubt d, unnest(array[d.person_id, d.other_person_id]) x
    where d.id = any (p_doubts)));
  perform access.write_entry(v, 'service administration', p_verb, null, v_hash, null, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
end $$;
revoke all on function population.open_doubts from public;
grant execute on function population.open_doubts to keyworker_app;

-- One person's answer. Yes proposes to join; a second person agrees. Two NHS numbers are never joined.
create function population.answer_doubt(p_doubt uuid, p_answer text, p_merge uuid, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); d people.doubt; v_numbers integer; v_kept uuid;
begin
  if v.staff_id is null then raise exception 'a doubt is answered by staff' using errcode = 'KW003'; end if;
  select * into d from people.doubt where id = p_doubt for update;
  if not found or d.answer in ('same person', 'not the same person') then return 'answered'; end if;
  select count(*), min(i.person_id::text)::uuid into v_numbers, v_kept from people.identifier i
    where i.person_id in (d.person_id, d.other_person_id) and i.system = 'nhs' and i.ended_at is null;
  if p_answer = 'same person' and v_numbers > 1 then return 'two numbers'; end if;
  update people.doubt set answer = p_answer, answered_at = p_at, answered_by = v.staff_id where id = p_doubt;
  if p_answer = 'same person' then
    v_kept := coalesce(v_kept, least(d.person_id, d.other_person_id));
    insert into people.merge (id, kept_person_id, joined_person_id, proposed_by, proposed_at)
      values (p_merge, v_kept, case when v_kept = d.person_id then d.other_person_id else d.person_id end, v.staff_id, p_at);
  end if;
  return 'done';
end $$;
revoke all on function population.answer_doubt from public;
grant execute on function population.answer_doubt to keyworker_app;

create function population.agree_join(p_merge uuid, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); m people.merge;
begin
  select * into m from people.merge where id = p_merge for update;
  if v.staff_id is null or not found or m.agreed_at is not null or m.undone_at is not null then return 'answered'; end if;
  if m.proposed_by = v.staff_id then return 'same asker'; end if;
  update people.merge set agreed_by = v.staff_id, agreed_at = p_at where id = p_merge;
  return 'done';
end $$;
revoke all on function population.agree_join from public;
grant execute on function population.agree_join to keyworker_app;

-- Undone by one person: both histories were kept, so nothing is guessed back. The doubt is asked again.
create function population.undo_join(p_merge uuid, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); m people.merge;
begin
  select * into m from people.merge where id = p_merge for update;
  if v.staff_id is null or not found or m.undone_at is not null then return 'answered'; end if;
  update people.merge set undone_by = v.staff_id, undone_at = p_at where id = p_merge;
  update people.doubt set answer = 'not sure', answered_at = p_at, answered_by = v.staff_id
    where (person_id, other_person_id) in ((m.kept_person_id, m.joined_person_id), (m.joined_person_id, m.kept_person_id));
  return 'done';
end $$;
revoke all on function population.undo_join from public;
grant execute on function population.undo_join to keyworker_app;

-- The same extract with another list of joined records: a new folder, nothing else.
create function population.relink(p_load uuid, p_from uuid, p_folder text, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(72433);
  if (select l.id from population.load l order by l.n desc limit 1) is distinct from p_from then return false; end if;
  insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version, key_version,
                               taken_at, loaded_by, seconds)
    select p_load, p_folder, index_on, covered_to, sources, '[]', '{"known":0,"added":0,"ended":0,"doubts":0}', left_out,
           policy_version, key_version, p_at, null, 0
    from population.load where id = p_from;
  return true;
end $$;
revoke all on function population.relink from public;
grant execute on function population.relink to keyworker_work;
