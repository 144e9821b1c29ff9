import { dateWords, londonDate, timeWords } from '#calendar'
import { Section, Timeline } from '#ui'
import type { DeathSaid } from './types.ts'
import { waysAlive, waysKnown } from './ways.data.ts'

const at = (moment: Date) => `${dateWords(londonDate(moment))}, ${timeWords(moment)}`

const wayWords = (code: string | undefined) =>
  [...waysKnown, ...waysAlive].find((way) => way.code === code)?.words ?? 'How is not written down'

const endWords: Readonly<Record<NonNullable<DeathSaid['endedWhy']>, string>> = {
  'taken back': 'Taken back',
  'another day': 'The same source says another day since',
  answered: 'Somebody here said otherwise',
  'no longer sent':
    'The source no longer says so, and nobody here had to do with them: taken off by the load',
}

/** Everything anybody said of it, the newest first, and how each ended: nothing is taken out. */
export function SaidSoFar({ said }: { readonly said: readonly DeathSaid[] }) {
  if (said.length === 0) return null
  return (
    <Section heading="What was said so far">
      <Timeline
        items={said.flatMap((one) => [
          ...(one.endedAt && one.endedWhy ? [endItem(one, one.endedAt, endWords[one.endedWhy])] : []),
          {
            when: at(one.saidAt),
            what: saidWords(one),
            by: one.saidByName ? `Said by ${one.saidByName}` : sourceWords(one),
          },
        ])}
      />
    </Section>
  )
}

const saidWords = ({ diedOn, knownBy, words, withdrawnAt, endedAt }: DeathSaid) =>
  [
    `Died ${dateWords(diedOn)}.`,
    ...(knownBy ? [`${wayWords(knownBy)}.`] : []),
    ...(words ? [words] : []),
    ...(withdrawnAt && !endedAt ? [`Its source no longer says so since ${at(withdrawnAt)}.`] : []),
  ].join(' ')

const endItem = (one: DeathSaid, when: Date, why: string) => ({
  when: at(when),
  what: [
    `${why}: died ${dateWords(one.diedOn)}.`,
    ...(one.aliveBy ? [`${wayWords(one.aliveBy)}.`] : []),
    ...(one.endedWords ? [one.endedWords] : []),
  ].join(' '),
  by: one.endedByName ? `Said by ${one.endedByName}` : sourceWords(one),
})

/** Which extract says it, and when that was loaded. */
export const sourceWords = ({ supplier, loadedAt }: DeathSaid): string =>
  loadedAt
    ? `The extract of ${supplier}, people, loaded ${at(loadedAt)}`
    : `An extract of a source ${supplier === 'not known' ? 'that is not known' : `called ${supplier}`}`
