-- Why:   a clinician writes down what they learned from a case or an event, for themselves, and may share it with one colleague.
-- Locks: new table and functions only.
-- Undo:  drop reflection.entry and its three functions.
-- Safe while the previous version is running: yes.

-- What somebody learned. No table right is given: the functions below are the only way, and each leaves a row in the access
-- log. It may be about somebody they care for: then by their record's number alone, never by name.
create table reflection.entry (
  id uuid primary key,
  author_id uuid not null references organisations.staff,
  person_id uuid references people.person,
  audit_id uuid references reflection.audit,
  happened_on date not null,
  happened text not null check (happened <> ''),
  learned text not null check (learned <> ''),
  next_words text check (next_words <> ''),
  written_at timestamptz not null,
  shared_with uuid references organisations.staff check (shared_with <> author_id),
  shared_at timestamptz,
  check ((shared_with is null) = (shared_at is null))
);
create index on reflection.entry (author_id);
create index on reflection.entry (person_id);
create index on reflection.entry (shared_with) where shared_with is not null;
select access.guard('reflection.entry');

create function reflection.write_reflection(p_id uuid, p_person uuid, p_audit uuid, p_on date, p_happened text, p_learned text,
  p_next text, p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  insert into reflection.entry (id, author_id, person_id, audit_id, happened_on, happened, learned, next_words, written_at)
    values (p_id, v.staff_id, p_person,
      (select a.id from reflection.audit a where a.id = p_audit and a.place_id = v.organisation_id), p_on, p_happened,
      p_learned, p_next, p_at)
    on conflict (id) do nothing;
  perform access.write_entry(v, 'service administration', 'write down a reflection', null, null, 'reflection', 'done');
end $$;
revoke all on function reflection.write_reflection from public;
grant execute on function reflection.write_reflection to keyworker_app;

-- Shares one's own entry with a colleague, or takes that back (no colleague). @returns whether there is such an entry.
create function reflection.share_reflection(p_id uuid, p_with uuid, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_touched integer;
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  update reflection.entry n set shared_with = p_with, shared_at = case when p_with is not null then p_at end
    where n.id = p_id and n.author_id = v.staff_id;
  get diagnostics v_touched = row_count;
  perform access.write_entry(v, 'service administration', 'share a reflection', null, null, 'reflection', 'done');
  return v_touched = 1;
end $$;
revoke all on function reflection.share_reflection from public;
grant execute on function reflection.share_reflection to keyworker_app;

-- One's own entries, and those shared with one: never anybody else's. Whom a shared one is about stays with its author.
create function reflection.my_reflections() returns table (id uuid, is_own boolean, author_name text, person_id uuid,
  audit_id uuid, question text, happened_on date, happened text, learned text, next_words text, shared_with_name text)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'service administration', 'read my reflections', null, null, 'reflection', 'done');
  return query
    select n.id, n.author_id = v.staff_id, a.name, case when n.author_id = v.staff_id then n.person_id end,
      case when n.author_id = v.staff_id then n.audit_id end, r.question, n.happened_on, n.happened, n.learned, n.next_words,
      w.name
    from reflection.entry n join organisations.staff a on a.id = n.author_id
      left join reflection.audit r on r.id = n.audit_id left join organisations.staff w on w.id = n.shared_with
    where v.staff_id in (n.author_id, n.shared_with) order by n.happened_on desc, n.written_at desc;
end $$;
revoke all on function reflection.my_reflections from public;
grant execute on function reflection.my_reflections to keyworker_app;
