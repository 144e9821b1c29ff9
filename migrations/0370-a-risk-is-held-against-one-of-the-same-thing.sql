-- Why:   a model may be of A&E attendance or of moving into a care home; a risk of one is never held against a risk of the other.
-- Locks: none; one function is added.
-- Undo:  drop function case_finding.risk_when_judged_of.
-- Safe while the previous version is running: yes, it asks the function it had.

-- The risk each person had when last judged, on a list by a model of the same thing. A model of an earlier version is of admissions.
create function case_finding.risk_when_judged_of(p_programme uuid, p_target text)
  returns table (person_id uuid, risk double precision)
language sql stable security definer set search_path = '' as $$
  select distinct on (j.person_id) j.person_id, s.risk
    from case_finding.judgement j
    join case_finding.run r on r.id = j.run_id
    join case_finding.model o on o.id = r.model_id
    join population.pseudonym m on m.person_id = j.person_id and m.retired_at is null
    join case_finding.suggestion s on s.run_id = j.run_id and s.pseudonym = m.pseudonym
    where j.programme_id = p_programme and s.risk is not null
      and coalesce(o.report ->> 'target', 'emergency admission') = p_target
    order by j.person_id, j.n desc
$$;
revoke all on function case_finding.risk_when_judged_of from public;
grant execute on function case_finding.risk_when_judged_of to keyworker_work;
