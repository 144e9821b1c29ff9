import { newId, notForYou, type Outcome, type Problem, require, type StaffVisit } from '#access'
import { installation } from '#organisations'
import { addSwitch, endSwitch, switchInForce, trainedModel } from './model-store.ts'
import type { TargetKey } from './targets.data.ts'
import type { TrainedModel } from './types.ts'

const may = 'accept purposes'

/** Why a model can never be used here, or undefined. */
export const neverUsedHere = (model: TrainedModel, kind: string): string | undefined => {
  if (model.kind !== kind) return 'It was trained on made-up people, so it cannot be used on real ones'
  return model.verdict === 'do not use' ? 'A leak was found in it' : undefined
}

/**
 * Puts a model in use: from then on the list is by its risks, with numbers. The lists are made anew at once.
 *
 * @param form.answeredForBy the clinical safety officer's name. @param form.report the hash of the report on the page,
 *   so that nobody switches on another than they read.
 */
export async function switchOn(
  visit: StaffVisit,
  modelId: string,
  form: { readonly answeredForBy: string; readonly hasRead: boolean; readonly report: string },
): Promise<Outcome<{ readonly switchId: string }>> {
  require(visit, may)
  const model = /^[0-9a-f-]{36}$/.test(modelId) ? await trainedModel(visit.db, modelId) : undefined
  if (!model) throw notForYou()
  const { kind } = await installation(visit.db)
  const never = neverUsedHere(model, kind ?? '')
  const answeredForBy = form.answeredForBy.trim()
  const problems: Problem[] = [
    ...(never ? [{ field: 'answeredForBy', message: never }] : []),
    ...(answeredForBy.length >= 3
      ? []
      : [
          {
            field: 'answeredForBy',
            message: 'Enter the name of the clinical safety officer who answers for this',
          },
        ]),
    ...(answeredForBy.length <= 100
      ? []
      : [{ field: 'answeredForBy', message: 'Shorten the name to 100 characters or fewer' }]),
    ...(form.hasRead
      ? []
      : [{ field: 'hasRead', message: 'Tick the box to say that you have read the report' }]),
    ...(form.report === model.reportSha256
      ? []
      : [{ field: 'hasRead', message: 'The report has changed since you opened it. Read it again' }]),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const switchId = newId()
  const { staffId } = visit.caller
  await addSwitch(visit.db, {
    id: switchId,
    modelId,
    reportSha256: form.report,
    answeredForBy,
    by: staffId,
    at: visit.now,
  })
  await visit.note({ what: 'model switched on', about: `model ${modelId}`, facts: { modelId, switchId } })
  await visit.later('rank', {}, 'rank')
  return { ok: true, value: { switchId } }
}

/** Takes the model in use out of it, in one step: the next page shows the rule's list and no number. */
export async function switchOff(visit: StaffVisit): Promise<boolean> {
  require(visit, may)
  const now = await switchInForce(visit.db)
  if (!now) return false
  await endSwitch(visit.db, { by: visit.caller.staffId, at: visit.now })
  await visit.note({
    what: 'model switched off',
    about: `model ${now.modelId}`,
    facts: { modelId: now.modelId, switchId: now.id },
  })
  return true
}

/** Promises a training: it decides nothing, and its report is read before anything is used. */
export async function askForTraining(visit: StaffVisit, target: TargetKey): Promise<void> {
  require(visit, 'see loads')
  await visit.later('train', { target }, `train ${target}`)
}
