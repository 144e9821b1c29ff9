import { newId } from '#access'
import type { House } from './house.ts'

/** The n-th pseudonym of a test, from 1: 32 hex digits. */
export const pseudonym = (n: number): string => n.toString(16).padStart(32, '0')

/** Makes a load the current one, behind every wall. Its folder is its own id. */
export async function arrangeLoad(
  house: House,
  sources: readonly string[],
  days: { readonly indexOn?: string; readonly coveredTo?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const load = newId()
  const indexOn = days.indexOn ?? '2026-04-01'
  const facts = sources.map((file) => ({
    file,
    supplier: 'test',
    coversTo: days.coveredTo?.[file] ?? '2026-03-31',
    extractedOn: '2026-03-31',
    legalBasis: 'test',
  }))
  await house.arrange(
    `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
       key_version, taken_at, seconds)
     values ($1::uuid, $1::text, $2::date, $2::date - 1, $3, '[]', '{}', '{}', 0, 1, now(), 0)`,
    [load, indexOn, JSON.stringify(facts)],
  )
  return load
}

/** Puts people behind the pseudonyms from the first on. */
export async function arrangePseudonyms(house: House, people: readonly string[], first = 1): Promise<void> {
  for (const [at, person] of people.entries()) {
    await house.arrange(
      `insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
       values ($1::uuid, $2, 'case-finding', 1, now())`,
      [pseudonym(first + at), person],
    )
  }
}

/** Somebody suggested: in rank order, each behind the next pseudonym. */
export type ArrangedSuggestion = {
  readonly person: string
  readonly practice?: string
  readonly admissions?: number
  readonly visits?: number
  readonly conditions?: readonly string[]
  readonly lastAdmissionOn?: string
  readonly isCareHome?: boolean
  readonly records?: object
  readonly risk?: number
  readonly usualIn100?: number
  readonly told?: object
  readonly isRiskRising?: boolean
}

/** Makes a run of a programme, as the ranking would, behind every wall. */
export async function arrangeRun(
  house: House,
  programmeId: string,
  suggested: readonly ArrangedSuggestion[],
  given: {
    readonly sources?: readonly string[]
    readonly indexOn?: string
    readonly first?: number
    /** The model it is by; its load stays the newest. */
    readonly modelId?: string
  } = {},
): Promise<string> {
  const { sources = ['inpatient', 'emergency_department', 'conditions'], first = 1 } = given
  const indexOn = given.indexOn ?? '2026-04-01'
  const load = await arrangeLoad(house, sources, { indexOn })
  const run = newId()
  const said = sources.map((source) => ({ source, coveredTo: '2026-03-31' }))
  await house.arrange(
    `insert into case_finding.run (id, programme_id, programme_version, load_id, index_on, covered_to, sources, percent,
       from_age, considered, cut, listed, with_us, objected, admissions_mean, admissions_variance, ranked_at, model_id)
     values ($1, $2, 1, $3, $4::date, $4::date - 1, $5, 5, 18, 1000, $6, $6, 0, 0, 0.12, 0.3, now(), $7)`,
    [run, programmeId, load, indexOn, JSON.stringify(said), suggested.length, given.modelId ?? null],
  )
  for (const [at, one] of suggested.entries()) {
    const ours = pseudonym(first + at)
    await house.arrange(
      `insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
       values ($1::uuid, $2, 'case-finding', 1, now()) on conflict do nothing`,
      [ours, one.person],
    )
    await house.arrange(
      `insert into case_finding.suggestion (run_id, rank, pseudonym, practice_code, emergency_admissions, ae_visits,
         conditions, last_admission_on, is_care_home, risk, usual_in_100, told, is_risk_rising)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        run,
        at + 1,
        ours,
        one.practice ?? 'Z00001',
        one.admissions ?? 0,
        one.visits ?? 0,
        one.conditions ?? [],
        one.lastAdmissionOn ?? null,
        one.isCareHome ?? false,
        one.risk ?? null,
        one.usualIn100 ?? null,
        one.told ? JSON.stringify(one.told) : null,
        one.isRiskRising ?? null,
      ],
    )
    if (one.records) {
      await house.arrange('insert into case_finding.evidence values ($1, $2, $3)', [
        run,
        ours,
        JSON.stringify(one.records),
      ])
    }
  }
  return run
}
