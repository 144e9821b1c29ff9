import { type Db, many, one, run, sql } from '#database'
import type { ModelSpec, ModelSwitch, TrainedModel, TrainingReport } from './types.ts'

const modelColumns = sql`id, name, kind, load_id as "loadId", trained_on as "trainedOn", tested_on as "testedOn", verdict,
  report, report_sha256 as "reportSha256", trained_at as "trainedAt"`

/** Every model trained here, the newest first. */
export const trainedModels = (db: Db): Promise<readonly TrainedModel[]> =>
  many(db, sql`select ${modelColumns} from case_finding.model order by n desc`)

export const trainedModel = (db: Db, id: string): Promise<TrainedModel | undefined> =>
  one(db, sql`select ${modelColumns} from case_finding.model where id = ${id}`)

/** What a model gives risks with. */
export const modelSpec = async (db: Db, id: string): Promise<ModelSpec | undefined> =>
  (await one<{ spec: ModelSpec }>(db, sql`select spec from case_finding.model where id = ${id}`))?.spec

/** The newest training that was refused, if nothing was trained since. */
export const newestRefusal = (
  db: Db,
): Promise<{ readonly sentence: string; readonly askedAt: Date } | undefined> =>
  one(
    db,
    sql`select sentence, asked_at as "askedAt" from case_finding.training_refused
        where asked_at > coalesce((select max(trained_at) from case_finding.model), '-infinity') order by n desc limit 1`,
  )

export async function modelCount(db: Db): Promise<number> {
  const row = await one<{ n: number }>(db, sql`select count(*)::int as n from case_finding.model`)
  return row?.n ?? 0
}

/** The model made from the same records in the same way, if it was trained already. */
export const sameModel = (
  db: Db,
  made: { readonly recordsSha256: string; readonly featuresSha256: string; readonly seed: number },
): Promise<TrainedModel | undefined> =>
  one(
    db,
    sql`select ${modelColumns} from case_finding.model where records_sha256 = ${made.recordsSha256}
          and features_sha256 = ${made.featuresSha256} and seed = ${made.seed} order by n desc limit 1`,
  )

export async function addModel(
  db: Db,
  model: {
    readonly id: string
    readonly loadId: string
    readonly report: TrainingReport
    readonly reportSha256: string
    readonly spec: ModelSpec
    readonly at: Date
  },
): Promise<void> {
  const { report } = model
  await run(
    db,
    sql`insert into case_finding.model (id, name, kind, load_id, trained_on, tested_on, people, admitted, seed,
          records_sha256, features_sha256, verdict, spec, report, report_sha256, trained_at)
        values (${model.id}, ${report.name}, ${report.kind}, ${model.loadId}, ${report.trained.indexOn},
          ${report.tested.indexOn}, ${report.trained.people}, ${report.trained.admitted}, ${report.seed},
          ${report.recordsSha256}, ${report.featuresSha256}, ${report.judgement.verdict},
          ${JSON.stringify(model.spec)}, ${JSON.stringify(report)}, ${model.reportSha256}, ${model.at})`,
  )
}

export async function addRefusal(
  db: Db,
  refusal: { readonly id: string; readonly loadId: string; readonly sentence: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.training_refused (id, load_id, sentence, asked_at)
        values (${refusal.id}, ${refusal.loadId}, ${refusal.sentence}, ${refusal.at})`,
  )
}

const switchColumns = sql`s.id, s.model_id as "modelId", s.answered_for_by as "answeredForBy", n.name as "onByName",
  s.switched_on_at as "onAt", f.name as "offByName", s.switched_off_at as "offAt"`
const switchTables = sql`case_finding.model_switch s join organisations.staff n on n.id = s.switched_on_by
  left join organisations.staff f on f.id = s.switched_off_by`

/** The model in use now, if one is. */
export const switchInForce = (db: Db): Promise<ModelSwitch | undefined> =>
  one(db, sql`select ${switchColumns} from ${switchTables} where s.switched_off_at is null`)

/** Every model that was ever in use, the newest first. */
export async function switches(db: Db): Promise<readonly ModelSwitch[]> {
  const rows = await many<ModelSwitch & { readonly offByName: string | null; readonly offAt: Date | null }>(
    db,
    sql`select ${switchColumns} from ${switchTables} order by s.switched_on_at desc`,
  )
  return rows.map((row) => ({ ...row, offByName: row.offByName ?? undefined, offAt: row.offAt ?? undefined }))
}

/** Puts a model in use in place of any other. The database refuses one of made-up people on a real installation. */
export async function addSwitch(
  db: Db,
  row: {
    readonly id: string
    readonly modelId: string
    readonly reportSha256: string
    readonly answeredForBy: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await endSwitch(db, row)
  await run(
    db,
    sql`insert into case_finding.model_switch (id, model_id, report_sha256, answered_for_by, switched_on_by,
          switched_on_at) values (${row.id}, ${row.modelId}, ${row.reportSha256}, ${row.answeredForBy}, ${row.by},
          ${row.at})`,
  )
}

/** Takes the model in use out of it. @returns false when none was. */
export async function endSwitch(db: Db, row: { readonly by: string; readonly at: Date }): Promise<boolean> {
  const touched = await run(
    db,
    sql`update case_finding.model_switch set switched_off_by = ${row.by}, switched_off_at = ${row.at}
        where switched_off_at is null`,
  )
  return touched > 0
}

/** The model in use, ready to give risks. */
export const modelInUse = (
  db: Db,
): Promise<{ readonly id: string; readonly name: string; readonly spec: ModelSpec } | undefined> =>
  one(
    db,
    sql`select m.id, m.name, m.spec from case_finding.model m
        join case_finding.model_switch s on s.model_id = m.id and s.switched_off_at is null`,
  )
