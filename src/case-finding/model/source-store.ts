import type { Store, StoreFile } from '#population'
import { codeLists, measurementCodes } from './code-lists.data.ts'
import type { Feature } from './features.data.ts'
import { flagOf, quoted } from './prepare-store.ts'

const days: Readonly<Partial<Record<StoreFile, string>>> = {
  inpatient: 'admitted_on',
  emergency_department: 'arrived_at',
  outpatient: 'date',
  gp_contacts: 'date',
  prescriptions: 'issued_on',
  conditions: 'recorded_on',
  measurements: 'taken_on',
  social_care: 'started_on',
}

/** Which rows of a source a measure counts. A diagnosis is known only once the stay has ended. */
const rowsOf: Readonly<Record<string, string>> = {
  all: 'true',
  emergency: 'emergency',
  planned: 'planned and ended_on > d',
  'day case': 'planned and ended_on = d',
  known: 'ended_on < t',
  ambulance: 'by_ambulance',
  'left early': "disposal in ('12', '13')",
  attended: 'attended',
  missed: 'not attended',
  'home visit': "kind = 'home visit'",
}

const rowsSql = (of: string, from: StoreFile): string => {
  if (from === 'inpatient' && codeLists.some(({ id }) => id === of))
    return `emergency and ended_on < t and ${flagOf(of)}`
  if (from === 'conditions') return flagOf(of)
  if (from === 'prescriptions' && of !== 'all') {
    const begins = codeLists.find(({ id }) => id === of)?.codes.bnf ?? []
    return `code_system = 'bnf' and (${begins.map((begin) => `starts_with(code, ${quoted(begin)})`).join(' or ')})`
  }
  return rowsOf[of] ?? 'false'
}

const distinctSql: Readonly<Record<string, string>> = {
  chapter: 'chapter',
  specialty: 'specialty',
  paragraph: "case when code_system = 'bnf' then code[:6] end",
}

const aggregateSql = ({ measure, from, lookBackDays }: Feature): string | undefined => {
  // Only rows of the longest look-back are read; what is counted alike is written alike, and so counted once.
  const among = (of: string) =>
    [rowsSql(of, from), ...(lookBackDays ? [`d >= t - ${lookBackDays}`] : [])]
      .filter((test) => test !== 'true')
      .join(' and ') || 'true'
  switch (measure.is) {
    case 'count':
      return `count(*) filter (${among(measure.of)})::uinteger`
    case 'at least':
      return `(count(*) filter (${among(measure.of)}) >= ${measure.times})::utinyint`
    case 'any':
      return `coalesce(bool_or(${among(measure.of)}), false)::utinyint`
    case 'days since':
      return `least(any_value(t) - max(d) filter (${rowsSql(measure.of, from)}), ${lookBackDays})::integer`
    case 'nights':
      return `sum(greatest(0, date_diff('day', greatest(d, t - ${lookBackDays}), least(coalesce(ended_on, t), t)))) filter (${rowsSql(measure.of, from)})::integer`
    case 'longest stay':
      return `max(date_diff('day', d, least(coalesce(ended_on, t), t))) filter (${among(measure.of)})::integer`
    case 'distinct':
      return `count(distinct ${distinctSql[measure.what]}) filter (${among(measure.of)})::uinteger`
    case 'last value':
      return `arg_max(value, d) filter (code = '${measurementCodes[measure.of as keyof typeof measurementCodes]}' and ${among('all')})`
    default:
      return undefined
  }
}

/** More that a source's rows are grouped into, besides the features told as data. */
const extras: Readonly<Partial<Record<StoreFile, string>>> = {
  gp_contacts:
    'count(*) filter (d >= t - 90)::uinteger as gp90, count(*) filter (d >= t - 365)::uinteger as gp365',
  prescriptions: `count(distinct case when code_system = 'bnf' then code[:6] end) filter (d >= t - 90)::uinteger as kinds`,
  conditions: `bit_or(group_mask) as groups, bit_or(deficit_mask) as deficits, bool_or(${flagOf('ld')}) as has_ld, bool_or(${flagOf('smi')}) as has_smi`,
  social_care: 'sum(hours_a_week) filter (ended_on is null or ended_on >= t) as hours',
}

/** One source's rows of a range of people, grouped once into everything the wanted features count of it. */
export function sourceSql(file: StoreFile, wanted: readonly Feature[], day: string, range: string): string {
  const mine = wanted.filter((feature) => feature.from === file)
  const aggregates = mine.flatMap((feature) => {
    const sql = aggregateSql(feature)
    return sql ? [`${sql} as "${feature.key}"`] : []
  })
  const on = `"${days[file]}"::date`
  const longest =
    mine.some(({ lookBackDays }) => !lookBackDays) || file === 'social_care'
      ? undefined
      : Math.max(...mine.map(({ lookBackDays }) => lookBackDays ?? 0))
  const window = `${range} and ${on} < ${day}${longest ? ` and ${on} >= ${day} - ${longest}` : ''}`
  const rows = rowsFrom(file, on, day, window)
  return `select person, ${[...aggregates, ...(extras[file] ? [extras[file]] : [])].join(', ')} from (${rows}) group by person`
}

function rowsFrom(file: StoreFile, on: string, day: string, window: string): string {
  const base = `${on} as d, ${day} as t`
  switch (file) {
    case 'inpatient':
      return `select s.*, m.* exclude (code, charlson_mask)
        from (select person, ${base}, discharged_on as ended_on, admission_method like '2%' as emergency,
            admission_method in ('11', '12', '13') as planned, primary_diagnosis
          from inpatient where ${window}) s left join diagnosis_of m on m.code = s.primary_diagnosis`
    case 'conditions':
      return `select c.person, c.d, c.t, m.* from (select person, ${base}, code_system, code from conditions
          where ${window} and (resolved_on is null or resolved_on >= ${day})) c
        join condition_of m on m.code_system = c.code_system and m.code = c.code`
    case 'social_care':
      return `select person, ${base}, ended_on, hours_a_week from social_care where ${window}`
    default:
      return `select *, ${base} from ${file} where ${window}`
  }
}

/** The Charlson groups of a range of people, as a mask: every diagnosis of stays of 3 years that had ended by the day. */
export const charlsonSql = (store: Store, day: string, range: string): string =>
  store.has('inpatient')
    ? `select person, bit_or(m.charlson_mask) as mask
       from (select person, unnest([primary_diagnosis] || string_split(coalesce(other_diagnoses, ''), ';')) as code
         from inpatient where ${range} and discharged_on < ${day} and admitted_on >= ${day} - 1095) s
       join diagnosis_of m using (code) group by person`
    : 'select null::uinteger as person, 0 as mask where false'
