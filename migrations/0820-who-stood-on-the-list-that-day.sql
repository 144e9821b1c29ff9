-- Why:   whoever is helped was on a list, so they are compared with others who were on it too: the list looks at more
--        than the matching does.
-- Locks: a new function only.
-- Undo:  drop function evaluation.listed_on.
-- Safe while the previous version is running: yes.

-- Whom a programme's newest list by each day suggested, by the population store's pseudonym: the list that was shown,
-- by the model where one was in use that day. A day without any list before it is not told of; one whose list
-- suggested nobody is told of once without anybody. Only for the program's nightly work, and written in the access log.
create function evaluation.listed_on(p_programme uuid, p_days date[]) returns table (on_day date, person text)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads who was listed' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'read who was listed', null, null, 'system', 'done');
  return query
    select d.on_day, replace(s.pseudonym::text, '-', '')
    from unnest(p_days) d(on_day)
    cross join lateral (
      select r.id from case_finding.run r
      left join case_finding.model_switch m on m.model_id = r.model_id and m.switched_on_at < d.on_day + 1
        and (m.switched_off_at is null or m.switched_off_at >= d.on_day + 1)
      where r.programme_id = p_programme and r.index_on <= d.on_day and (r.model_id is null or m.id is not null)
      order by r.index_on desc, r.model_id is null, r.n desc limit 1
    ) shown
    left join case_finding.suggestion s on s.run_id = shown.id;
end $$;
revoke all on function evaluation.listed_on from public;
grant execute on function evaluation.listed_on to keyworker_work;
