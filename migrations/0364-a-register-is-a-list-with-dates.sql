-- Why:   who is on a register (severe mental illness, learning disability, palliative, dementia, frailty, carer) could not be read as
--        a list to look for people in, with the day each came on it and the day they were taken off.
-- Locks: a new table only.
-- Undo:  drop table case_finding.register_entry.
-- Safe while the previous version is running: yes.

-- The registers of the newest load ranked, by pseudonym: who this is, only the person's own practice can ask. Those of loads
-- before lie in their folders.
create table case_finding.register_entry (
  load_id uuid not null references population.load,
  register text not null,
  pseudonym uuid not null,
  practice_code text not null,
  from_on date not null,
  to_on date check (to_on >= from_on),
  primary key (load_id, register, pseudonym, from_on)
);
create index on case_finding.register_entry (load_id, practice_code, register);
grant select on case_finding.register_entry to keyworker_app;
grant select, insert, delete on case_finding.register_entry to keyworker_work;
