import { funnelUsage, studyFunnel } from './study-funnel.ts'
import { matchUsage, studyMatch } from './study-match.ts'
import { eValueUsage, powerUsage, studyEValue, studyPower } from './study-numbers.ts'
import { ratesUsage, studyRates } from './study-rates.ts'
import { regressionUsage, studyRegression } from './study-regression.ts'
import { spcUsage, studySpc } from './study-spc.ts'
import { studySurvival, survivalUsage } from './study-survival.ts'
import { type Answered, type Asked, refused, type Verb, wrongUsage } from './types.ts'

type Study = readonly [usage: string, run: (asked: Asked) => Promise<Answered> | Answered]

const studies: Readonly<Record<string, Study>> = {
  match: [matchUsage, studyMatch],
  rates: [ratesUsage, studyRates],
  spc: [spcUsage, studySpc],
  funnel: [funnelUsage, studyFunnel],
  power: [powerUsage, studyPower],
  'regression-to-the-mean': [regressionUsage, studyRegression],
  'e-value': [eValueUsage, studyEValue],
  survival: [survivalUsage, studySurvival],
}

const usage = Object.values(studies)
  .map(([words]) => words)
  .join('\n  ')

const flags = ['replace', 'skip-ties', 'competing']

/** Every option a usage names, each known to the parser once; which study takes which is checked when it runs. */
const optionsOf = (words: string) => [...words.matchAll(/--([a-z-]+)/g)].map(([, name = '']) => name)

export const studyVerbs: Readonly<Record<string, Verb>> = {
  study: {
    usage,
    options: Object.fromEntries(
      optionsOf(usage).map((name) => [name, flags.includes(name) ? ('flag' as const) : ('text' as const)]),
    ),
    run: async (asked) => {
      const [name = '', ...more] = asked.words
      const study = Object.hasOwn(studies, name) ? studies[name] : undefined
      if (!study || more.length > 0) return wrongUsage(study?.[0] ?? usage)
      const mine = [...optionsOf(study[0]), 'json', 'data', 'port']
      if ([...Object.keys(asked.options), ...asked.flags].some((option) => !mine.includes(option)))
        return wrongUsage(study[0])
      try {
        return await study[1](asked)
      } catch (error) {
        // What the user gave cannot be used: one sentence. Everything else goes on as a fault.
        if (error instanceof Error && error.cause === 'mistake') return refused(error.message)
        throw error
      }
    },
  },
}
