import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Copy, CopyPlan } from './copy-types.ts'

type PlanRow = {
  readonly noneBecause: Extract<CopyPlan, { noneBecause: string }>['noneBecause'] | null
  readonly into: string
  readonly keys: string
  readonly nights: number
  readonly isSameDisk: boolean
}

/** What the program was told of copies when it last started; undefined where it never said. */
export async function copyPlan(db: Db): Promise<CopyPlan | undefined> {
  const row = await one<PlanRow>(
    db,
    sql`select none_because as "noneBecause", into_folder as into, keys_folder as keys, nights,
               is_same_disk as "isSameDisk" from jobs.copy_plan`,
  )
  if (!row) return undefined
  const { noneBecause, ...plan } = row
  return noneBecause ? { noneBecause } : plan
}

/** Writes down what the program was told. Only the owner of the tables may. */
export async function setCopyPlan(db: Db, plan: CopyPlan): Promise<void> {
  const none = 'noneBecause' in plan ? plan.noneBecause : null
  const to = 'into' in plan ? plan : { into: null, keys: null, nights: null, isSameDisk: null }
  await run(
    db,
    sql`insert into jobs.copy_plan (none_because, into_folder, keys_folder, nights, is_same_disk)
        values (${none}, ${to.into}, ${to.keys}, ${to.nights}, ${to.isSameDisk})
        on conflict (is_one) do update set none_because = excluded.none_because, into_folder = excluded.into_folder,
          keys_folder = excluded.keys_folder, nights = excluded.nights, is_same_disk = excluded.is_same_disk,
          set_at = now()`,
  )
}

/** The copies that were begun, the newest first. */
export async function copies(db: Db, most = 60): Promise<readonly Copy[]> {
  const rows = await many(
    db,
    sql`select id, folder, begun_at as "begunAt", ended_at as "endedAt", outcome, words, bytes::float8 as bytes
        from jobs.copy order by begun_at desc, id desc limit ${most}`,
  )
  return rows.map((row) => withoutNulls<Copy>(row))
}

/** Writes down that a copy is begun, before anything is copied: one cut short is then known of. */
export async function beginCopy(db: Db, copy: Pick<Copy, 'id' | 'folder' | 'begunAt'>): Promise<void> {
  await run(
    db,
    sql`insert into jobs.copy (id, folder, begun_at) values (${copy.id}, ${copy.folder}, ${copy.begunAt})`,
  )
}

/** Writes down how a copy ended, or that it was deleted because newer ones are kept. */
export async function endCopy(
  db: Db,
  copy: Pick<Copy, 'id' | 'outcome' | 'words' | 'bytes'> & { readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`update jobs.copy set ended_at = ${copy.at}, outcome = ${copy.outcome}, words = ${copy.words ?? null},
               bytes = coalesce(${copy.bytes ?? null}::bigint, bytes) where id = ${copy.id}`,
  )
}
