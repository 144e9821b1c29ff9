// A page of an answer with all its charts, its figures made up: the demonstration's own answer is rightly withheld.
import { londonDate } from '#calendar'
import { type Answered, answerPage } from '../src/evaluation/pages.tsx'
import { everyAnswer, programmeNamed } from '../test/answers.ts'
import { plainFurniture } from '../test/asking.ts'

const ranAt = new Date('2026-04-01T01:10:00Z')

/** The page of a service that helped, as made-up figures would have it. */
export function pageOfAnAnswer(): string {
  const answer = everyAnswer.find((one) => one.kind === 'answered' && one.verdict === 'fewer')
  if (answer?.kind !== 'answered') throw new Error('no made-up answer says fewer')
  // E-values of 0.80 and of the upper end, 0.90.
  const hiddenCause = { estimate: 1.81, nearest: 1.46 }
  const programme = programmeNamed('quayside', 'Quayside care co-ordination')
  const result = {
    ...{ id: 'answer', programmeId: 'quayside', protocolVersion: 1, lockedByName: 'Yasmin Haddad' },
    ...{ lockedAt: ranAt, ranAt, dataTo: londonDate(ranAt), answer: { ...answer, hiddenCause } },
  }
  const chosen: Answered = { programme, result, trial: { services: 200, withheld: 3, saidEffect: 9 } }
  return answerPage({ furniture: plainFurniture, all: [chosen], chosen })
}
