-- Why:   every page asked seven questions before its own: who, what their role may, which installation (twice), whether
--        something waits to be said, their posts, whether they are the local administrator. Now it is one.
-- Locks: a new function.
-- Undo:  drop function access.arrive.
-- Safe while the previous version is running: yes.

create function access.arrive(p_token text)
returns table (session_id uuid, csrf text, staff_id uuid, staff_name text, post_id uuid, role text, organisation_id uuid,
               organisation_name text, organisation_kind text, may_change_post boolean, has_word boolean, changes jsonb,
               house_kind text, house_name text, house_day date)
language plpgsql volatile security definer set search_path = '' as $$
begin
  return query
    select e.session_id, e.csrf, e.staff_id, e.staff_name, e.post_id, e.role, e.organisation_id, e.organisation_name,
      e.organisation_kind,
      (select count(*) from organisations.post p where p.staff_id = e.staff_id
         and p.during @> (select organisations.today())) > 1 or access.is_local_administrator(e.staff_id),
      (select s.said is not null from access.session s where s.id = e.session_id),
      coalesce((select jsonb_agg(jsonb_build_object('activity', c.activity, 'change', c.change))
        from organisations.role_change c
        where c.organisation_id = e.organisation_id and c.role = e.role and c.ended_at is null), '[]'),
      i.kind, i.name, i.day_on
    from access.enter(p_token) e left join organisations.installation i on true;
end $$;
revoke all on function access.arrive from public;
grant execute on function access.arrive to keyworker_app;
