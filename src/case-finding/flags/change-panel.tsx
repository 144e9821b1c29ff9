import { dateWords } from '#calendar'
import { Panel } from '#ui'
import { capital } from '../words.ts'
import { careGaps } from './flag-lists.data.ts'
import { flagsOf, mightSuit, type ProgrammeSuits } from './rules.ts'
import type { Flags } from './types.ts'

/**
 * What help could change, beside the reasons: each flag with its dated records, what could not be looked at, and which programmes
 * say that they might suit. For the reader's judgement; no part of the rank.
 */
export function WhatHelpCouldChange(props: {
  readonly flags: Flags
  readonly programmes: readonly ProgrammeSuits[]
}) {
  const { flags, programmes } = props
  const suits = mightSuit(flagsOf(flags), programmes)
  const said = [...acscWords(flags), ...gapWords(flags), ...endOfLifeWords(flags)]
  return (
    <Panel kind="neutral" heading="What help could change">
      {said.length > 0 ? (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {said.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : (
        <p>None of the three things that are looked for is in these records.</p>
      )}
      {suits.length > 0 && (
        <p>
          <b>Might suit:</b> {suits.join(', ')}. The programmes say so of themselves.
        </p>
      )}
      {notKnownWords(flags).map((words) => (
        <p key={words} className="kw-second">
          {words}
        </p>
      ))}
      <p className="kw-second">For your judgement. Never part of the rank, and nobody is left out by it.</p>
    </Panel>
  )
}

const shown = 3

function acscWords({ acsc = [] }: Flags): readonly string[] {
  if (acsc.length === 0) return []
  const stays = acsc.slice(0, shown).map(({ on, condition }) => `${condition}, ${dateWords(on)}`)
  const more = acsc.length > shown ? `; ${acsc.length - shown} more` : ''
  return [
    `Admitted as an emergency with a condition best cared for outside hospital: ${stays.join('; ')}${more}`,
  ]
}

const gapWords = ({ gaps = [] }: Flags): readonly string[] =>
  gaps.flatMap(({ key, lastOn }) => {
    const gap = careGaps.find((one) => one.key === key)
    if (!gap) return []
    return [`${capital(gap.words)}. ${gap.last}: ${lastOn ? dateWords(lastOn) : 'none in these records'}`]
  })

const endOfLifeWords = ({ endOfLife = [] }: Flags): readonly string[] =>
  endOfLife
    .slice(0, 1)
    .map(({ on, by }) =>
      by === 'register'
        ? `On the palliative care register since ${dateWords(on)}`
        : `Palliative care recorded on ${dateWords(on)}`,
    )

function notKnownWords({ acsc, gaps, gapsNotKnown = [], endOfLife }: Flags): readonly string[] {
  const unknown = careGaps.filter(({ key }) => gapsNotKnown.includes(key)).map(({ words }) => words)
  return [
    ...(acsc ? [] : ['Hospital stays are not linked.']),
    ...(gaps && unknown.length > 0
      ? [`Could not be looked at, for this practice has no such record of anybody: ${unknown.join('; ')}.`]
      : []),
    ...(gaps ? [] : ['Gaps in care could not be looked at: measurements or conditions are not linked.']),
    ...(endOfLife ? [] : ['Registers and conditions are not linked.']),
  ]
}
