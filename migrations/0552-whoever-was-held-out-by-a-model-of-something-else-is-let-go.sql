-- Why:   somebody held out is shown again when their number has risen by half. Held out by a model of A&E visits at 76 in 100, and
--        then listed by one of admissions, no number could rise so far: nothing but a new admission would have brought them back.
-- Locks: case_finding.let_go for as long as it takes to read it: a few rows, written with each list.
-- Undo:  the check of 0343, once no row says 'another model'.
-- Safe while the previous version is running: yes: it writes neither of the new words.

alter table case_finding.let_go drop constraint let_go_why_check;
alter table case_finding.let_go add constraint let_go_why_check
  check (why in ('new admission', 'risk up', 'another model'));
