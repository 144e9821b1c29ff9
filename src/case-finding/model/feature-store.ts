import type { LondonDate } from '#calendar'
import type { Store, StoreFile } from '#population'
import { type Column, newColumn } from '#prediction'
import { givenPeople } from '../given-rows.ts'
import type { Feature } from './features.data.ts'
import { charlsonPointsSql, practiceSources } from './prepare-store.ts'
import { readPart } from './read-part.ts'
import { charlsonSql, sourceSql } from './source-store.ts'
import type { TargetKey } from './targets.data.ts'

/** Whose features, and on what day: nothing of that day or later is seen. */
export type FeatureCut = {
  readonly indexOn: LondonDate
  readonly fromAge: number
  /** Registered for at least so many days before the day; 0 takes everybody. */
  readonly registeredDays: number
  /** What is asked of the 365 days after; emergency admissions unless said. */
  readonly target?: TargetKey
  /** Only of these, by pseudonym; of everybody unless given. */
  readonly among?: readonly string[]
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
  /** Of a day a year or more before the records end: what the target asks, in the 365 days after it. */
  readonly hasHappened: boolean
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
  const shown = wanted
    .filter(({ isAuditOnly }) => !isAuditOnly)
    .map((feature) => ({ key: feature.key, isWhole: typeOf(feature) === 'integer' }))
  const starts = Array.from(
    { length: Math.ceil(((size?.last ?? -1) + 1) / partSize) },
    (_, at) => at * partSize,
  )
  if (cut.among)
    await store.run(`create or replace table looked_at as
      select person as who from people where pseudonym in ${givenPeople(cut.among)}`)
  const parts = await store.together(
    starts.map((from) => (lane) => readPart(lane, partSql(store, cut, wanted, from, from + partSize), shown)),
  )
  const rows = parts.reduce((sum, { people }) => sum + people.length, 0)
  const columns = shown.map(({ key, isWhole }, at): [string, Column] => {
    const whole = newColumn(rows, isWhole ? 'single' : 'double')
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
  const among = cut.among ? ' and person in (select who from looked_at)' : ''
  const range = `person >= ${from} and person < ${to}${among}`
  const sources = files.map((file) =>
    [nameOf(file), `(${sourceSql(file, wanted, day, range)}),`].join(' as '),
  )
  return `with adult as (${adultSql(cut, range)}),
    ${sources.join('\n    ')}
    charlson as (${charlsonSql(store, day, range)}),
    later as (${laterSql(store, day, range, cut.target ?? 'emergency admission')})
    select adult.* exclude (age, woman, "agePast85", ${practiceSources.map((file) => `"nought of ${file}"`).join(', ')}) replace (adult.person::int as person), coalesce(later.before, 0)::int as "admissions730",
      coalesce(later.has_happened, false) as "hasHappened",
      ${files.includes('conditions') ? `coalesce(of_conditions.has_ld, false) as "hasLearningDisability", coalesce(of_conditions.has_smi, false) as "hasSevereMentalIllness"` : `false as "hasLearningDisability", false as "hasSevereMentalIllness"`},
      ${shown.map((feature) => `${valueSql(feature, store)}::${typeOf(feature)} as "f_${feature.key}"`).join(',\n      ')}
    from adult ${files.map((file) => `left join ${nameOf(file)} using (person)`).join(' ')} left join charlson using (person) left join later using (person)`
}

const nameOf = (file: StoreFile) => `of_${file}`

// The quarter's middle stands for the birthday: the store does not know it better.
const bornSql = 'make_date(birth_year, coalesce(birth_quarter, 2) * 3 - 1, 15)'

// Of a practice that has not linked a source its nought is null, and so is every number it is added to: an addition
// costs a tenth of asking at every number of everybody.
const adultSql = ({ indexOn, fromAge, registeredDays, target }: FeatureCut, range: string) => {
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
      ${target === 'care home entry' ? `and not lived_in_care_home(person, ${day})` : ''}
      and ${registeredDays > 0 ? `registered_month <= ${day} - ${registeredDays} and ` : ''}datesub('year', ${bornSql}, ${day}) >= ${fromAge}`
}

// What came after the day is the outcome and never a feature: it is asked apart.
const laterSql = (store: Store, day: string, range: string, target: TargetKey) => {
  const after = (column: string) => `${column} > ${day} and ${column} <= ${day} + 365`
  const stays = store.has('inpatient')
    ? `select person, bool_or(${after('admitted_on')}) as is_admitted, count(*) filter (admitted_on < ${day}) as before from inpatient
       where ${range} and admission_method like '2%' and admitted_on >= ${day} - 730 and admitted_on <= ${day} + 365 group by person`
    : 'select null::uinteger as person, false as is_admitted, 0 as before where false'
  if (target === 'emergency admission')
    return `select person, is_admitted as has_happened, before from (${stays})`
  const happened =
    target === 'care home entry'
      ? `select distinct resident as person from care_home_stay where ${range.replaceAll('person', 'resident')} and ${after('moved_in_on')}`
      : `select distinct person from emergency_department where ${range} and ${after('arrived_at')}`
  return `select person, h.has_happened, s.before from (${stays}) s full join (select person, true as has_happened from (${happened})) h using (person)`
}

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
