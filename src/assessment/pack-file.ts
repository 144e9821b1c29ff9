import { z } from 'zod'
import { dateWords, type LondonDate, readDate } from '#calendar'
import { importedOnly } from './imported.data.ts'
import { instruments } from './instruments.data.ts'
import { type ScoreOnly, scoreOnly } from './score-only.data.ts'
import { scoresOf } from './scoring.ts'
import type { Answers, Question } from './types.ts'

/** The first field of every pack, so that another file is told apart. */
export const packFormat = 'keyworker measure pack 1'

const words = z.string().trim().min(1).max(1000)
const day = z.string().transform((text, context) => {
  const on = readDate(text)
  if (on) return on
  context.addIssue({ code: 'custom', message: 'write it like 2027-03-31' })
  return z.NEVER
})

/** What is asked, in the licensed words: what is kept of a file beside its licence. */
export const packWords = z.strictObject({
  stem: words,
  answeredBy: z.array(z.enum(['the person', 'a carer, for them', 'staff'])).min(1),
  questions: z.array(
    z.strictObject({
      key: words,
      words,
      choices: z.array(z.strictObject({ value: z.int(), words })).min(2),
    }),
  ),
})

const packFile = z.strictObject({
  format: z.literal(packFormat),
  instrument: words,
  version: words,
  edition: words,
  licence: z.strictObject({ holder: words, reference: words, notice: words, from: day, until: day }),
  ...packWords.shape,
  examples: z
    .array(z.strictObject({ answers: z.array(z.int()), scores: z.record(z.string(), z.number()) }))
    .min(1),
})

export type PackWords = z.infer<typeof packWords>
export type PackFile = z.infer<typeof packFile>

/** A site’s pack as it is kept. */
export type SitePack = {
  readonly id: string
  readonly instrument: string
  readonly version: string
  readonly edition: string
  readonly holder: string
  readonly reference: string
  readonly notice: string
  readonly licensedFrom: LondonDate
  readonly licensedUntil: LondonDate
  readonly words: PackWords
  readonly sha256: string
  readonly putInByName: string
  readonly putInAt: Date
  readonly endedAt?: Date
  readonly endedByName?: string
  readonly endedReason?: string
}

type Read = { readonly ok: true; readonly pack: PackFile } | { readonly ok: false; readonly sentence: string }

const refused = (sentence: string): Read => ({ ok: false, sentence })

/**
 * Reads a site's pack: the words of one measure whose arithmetic is here, with the licence it is used under.
 *
 * @returns the pack, or the one sentence that says what does not fit: the file, its licence, the measure, its version, a
 *   question, or a worked example of its manual that our arithmetic does not give.
 * @source clinical-content 2.1: AMBER measures are asked with the words of the site's own licence and no others.
 */
export function readPack(text: string, today: LondonDate): Read {
  if (!text.trim()) return refused('Choose the file, or paste all of its words')
  const found = asJson(text)
  if (found === undefined)
    return refused(
      'This is not a measure pack: choose the file that was filled in, or paste all of its words',
    )
  const read = packFile.safeParse(found)
  if (!read.success) return refused(issueSaid(read.error.issues[0]))
  const pack = read.data
  const scoring = scoreOnly.find(({ key }) => key === pack.instrument)
  const sentence =
    licenceSaid(pack.licence, today) ??
    (scoring ? (questionsSaid(pack, scoring) ?? examplesSaid(pack, scoring)) : unknownSaid(pack.instrument))
  return sentence === undefined ? { ok: true, pack } : refused(sentence)
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const missingSaid: Readonly<Record<string, string>> = {
  licence: 'The file does not say under which licence: ask its maker to add it',
  'licence.holder': 'The file does not say who holds the licence: ask its maker to add the holder',
  'licence.reference': 'The file has no licence reference: ask its maker to add it',
  'licence.notice':
    'The file has no copyright line: ask its maker to add the notice that the licence asks for',
  'licence.from': 'The file does not say when the licence begins: write it like 2026-04-01',
  'licence.until': 'The file does not say when the licence ends: write it like 2027-03-31',
  format: `This is not a measure pack: its first line must give the format “${packFormat}”`,
  examples: 'The file has no worked example: ask its maker to add at least one from the manual',
}

function issueSaid(issue: z.core.$ZodIssue | undefined): string {
  const at = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys')
    return `The file has “${issue.keys[0]}”, which a measure pack does not have: take it out`
  return (
    missingSaid[at] ??
    `The file does not fit a measure pack at “${at || 'its beginning'}”: compare it with the example`
  )
}

function licenceSaid({ from, until }: PackFile['licence'], today: LondonDate): string | undefined {
  if (until < from) return 'The licence ends before it begins: correct its days'
  if (until < today) return `The licence ran out on ${dateWords(until)}: renew it, then put the new file in`
  return from > today ? `The licence begins on ${dateWords(from)}: put the file in from then on` : undefined
}

function unknownSaid(key: string): string {
  const here = instruments.find((one) => one.key === key)
  if (here) return `${here.name} needs no pack: its words are here already`
  const imported = importedOnly.find((one) => one.key === key)
  if (imported)
    return `${imported.name} is never asked here: write down results of a licensed form instead, on the person’s measures`
  const names = scoreOnly.map(({ key: known }) => `“${known}”`).join(', ')
  return `Keyworker cannot add up “${key}”: a pack may be for ${names}`
}

function questionsSaid(pack: PackFile, scoring: ScoreOnly): string | undefined {
  const { name, version, items } = scoring
  if (pack.version !== version)
    return `The file is for the version “${pack.version}”, and the arithmetic here is for “${version}”`
  if (pack.questions.length !== items.length)
    return `The file has ${pack.questions.length} questions, and ${name} has ${items.length}`
  const at = items.findIndex((item, place) => !isSameItem(item, pack.questions[place]))
  const [item, question] = [items[at], pack.questions[at]]
  if (!item || !question) return undefined
  if (item.key !== question.key)
    return `Question ${at + 1} of the file has the key “${question.key}”, and ${name} has “${item.key}” there`
  const given = question.choices.map(({ value }) => value).join(', ')
  return `Question ${at + 1} of the file takes the answers ${given}, and the arithmetic takes ${item.values.join(', ')}`
}

const isSameItem = (item: ScoreOnly['items'][number], question: PackFile['questions'][number] | undefined) =>
  question?.key === item.key &&
  question.choices.length === item.values.length &&
  item.values.every((value) => question.choices.some((choice) => choice.value === value))

function examplesSaid({ examples }: PackFile, scoring: ScoreOnly): string | undefined {
  for (const [at, { answers, scores }] of examples.entries()) {
    const said = exampleSaid(scoring, answers, scores)
    if (said) return `Example ${at + 1} of the file ${said}`
  }
  return undefined
}

function exampleSaid(
  scoring: ScoreOnly,
  answers: readonly number[],
  scores: Readonly<Record<string, number>>,
): string | undefined {
  const { items, name } = scoring
  if (
    answers.length !== items.length ||
    items.some(({ values }, at) => !values.includes(answers[at] ?? Number.NaN))
  )
    return `does not answer each question of ${name} once`
  const wanted = Object.entries(scores)
  const given: Answers = Object.fromEntries(items.map(({ key }, at) => [key, answers[at] ?? 'not asked']))
  const ours = new Map(scoresOf(scoring, given).map(({ scale, value }) => [scale, value]))
  const [scale, theirs] = wanted.find(([key, value]) => ours.get(key) !== value) ?? []
  if (wanted.length === 0) return 'gives no score'
  if (scale === undefined) return undefined
  return ours.has(scale)
    ? `comes to ${theirs} on “${scale}”, and the arithmetic here gives ${ours.get(scale)}: compare both with the manual`
    : `names “${scale}”, which ${name} does not have`
}

/** The questions of a pack in the arithmetic's own order of values. */
export const questionsOf = ({ questions }: Pick<PackWords, 'questions'>): readonly Question[] =>
  questions.map((question) => ({ ...question, values: question.choices.map(({ value }) => value) }))
