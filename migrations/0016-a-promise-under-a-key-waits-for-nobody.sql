-- Why:   work promised under the queue's own key locked the waiting job until the promising transaction ended: whoever
--        accepted or closed waited for everybody else who did. A key is now a mark; what is marked alike is joined when
--        the first of it begins. And work that was under way when everything was killed is free to be taken up at once.
-- Locks: replaces a function; nothing else. Work that waits under a key of before is done as it was promised.
-- Undo:  the function `jobs.promise` of 0004; drop the other two.
-- Safe while the previous version is running: yes: it does marked work once for each promise.

create or replace function jobs.promise(p_task text, p_payload jsonb, p_key text) returns void
language sql volatile security definer set search_path = '' as $$
  select graphile_worker.add_job(p_task, p_payload::json,
    flags => case when p_key is not null then array[p_key] end, max_attempts => 5)
$$;

-- Only what is kept can be seen and joined, so the work that now begins sees whatever it was promised for.
create function jobs.join_waiting(p_job bigint) returns int
language sql volatile security definer set search_path = '' as $$
  select count(*)::int from graphile_worker.complete_jobs(array(
    select other.id from graphile_worker.jobs begun
    join graphile_worker.jobs other on other.task_identifier = begun.task_identifier and other.flags = begun.flags
    where begun.id = p_job and other.id <> p_job and other.locked_at is null))
$$;
revoke all on function jobs.join_waiting from public;
grant execute on function jobs.join_waiting to keyworker_work;

-- The lock is the connection's: while one process holds it, no other may say that work was left behind.
create function jobs.take_up_left_behind() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not pg_try_advisory_lock(72434) then return false; end if;
  perform graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs where locked_by is not null));
  return true;
end
$$;
revoke all on function jobs.take_up_left_behind from public;
grant execute on function jobs.take_up_left_behind to keyworker_work;
