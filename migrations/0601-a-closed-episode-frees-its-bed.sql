-- Why:   a bed that stays taken after its episode closed says no to the next person. Whoever closed may have no tie any
--        more: a closing can lie further back than the 28 days a team keeps seeing somebody.
-- Locks: none; adds a function.
-- Undo:  drop function ward.free_bed_of.
-- Safe while the previous version is running: yes.

-- Ends the stay of an episode that is closed, of no other. Says which stay it was.
create function ward.free_bed_of(p_episode uuid, p_at timestamptz) returns uuid
language sql volatile security definer set search_path = '' as $$
  update ward.stay s
    set during = tstzrange(lower(s.during), greatest(p_at, lower(s.during) + interval '1 millisecond')),
        ended_at = p_at, ended_by = t.recorded_by, ended_reason = 'episode closed'
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
    where e.id = p_episode and e.closed_on is not null and s.episode_id = e.id and s.ended_at is null
    returning s.id
$$;
revoke all on function ward.free_bed_of from public;
grant execute on function ward.free_bed_of to keyworker_app;
