-- Why:   a list cut by places asked of one person after another whether they wait, at every page, and the page that
--        chooses a cut asked it again for each choice. Now those who wait are found as a set, once, for all choices.
-- Locks: none; a new function, and the old one asks it.
-- Undo:  the function rank_asked_to of 0341; drop function case_finding.ranks_asked_to.
-- Safe while the previous version is running: yes.

-- For each number of people asked, the rank of the last of so many who wait to be judged, from the first, in all
-- practices: alive, not objecting, not with us, and not judged from this list or set aside for later. Null where fewer
-- wait. It opens nobody.
create function case_finding.ranks_asked_to(p_programme uuid, p_run uuid, p_asks integer[]) returns integer[]
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v_today date := organisations.today(); v_ranks integer[];
  v_heeded_not text[] := array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null);
begin
  select array_agg(k.rank order by k.rank) into v_ranks
    from (select s.rank, coalesce((select g.kept_person_id from people.merge g where g.joined_person_id = m.person_id
              and g.agreed_at is not null and g.undone_at is null order by g.agreed_at desc limit 1), m.person_id) as id
          from case_finding.suggestion s
          join population.pseudonym m on m.pseudonym = s.pseudonym and m.retired_at is null and m.purpose = 'case-finding'
          where s.run_id = p_run and not s.is_returned offset 0) k
    where (select p.died_on from people.person p where p.id = k.id) is null
      and not exists (select from people.wish w where w.person_id = k.id and w.kind = 'objection' and w.answer = 'yes'
        and w.ended_at is null and w.purpose <> all (v_heeded_not))
      and not exists (select from people.episode e where e.person_id = k.id and e.programme_id = p_programme
        and e.closed_on is null)
      and coalesce((select j.decision in ('added', 'taken back')
          or (j.decision = 'accepted' and j.run_id is distinct from p_run)
          or (j.decision in ('deferred', 'declined') and j.show_again_on <= v_today)
        from case_finding.judgement j where j.person_id = k.id and j.programme_id = p_programme
        order by j.n desc limit 1), true);
  return array(select v_ranks[greatest(a.asks, 1)] from unnest(p_asks) with ordinality as a (asks, n) order by a.n);
end $$;
revoke all on function case_finding.ranks_asked_to from public;
grant execute on function case_finding.ranks_asked_to to keyworker_app;

create or replace function case_finding.rank_asked_to(p_programme uuid, p_run uuid, p_asks integer) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
  return (case_finding.ranks_asked_to(p_programme, p_run, array[p_asks]))[1];
end $$;
