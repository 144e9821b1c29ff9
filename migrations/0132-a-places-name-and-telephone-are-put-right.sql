-- Why:   a practice comes with the extract without a telephone, so the emergency summary named a practice nobody could ring.
-- Locks: a right only.
-- Undo:  revoke it.
-- Safe while the previous version is running: yes.

grant update (name, telephone) on organisations.organisation to keyworker_app;
