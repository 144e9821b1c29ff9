import { ageOn, daysBetween, type LondonDate, shortDateWords } from '#calendar'
import { diedWords, nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import { type Html, html, type LongColumn, tagIn } from '#ui'
import type { Died } from './died.ts'
import type { BesideTasks } from './next-store.ts'
import { daysSilent, isNotHeardFrom } from './rules.ts'
import type { Listed } from './types.ts'

/** A stage as a heading or a filter says it. */
export const stageWords = (stage: string) => stage.charAt(0).toUpperCase() + stage.slice(1)

/** The columns of a team's list. */
export const columns = (
  today: LondonDate,
  died: Died,
  beside: BesideTasks,
): readonly LongColumn<Listed>[] => [
  {
    head: 'Who',
    cell: (person) => {
      const number = person.nhsNumber ? readNhsNumber(person.nhsNumber) : undefined
      const age = person.bornOn && `, ${ageOn(person.bornOn, today)}`
      const dead = died.get(person.personId)
      const words = dead && diedWords(dead)
      const who = html`<a href="/people/${person.personId}">${nameToSearch(person)}</a>${age}`
      return twoLines(
        words ? html`${who}<br/>${tagIn('grey', words)}` : who,
        number ? nhsNumberWords(number) : 'NHS number not known',
      )
    },
    width: 'middle',
  },
  {
    head: 'Stage',
    cell: (person) => twoLines(stageWords(person.stage), person.programmeName),
    width: 'middle',
  },
  {
    head: 'Case manager and practice',
    label: 'Case manager',
    cell: (person) => twoLines(person.ownerName, person.practiceName ?? 'Practice not stated'),
  },
  {
    head: 'Last heard from',
    label: 'Heard from',
    cell: (person) => {
      const words = person.lastContactOn ? shortDateWords(person.lastContactOn, today) : 'No contact yet'
      return isNotHeardFrom(person, today) && !died.has(person.personId)
        ? html`${words}<br/>${tagIn('orange', `Overdue ${overdueDays(person, today)}`)}`
        : html`${words}`
    },
  },
  {
    head: 'Next',
    cell: ({ nextOn, personId }) =>
      died.has(personId)
        ? html`Held`
        : nextWords({ task: nextOn, first: beside.first[personId], plan: beside.plan[personId] }, today),
    width: 'narrow',
  },
]

type Dates = { readonly [What in 'task' | 'first' | 'plan']?: LondonDate }

// Of two on one day the first named: somebody nobody has spoken to yet is rung before anything else is done for them.
function nextWords({ task, first, plan }: Dates, today: LondonDate): Html {
  const [next] = [
    { on: first, what: 'First contact' },
    { on: task, what: '' },
    { on: plan, what: 'As planned' },
  ].sort((a, b) => byDay(a.on, b.on))
  if (!next?.on) return html`Nothing planned`
  const late = daysBetween(next.on, today)
  const words = late > 0 ? tagIn('orange', `Overdue ${days(late)}`) : html`${shortDateWords(next.on, today)}`
  return next.what ? twoLines(words, next.what) : words
}

// What has no day comes last.
const byDay = (a = '9', b = '9') => (a === b ? 0 : a < b ? -1 : 1)

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`

const twoLines = (first: string | Html, second: string): Html =>
  html`${first}<br/><span class="kw-second">${second}</span>`

const overdueDays = (person: Listed, today: LondonDate): string =>
  days(daysSilent(person, today) - person.reviewEveryDays)
