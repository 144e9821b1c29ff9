import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { currentLoad, loadExtract } from '#population'
import { testWorkshop } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { makeTown } from '../../town/index.ts'
import { type Bench, openBench } from './bench.ts'
import { lists } from './codes.data.ts'
import { storeFiles } from './columns.data.ts'
import { named, quoted } from './duckdb-words.ts'
import { pseudonymKey, pseudonymOf } from './key.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'privacy')
const extract = testFolder('privacy-town')
let bench: Bench
let store = ''

beforeAll(async () => {
  rmSync(extract, { recursive: true, force: true })
  rmSync(`${extract}-truth`, { recursive: true, force: true })
  await makeTown({ people: 400, seed: 1, out: extract, futures: 0, format: 'parquet' })
  await addOutsideScores()
  const outcome = await loadExtract(workshop, { folder: extract })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  const now = await house.asSystem('test', ({ db }) => currentLoad(db))
  store = join(workshop.folder, now?.folder ?? '')
  bench = await openBench(tmpdir())
  await layPeople()
  return () => bench.close()
}, 120_000)

/** The town has no scores of others: everybody is given one. */
async function addOutsideScores(): Promise<void> {
  const sources = JSON.parse(readFileSync(join(extract, 'sources.json'), 'utf8'))
  const of = sources.measurements ?? sources['measurements.parquet']
  writeFileSync(join(extract, 'sources.json'), JSON.stringify({ ...sources, outside_scores: of }))
  const writing = await openBench(tmpdir())
  await writing.run(`copy (select nhs_number, 'ACG' as score, '13.0' as version, 0.2 as value,
      greatest(date_of_birth, date '2026-03-01') as scored_on, 'risk' as scale, 'frailty' as outcome, 'GP;SUS' as feeds
    from read_parquet('${extract}/people.parquet') where died_on is null) to '${extract}/outside_scores.parquet' (format parquet)`)
  writing.close()
}

/** Everybody of the source beside the pseudonym the key gives them. */
async function layPeople(): Promise<void> {
  const key = await pseudonymKey(workshop.folder)
  const numbers = await bench.rows<{ nhs: string }>(
    `select distinct nhs_number as nhs from read_parquet('${extract}/people.parquet')`,
  )
  const rows = numbers.map(({ nhs }) => `(${quoted(nhs)}, ${quoted(pseudonymOf(key, `nhs:${nhs}`))})`)
  await bench.run(`create table pseudonym as select * from (values ${rows.join(', ')}) t(nhs, pseudonym)`)
  await bench.run(`create table known as
    select s.pseudonym, s.nhs, any_value(p.date_of_birth) as born_on, max(p.died_on) as died_on, any_value(upper(p.family_name)) as family,
      any_value(upper(p.given_name)) as given, any_value(replace(p.postcode, ' ', '')) as postcode,
      any_value(replace(a.telephone, ' ', '')) as telephone, any_value(upper(split_part(a.address, ',', 1))) as street, any_value(upper(a.email)) as email
    from pseudonym s join read_parquet('${extract}/people.parquet') p on p.nhs_number = s.nhs
    left join read_parquet('${extract}/addresses.parquet') a on a.nhs_number = s.nhs group by all`)
}

const columnsOf = (path: string) =>
  bench.rows<{ column_name: string; column_type: string }>(
    `describe select * from read_parquet(${quoted(path)})`,
  )

/** What in one store file gives somebody away: a column that is not on the list, or a value that is the person's own. */
async function leaksIn(file: string, path: string, people: string): Promise<readonly string[]> {
  const allowed: Readonly<Record<string, { readonly type: string }>> =
    storeFiles[file as keyof typeof storeFiles] ?? {}
  const leaks: string[] = []
  for (const { column_name: column, column_type: type } of await columnsOf(path)) {
    if (allowed[column]?.type !== type) leaks.push(`${file}.${column} ${type} is not on the list`)
    if (column === 'pseudonym' || column === 'person') continue
    const [row] = await bench.rows<Record<string, number>>(`select ${Object.entries(
      kindsOf(file, column, type),
    )
      .map(([kind, condition]) => `count(*) filter (where ${condition})::int as "${kind}"`)
      .join(', ')} from (select ${named(column)} as v, e.* from read_parquet(${quoted(path)}) e) e
      join read_parquet(${quoted(people)}) s on s.person = e.person join known k on k.pseudonym = s.pseudonym`)
    for (const [kind, rows] of Object.entries(row ?? {}))
      if (rows > 0) leaks.push(`${file}.${column} holds ${kind}`)
  }
  return leaks
}

function kindsOf(file: string, column: string, type: string): Record<string, string> {
  const text = "replace(upper(v::varchar), ' ', '')"
  // Somebody may be called White: a word of a closed list tells nothing of them.
  const words = Object.values(lists).flatMap((list) => Object.keys(list))
  const isTyped = `v::varchar not in (${words.map(quoted).join(', ')})`
  const kinds: Record<string, string> = {
    'an NHS number': `contains(${text}, k.nhs)`,
    'a family name': `length(k.family) > 3 and contains(upper(v::varchar), k.family) and ${isTyped}`,
    'a given name': `length(k.given) > 3 and contains(upper(v::varchar), k.given) and ${isTyped}`,
    'a postcode': `contains(${text}, k.postcode)`,
    'a telephone number': `contains(${text}, k.telephone)`,
    'an address': `contains(upper(v::varchar), k.street)`,
    'an e-mail address': `contains(upper(v::varchar), k.email)`,
  }
  // An event may fall on the day of a birth or a death; a trait may not say that day.
  if (type !== 'DATE' || file === 'people') {
    kinds['the exact birth date'] = `contains(v::varchar, k.born_on::varchar) and day(k.born_on) > 1`
    if (column !== 'until_on')
      kinds['the exact death date'] = `contains(v::varchar, k.died_on::varchar) and day(k.died_on) > 1`
  }
  if (type === 'VARCHAR') kinds['free text'] = `length(v) > 60 or regexp_matches(v, '[.!?] [A-Z]')`
  return kinds
}

async function leaks(folder: string): Promise<readonly string[]> {
  const files = readdirSync(folder).filter((name) => name !== 'unit_costs.parquet')
  const found = await Promise.all(
    files.map((name) =>
      leaksIn(name.replace('.parquet', ''), join(folder, name), join(store, 'people.parquet')),
    ),
  )
  return found.flat()
}

describe('the population store', () => {
  it('holds everybody of the source, by the key alone', async () => {
    const [row] = await bench.rows<{ n: number; matched: number }>(
      `select count(*)::int as n, count(k.nhs)::int as matched from read_parquet('${store}/people.parquet') s left join known k using (pseudonym)`,
    )
    expect(row?.n).toBeGreaterThan(350)
    expect(row?.matched).toBe(row?.n)
  })

  it('tells of each person what the source tells, coarsened', async () => {
    const [row] = await bench.rows<{ n: number }>(
      `select count(*)::int as n from read_parquet('${store}/people.parquet') s join known k using (pseudonym)
       where year(k.born_on) <> s.birth_year or quarter(k.born_on) <> s.birth_quarter
          or date_trunc('month', k.died_on) is distinct from s.died_month`,
    )
    expect(row?.n).toBe(0)
  })

  it('holds no NHS number, name, postcode, address, telephone, exact birth or death date, in any column of any file', async () => {
    expect(readdirSync(store).length).toBeGreaterThan(12)
    expect(await leaks(store)).toEqual([])
  })

  it('holds only the files and columns of the closed list, each with why it is not identifying', () => {
    for (const columns of Object.values(storeFiles))
      for (const { whyNotIdentifying } of Object.values(columns))
        expect(whyNotIdentifying.length).toBeGreaterThan(8)
  })
})

describe('an identifier planted in the store is caught', () => {
  const planted: readonly (readonly [string, string, string, string])[] = [
    ['conditions', 'code', 'k.nhs', 'conditions.code holds an NHS number'],
    ['measurements', 'value', 'k.nhs::double', 'measurements.value VARCHAR is not on the list'],
    ['measurements', 'unit', 'k.telephone', 'measurements.unit holds a telephone number'],
    ['inpatient', 'specialty', 'k.family', 'inpatient.specialty holds a family name'],
    ['inpatient', 'provider', 'k.street', 'inpatient.provider holds an address'],
    ['gp_contacts', 'kind', 'lower(k.given)', 'gp_contacts.kind holds a given name'],
    ['people', 'lsoa', 'k.postcode', 'people.lsoa holds a postcode'],
    ['people', 'registered_month', 'k.born_on', 'people.registered_month holds the exact birth date'],
    ['people', 'left_month', 'k.died_on', 'people.left_month holds the exact death date'],
    ['prescriptions', 'code', "'Seen today. Doing well at home'", 'prescriptions.code holds free text'],
    ['outside_scores', 'version', 'k.family', 'outside_scores.version holds a family name'],
    ['outside_scores', 'value', 'k.nhs::double', 'outside_scores.value VARCHAR is not on the list'],
    ['outpatient', 'email', 'k.email', 'outpatient.email VARCHAR is not on the list'],
  ]
  it.each(planted)('in %s.%s', async (file, column, value, leak) => {
    const from = join(store, `${file}.parquet`)
    const to = testFolder(`planted-${file}.parquet`)
    const known = (await columnsOf(from)).find(({ column_name: name }) => name === column)
    const type = column === 'value' ? 'VARCHAR' : (known?.column_type ?? 'VARCHAR')
    const rest = known ? `e.* exclude (${named(column)})` : 'e.*'
    const old = known ? `e.${named(column)}::${type}` : 'null'
    await bench.run(`copy (select ${rest}, case when ${file === 'people' && column === 'left_month' ? 'k.died_on is not null' : 'true'}
        then (${value})::${type} else ${old} end as ${named(column)}
      from read_parquet(${quoted(from)}) e join read_parquet('${store}/people.parquet') s on s.person = e.person
      join known k on k.pseudonym = s.pseudonym) to ${quoted(to)} (format parquet)`)
    expect(await leaksIn(file, to, join(store, 'people.parquet'))).toContain(leak)
  })
})
