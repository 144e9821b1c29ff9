-- Why:   outpatient visits, community contacts and items prescribed are counted, and the board reads what they cost.
-- Locks: evaluation.unit_cost for as long as its few rows are read once for the check.
-- Undo:  the check of 0811.
-- Safe while the previous version is running: yes.

alter table evaluation.unit_cost drop constraint unit_cost_item_check;
alter table evaluation.unit_cost add constraint unit_cost_item_check check (item in (
  'night in hospital', 'A&E visit', 'outpatient visit', 'GP contact', 'community contact', 'prescribed item', 'staff hour'));
