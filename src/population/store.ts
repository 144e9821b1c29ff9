import { join } from 'node:path'
import { dateWords, type LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import { copyIn } from './copy-in.ts'
import type { NationalCheck } from './opt-out.ts'
import { freshnessSentences } from './rules.ts'
import type { CurrentLoad, FileCount, LoadReport, Source } from './types.ts'

const loadColumns = sql`id, folder, index_on as "indexOn", covered_to as "coveredTo", sources, taken_at as "loadedAt"`

/** The load readers see, or undefined before the first. */
export const currentLoad = (db: Db): Promise<CurrentLoad | undefined> =>
  one(db, sql`select ${loadColumns} from population.load order by n desc limit 1`)

export type LoadRow = CurrentLoad & {
  readonly files: readonly FileCount[]
  readonly people: LoadReport['people']
  readonly leftOut: Readonly<Record<string, number>>
  readonly seconds: number
  /** The load before it; the first has none. */
  readonly before: string | null
  /** Who looked at what it changed, and when; null while nobody has. */
  readonly reviewedByName: string | null
  readonly reviewedAt: Date | null
  readonly remark: string | null
}

/** Every load, the newest first; the same extract with other records joined is no load of its own. */
export const loads = (db: Db): Promise<readonly LoadRow[]> =>
  many(
    db,
    sql`select ${loadColumns}, files, people, left_out as "leftOut", seconds,
          lag(id) over (order by n) as before, r.reviewed_at as "reviewedAt", r.remark,
          (select s.name from organisations.staff s where s.id = r.reviewed_by) as "reviewedByName"
        from population.load left join population.review r on r.load_id = id where files <> '[]' order by n desc`,
  )

/** The signed policy on objections: its newest version, 0 before any was signed, and what each rule says. */
export async function policy(
  db: Db,
  purpose: 'case-finding',
): Promise<{ readonly version: number; readonly rules: ReadonlyMap<string, string> }> {
  const rows = await many<{ version: number; objection: string; rule: string }>(
    db,
    sql`select version, objection, rule from population.policy where purpose = ${purpose} and ended_at is null`,
  )
  return {
    version: Math.max(0, ...rows.map((row) => row.version)),
    rules: new Map(rows.map((row) => [row.objection, row.rule])),
  }
}

/** When the national opt-out service was last asked, as the newest load that said so has it. */
export async function nationalCheck(db: Db): Promise<NationalCheck | undefined> {
  const row = await one<{ check: NationalCheck }>(
    db,
    sql`select f -> 'nationalCheck' as "check" from population.load l, jsonb_array_elements(l.files) f
        where f ? 'nationalCheck' order by l.n desc limit 1`,
  )
  return row?.check
}

/** The landing tables with the columns a load fills, in the order its files have them. */
export const landingColumns = {
  practice: ['code', 'name', 'locality', 'weighted_list_size'],
  person: [
    'key',
    'pseudonym',
    'new_id',
    'nhs',
    'local',
    'shares_nhs',
    'is_whole',
    'family',
    'given',
    'born_on',
    'sex',
    'language',
    'died_on',
    'address',
    'postcode',
    'telephone',
    'email',
    'next_of_kin',
    'next_of_kin_telephone',
  ],
  registration: ['key', 'practice_code', 'since', 'until'],
  objection: ['key', 'kind', 'source', 'since', 'until'],
  allergy: ['key', 'code_system', 'code', 'name', 'reaction', 'recorded_on'],
} as const

/** What taking a load's people hangs on. */
export type IdentityFacts = {
  readonly keyVersion: number
  /** The load this one was worked out beside; another that came first means it must be worked out again. */
  readonly after?: string
  readonly loadId: string
  readonly peopleSupplier: string
  readonly peopleExtractedOn: LondonDate
  readonly allergySupplier?: string
  readonly hasObjections: boolean
  readonly hasAddresses: boolean
  /** Whether the file of people has days of death at all: where not, none is withdrawn by being absent. */
  readonly hasDeaths: boolean
}

export type TakeFacts = IdentityFacts & {
  readonly folder: string
  readonly indexOn: LondonDate
  readonly coveredTo: LondonDate
  readonly sources: readonly Source[]
  readonly files: readonly FileCount[]
  readonly leftOut: Readonly<Record<string, number>>
  readonly policyVersion: number
  readonly seconds: number
}

type LoadFacts = { readonly id: string; readonly at: Date; readonly today: LondonDate }

/**
 * Moves identity from CSV files of the working folder into the record: the first step of a load.
 *
 * @param landing the folder with one headless CSV a landing table.
 */
export async function takePeople(
  db: Db,
  load: LoadFacts,
  landing: string,
  facts: IdentityFacts,
): Promise<LoadReport['people']> {
  for (const [table, columns] of Object.entries(landingColumns))
    await copyIn(db, `population_landing.${table} (${columns.join(', ')})`, join(landing, `${table}.csv`))
  const row = await one<{ people: LoadReport['people'] }>(
    db,
    sql`select population.take_people(${JSON.stringify(facts)}::jsonb, ${load.at}, ${load.today}) as people`,
  )
  return row?.people ?? { known: 0, added: 0, ended: 0, doubts: 0 }
}

/**
 * Makes a load the current one, in the transaction that took its people, once its store stands.
 *
 * @param refused a headless CSV of the rows that were refused.
 */
export async function keepLoad(
  db: Db,
  load: LoadFacts,
  refused: string,
  facts: TakeFacts,
  people: LoadReport['people'],
): Promise<void> {
  await run(
    db,
    sql`select population.keep_load(${load.id}, ${JSON.stringify(facts)}::jsonb, ${JSON.stringify(people)}::jsonb, ${load.at})`,
  )
  await copyIn(db, 'population.refused_row (load_id, file, line, column_name, reason)', refused)
}

/**
 * Who stands behind pseudonyms: only people registered at the caller's own practice today, alive, who do not object.
 * Every call is recorded.
 *
 * @param pseudonyms 32 hex digits each.
 */
export async function peopleBehind(
  visit: { readonly db: Db },
  pseudonyms: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await many<{ pseudonym: string; person: string }>(
    visit.db,
    sql`select replace(pseudonym::text, '-', '') as pseudonym, person_id as person
        from population.people_behind(${pseudonyms}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.pseudonym, row.person]))
}

/** The pseudonyms of people, for promised work alone: a page's role may not ask. A joined record brings its own. */
export async function pseudonymsOf(
  db: Db,
  people: readonly string[],
): Promise<readonly { readonly person: string; readonly pseudonym: string }[]> {
  return await many(
    db,
    sql`select person_id as person, replace(pseudonym::text, '-', '') as pseudonym
        from population.pseudonyms_of(${people}::uuid[])`,
  )
}

/** Removes nothing; says which folders a reader may still be reading: those of the newest two loads. */
export async function foldersInUse(db: Db): Promise<ReadonlySet<string>> {
  const rows = await many<{ folder: string }>(
    db,
    sql`select folder from population.load order by n desc limit 2`,
  )
  return new Set(rows.map((row) => row.folder))
}

/** Whom a worker here says to be alive, against a source and a day; or to have died, on a day. For the store alone. */
export type DeathHere = {
  readonly pseudonym: string
  readonly supplier: string | null
  readonly saidOn: LondonDate | null
  readonly diedOn: LondonDate | null
}

/** What workers here have said of deaths, by pseudonym. */
export const deathsHere = (db: Db): Promise<readonly DeathHere[]> =>
  many(
    db,
    sql`select replace(pseudonym::text, '-', '') as pseudonym, supplier, said_on as "saidOn", died_on as "diedOn"
        from population.deaths_here()`,
  )

/** A pseudonym to pass over when a store is written, and why; `instead` is whose record it was joined to. */
export type Standing = {
  readonly pseudonym: string
  readonly standing: 'objects' | 'removed' | 'joined'
  readonly instead?: string
}

/** Everybody to pass over, by what the record says now. @param isSentAgain objections of extracts come with this load. */
export const standings = (db: Db, isSentAgain: boolean): Promise<readonly Standing[]> =>
  many(
    db,
    sql`select replace(pseudonym::text, '-', '') as pseudonym, standing, replace(instead::text, '-', '') as instead
        from population.standings(${isSentAgain})`,
  )

/** Makes a copy of the current store, with another list of joined records, the current one. @returns false when another load came first. */
export async function relinkLoad(
  db: Db,
  copy: { readonly id: string; readonly from: string; readonly folder: string; readonly at: Date },
): Promise<boolean> {
  const row = await one<{ done: boolean }>(
    db,
    sql`select population.relink(${copy.id}, ${copy.from}, ${copy.folder}, ${copy.at}) as done`,
  )
  return row?.done ?? false
}

/** How fresh each kind of source is, for the foot of every page; empty before the first load. */
export async function freshness(db: Db): Promise<readonly string[]> {
  const load = await currentLoad(db)
  return load ? freshnessSentences(load.sources, dateWords) : []
}
