import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { type HospitalFrailty, hospitalFrailty } from './rules.ts'

/**
 * The site's own table of the Hospital Frailty Risk Score, from `content/hospital-frailty.csv` of the data folder:
 * code,points a line, with a heading; a code is the first three characters of ICD-10. Empty when there is none.
 */
export function frailtyPoints(dataFolder: string): ReadonlyMap<string, number> {
  let text: string
  try {
    text = readFileSync(join(dataFolder, 'content', 'hospital-frailty.csv'), 'utf8')
  } catch {
    return new Map()
  }
  return new Map(
    text
      .split(/\r?\n/)
      .slice(1)
      .flatMap((line): [string, number][] => {
        const [code = '', points = ''] = line.split(',').map((cell) => cell.trim())
        return /^[A-Z]\d\d$/.test(code) && points !== '' && Number(points) > 0 ? [[code, Number(points)]] : []
      }),
  )
}

type Row = { readonly pseudonym: string; readonly age: number; readonly codes: string }

/**
 * The Hospital Frailty Risk Score of the people of the table `chosen`: diagnoses of emergency stays of 2 years that had
 * ended by the list's day. Somebody without such a stay, or under 75, has none.
 */
export async function hospitalFrailties(
  store: Store,
  indexOn: LondonDate,
  points: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, HospitalFrailty>> {
  if (points.size === 0 || !store.has('inpatient')) return new Map()
  const rows = await store.rows<Row>(`
    select pseudonym, any_value(age)::int as age, to_json(list_sort(list(distinct code)))::varchar as codes from (
      select c.pseudonym, unnest([primary_diagnosis] || string_split(coalesce(other_diagnoses, ''), ';')) as code,
        datesub('year', make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15), date '${indexOn}') as age
      from inpatient join chosen c using (person) join people using (person)
      where admission_method like '2%' and admitted_on >= date '${indexOn}' - 730 and discharged_on < date '${indexOn}')
    where code <> '' group by pseudonym`)
  return new Map(
    rows.flatMap(({ pseudonym, age, codes }): [string, HospitalFrailty][] => {
      const found = hospitalFrailty(JSON.parse(codes), points, age)
      return found ? [[pseudonym, found]] : []
    }),
  )
}
