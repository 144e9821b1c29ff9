// Lays a made-up town out as a population store without the loader: its rows are whole, in order and in the loader's types,
// so that only numbers are joined to places, objectors left out, and the store's own columns kept.
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { storeFiles } from '../src/population/columns.data.ts'

const written = '(format parquet, compression zstd, row_group_size 122880)'
const ethnicGroups = { white: 'ABC', mixed: 'DEFG', asian: 'HJKL', black: 'MNP', other: 'RS' }

/** What the events of each file are counted from; the rest of the extract says nothing a model reads. */
const events = {
  conditions: 'recorded_on',
  prescriptions: 'issued_on',
  gp_contacts: 'date',
  measurements: 'taken_on',
  inpatient: 'admitted_on',
  emergency_department: 'arrived_at',
  outpatient: 'date',
  social_care: 'started_on',
} as const

/** One linked source of the load, as the loader would keep it. */
type TownSource = {
  readonly supplier: string
  readonly covers_from?: string
  readonly covers_to: string
  readonly legal_basis: string
}

/** The town's sources in the words of a kept load. */
export function sourcesIn(town: string) {
  const said: Record<string, TownSource> = JSON.parse(readFileSync(join(town, 'sources.json'), 'utf8'))
  return Object.entries(said).map(([file, source]) => ({
    file,
    supplier: source.supplier,
    coversFrom: source.covers_from,
    coversTo: source.covers_to,
    extractedOn: source.covers_to,
    legalBasis: source.legal_basis,
  }))
}

/**
 * Writes the store's files to `folder`, and beside it who everybody is (`folder`-who.parquet: place, NHS number, birth date),
 * which no part of the product reads.
 *
 * @returns how many people and rows of events it holds.
 */
export async function layTownAsStore(
  town: string,
  folder: string,
): Promise<{ people: number; rows: number }> {
  await mkdir(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '2GB',
    temp_directory: `${folder}-spill`,
  })
  const connection = await instance.connect()
  const run = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS()
  const from = (file: string) => `read_parquet('${join(town, `${file}.parquet`)}')`
  await run(`create table person as
    select nhs_number, arg_max(practice_code, registered_on) as practice_code, min(registered_on) as registered_on,
      arg_max(coalesce(left_on, date '9999-01-01'), registered_on) as left_on, max(died_on) as died_on,
      any_value(date_of_birth) as born_on, any_value(sex) as sex, any_value(ethnicity) as ethnicity, arg_max(imd_decile, registered_on) as imd_decile,
      arg_max(lsoa, registered_on) as lsoa, bool_or(care_home) as care_home, bool_or(lives_alone) as lives_alone, any_value(smoking) as smoking,
      min(file_row_number) as line
    from read_parquet('${join(town, 'people.parquet')}', file_row_number = true)
    where nhs_number not in (select nhs_number from ${from('objections')} where withdrawn_on is null) group by nhs_number`)
  await run(`create table who as select nhs_number::bigint as nhs, (row_number() over (order by line) - 1)::uinteger as person, born_on, died_on,
    least(nullif(left_on, date '9999-01-01'), died_on) as end_on, * exclude (nhs_number, born_on, died_on, left_on),
    nullif(left_on, date '9999-01-01') as left_on from person`)
  await run(
    `copy (select person, nhs, born_on from who order by person) to '${folder}-who.parquet' (format parquet)`,
  )
  let rows = 0
  for (const [file, day] of Object.entries(events)) {
    const columns = Object.entries(storeFiles[file as keyof typeof events])
    const shown = columns.map(([name, { type }]) =>
      name === 'person'
        ? 'w.person'
        : name === 'source'
          ? `0::${type} as source`
          : `e."${name}"::${type} as "${name}"`,
    )
    const [count] =
      await run(`copy (select ${shown.join(', ')} from ${from(file)} e join who w on w.nhs = e.nhs_number::bigint
      where e."${day}"::date >= w.born_on and (w.died_on is null or e."${day}"::date <= w.died_on))
      to '${join(folder, `${file}.parquet`)}' ${written}`)
    rows += Number(Object.values(count ?? {})[0])
  }
  const last = Object.entries(events).map(
    ([file, day]) =>
      `select person, ${file === 'inpatient' ? `greatest(admitted_on, discharged_on)` : `"${day}"`} as on_day from '${join(folder, `${file}.parquet`)}'`,
  )
  await run('create table ending as select person, end_on from who where end_on is not null')
  await run(`create table last_event as select e.person, max(on_day) as on_day from (${last.join(' union all ')}) e
    join ending n on n.person = e.person and on_day < date_trunc('month', n.end_on) + interval 1 month group by e.person`)
  const ethnicity = Object.entries(ethnicGroups).map(
    ([group, codes]) => `when '${codes}' like '%' || ethnicity || '%' then '${group}'`,
  )
  const [size] = await run(`copy (
    select w.person, md5(nhs::varchar) as pseudonym, year(born_on)::usmallint as birth_year, quarter(born_on)::utinyint as birth_quarter,
      case sex when '1' then 'male' when '2' then 'female' else 'not known' end as sex, lsoa, imd_decile::utinyint as imd_decile,
      case when ethnicity is null then 'not known' ${ethnicity.join(' ')} else 'not known' end as ethnicity_group, practice_code,
      date_trunc('month', registered_on)::date as registered_month, date_trunc('month', left_on)::date as left_month,
      date_trunc('month', died_on)::date as died_month, greatest(date_trunc('month', w.end_on)::date + 14, e.on_day)::date as until_on,
      care_home, lives_alone, smoking, 0::utinyint as source
    from who w left join last_event e on e.person = w.person order by w.person) to '${join(folder, 'people.parquet')}' ${written}`)
  connection.closeSync()
  instance.closeSync()
  return { people: Number(Object.values(size ?? {})[0]), rows }
}
