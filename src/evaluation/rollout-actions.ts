import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Outcome, StaffVisit } from '#access'
import type { Task } from '#jobs'
import { currentLoad, withStore } from '#population'
import { sha256Of } from './lock.ts'
import { analyseRollout } from './rollout-analysis.ts'
import { drawnOrder, isFirstStepToCome, neededTo } from './rollout-rules.ts'
import { lockRollout, readRolloutCells, rollouts, saveRolloutAnswer } from './rollout-store.ts'
import type { Rollout, RolloutAnswer } from './rollout-types.ts'

/**
 * Draws the order of a plan by lot and locks it, in the caller's name: before its first step, or it would be no lot.
 *
 * The number it is drawn from is chance, taken now and kept, so that nobody chooses the order and anybody can draw it
 * again. Nothing changes from then on.
 */
export async function approveRollout(visit: StaffVisit, rollout: Rollout): Promise<Outcome> {
  const { staffId } = visit.caller
  if (rollout.draftedById === staffId)
    return {
      ok: false,
      problems: [{ field: 'approve', message: 'Somebody else than who wrote the plan must approve it' }],
    }
  if (!isFirstStepToCome(rollout.plan, visit.today))
    return {
      ok: false,
      problems: [
        { field: 'approve', message: 'Its first step has begun, so no lot can decide it. Write a new plan' },
      ],
    }
  const seed = randomInt(2 ** 32)
  const drawn = drawnOrder(rollout.plan.practices, seed)
  await lockRollout(visit.db, {
    rolloutId: rollout.id,
    seed,
    drawn,
    sha256: sha256Of({ plan: rollout.plan, seed, drawn }),
    by: staffId,
    at: visit.now,
  })
  return { ok: true, value: undefined }
}

/** Judges every phased start that was drawn, from the newest load. Before its last period there is no answer. */
export const judgeRollouts: Task = async (workshop) => {
  const { load, all } = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    all: await rollouts(db),
  }))
  const drawn = all.filter(({ lock }) => lock)
  if (!load || drawn.length === 0) return
  await withStore(join(workshop.folder, load.folder), async (store) => {
    for (const [at, rollout] of drawn.entries()) {
      await workshop.say(`${at} of ${drawn.length} phased starts judged`, at / drawn.length)
      const { id, plan, lock } = rollout
      const needed = neededTo(plan)
      const isReady = load.coveredTo >= needed && store.has('inpatient')
      const answer: RolloutAnswer = isReady
        ? analyseRollout(await readRolloutCells(store, plan), lock?.drawn ?? [], plan.steps, lock?.seed ?? 0)
        : { kind: 'not yet', recordsTo: load.coveredTo, neededTo: needed }
      await workshop.inVisit(({ db, now }) =>
        saveRolloutAnswer(db, { rolloutId: id, loadId: load.id, ranAt: now, answer }),
      )
    }
  })
}
