-- Why:   a model is trained on the demonstration only once its first answers are there: both at once make a visitor wait.
-- Locks: a new function only.
-- Undo:  drop the function.
-- Safe while the previous version is running: yes.

-- As jobs.promise, begun no sooner than in so many seconds.
create function jobs.promise_after(p_seconds integer, p_task text, p_payload jsonb, p_key text) returns void
language sql volatile security definer set search_path = '' as $$
  select graphile_worker.add_job(p_task, p_payload::json, run_at => now() + make_interval(secs => p_seconds),
    flags => case when p_key is not null then array[p_key] end, max_attempts => 5)
$$;
revoke all on function jobs.promise_after from public;
grant execute on function jobs.promise_after to keyworker_work;
