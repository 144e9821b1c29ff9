-- Why:   an EQ-5D answered on a licensed form elsewhere is kept as its profile and index, and counts in outcomes.
-- Locks: assessment.assessment while columns are added and its rows are read once for the checks.
-- Undo:  drop the four columns.
-- Safe while the previous version is running: yes.

-- No words of the form are here, and no value set: the index is as it came, with the name of the set it was worked out by.
alter table assessment.assessment add column profile text;
alter table assessment.assessment add column value_set text check (value_set <> '');
alter table assessment.assessment add column form_version text check (form_version <> '');
alter table assessment.assessment add column obtained_from text check (obtained_from <> '');
alter table assessment.assessment add constraint profile_of_its_form check (
  case instrument when 'eq-5d-5l' then coalesce(profile ~ '^[1-59]{5}$', false)
    when 'eq-5d-3l' then coalesce(profile ~ '^[1-39]{5}$', false) else profile is null end);
alter table assessment.assessment add constraint result_says_where_from
  check ((profile is null) = (form_version is null) and (profile is null) = (obtained_from is null));
-- With a part not answered no value set gives an index.
alter table assessment.assessment add constraint index_of_a_whole_profile
  check (value_set is null or (profile is not null and profile !~ '9'));
