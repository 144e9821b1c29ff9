import { dateWords, daysBetween, type LondonDate } from '#calendar'
import { Details, SummaryList } from '#ui'
import { areNumbersTooOld, isOldList } from '../list-age.ts'
import { kindWords, valueWords } from './rules.ts'
import type { OutsideValue } from './types.ts'

/**
 * What other tools said of the person, folded, each with its day, as it came: in no rank of ours, and nothing where it is too
 * old to be read.
 */
export function OutsideValues(props: {
  readonly values?: readonly OutsideValue[]
  readonly today: LondonDate
}) {
  const { values = [], today } = props
  if (values.length === 0) return null
  return (
    <Details summary="Scores of others. Not ours, and not part of this list">
      <SummaryList
        rows={values.map((value) => ({
          label: `${value.score}, version ${value.version}`,
          value: said(value, today),
        }))}
      />
      <p className="kw-second">
        Each is as somebody else’s tool gave it. They put nobody higher or lower here. How each came out here
        is told under Models, Scores of others.
      </p>
    </Details>
  )
}

/** @source Design safety-security 1.7: a score older than 35 days says so, and one older than 90 days is not used. */
function said(value: OutsideValue, today: LondonDate): string {
  const given = `given on ${dateWords(value.on)}`
  if (areNumbersTooOld(value.on, today)) return `Not shown: ${given}, more than 90 days ago`
  const old = isOldList(value.on, today) ? `, ${daysBetween(value.on, today)} days ago: it is old` : ''
  return `${valueWords(value)}, ${given}${old}. ${kindWords(value)}`
}
