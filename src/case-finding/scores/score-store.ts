import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { type DeficitCode, quoted } from '../model/prepare-store.ts'
import { charlson, deficitShare, elixhauser, type FrailtyBand, type HospitalFrailty, lace } from './rules.ts'

/** The published scores of one person, each from what its words say. Absent: its source or list is not here. */
export type PublishedScores = {
  readonly charlson?: {
    readonly original: number
    readonly quan2011: number
    readonly words: readonly string[]
  }
  readonly elixhauser?: number
  /** Of the newest emergency stay that has ended. */
  readonly lace?: { readonly points: number; readonly leftOn: LondonDate }
  readonly deficits?: { readonly found: number; readonly listed: number; readonly band: FrailtyBand }
  /** By the table of points the site loaded, where it loaded one. */
  readonly hospitalFrailty?: HospitalFrailty | 'does not apply'
}

type Diagnosed = { readonly pseudonym: string; readonly codes: string }
type Stay = {
  readonly pseudonym: string
  readonly nights: number
  readonly leftOn: LondonDate
  readonly visits: number
}

/**
 * Works the published scores of the people of the table `chosen` out, from hospital diagnoses of 3 years that were
 * known by the list's day.
 */
export async function publishedScores(
  store: Store,
  indexOn: LondonDate,
  deficits: readonly DeficitCode[],
): Promise<ReadonlyMap<string, PublishedScores>> {
  const codes = store.has('inpatient') ? await store.rows<Diagnosed>(diagnosedSql(indexOn)) : undefined
  const stays = store.has('inpatient') ? await store.rows<Stay>(lastStaySql(store, indexOn)) : []
  const found =
    deficits.length > 0 && store.has('conditions') ? await deficitsOf(store, indexOn, deficits) : undefined
  const everybody = await store.rows<{ pseudonym: string }>('select pseudonym from chosen')
  const codesOf = new Map<string, readonly string[]>(
    codes?.map((row) => [row.pseudonym, JSON.parse(row.codes)]),
  )
  const stayOf = new Map(stays.map((stay) => [stay.pseudonym, stay]))
  const listed = new Set(deficits.map(({ deficit }) => deficit)).size
  return new Map(
    everybody.map(({ pseudonym }) => {
      const mine = codesOf.get(pseudonym) ?? []
      const index = charlson(mine)
      const stay = stayOf.get(pseudonym)
      const here = found?.get(pseudonym) ?? []
      return [
        pseudonym,
        {
          ...(codes && { charlson: index, elixhauser: elixhauser(mine) }),
          ...(stay && { lace: { leftOn: stay.leftOn, points: laceOf(stay, index.original) } }),
          ...(found && { deficits: { found: here.length, listed, band: deficitShare(here, listed).band } }),
        },
      ]
    }),
  )
}

// LACE has a comorbidity count of its own; the original Charlson points stand for it, and the page says so.
const laceOf = ({ nights, visits }: Stay, comorbidity: number) =>
  lace({ nights, visits, comorbidity, isEmergency: true })

const diagnosedSql = (indexOn: LondonDate) => `
  select pseudonym, to_json(list_sort(list(distinct code)))::varchar as codes from (
    select pseudonym, unnest([primary_diagnosis] || string_split(coalesce(other_diagnoses, ''), ';')) as code
    from inpatient join chosen using (person)
    where admitted_on >= date '${indexOn}' - 1095 and discharged_on < date '${indexOn}')
  where code <> '' group by pseudonym`

function lastStaySql(store: Store, indexOn: LondonDate): string {
  const visits = store.has('emergency_department')
    ? `(select count(*) from emergency_department e where e.person = s.person
        and e.arrived_at::date < s.admitted_on and e.arrived_at::date >= s.admitted_on - 183)`
    : '0'
  return `select pseudonym, date_diff('day', admitted_on, discharged_on)::int as nights,
      discharged_on::varchar as "leftOn", (${visits})::int as visits
    from (select s.*, c.pseudonym from inpatient s join chosen c using (person)
      where admission_method like '2%' and discharged_on < date '${indexOn}' and admitted_on >= date '${indexOn}' - 1095
      qualify row_number() over (partition by person order by discharged_on desc, admitted_on desc) = 1) s`
}

async function deficitsOf(
  store: Store,
  indexOn: LondonDate,
  deficits: readonly DeficitCode[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const values = deficits.map(
    ({ deficit, system, code }) => `(${[deficit, system, code].map(quoted).join(', ')})`,
  )
  const rows = await store.rows<{ pseudonym: string; found: string }>(`
    select pseudonym, to_json(list(distinct d.deficit))::varchar as found
    from conditions join chosen using (person) join (values ${values.join(', ')}) d (deficit, code_system, code) using (code_system, code)
    where recorded_on < date '${indexOn}' and (resolved_on is null or resolved_on >= date '${indexOn}') group by pseudonym`)
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}
