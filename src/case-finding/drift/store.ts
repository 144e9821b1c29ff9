import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { ModelSpec } from '../model/types.ts'
import type { ListMovement, ModelCheck } from './types.ts'

/** A model to be looked at with a load. */
export type ToCheck = {
  readonly id: string
  readonly spec: ModelSpec
  readonly testedOn: ModelCheck['yearFrom']
  readonly listPercent: number
}

const newestModels = 4

/**
 * The model in use and the newest 4 without a leak, each with all it needs to give risks, that were not looked at with this
 * load yet: versions stand beside one another on the same people.
 */
export const modelsToCheck = (db: Db, loadId: string): Promise<readonly ToCheck[]> =>
  many(
    db,
    sql`select m.id, m.spec, m.tested_on as "testedOn", (m.report ->> 'listPercent')::float8 as "listPercent"
        from case_finding.model m
        where m.verdict <> 'do not use' and m.kind = (select i.kind from organisations.installation i)
          and (m.id in (select w.model_id from case_finding.model_switch w where w.switched_off_at is null)
            or m.id in (select l.id from case_finding.model l where l.verdict <> 'do not use' order by l.n desc limit ${newestModels}))
          and not exists (select from case_finding.model_check c where c.model_id = m.id and c.load_id = ${loadId})
        order by m.n desc`,
  )

/** Whether any model was trained here. */
export const hasModels = async (db: Db): Promise<boolean> =>
  (await one(db, sql`select 1 from case_finding.model limit 1`)) !== undefined

/** Keeps what a load says of a model; the same once. */
export async function addCheck(
  db: Db,
  row: { readonly id: string; readonly loadId: string; readonly check: ModelCheck; readonly at: Date },
): Promise<void> {
  const { modelId, indexOn, yearFrom, people, observed, expected, ...figures } = row.check
  await run(
    db,
    sql`insert into case_finding.model_check (id, model_id, load_id, index_on, year_from, people, observed, expected,
          figures, checked_at)
        values (${row.id}, ${modelId}, ${row.loadId}, ${indexOn}, ${yearFrom}, ${people}, ${observed}, ${expected},
          ${JSON.stringify(figures)}, ${row.at})
        on conflict do nothing`,
  )
}

const checkColumns = sql`c.model_id as "modelId", c.index_on as "indexOn", c.year_from as "yearFrom", c.people, c.observed,
  c.expected, c.figures`

type CheckRow = Pick<ModelCheck, 'modelId' | 'indexOn' | 'yearFrom' | 'people' | 'observed' | 'expected'> & {
  readonly figures: Omit<ModelCheck, 'modelId' | 'indexOn' | 'yearFrom' | 'people' | 'observed' | 'expected'>
}

const checkOfRow = ({ figures, ...row }: CheckRow): ModelCheck => ({ ...row, ...figures })

/** What each list's day says of a model, or of all, the newest first; of a day loaded twice the later load. */
export async function checksOf(db: Db, modelId?: string): Promise<readonly ModelCheck[]> {
  const rows = await many<CheckRow>(
    db,
    sql`select * from (select distinct on (c.model_id, c.index_on) ${checkColumns}, c.n
          from case_finding.model_check c where c.model_id = coalesce(${modelId ?? null}::uuid, c.model_id)
          order by c.model_id, c.index_on, c.n desc) newest
        order by "indexOn" desc, n desc`,
  )
  return rows.map(checkOfRow)
}

/** The newest of a model. */
export async function newestCheck(db: Db, modelId: string): Promise<ModelCheck | undefined> {
  const row = await one<CheckRow>(
    db,
    sql`select ${checkColumns} from case_finding.model_check c where c.model_id = ${modelId} order by c.n desc limit 1`,
  )
  return row && checkOfRow(row)
}

/**
 * Counts and keeps how many of a run's list were on the newest list of an earlier day made in the same way: by the same
 * model or the rule like it. Whoever was shown again below the cut is in neither.
 */
export async function addMovement(db: Db, runId: string): Promise<void> {
  await run(
    db,
    sql`with now as (select * from case_finding.run where id = ${runId}),
        before as (
          select r.id, r.index_on from case_finding.run r, now
          where r.programme_id = now.programme_id and r.index_on < now.index_on
            and r.model_id is not distinct from now.model_id
          order by r.index_on desc, r.n desc limit 1)
        insert into case_finding.run_movement (run_id, before_id, before_on, people, stayed)
        select ${runId}, b.id, b.index_on, count(s.pseudonym), count(was.pseudonym)
        from before b join case_finding.suggestion s on s.run_id = ${runId} and not s.is_returned
        left join case_finding.suggestion was
          on was.run_id = b.id and was.pseudonym = s.pseudonym and not was.is_returned
        group by b.id, b.index_on`,
  )
}

/** How the lists by a model moved, the newest first, at most 24. */
export const movementsOf = (db: Db, modelId: string): Promise<readonly ListMovement[]> =>
  many(
    db,
    sql`select m.run_id as "runId", v.template ->> 'name' as programme, r.index_on as "indexOn", m.before_on as "beforeOn",
          m.people, m.stayed
        from case_finding.run_movement m join case_finding.run r on r.id = m.run_id
        join organisations.programme_version v on v.programme_id = r.programme_id and v.version = r.programme_version
        where r.model_id = ${modelId} order by r.index_on desc, r.n desc limit 24`,
  )

/** The day of the newest list by a model. */
export const newestListOf = async (db: Db, modelId: string): Promise<LondonDate | undefined> =>
  (
    await one<{ on: LondonDate | null }>(
      db,
      sql`select max(index_on) as "on" from case_finding.run where model_id = ${modelId}`,
    )
  )?.on ?? undefined
