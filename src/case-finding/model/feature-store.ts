import type { LondonDate } from '#calendar'
import type { Lane, Store, StoreFile } from '#population'
import { type Column, newColumn } from '#prediction'
import type { Feature } from './features.data.ts'
import { charlsonPointsSql, practiceSources } from './prepare-store.ts'
import { charlsonSql, sourceSql } from './source-store.ts'

/** Whose features, and on what day: nothing of that day or later is seen. */
export type FeatureCut = {
  readonly indexOn: LondonDate
  readonly fromAge: number
  /** Registered for at least so many days before the day; 0 takes everybody. */
  readonly registeredDays: number
}

/** Everything of one person that is not a feature: who they are told apart by when a model is looked at by group. */
export type FeaturePerson = {
  readonly person: number
  readonly pseudonym: string
  readonly practiceCode: string
  readonly sex: string
  readonly ethnicity: string
  readonly imdDecile: number | null
  /** On the day the features are of; null where the records do not say. */
  readonly isCareHome: boolean | null
  readonly hasLearningDisability: boolean
  readonly hasSevereMentalIllness: boolean
  readonly isShort: boolean
  readonly admissions730: number
  /** Of a day a year or more before the records end: an emergency admission in the 365 days after it. */
  readonly isAdmitted: boolean
  readonly isDeadWithin: boolean
  readonly hasLeftWithin: boolean
}

/** People and their features, one column a feature, in one order. NaN: not known, for the source is not linked. */
export type FeatureTable = {
  readonly people: readonly FeaturePerson[]
  readonly columns: ReadonlyMap<string, Column>
}

// As many as two at once hold in 0.6 GB: benchmarks/features.md.
const peopleAPart = 35_000

/**
 * Reads features part by part, by person-id range: memory depends on the part. `prepareCodes` and `prepareLinks` come
 * first.
 *
 * @param wanted the features, each from a linked source. @param partSize people a part; the answer does not depend on it.
 */
export async function readFeatures(
  store: Store,
  cut: FeatureCut,
  wanted: readonly Feature[],
  partSize = peopleAPart,
): Promise<FeatureTable> {
  const [size] = await store.rows<{ last: number | null }>('select max(person)::int as last from people')
  const keys = wanted.filter(({ isAuditOnly }) => !isAuditOnly).map(({ key }) => key)
  const starts = Array.from(
    { length: Math.ceil(((size?.last ?? -1) + 1) / partSize) },
    (_, at) => at * partSize,
  )
  const parts = await store.together(
    starts.map(
      (from) => (lane) => readPart(lane, partSql(store, cut, wanted, from, from + partSize), wanted),
    ),
  )
  const rows = parts.reduce((sum, { people }) => sum + people.length, 0)
  const columns = keys.map((key, at): [string, Column] => {
    const whole = newColumn(rows, isWhole(wanted, key) ? 'single' : 'double')
    let from = 0
    for (const { columns: part } of parts) {
      const own = part[at]
      if (own) whole.set(own, from)
      from += own?.length ?? 0
      // Let go as soon as it is copied: two of everything would be the most a training ever holds.
      part[at] = undefined
    }
    return [key, whole]
  })
  return { people: parts.flatMap(({ people }) => people), columns: new Map(columns) }
}

const isWhole = (wanted: readonly Feature[], key: string) =>
  wanted.some((feature) => feature.key === key && typeOf(feature) === 'integer')

const personColumns = [
  'person',
  'pseudonym',
  'practiceCode',
  'sex',
  'ethnicity',
  'imdDecile',
  'isCareHome',
  'hasLearningDisability',
  'hasSevereMentalIllness',
  'isShort',
  'admissions730',
  'isAdmitted',
  'isDeadWithin',
  'hasLeftWithin',
] as const satisfies readonly (keyof FeaturePerson)[]

/** One range of people, in their order: sorted here and not by the store, where each row is a hundred columns wide. */
async function readPart(lane: Lane, sql: string, wanted: readonly Feature[]) {
  const keys = wanted.filter(({ isAuditOnly }) => !isAuditOnly).map(({ key }) => key)
  const people: FeaturePerson[] = []
  const found: Column[][] = keys.map(() => [])
  const words = new Map<string, string>()
  const once = (value: unknown) => {
    if (typeof value !== 'string' || value.length > 20) return value
    const known = words.get(value)
    if (known === undefined) words.set(value, value)
    return known ?? value
  }
  await lane.pieces(sql, [...personColumns, ...keys.map((key) => `f_${key}`)], ({ rows, at }) => {
    for (let row = 0; row < rows; row++)
      people.push(
        Object.fromEntries(
          personColumns.map((name, column) => [name, once(at(column, row))]),
        ) as FeaturePerson,
      )
    for (const [j, key] of keys.entries()) {
      const column = isWhole(wanted, key) ? new Float32Array(rows) : new Float64Array(rows)
      for (let row = 0; row < rows; row++)
        column[row] = (at(personColumns.length + j, row) as number | null) ?? Number.NaN
      found[j]?.push(column)
    }
  })
  const order = [...people.keys()].sort(
    (one, other) => (people[one]?.person ?? 0) - (people[other]?.person ?? 0),
  )
  return {
    people: order.flatMap((row) => people[row] ?? []),
    columns: found.map((pieces): Column | undefined => inOrder(pieces, order)),
  }
}

function inOrder(pieces: readonly Column[], order: readonly number[]): Column {
  const whole =
    pieces[0] instanceof Float32Array ? new Float32Array(order.length) : new Float64Array(order.length)
  let from = 0
  for (const piece of pieces) {
    whole.set(piece, from)
    from += piece.length
  }
  const sorted = whole.slice()
  for (const [at, row] of order.entries()) sorted[at] = whole[row] ?? Number.NaN
  return sorted
}

/** The features of one range of people as one statement: each source grouped once, its windows as filters. */
export function partSql(
  store: Store,
  cut: FeatureCut,
  wanted: readonly Feature[],
  from: number,
  to: number,
): string {
  const files = [...new Set(wanted.map((feature) => feature.from))].filter(
    (file) => file !== 'people' && store.has(file),
  )
  const shown = wanted.filter(({ isAuditOnly }) => !isAuditOnly)
  const day = `date '${cut.indexOn}'`
  const range = `person >= ${from} and person < ${to}`
  const sources = files.map((file) =>
    [nameOf(file), `(${sourceSql(file, wanted, day, range)}),`].join(' as '),
  )
  return `with adult as (${adultSql(cut, range)}),
    ${sources.join('\n    ')}
    charlson as (${charlsonSql(store, day, range)}),
    later as (${laterSql(store, day, range)})
    select adult.* exclude (age, woman, "agePast85", ${practiceSources.map((file) => `"nought of ${file}"`).join(', ')}) replace (adult.person::int as person), coalesce(later.before, 0)::int as "admissions730",
      coalesce(later.is_admitted, false) as "isAdmitted",
      ${files.includes('conditions') ? `coalesce(of_conditions.has_ld, false) as "hasLearningDisability", coalesce(of_conditions.has_smi, false) as "hasSevereMentalIllness"` : `false as "hasLearningDisability", false as "hasSevereMentalIllness"`},
      ${shown.map((feature) => `${valueSql(feature, store)}::${typeOf(feature)} as "f_${feature.key}"`).join(',\n      ')}
    from adult ${files.map((file) => `left join ${nameOf(file)} using (person)`).join(' ')} left join charlson using (person) left join later using (person)`
}

const nameOf = (file: StoreFile) => `of_${file}`

// The quarter's middle stands for the birthday: the store does not know it better.
const bornSql = 'make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15)'

// Of a practice that has not linked a source its nought is null, and so is every number it is added to: an addition
// costs a tenth of asking at every number of everybody.
const adultSql = ({ indexOn, fromAge, registeredDays }: FeatureCut, range: string) => {
  const day = `date '${indexOn}'`
  const links = practiceSources.map(
    (file) =>
      `case when practice_code in (select l.practice_code from linked l where l.file = '${file}') then 0 end::tinyint as "nought of ${file}"`,
  )
  return `select person, pseudonym, practice_code as "practiceCode", coalesce(sex, 'not known') as sex,
      coalesce(ethnicity_group, 'not known') as ethnicity, imd_decile::int as "imdDecile",
      lived_in_care_home(person, ${day}) as "isCareHome", registered_month > ${day} - 365 as "isShort",
      coalesce(died_month is not null and until_on > ${day} and until_on <= ${day} + 365, false) as "isDeadWithin",
      coalesce(died_month is null and left_month is not null and until_on > ${day} and until_on <= ${day} + 365, false) as "hasLeftWithin",
      date_diff('day', ${bornSql}, ${day}) / 365.25 as age, greatest(0, age - 85) as "agePast85", (sex = 'female')::int as woman, ${links.join(', ')}
    from people where ${range} and practice_code is not null and (until_on is null or until_on >= ${day})
      and ${registeredDays > 0 ? `registered_month <= ${day} - ${registeredDays} and ` : ''}datesub('year', ${bornSql}, ${day}) >= ${fromAge}`
}

// What came after the day is the outcome and never a feature: it is asked apart.
const laterSql = (store: Store, day: string, range: string) =>
  store.has('inpatient')
    ? `select person, bool_or(admitted_on > ${day} and admitted_on <= ${day} + 365) as is_admitted,
        count(*) filter (admitted_on < ${day}) as before from inpatient
       where ${range} and admission_method like '2%' and admitted_on >= ${day} - 730 and admitted_on <= ${day} + 365 group by person`
    : 'select null::uinteger as person, false as is_admitted, 0 as before where false'

const workedOut: Readonly<Record<string, string>> = {
  livesInCareHome: 'adult."isCareHome"::int',
  gpRising:
    'case when coalesce(of_gp_contacts.gp365, 0) = 0 then 1 else of_gp_contacts.gp90 * 4.0 / of_gp_contacts.gp365 end',
  tenMedicines: '(coalesce(of_prescriptions.kinds, 0) >= 10)::int',
  charlson: charlsonPointsSql('coalesce(charlson.mask, 0)'),
  longTermConditions: 'bit_count(coalesce(of_conditions.groups, 0))',
  deficitShare: 'bit_count(coalesce(of_conditions.deficits, 0))',
  careHours: 'coalesce(of_social_care.hours, 0)',
}

// Most features are counts: half as wide as a double, and as exact.
const typeOf = ({ measure }: Feature): string =>
  ['trait', 'last value', 'worked out'].includes(measure.is) ? 'double' : 'integer'

function valueSql(feature: Feature, store: Store): string {
  if (feature.from === 'people') return workedOut[feature.key] ?? `adult."${feature.key}"`
  if (!store.has(feature.from)) return 'null'
  const column = `${nameOf(feature.from)}."${feature.key}"`
  // Not measured is a fact of its own, and not the same as not linked: nothing is below every value.
  const none =
    feature.ifNone === 'not measured'
      ? `coalesce(${column}, '-infinity'::double)`
      : `coalesce(${column}, ${feature.ifNone === 'nought' ? 0 : feature.lookBackDays})`
  const value = feature.measure.is === 'worked out' ? `(${workedOut[feature.key]})` : none
  return practiceSources.some((file) => file === feature.from)
    ? `(${value} + adult."nought of ${feature.from}")`
    : value
}
