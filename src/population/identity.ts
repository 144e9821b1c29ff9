import type { Bench } from './bench.ts'
import { passesCheck, quoted } from './duckdb-words.ts'
import { type Key, pseudonymOf } from './key.ts'

/** Letters only, lower case, without accents: two spellings of one name are the same. */
const plain = (name: string) => `regexp_replace(lower(strip_accents(${name})), '[^\\p{L}]', '', 'g')`

/** A local identity: the supplier's own reference, or what was said of the person where there is none. */
export const localKey = (supplier: string, hasDetails: boolean): string =>
  `case when local_id is not null then 'local:' || ${quoted(supplier)} || '/' || local_id ${
    hasDetails
      ? `when family_name is not null then 'details:' || md5(concat_ws('|', ${plain('family_name')}, ${plain('given_name')}, date_of_birth, ${postcode}))`
      : ''
  } end`

const postcode = `upper(replace(postcode, ' ', ''))`
/** XX1 1AA: capitals, one space before the last three. */
const postcodeWords = `(case when length(${postcode}) between 5 and 7 then left(${postcode}, -3) || ' ' || right(${postcode}, 3) else upper(postcode) end)`

/** Rows of people that say an earlier row again, that share its number, or that stand in no practice of the extract. */
export const peopleFaults = {
  check: { number: 101, column: 'nhs_number', reason: 'it does not pass the check of an NHS number' },
  practice: { number: 102, column: 'practice_code', reason: 'the practice is not in practices' },
  again: { number: 103, reason: 'the same row came before' },
} as const

/**
 * Who the people of an extract are: one row a person in `person`, their registrations in `registration`. Rows that were
 * refused keep why in `people_row`.
 */
export async function readPeople(
  bench: Bench,
  raw: string,
  practices: string,
  supplier: string,
): Promise<void> {
  const agree = `(p.date_of_birth = f.first_born and (${plain('p.family_name')} = ${plain('f.first_family')} or ${plain('p.given_name')} = ${plain('f.first_given')}))`
  await bench.run(`create table people_row as
    with judged as (
      select *, case when fault is not null then fault
        when nhs_number is not null and not ${passesCheck('nhs_number')} then ${peopleFaults.check.number}
        when practice_code is not null and practice_code not in (select practice_code from ${practices} where fault is null)
          then ${peopleFaults.practice.number} end as why
      from ${raw}
    ), first_of as (
      select nhs_number, min_by(date_of_birth, line) as first_born, min_by(family_name, line) as first_family,
        min_by(given_name, line) as first_given
      from judged where why is null and nhs_number is not null group by nhs_number
    ), keyed as (
      select p.* exclude (fault), case when p.nhs_number is null then ${localKey(supplier, true)}
          when ${agree} then 'nhs:' || p.nhs_number
          else 'shared:' || md5(concat_ws('|', p.nhs_number, p.date_of_birth, ${plain('p.family_name')}, ${plain('p.given_name')})) end as key
      from judged p left join first_of f using (nhs_number)
    )
    select *, case when why is null and row_number() over (partition by key, practice_code, registered_on, why order by line) > 1
      then ${peopleFaults.again.number} else why end as fault from keyed`)
  await bench.run(`create table registration as
    select key, practice_code, since, least(until, lead(since) over (partition by key order by since)) as until from (
      select key, last(practice_code order by line) as practice_code, registered_on as since,
        last(least(coalesce(left_on, date '9999-01-01'), coalesce(died_on + 1, date '9999-01-01')) order by line) as until
      from people_row where fault is null and practice_code is not null and registered_on is not null group by key, registered_on)`)
  await bench.run(`delete from registration where until is not null and until <= since`)
  await bench.run(`create table person as
    with newest as (
      select *, row_number() over (partition by key order by registered_on desc nulls last, line desc) as place,
        max(died_on) over (partition by key) as died, min(registered_on) over (partition by key) as first_registered_on
      from people_row where fault is null
    )
    select key, true as is_whole, case when key like 'nhs:%' then nhs_number end as nhs,
      case when key like 'shared:%' then nhs_number end as shares_nhs,
      case when key not like 'nhs:%' then key end as local, given_name, family_name, date_of_birth, sex,
      ${postcodeWords} as postcode, lsoa, imd_decile, ethnicity, practice_code, first_registered_on as registered_on, left_on,
      died as died_on, care_home, lives_alone, smoking, language
    from newest where place = 1`)
  await bench.run(
    `create table number_holder as select nhs, key, date_of_birth from person where nhs is not null`,
  )
}

/**
 * People whom only a hospital knows, from the details its rows carry: a number nobody in `people` has, no number at
 * all, or the number of somebody with another date of birth. They become records of their own, never joined here.
 */
export async function readOwnIdentities(bench: Bench, raw: string, supplier: string): Promise<void> {
  const numbered = `(nhs_number is not null and ${passesCheck('nhs_number')} and nhs_number not in (select nhs from number_holder))`
  await bench.run(`insert into person (key, is_whole, nhs, local, given_name, family_name, date_of_birth, sex, postcode)
    select key, false, case when key like 'nhs:%' then any_value(nhs_number) end, case when key not like 'nhs:%' then key end,
      coalesce(first(given_name order by line), 'Not stated'), first(family_name order by line),
      first(date_of_birth order by line), first(sex order by line), first(${postcodeWords} order by line)
    from (select r.*, case when ${numbered} then 'nhs:' || nhs_number else ${localKey(supplier, true)} end as key
          from ${raw} r where fault is null and family_name is not null
            and not exists (select 1 from number_holder h where h.nhs = r.nhs_number
              and (r.date_of_birth is null or r.date_of_birth = h.date_of_birth)))
    where key is not null and key not in (select key from person) group by key`)
  await bench.run(`insert into number_holder select nhs, key, date_of_birth from person
    where nhs is not null and nhs not in (select nhs from number_holder)`)
}

/** Gives every person their pseudonym: once a distinct number, streamed, so that memory stays flat. */
export async function nameByPseudonym(bench: Bench, key: Key): Promise<void> {
  await bench.run('create table keyed (key VARCHAR, pseudonym VARCHAR)')
  await bench.fill('keyed', 'select key from person', (appender, [identity]) => {
    if (typeof identity !== 'string') throw new Error('a person without a key')
    appender.appendVarchar(identity)
    appender.appendVarchar(pseudonymOf(key, identity))
  })
  const [left] = await bench.rows<{ people: bigint }>(
    'select count(*) as people from person where key not in (select key from keyed)',
  )
  if (left?.people !== 0n) throw new Error('not everybody was given a pseudonym')
}
