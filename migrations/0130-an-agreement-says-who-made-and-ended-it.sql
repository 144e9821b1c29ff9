-- Why:   an agreement with out of hours could be made and ended by nobody; it says who did, and why it ended.
-- Locks: adds nullable columns; no table rewrite.
-- Undo:  leave the columns; nothing older reads them.
-- Safe while the previous version is running: yes.

-- Absent where a demonstration made it.
alter table organisations.agreement
  add column made_by uuid references organisations.staff,
  add column ended_by uuid references organisations.staff,
  add column ended_at timestamptz,
  add column ended_reason text check (ended_reason <> ''),
  add check ((ended_by is null) = (ended_at is null) and (ended_by is null) = (ended_reason is null));
grant update (during, ended_by, ended_at, ended_reason) on organisations.agreement to keyworker_app;
