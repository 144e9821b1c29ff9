-- Why:   a list of 500 people asked every finished task of each for the next open one.
-- Locks: creates an index; waits for writers of the table while it does.
-- Undo:  drop index co_ordination.open_turns.
-- Safe while the previous version is running: yes.

create index open_turns on co_ordination.task_turn (person_id, due_on) where state in ('to do', 'waiting');
