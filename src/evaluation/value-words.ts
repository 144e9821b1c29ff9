import type {
  AnswerCounts,
  AskedOfDue,
  Experienced,
  PlacesOfDeath,
  QualityYears,
  ScaleOutcome,
} from '#assessment'
import { friendsAndFamily, meanWords, scaleName } from '#assessment'
import type { GoalsOfGroup } from './goals-store.ts'
import { goalsSaid } from './goals-words.ts'
import type { Question } from './one-page-words.ts'
import { number } from './sentences.ts'
import { boundsWords, sureOf, type Told } from './unanswered.ts'

/** What people answered to measures, as groups: counts under 8 are already left out. */
export type Value = {
  readonly scales: readonly ScaleOutcome[]
  readonly friends: readonly AnswerCounts[]
  /** What they say of their care, question by question. */
  readonly experience?: readonly Experienced[]
  /** First years in quality-adjusted life years, by value set. */
  readonly years?: readonly QualityYears[]
  /** Where people died, against what they wished; absent of fewer than 8. */
  readonly deaths?: PlacesOfDeath
  /** How far their goals were reached, everybody's first; none where fewer than 8 were rated twice. */
  readonly goals?: readonly GoalsOfGroup[]
  /** Of whom each measure was due, how many answered. */
  readonly asked?: readonly AskedOfDue[]
}

const question = 'Did it matter to people?'

/**
 * What people said. A change of a score is never told alone: those who start low come up by themselves. What they say is sure
 * only where those who did not answer could not turn it round.
 *
 * @source evaluation design 2.7 (c).
 */
export function valueQuestion(value: Value | undefined): Question {
  const own = (value?.scales ?? []).filter(({ isOwn, people }) => isOwn && people !== undefined)
  const friends = (value?.friends ?? []).find(({ isOwn, people }) => isOwn && people !== undefined)
  const shares = friends && sharesOf(friends)
  const deaths = value?.deaths ? [deathsSaid(value.deaths)] : []
  const goals = goalsSaid(value?.goals ?? [])
  const reached = goals ? [goals] : []
  const experience = (value?.experience ?? []).filter(({ isOwn, best }) => isOwn && best !== undefined)
  const heard = heardOf(value?.asked ?? [], shares, experience)
  if (own.length === 0 && !friends && experience.length === 0 && !goals)
    return {
      question,
      answer: 'Nobody has asked people yet',
      evidence: [
        'No experience, quality of life or carer measure is recorded for enough people.',
        ...answeredOfDue(value?.asked ?? []),
        ...deaths,
      ],
      sure: 'Not measured',
      next: 'Choose one short measure, and ask at the start and after 6 months',
    }
  return {
    question,
    answer: shares
      ? `Of those who answered, ${Math.round(shares.positivePercent)} of 100 call it good or very good`
      : askedWords(own.length + experience.length > 0, goals !== undefined),
    evidence: [
      ...(shares
        ? [`${number(shares.people)} answered the Friends and Family Test.${heardWords(heard)}`]
        : []),
      ...experienceSaid(experience),
      ...(!shares && experience.length > 0 ? [heardWords(heard).trim()] : []),
      ...answeredOfDue(value?.asked ?? []),
      ...deaths,
      ...reached,
      ...twiceAsked(own),
      ...(value?.years ?? []).filter(({ isOwn }) => isOwn).map(yearsSaid),
    ],
    sure: sureOf(heard),
    next: 'Ask those who did not answer, by phone',
  }
}

/** What the Friends and Family Test says, or the overall experience where it says nothing, and of how many that is. */
function heardOf(
  asked: readonly AskedOfDue[],
  shares: ReturnType<typeof sharesOf>,
  experience: readonly Experienced[],
): Told | undefined {
  const overall = experience.find(({ item }) => item === '1')
  const share = shares ? shares.positivePercent / 100 : overall && (overall.best ?? 0) / overall.people
  const due = countDue(asked.filter(({ instrument }) => instrument === (shares ? 'fft' : 'experience')))
  return share === undefined || due.asked === 0 ? undefined : { share, ...due }
}

const heardWords = (heard: Told | undefined) =>
  heard
    ? ` It was due ${number(heard.asked)} times and then answered ${number(heard.answered)}: ${boundsWords(heard)}.`
    : ' How many were asked and did not answer is not told.'

function askedWords(isTold: boolean, hasGoals: boolean): string {
  if (isTold) return 'People were asked; what they say is below'
  return hasGoals
    ? 'How far their goals were reached is below'
    : 'People were asked; too few chose each answer to tell'
}

/** How many of the times an answer was due one came, of the measures of which that may be told. */
function answeredOfDue(asked: readonly AskedOfDue[]): readonly string[] {
  const { asked: due, answered } = countDue(asked)
  return due === 0
    ? []
    : [
        `Of ${number(due)} times that a measure was due, ${number(answered)} were answered (${Math.round((100 * answered) / due)} of 100).`,
      ]
}

function countDue(all: readonly AskedOfDue[]): Omit<Told, 'share'> {
  const told = all.filter(({ answered }) => answered !== undefined)
  return {
    asked: told.reduce((sum, one) => sum + one.due, 0),
    answered: told.reduce((sum, one) => sum + (one.answered ?? 0), 0),
  }
}

function sharesOf({ counts }: AnswerCounts) {
  const six = [1, 2, 3, 4, 5, 6].map((answer) => counts[answer])
  return six.every((count) => count !== undefined)
    ? friendsAndFamily(six.map((count) => count ?? 0))
    : undefined
}

// One line, for a page that leaves lines out must not leave out that nobody was compared.
function twiceAsked(own: readonly ScaleOutcome[]): readonly string[] {
  const twice = own
    .flatMap(({ instrument, scale, pairs, meanFirst, meanLast }) =>
      pairs !== undefined && meanFirst !== undefined && meanLast !== undefined
        ? [{ instrument, scale, pairs, meanFirst, meanLast }]
        : [],
    )
    .sort((a, b) => b.pairs - a.pairs)
    .slice(0, 2)
  const lines = twice.map(
    ({ pairs, meanFirst, meanLast, ...of }) =>
      `${scaleName(of)}: ${meanWords(of, meanFirst)}, then ${meanWords(of, meanLast)}, in ${number(pairs)} people asked twice.`,
  )
  return lines.length === 0
    ? []
    : [`${lines.join(' ')} Nobody was compared: people who start low or high come back by themselves.`]
}

/**
 * The first years in quality-adjusted life years, and that they are no gain: nobody who was not helped was asked.
 *
 * @source design evaluation 2.10: the area under the index, 0 from death. A difference takes a comparison, so none is told.
 */
export function yearsSaid({ version, people, meanYears, died, notAskedAgain }: QualityYears): string {
  const dead = died === undefined ? 'fewer than 8 of them died' : `${number(died)} of them died`
  const left = notAskedAgain === undefined ? 'fewer than 8' : number(notAskedAgain)
  return `${version}: ${meanYears.toFixed(3)} quality-adjusted life years a person in the first year, in ${number(people)} people (${dead}; ${left} more were not asked again). Nobody else was asked, so how much of it is gain is not known.`
}

/**
 * How many died where they had last wished to, of those whose wish and place are both known; the rest are told beside it.
 *
 * @source requirements R-282, whose programme said more than 90 in 100; clinical-content 6.1.
 */
export function deathsSaid({ people, met, notMet, noWish, notRecorded, cannotTell }: PlacesOfDeath): string {
  const count = (of: number | undefined) => (of === undefined ? 'fewer than 8, or not told' : number(of))
  const known =
    met === undefined || notMet === undefined
      ? 'how many of them where they wished is not told, because a count is under 8'
      : met + notMet === 0
        ? 'of none are both the wish and the place known'
        : `${number(met)} of the ${number(met + notMet)} whose wish and place are known died where they wished`
  return `${number(people)} died: ${known}. No wish recorded before: ${count(noWish)}. Place not recorded: ${count(notRecorded)}. Too roughly recorded to tell: ${count(cannotTell)}.`
}

/** The experience of care for a page that has one line: overall, and the question fewest call excellent or very good. */
function experienceSaid(all: readonly Experienced[]): readonly string[] {
  const told = all.flatMap(({ isOwn, best, people, ...one }) =>
    isOwn && best !== undefined ? [{ ...one, best, people, of100: (100 * best) / people }] : [],
  )
  const overall = told.find(({ item }) => item === '1')
  const least = told.filter(({ item }) => item !== '1').sort((a, b) => a.of100 - b.of100)[0]
  const said = (one: (typeof told)[number]) =>
    `“${one.words}”: ${Math.round(one.of100)} of 100 say excellent or very good, of ${number(one.people)}`
  return [...(overall ? [`${said(overall)}.`] : []), ...(least ? [`Fewest: ${said(least)}.`] : [])]
}
