import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, run, sql, withoutNulls } from '#database'
import type { TrainingGiven } from './types.ts'

/** Every training there was, the newest first. */
export async function trainingsGiven(db: Db): Promise<readonly TrainingGiven[]> {
  const rows = await many<object>(
    db,
    sql`select g.id, g.staff_id as "staffId", s.name, g.trained_on as "trainedOn", t.name as "trainedByName",
          g.trainer_role as "trainerRole", g.model_id as "modelId", m.name as "modelName"
        from case_finding.training_given g join organisations.staff s on s.id = g.staff_id
        join organisations.staff t on t.id = g.trained_by left join case_finding.model m on m.id = g.model_id
        order by g.n desc`,
  )
  return rows.map((row) => withoutNulls<TrainingGiven>(row))
}

/** Keeps that a clinician trained somebody. */
export async function addTraining(
  db: Db,
  row: {
    readonly staffId: string
    readonly trainedOn: LondonDate
    readonly trainedBy: string
    readonly trainerRole: string
    readonly modelId?: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.training_given (id, staff_id, trained_on, trained_by, trainer_role, model_id, recorded_at)
        values (${newId()}, ${row.staffId}, ${row.trainedOn}, ${row.trainedBy}, ${row.trainerRole},
          ${row.modelId ?? null}, ${row.at})`,
  )
}
