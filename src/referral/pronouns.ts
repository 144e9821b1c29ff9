import type { Sex } from '#people'

/** How a sentence of a form goes on about somebody. */
export type Pronouns = {
  readonly has: string
  readonly them: string
  readonly doTheyNeed: string
  readonly theyNeed: string
}

const she = { has: 'Has she', them: 'her', doTheyNeed: 'does she need', theyNeed: 'she needs' }
const he = { has: 'Has he', them: 'him', doTheyNeed: 'does he need', theyNeed: 'he needs' }
const they = { has: 'Have they', them: 'them', doTheyNeed: 'do they need', theyNeed: 'they need' }

/** The words for somebody of a sex; they, where it is not recorded. */
export const pronounsOf = (sex: Sex): Pronouns => (sex === 'female' ? she : sex === 'male' ? he : they)
