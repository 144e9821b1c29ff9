import { thingOf } from './asked-words.ts'
import type { Question } from './one-page-words.ts'
import { number } from './sentences.ts'
import type { Service } from './service-types.ts'
import type { Answer } from './types.ts'

type Answered = Extract<Answer, { kind: 'answered' }>

/** A saving is written only where both the cost and the effect leave one answer. */
export function costQuestion(answer: Answer, service: Service | undefined): Question {
  const question = 'What did it cost?'
  const hour = service?.unitCosts.find(({ item }) => item === 'staff hour')
  const time = service
    ? `${number(service.minutes / 60)} hours are logged in ${number(service.timed)} of ${number(service.contacts)} contacts.`
    : 'No time has been added up yet.'
  const pounds = answer.kind === 'answered' ? answer.further?.differences.pounds : undefined
  const staff = hour && service ? (service.minutes / 60) * hour.pounds : undefined
  const own =
    staff === undefined ? 'Nobody has entered what an hour of staff costs' : `${money(staff)} of staff time`
  const each = staff === undefined ? [] : eachSaid(answer, staff)
  if (!pounds || answer.kind !== 'answered')
    return {
      question,
      answer: own,
      evidence: [time, ...each, 'What hospital care cost instead is not told without matched people.'],
      sure: hour ? 'Sure' : 'Not measured',
      next: hour ? 'Log the length of every contact' : 'Enter what an hour of staff costs',
    }
  const isOpen = answer.verdict === 'cannot tell' || (pounds.low <= 0 && pounds.high >= 0)
  return {
    question,
    answer: isOpen
      ? `${own}; other care, no clear difference`
      : `${own}; other care, ${differenceWords(pounds.value)}`,
    evidence: [
      time,
      ...each,
      `Other care (${answer.further?.differences.costed.join(', ')}): ${differenceWords(pounds.low)} to ${differenceWords(pounds.high)} a person a year. A bed freed is not money in hand.`,
    ],
    sure: isOpen ? 'Cannot tell yet' : 'Fairly sure',
    next: hour ? 'Check the prices' : 'Enter what an hour of staff costs',
  }
}

/** What one person cost in staff time, and what each avoided event did where it is shown that any was avoided. */
function eachSaid(answer: Answer, staff: number): readonly string[] {
  if (answer.kind === 'not ready' || answer.joined < 8) return []
  const aPerson = staff / answer.joined
  return [
    `${money(aPerson)} of staff time for each of the ${number(answer.joined)} who joined.`,
    ...avoidedSaid(answer, aPerson),
  ]
}

function avoidedSaid(answer: Answer, aPerson: number): readonly string[] {
  const { one, many, isFewerBetter } = thingOf(answer)
  if (!isFewerBetter) return []
  const found =
    answer.kind === 'answered' && answer.verdict === 'fewer' ? costEachAvoided(answer, aPerson) : undefined
  if (!found) return [`What each avoided ${one} cost is not told: that any was avoided is not shown.`]
  const { value, low, high } = found
  const range =
    high === undefined ? `at least ${money(low)}, with no upper end` : `${money(low)} to ${money(high)}`
  return [
    `For each avoided ${one}: ${money(value)} of staff time (95% interval ${range}), of those followed. What fewer ${many} saved elsewhere is not taken off.`,
  ]
}

/**
 * What was spent on somebody, over how many events fewer they had while followed than matched people. The interval comes from that of the
 * events; where it holds none avoided, there is no upper end.
 *
 * @param aPerson pounds for each person who joined: all time logged, also after follow-up, so the cost is not too low.
 * @returns undefined where the difference, which is not adjusted, does not say fewer as the adjusted ratio does.
 * @source evaluation design 2.10: cost for each effect only where an effect is shown, and with its uncertainty.
 */
export function costEachAvoided(
  { further, helped }: Pick<Answered, 'further' | 'helped'>,
  aPerson: number,
): { readonly value: number; readonly low: number; readonly high?: number } | undefined {
  const difference = further?.differences.admissions
  if (!difference || difference.value >= 0 || helped.people === 0) return undefined
  const followedYears = helped.years / helped.people
  const each = (forThousand: number) => aPerson / ((-forThousand / 1000) * followedYears)
  return {
    value: each(difference.value),
    low: each(difference.low),
    ...(difference.high < 0 ? { high: each(difference.high) } : {}),
  }
}

const money = (pounds: number) => `£${number(Math.abs(pounds))}`
const differenceWords = (pounds: number) => `${money(pounds)} ${pounds < 0 ? 'less' : 'more'}`
