import type { Store } from '#population'
import { conditionGroups } from '../condition-groups.data.ts'
import { charlsonGroups } from '../scores/comorbidity.data.ts'
import { codeLists } from './code-lists.data.ts'

/** One deficit of a site's own frailty list, by a code that shows it. */
export type DeficitCode = { readonly deficit: string; readonly system: string; readonly code: string }

export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** The name a code list has as a column. */
export const flagOf = (codeList: string) => `"is ${codeList}"`

/**
 * Lays out which codes of this store are on which list, once, so that the parts only join. Codes are matched once
 * each, not once a row: there are a few hundred of them and millions of rows.
 */
export async function prepareCodes(store: Store, deficits: readonly DeficitCode[]): Promise<void> {
  await store.run("create or replace macro plain_code(c) as upper(replace(c, '.', ''))")
  const conditions = store.has('conditions')
    ? 'select distinct code_system, code from conditions'
    : 'select null::varchar as code_system, null::varchar as code where false'
  const deficitRows = deficits.map(
    ({ system, code, deficit }) => `(${[system, code, deficit].map(quoted).join(', ')})`,
  )
  const listed = [...new Set(deficits.map(({ deficit }) => deficit))]
  await store.run(`create or replace table condition_of as
    select code_system, code, ${codeLists.map(({ id, codes }) => `${matches(codes)} as ${flagOf(id)}`).join(', ')},
      ${conditionGroups.map((group) => `${matches(group)} as ${flagOf(group.key)}`).join(', ')},
      ${maskSql(conditionGroups.map((group) => matches(group)))} as group_mask,
      ${deficitRows.length > 0 ? maskSql(listed.map((deficit) => `(code_system, code, ${quoted(deficit)}) in (${deficitRows.join(', ')})`)) : '0::hugeint'} as deficit_mask
    from (${conditions})`)
  const stays = store.has('inpatient')
    ? `select distinct unnest([primary_diagnosis] || string_split(coalesce(other_diagnoses, ''), ';')) as code from inpatient`
    : 'select null::varchar as code where false'
  await store.run(`create or replace table diagnosis_of as
    select code, ${codeLists.map(({ id, codes }) => `${beginsSql(codes.icd10 ?? [])} as ${flagOf(id)}`).join(', ')},
      ${maskSql(charlsonGroups.map(({ begins }) => beginsSql(begins)))} as charlson_mask, ${chapterSql} as chapter
    from (${stays} union select distinct code from (${conditions}) where code_system = 'icd10') where code <> ''`)
}

const beginsSql = (begins: readonly string[]) =>
  begins.length === 0
    ? 'false'
    : `(${begins.map((begin) => `starts_with(plain_code(code), ${quoted(begin)})`).join(' or ')})`

const matches = (codes: { readonly snomed?: readonly string[]; readonly icd10?: readonly string[] }) => {
  const whole = (codes.snomed ?? []).map(quoted)
  const exact = whole.length > 0 ? `(code_system = 'snomed' and code in (${whole.join(', ')}))` : 'false'
  return `(${exact} or (code_system = 'icd10' and ${beginsSql(codes.icd10 ?? [])}))`
}

// As narrow as its bits allow: sums of a wider number cost several times as much.
const maskSql = (tests: readonly string[]) => {
  const type = tests.length < 63 ? 'bigint' : 'hugeint'
  return tests
    .map((test, at) => `(case when ${test} then ${2n ** BigInt(at)} else 0 end)::${type}`)
    .join(' + ')
}

// The chapters of ICD-10, by where each begins.
const chapterStarts =
  'C00 D50 E00 F00 G00 H00 H60 I00 J00 K00 L00 M00 N00 O00 P00 Q00 R00 S00 U00 V00 Z00'.split(' ')
const chapterSql = chapterStarts.map((start) => `(plain_code(code) >= '${start}')::int`).join(' + ')

/** The Charlson points (Quan 2011) of a mask of groups, a milder one giving way to the worse. */
export const charlsonPointsSql = (mask: string): string => {
  const bit = (key: string | undefined) =>
    2n ** BigInt(charlsonGroups.findIndex((group) => group.key === key))
  return charlsonGroups
    .filter(({ weights }) => weights.quan2011 !== 0)
    .map(({ key, weights, givesWayTo }) => {
      const worse = givesWayTo ? ` and (${mask} & ${bit(givesWayTo)}) = 0` : ''
      return `(case when (${mask} & ${bit(key)}) > 0${worse} then ${weights.quan2011} else 0 end)`
    })
    .join(' + ')
}

/** Sources that come from practices: one whose people have no row at all in one has not linked it. */
export const practiceSources = ['conditions', 'prescriptions', 'gp_contacts', 'measurements'] as const

/** Lays out which practice has linked which of the sources that come from practices. */
export async function prepareLinks(store: Store): Promise<void> {
  const parts = practiceSources.map((file) =>
    store.has(file)
      ? `select distinct '${file}' as file, p.practice_code from people p semi join ${file} using (person) where p.practice_code is not null`
      : `select null::varchar as file, null::varchar as practice_code where false`,
  )
  await store.run(`create or replace table linked as ${parts.join(' union all ')}`)
}
