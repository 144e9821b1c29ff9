-- Why:   who agreed to share a summary agreed to what it held then; where they wish to be is asked for apart.
-- Locks: a short lock on people.wish while its kinds are checked; no rewrite.
-- Undo:  end the wishes of the new kind, then put the old check back.
-- Safe while the previous version is running: yes, it writes no other kind.

alter table people.wish drop constraint wish_kind_check;
alter table people.wish add constraint wish_kind_check
  check (kind in ('take part', 'share with out of hours', 'share where they wish to be', 'objection'));
