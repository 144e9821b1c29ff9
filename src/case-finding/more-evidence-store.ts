import type { LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'

/** More of the dated records behind a reason, each kind newest first; a source that is not linked is absent. */
export type MoreRecords = {
  readonly gp?: readonly { readonly on: LondonDate; readonly kind: string | null }[]
  readonly outpatient?: readonly {
    readonly on: LondonDate
    readonly specialty: string | null
    readonly attended: boolean | null
  }[]
  /** Each kind of medicine once, with the last day it was issued. */
  readonly medicines?: readonly { readonly on: LondonDate; readonly code: string; readonly times: number }[]
  readonly tests?: readonly {
    readonly on: LondonDate
    readonly code: string
    readonly value: number
    readonly unit: string | null
  }[]
  readonly care?: readonly {
    readonly on: LondonDate
    readonly until: LondonDate | null
    readonly package: string | null
    readonly hours: number | null
  }[]
}

const mostOfAKind = 60
const ofChosen = 'person in (select person from chosen)'

/** Reads them for the people of the table `chosen`: 12 months, and packages in force. */
export async function moreRecords(
  store: Store,
  indexOn: LondonDate,
): Promise<ReadonlyMap<string, MoreRecords>> {
  const day = `date '${indexOn}'`
  const year = (on: string) => `${on}::date >= ${day} - 365 and ${on}::date < ${day}`
  const parts = {
    gp: await kindOf(store, 'gp_contacts', `{'on': "date"::varchar, 'kind': kind}`, 'date', year('"date"')),
    outpatient: await kindOf(
      store,
      'outpatient',
      `{'on': "date"::varchar, 'specialty': specialty, 'attended': attended}`,
      'date',
      year('"date"'),
    ),
    medicines: await kindOf(
      store,
      `(select person, code, max(issued_on) as issued_on, count(*)::int as times from prescriptions where ${ofChosen} and ${year('issued_on')} group by person, code)`,
      `{'on': issued_on::varchar, 'code': code, 'times': times}`,
      'issued_on',
      'true',
      'prescriptions',
    ),
    tests: await kindOf(
      store,
      `(select * from measurements where ${ofChosen} and taken_on >= ${day} - 365 and taken_on < ${day}
        qualify row_number() over (partition by person, code order by taken_on desc, value desc, unit) = 1)`,
      `{'on': taken_on::varchar, 'code': code, 'value': value, 'unit': unit}`,
      'taken_on',
      'true',
      'measurements',
    ),
    care: await kindOf(
      store,
      'social_care',
      `{'on': started_on::varchar, 'until': ended_on::varchar, 'package': package, 'hours': hours_a_week}`,
      'started_on',
      `started_on < ${day} and (ended_on is null or ended_on >= ${day} - 365)`,
    ),
  }
  const people = await store.rows<{ pseudonym: string }>('select pseudonym from chosen')
  return new Map(
    people.map(({ pseudonym }) => [
      pseudonym,
      Object.fromEntries(
        Object.entries(parts).flatMap(([kind, rows]) => (rows ? [[kind, rows.get(pseudonym) ?? []]] : [])),
      ),
    ]),
  )
}

/** The rows of one source of each person chosen. @param from its name, or a select that stands for it. */
async function kindOf(
  store: Store,
  from: string,
  row: string,
  day: string,
  where: string,
  file?: StoreFile,
): Promise<ReadonlyMap<string, unknown> | undefined> {
  const source = file ?? from
  if (!linkedFiles.some((name) => name === source && store.has(name))) return undefined
  const rows = await store.rows<{ pseudonym: string; found: string }>(`
    select pseudonym, to_json(list(r order by d desc, r)[:${mostOfAKind}])::varchar as found
    from (select pseudonym, ${row} as r, "${day}" as d from ${from} join chosen using (person) where ${where})
    group by pseudonym`)
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}

const linkedFiles: readonly StoreFile[] = [
  'gp_contacts',
  'outpatient',
  'prescriptions',
  'measurements',
  'social_care',
]
