import type { Problem } from '#access'
import { addDays, addMonths, dateWords, type LondonDate } from '#calendar'
import type { Question } from './one-page-words.ts'
import type { StaffLine } from './staff-store.ts'
import { relativeQuestion, staffQuestions } from './staff-survey.data.ts'
import { boundsWords, sureOf } from './unanswered.ts'

/** The first day of the quarter a day lies in. */
export function quarterOf(on: LondonDate): LondonDate {
  const month = Number(on.slice(5, 7)) - 1
  return addMonths(addDays(on, 1 - Number(on.slice(8, 10))), -(month % 3))
}

/**
 * The answers of a form: 1 to 5, and 0 for a question that was left out, so that every question counts the same people.
 *
 * @returns a mistake where nothing at all was answered.
 */
export function readStaffAnswers(
  text: (field: string) => string,
): { readonly answers: Readonly<Record<string, number>> } | { readonly problems: readonly Problem[] } {
  const answers = Object.fromEntries(
    staffQuestions.map(({ key }) => [key, /^[1-5]$/.test(text(key)) ? Number(text(key)) : 0]),
  )
  const first = staffQuestions[0]?.key ?? ''
  return Object.values(answers).every((value) => value === 0)
    ? { problems: [{ field: first, message: 'Answer at least one question' }] }
    : { answers }
}

/** Tenths as words: what nobody or everybody said is never told, so 1 and 9 are ends. */
export function tenthsWords(tenths: number): string {
  if (tenths <= 1) return '1 in 10 or fewer'
  return tenths >= 9 ? '9 in 10 or more' : `${tenths} in 10`
}

/**
 * What staff said, for a page that has six questions: the newest quarter, all places together. It is sure only where those who
 * did not answer could not turn it round.
 */
export function staffQuestion(lines: readonly StaffLine[]): Question {
  const question = 'How is it for those who work here?'
  const all = lines.filter(({ placeId }) => placeId === undefined)
  const newest = all.filter(({ quarter }) => quarter === all[0]?.quarter)
  const relative = newest.find((line) => line.question === relativeQuestion)
  if (!relative)
    return {
      question,
      answer: 'Not known',
      evidence: ['Fewer than 8 of the staff have answered in any quarter that is over.'],
      sure: 'Not measured',
      next: 'Give staff 2 minutes each quarter to answer 8 questions',
    }
  const told = { share: relative.agreeTenths / 10, answered: relative.people, asked: relative.staff }
  const worst = [...newest].sort((a, b) => b.disagreeTenths - a.disagreeTenths)[0]
  const words = (key: string) => staffQuestions.find((one) => one.key === key)?.words ?? key
  return {
    question,
    answer: `Of those who answered, ${tenthsWords(relative.agreeTenths)} would be glad for a relative to be looked after here`,
    evidence: [
      `${relative.people} of ${relative.staff} staff answered in the quarter from ${dateWords(relative.quarter)}: ${boundsWords(told)}.`,
      ...(worst && worst.disagreeTenths >= 3
        ? [`Most disagreed with: “${words(worst.question)}” (${tenthsWords(worst.disagreeTenths)}).`]
        : []),
    ],
    sure: sureOf(told),
    next: 'Ask the team what would change it',
  }
}
