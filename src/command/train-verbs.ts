import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Trained, targetBySlug, trainModel, validateNewest } from '#case-finding'
import { withWorkshop } from './record-verbs.ts'
import { type Answered, refused, type Verb, wrongUsage } from './types.ts'

const trainUsage = 'train [--of admission|ae|care-home] [--quick] [--data FOLDER]'
const validateUsage = 'validate [--out FILE] [--data FOLDER]'

export const trainVerbs: Readonly<Record<string, Verb>> = {
  train: {
    usage: trainUsage,
    options: { quick: 'flag', of: 'text' },
    run: async ({ flags, options, settings }) => {
      const target = targetBySlug(options.of ?? 'admission')
      if (!target) return wrongUsage(trainUsage)
      return await withWorkshop(settings, 'train', async (workshop) =>
        trainedAnswer(await trainModel(workshop, { isQuick: flags.has('quick'), target })),
      )
    },
  },
  validate: {
    usage: validateUsage,
    options: { out: 'text' },
    run: async ({ options, settings }) =>
      await withWorkshop(settings, 'validate', async (workshop) => {
        const checked = await validateNewest(workshop)
        if ('refused' in checked) return refused(checked.refused)
        if (options.out) await writeFile(resolve(options.out), checked.html)
        const { name, of, verdict, figures } = checked
        const { auc, calibrationSlope: slope, observedOverExpected: ratio } = figures
        return {
          code: 0,
          json: {
            model: name,
            of,
            verdict,
            testedOn: checked.testedOn,
            people: figures.people,
            admitted: figures.events,
            auc,
            slope,
            ratio,
            ...(options.out && { file: resolve(options.out) }),
          },
          text: `${name}, of ${of}, on the year from ${checked.testedOn}: ${verdict}. AUC ${auc.value.toFixed(3)}, slope ${slope.value.toFixed(2)}, admitted over expected ${ratio.value.toFixed(2)}.`,
        }
      }),
  },
}

function trainedAnswer(trained: Trained): Answered {
  if ('refused' in trained) return refused(trained.refused)
  const { report, modelId, isNew } = trained
  const { figures } = report
  return {
    code: 0,
    json: {
      modelId,
      isNew,
      name: report.name,
      of: report.target ?? 'emergency admission',
      kind: report.kind,
      verdict: report.judgement.verdict,
      trained: report.trained,
      tested: report.tested,
      auc: figures.auc,
      slope: figures.calibrationSlope,
      observedOverExpected: figures.observedOverExpected,
      cuts: figures.cuts.map(({ percent, people, ppv, sensitivity }) => ({
        percent,
        people,
        ppv,
        sensitivity,
      })),
      ...(report.heldOut && { heldOut: report.heldOut }),
      leaks: report.leaks,
      leftOut: report.leftOut,
      seconds: report.seconds,
    },
    text: `${isNew ? 'Trained' : 'Trained already, the same model'}: ${report.name}, of ${report.target ?? 'emergency admission'}, ${report.judgement.verdict}. AUC ${figures.auc.value.toFixed(3)} on the year from ${report.tested.indexOn}. Read its report under Models before it is used.`,
  }
}
