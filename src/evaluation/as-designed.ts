import type { Question } from './one-page-words.ts'
import { fewest, number } from './sentences.ts'
import type { AsDesigned, Service } from './service-types.ts'

const question = 'Is it run as designed?'

/** In so many of 100 or more the programme’s own rule counts as kept. A choice of ours, written down here. */
const enoughOf100 = 90

/**
 * Whether those with a programme are in touch as often as it says, have an agreed plan, and are held by nobody beyond its
 * limit. Counted, not estimated; counts that could name somebody are left out.
 */
export function designQuestion(service: Service | undefined): Question {
  const unread =
    'A look on a ward round counts as being in touch. What is done in a contact is not counted here.'
  const found = service?.asDesigned
  if (!found || found.withUs < fewest)
    return {
      question,
      answer: service ? `${number(service.contacts)} contacts are recorded` : 'Not counted yet',
      evidence: [
        found ? `Fewer than ${fewest} people are with it: no share is told.` : 'Not counted yet.',
        unread,
      ],
      sure: 'Not measured',
      next: 'Compare the team’s work with the programme’s own rules',
    }
  const shares = [touch(found), planned(found)]
  const isKept =
    shares.every(({ of100 }) => of100 === undefined || of100 >= enoughOf100) && found.overLimit === 0
  const told = shares.flatMap(({ of100 }) => of100 ?? [])
  const isTold = told.length > 0
  const some = told.every((of100) => of100 < 50) ? 'Mostly not' : 'In part'
  return {
    question,
    answer: isTold ? (isKept ? 'Yes, as far as it is counted' : some) : 'Too few to tell apart',
    evidence: [...shares.map(({ words }) => words), ...held(found), unread],
    sure: isTold ? 'Sure' : 'Cannot tell yet',
    next: isKept
      ? 'Look again in 6 months'
      : 'Ask the team what stands in the way, or change the programme’s own rules',
  }
}

type Share = { readonly of100?: number; readonly words: string }

const touch = ({ withUs, inTouch }: AsDesigned): Share =>
  shareOf(inTouch, withUs, 'were in touch with somebody within the days the programme gives')

const planned = ({ duePlan, withPlan }: AsDesigned): Share =>
  shareOf(withPlan, duePlan, 'who joined 28 days ago or more have a plan that was agreed')

/** A share of those with it; a part from 1 to 7, or all but 1 to 7, is not told. */
function shareOf(part: number, all: number, words: string): Share {
  const isSmall = (count: number) => count > 0 && count < fewest
  if (all < fewest) return { words: `Too few ${words.replace(/^were|^who/, 'people $&')} to tell.` }
  if (isSmall(part)) return { of100: 0, words: `Fewer than ${fewest} of ${number(all)} ${words}.` }
  if (isSmall(all - part))
    return { of100: 100, words: `All but fewer than ${fewest} of ${number(all)} ${words}.` }
  return { of100: (100 * part) / all, words: `${number(part)} of ${number(all)} ${words}.` }
}

function held({ holders, overLimit, heldLimit }: AsDesigned): readonly string[] {
  if (heldLimit === null || holders === 0) return []
  const who = `of ${number(holders)} who hold its people`
  return [
    overLimit === 0
      ? `Nobody ${who} holds more than its limit of ${number(heldLimit)}.`
      : `${number(overLimit)} ${who} ${overLimit === 1 ? 'holds' : 'hold'} more than its limit of ${number(heldLimit)}.`,
  ]
}
