import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quoted } from './duckdb-words.ts'
import { type Loading, rawSql } from './loading.ts'
import { csvCell } from './rules.ts'
import { landingColumns } from './store.ts'
import { matchedSql } from './storing.ts'
import type { RefusedRow } from './types.ts'

/**
 * A new reference in SQL that stands at a place: UUID version 7 with a counter of 24 bits before 48 random ones. What a page
 * asks of the people of one practice then lies together in the record.
 *
 * @source RFC 9562, section 6.2, method 1.
 */
const idAt = (place: string): string => {
  const hex = (value: string, digits: number) => `lpad(to_hex(${value}), ${digits}, '0')`
  const ms = hex('epoch_ms(current_timestamp)', 12)
  return `concat(left(${ms}, 8), '-', right(${ms}, 4), '-7', ${hex(`(${place} >> 12) & 4095`, 3)}, '-8', ${hex(`${place} & 4095`, 3)},
    '-', right(uuid()::varchar, 12))`
}

/** What goes to the record, one headless CSV a landing table. */
export async function writeLanding(loading: Loading): Promise<void> {
  const { bench, files, work, workshop } = loading
  await workshop.say('Getting identity ready', 0.36)
  const nothing = (table: keyof typeof landingColumns) =>
    `select ${landingColumns[table].map((name) => `null as ${name}`).join(', ')} where false`
  const sql: Record<keyof typeof landingColumns, string> = {
    practice: `select practice_code, any_value(name), any_value(locality), round(any_value(weighted_list_size))::int
      from ${rawSql(loading, 'practices')} where fault is null group by practice_code order by 1`,
    person: `select p.key, p.pseudonym, ${idAt('p.place')}, lpad(p.nhs::varchar, 10, '0'), p.local, lpad(p.shares_nhs::varchar, 10, '0'), p.is_whole,
      p.family_name, p.given_name, p.date_of_birth, p.sex, p.language, p.died_on, a.address, p.postcode, a.telephone, a.email,
      a.next_of_kin, a.next_of_kin_telephone
      from (select *, row_number() over (order by practice_code, pseudonym) as place from person join keyed using (key)) p
      left join address a using (key) order by p.place`,
    registration: `select r.key, practice_code, since, case when until < date '9999-01-01' then until end
      from registration r join keyed k using (key) order by r.practice_code, k.pseudonym, since`,
    objection: files.has('objections')
      ? 'select key, kind, source, recorded_on, withdrawn_on from objection order by key'
      : nothing('objection'),
    allergy: files.has('allergies')
      ? `select w.key, m.code_system, m.code, m.name, m.reaction, m.recorded_on
         from (${await matchedSql(loading, 'allergies')}) m join who w using (no) where m.why is null order by w.key`
      : nothing('allergy'),
  }
  await bench.run(
    files.has('addresses')
      ? `create table address as select w.key,
          last(case when p.postcode is not null and ends_with(upper(m.address), ', ' || p.postcode)
            then left(m.address, -2 - length(p.postcode)::int) else m.address end order by m.line) as address,
          last(m.telephone order by m.line) as telephone, last(m.email order by m.line) as email,
          last(m.next_of_kin order by m.line) as next_of_kin, last(m.next_of_kin_telephone order by m.line) as next_of_kin_telephone
          from (${await matchedSql(loading, 'addresses')}) m join who w using (no) join person p using (key)
          where why is null group by w.key`
      : `create table address as select null::varchar as key, null::varchar as address, null::varchar as telephone, null::varchar as email,
          null::varchar as next_of_kin, null::varchar as next_of_kin_telephone where false`,
  )
  for (const [table, select] of Object.entries(sql))
    await bench.run(
      `copy (${select}) to ${quoted(join(work, 'landing', `${table}.csv`))} (format csv, header false)`,
    )
}

/** The rows that were refused, as one headless CSV; where it lies. */
export async function writeRefused(loading: Loading): Promise<string> {
  const path = join(loading.work, 'landing', 'refused.csv')
  const line = ({ file, line, column, reason }: RefusedRow) =>
    [loading.id, file, line, column ?? '', reason].map((cell) => (cell === '' ? '' : csvCell(cell))).join(',')
  await writeFile(path, '')
  // Millions of refused rows are more than one text may hold.
  for (let from = 0; from < loading.refused.length; from += 50_000)
    await appendFile(
      path,
      loading.refused
        .slice(from, from + 50_000)
        .map((row) => `${line(row)}\n`)
        .join(''),
    )
  return path
}
