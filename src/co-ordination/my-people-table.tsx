import { ageOn, type LondonDate, shortDateWords } from '#calendar'
import { nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import { type Column, Tag } from '#ui'
import { daysSilent, isNotHeardFrom } from './rules.ts'
import type { Listed } from './types.ts'

/** A stage as a heading or a filter says it. */
export const stageWords = (stage: string) => stage.charAt(0).toUpperCase() + stage.slice(1)

/** The columns of a team's list. */
export const columns = (today: LondonDate): readonly Column<Listed>[] => [
  {
    head: 'Who',
    cell: (person) => {
      const number = person.nhsNumber ? readNhsNumber(person.nhsNumber) : undefined
      return (
        <>
          <a href={`/people/${person.personId}`}>{nameToSearch(person)}</a>
          {person.bornOn && `, ${ageOn(person.bornOn, today)}`}
          <br />
          <span className="kw-second">{number ? nhsNumberWords(number) : 'NHS number not known'}</span>
        </>
      )
    },
    width: 'middle',
  },
  {
    head: 'Stage',
    cell: (person) => (
      <>
        {stageWords(person.stage)}
        <br />
        <span className="kw-second">{person.programmeName}</span>
      </>
    ),
    width: 'middle',
  },
  {
    head: 'Case manager and practice',
    cell: (person) => (
      <>
        {person.ownerName}
        <br />
        <span className="kw-second">{person.practiceName ?? 'Practice not stated'}</span>
      </>
    ),
  },
  {
    head: 'Last heard from',
    cell: (person) => (
      <>
        {person.lastContactOn ? shortDateWords(person.lastContactOn, today) : 'No contact yet'}
        {isNotHeardFrom(person, today) && (
          <>
            <br />
            <Tag colour="orange">{`Overdue ${overdueDays(person, today)}`}</Tag>
          </>
        )}
      </>
    ),
  },
  {
    head: 'Next',
    cell: (person) => (person.nextOn ? shortDateWords(person.nextOn, today) : 'Nothing planned'),
    width: 'narrow',
  },
]

function overdueDays(person: Listed, today: LondonDate): string {
  const days = daysSilent(person, today) - person.reviewEveryDays
  return `${days} ${days === 1 ? 'day' : 'days'}`
}
