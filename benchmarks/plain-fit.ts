// The plain logistic fit of design town 3, on the rows of a population store: 40 columns as the town's own check makes them.
import { DuckDBInstance } from '@duckdb/node-api'
import { conditions } from '../town/conditions.data.ts'
import { fitLogistic, scoreLogistic, type Table } from '../town/fits.ts'

const ill = 'copd hf dementia dm2 alc drug smi epi cancer liver ckd falls dep'.split(' ')
const notCore = ['ndh', 'obes', 'gord', 'falls', 'oa', 'osteop', 'aut', 'bph']
const columns =
  `age age2 old veryold female imd e30 e90 e365 e1095 e365cap nights a30 a90 a365 g90 g365 o365 p365 drugs items core ${ill.join(' ')} oldcore oldnights e_core drugs_e g_e`.split(
    ' ',
  )

const partSql = (folder: string, day: string, range: string) => {
  const of = (file: string) => `'${folder}/${file}.parquet'`
  const count = (name: string, file: string, column: string, days: readonly number[], where = 'true') =>
    `${name} as (select person, ${days.map((d) => `count(*) filter ("${column}" >= date '${day}' - ${d}) as n${d}`).join(', ')}
      from ${of(file)} where ${range} and "${column}" < date '${day}' and ${where} group by 1)`
  return `with ${count('e', 'inpatient', 'admitted_on', [30, 90, 365, 1095], "admission_method like '2%'")},
    ${count('a', 'emergency_department', 'arrived_at', [30, 90, 365])}, ${count('g', 'gp_contacts', 'date', [90, 365])},
    ${count('o', 'outpatient', 'date', [365])}, ${count('p', 'inpatient', 'admitted_on', [365], "admission_method like '1%'")},
    v as (select person, sum(least(discharged_on, date '${day}') - admitted_on) as nights from ${of('inpatient')}
      where ${range} and admission_method like '2%' and admitted_on < date '${day}' and admitted_on >= date '${day}' - 365 group by 1),
    r as (select person, count(distinct code) as drugs, count(*) as items from ${of('prescriptions')}
      where ${range} and issued_on < date '${day}' and issued_on >= date '${day}' - 365 group by 1),
    c as (select person, sum(core) as core, ${ill.map((id) => `max((id = '${id}')::int) as ${id}`).join(', ')}
      from (select person, id, max(core) as core from ${of('conditions')} join code_of using (code) where ${range} and recorded_on < date '${day}' group by all) group by 1),
    f as (select w.person, (date '${day}' - w.born_on) / 365.25 as age, (p0.sex = 'female')::int as female, p0.imd_decile as imd,
      coalesce(e.n30, 0) as e30, coalesce(e.n90, 0) as e90, coalesce(e.n365, 0) as e365, coalesce(e.n1095, 0) as e1095,
      coalesce(v.nights, 0) as nights, coalesce(a.n30, 0) as a30, coalesce(a.n90, 0) as a90, coalesce(a.n365, 0) as a365,
      coalesce(g.n90, 0) as g90, coalesce(g.n365, 0) as g365, coalesce(o.n365, 0) as o365, coalesce(p.n365, 0) as p365,
      coalesce(r.drugs, 0) as drugs, coalesce(r.items, 0) as items, coalesce(c.core, 0) as core, ${ill.map((id) => `coalesce(c.${id}, 0) as ${id}`).join(', ')}
      from '${folder}-who.parquet' w join ${of('people')} p0 using (person) left join e using (person) left join v using (person) left join a using (person)
      left join g using (person) left join o using (person) left join p using (person) left join r using (person) left join c using (person) where ${range.replaceAll('person', 'w.person')})
    select person, (age / 10)::double as age, (age * age / 1000)::double as age2, greatest(0, age - 65) / 10 as old, greatest(0, age - 80) / 10 as veryold, female, imd,
      e30, ln(1 + e90) as e90, ln(1 + e365) as e365, ln(1 + e1095) as e1095, least(e365, 6) as e365cap, ln(1 + nights) as nights, a30, ln(1 + a90) as a90, ln(1 + a365) as a365,
      ln(1 + g90) as g90, ln(1 + g365) as g365, ln(1 + o365) as o365, ln(1 + p365) as p365, sqrt(drugs) as drugs, ln(1 + items) as items, least(core, 12) as core, ${ill.join(', ')},
      greatest(0, age - 65) / 10 * least(core, 12) as oldcore, greatest(0, age - 65) / 10 * ln(1 + nights) as oldnights, ln(1 + e1095) * least(core, 12) as e_core,
      sqrt(drugs) * ln(1 + e1095) as drugs_e, ln(1 + g365) * ln(1 + e1095) as g_e from f order by person`
}

/** People in the order of their places in the store, and whether they were admitted in the year after. */
export type Cohort = { readonly day: string; readonly people: Int32Array; readonly admitted: Uint8Array }

const peopleAPart = 50_000

async function tableOf(folder: string, { day, people, admitted }: Cohort): Promise<Table> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' })
  const connection = await instance.connect()
  const codes = conditions.flatMap((c) =>
    c.snomed.map((code) => `('${code}', '${c.id}', ${notCore.includes(c.id) ? 0 : 1})`),
  )
  await connection.run(`create table code_of as select * from (values ${codes.join(', ')}) t(code, id, core)`)
  const x = columns.map(() => new Float64Array(people.length))
  const last = people.at(-1) ?? 0
  let at = 0
  for (let from = 0; from <= last; from += peopleAPart) {
    const range = `person >= ${from} and person < ${from + peopleAPart}`
    const doubles = columns.map((name) => `${name}::double as ${name}`).join(', ')
    const read = await connection.runAndReadAll(
      `select person::int as person, ${doubles} from (${partSql(folder, day, range)}) order by person`,
    )
    const lists = read.getColumns()
    const [places = [], ...values] = lists
    places.forEach((place, row) => {
      if (place !== people[at]) return
      for (const [j, column] of x.entries()) column[at] = Number(values[j]?.[row] ?? 0)
      at++
    })
  }
  connection.closeSync()
  instance.closeSync()
  if (at !== people.length) throw new Error(`the plain fit found ${at} of ${people.length} people`)
  const y = Float64Array.from(admitted)
  return { x, y, later: y, lastYear: x[0] ?? y }
}

/** Fits on one year's people and gives the risks of the other's, in their order. */
export async function plainRisks(folder: string, train: Cohort, test: Cohort): Promise<Float64Array> {
  const fit = fitLogistic(await tableOf(folder, train))
  const later = await tableOf(folder, test)
  return scoreLogistic(fit, later)
}
