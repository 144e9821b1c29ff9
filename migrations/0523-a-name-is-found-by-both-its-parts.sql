-- Why:   at 1,000,000 people a search by a family name and the beginning of a given name read the 2,500 of that family name
--        and took the accents off each of their given names: 150 ms. Both parts are in one index now.
-- Locks: creates an index; waits for writers of names while it does.
-- Undo:  drop index people.names_plain.
-- Safe while the previous version is running: yes.

-- What people.plain of 0900 gives, written out, for this runs before it where a database is new: the planner reads through
-- the function and finds this.
create index names_plain on people.name (
  regexp_replace(normalize(translate(lower(family), 'łøđıħ’', 'lodih'''), NFD), '[\u0300-\u036f]', '', 'g') text_pattern_ops,
  regexp_replace(normalize(translate(lower(given), 'łøđıħ’', 'lodih'''), NFD), '[\u0300-\u036f]', '', 'g') text_pattern_ops
) where ended_at is null;
