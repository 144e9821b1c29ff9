-- Why:   outcomes by what was done now know what kind of help the actions were that somebody said were done.
-- Locks: replaces one function.
-- Undo:  the function of 0930.
-- Safe while the previous version is running: yes; it passes over what it does not know.

create or replace function reflection.beginnings() returns table (episode_id uuid, speaks text, done text[])
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads what was done' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'count what was done for people in care', null,
    access.keep_list((select array_agg(distinct e.person_id) from people.episode e)), 'system', 'done');
  return query
    with counted as (
      select e.id, e.person_id, e.opened_on, e.opened_on + 90 as before from people.episode e
      where not population.objects(e.person_id, 'evaluation')
    ), touched as (
      select k.id, c.kind from counted k join co_ordination.contact c on c.episode_id = k.id and c.struck_at is null
        and (c.happened_at at time zone 'Europe/London')::date >= k.opened_on
        and (c.happened_at at time zone 'Europe/London')::date < k.before
    ), remarked as (
      -- How each action stood at the end of the first 90 days: the last word said in them.
      select distinct on (k.id, r.line_id) k.id, r.plan_id, r.line_id, r.state, k.before from counted k
      join care_plan.remark r on r.person_id = k.person_id
        and (r.made_at at time zone 'Europe/London')::date >= k.opened_on
        and (r.made_at at time zone 'Europe/London')::date < k.before
      order by k.id, r.line_id, r.made_at desc, r.id desc
    ), acted as (
      -- What kind of help it was is what the plan says of it now, or said when it was last in it: a kind given late counts.
      select distinct a.id, 'action ' || l.action_kind as what from remarked a
      join lateral (select l.action_kind from care_plan.line l
        where l.plan_id = a.plan_id and l.line_id = a.line_id order by l.from_version desc limit 1) l
        on l.action_kind is not null
      where a.state = 'done'
    ), did as (
      select t.id, case when t.kind in ('telephone', 'video') then 'telephone or video' else t.kind end as what from touched t
        where t.kind <> 'other'
      union
      select k.id, 'ward' from counted k join ward.stay s on s.episode_id = k.id
        and (lower(s.during) at time zone 'Europe/London')::date >= k.opened_on
        and (lower(s.during) at time zone 'Europe/London')::date < k.before
      union
      select k.id, 'plan' from counted k join care_plan.version w on w.person_id = k.person_id
        and w.agreed_on >= k.opened_on and w.agreed_on < k.before
      union
      select k.id, 'out of hours' from counted k join people.wish w on w.person_id = k.person_id
        and w.kind = 'share with out of hours' and w.answer = 'yes' and w.since < k.before
        and (w.ended_at is null or (w.ended_at at time zone 'Europe/London')::date >= k.opened_on)
      union
      select a.id, a.what from acted a
      union
      select k.id, 'nobody' from counted k where not exists (select from touched t where t.id = k.id)
    )
    select k.id, case when p.language is null then null when p.language ~* '^(en\M|eng\M|english)' then 'English'
        else 'Another language' end,
      coalesce((select array_agg(d.what order by d.what) from did d where d.id = k.id), '{}')
    from counted k join people.person p on p.id = k.person_id;
end $$;
