import type { StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { nameInSentence, nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import { formIn, type Html, html, type LongColumn, linkButtonIn, secondIn, tagIn } from '#ui'
import type { PracticeList } from './candidates.ts'
import { flagWords, mightSuit } from './flags/rules.ts'
import type { Candidate } from './list-rules.ts'
import { lotLine } from './lots/lot-notes.tsx'
import { targetOf } from './model/targets.data.ts'
import { canTakeBack, reasonWords } from './rules.ts'
import type { Suggestion } from './types.ts'
import { addedWords, byAndWhen, capital, reasonsOf, returnedWords, sexAndAge } from './words.ts'

const personColumn = (visit: StaffVisit, text: string): LongColumn<Candidate> => ({
  head: 'Person',
  width: 'middle',
  cell: ({ person }) =>
    html`<a href="/case-finding/${person.id}?list=${encodeURIComponent(text)}">${nameToSearch(person)}</a>${secondIn(
      html`${sexAndAge(person, visit.today)}<br/>${numberWords(person.nhsNumber)}`,
    )}`,
})

/** In groups, on one line. */
export function numberWords(value: string | undefined): string {
  const number = value && readNhsNumber(value)
  return number ? nhsNumberWords(number) : 'No NHS number'
}

/** The columns of somebody to judge: who, why by the rule, and the three ways to decide. */
export const toJudge = (
  visit: StaffVisit,
  list: PracticeList,
  text: string,
): readonly LongColumn<Candidate>[] => [
  personColumn(visit, text),
  ...(list.inUse ? [numberColumn(list.inUse)] : []),
  {
    head: list.inUse ? 'Why' : 'Why, by the rule. Not validated here',
    width: 'wide',
    cell: (candidate) => whyCell(candidate, visit, list),
  },
  decisionColumn(list, text),
]

function decisionColumn(list: PracticeList, text: string): LongColumn<Candidate> {
  const keep = `list=${encodeURIComponent(text)}`
  const accept = `?programme=${list.programme.key}&${keep}`
  return {
    head: 'Your decision',
    cell: ({ person }) => {
      const about = nameInSentence(person)
      return html`<div class="kw-buttons">${[
        linkButtonIn(`/referrals/accept/${person.id}${accept}`, 'Accept', about),
        linkButtonIn(`/case-finding/${person.id}/defer?${keep}`, 'Defer', about),
        linkButtonIn(`/case-finding/${person.id}/decline?${keep}`, 'Decline', about),
      ]}</div>`
    },
  }
}

/** How many of 100 people with such a record, and what is usual. Only of a model in use; a drawing repeats nothing. */
const numberColumn = ({ model }: NonNullable<PracticeList['inUse']>): LongColumn<Candidate> => ({
  head: targetOf(model.report).head,
  cell: ({ suggestion, person }) => {
    if (suggestion?.risk === undefined) return html`<span class="kw-second">Not worked out</span>`
    const whose = person.sex === 'female' ? 'her' : person.sex === 'male' ? 'his' : 'this'
    return html`<b>${Math.round(100 * suggestion.risk)} in 100</b>${secondIn(
      `usual at ${whose} age: ${suggestion.usualIn100}`,
    )}`
  },
})

function whyCell(candidate: Candidate, visit: StaffVisit, list: PracticeList): Html {
  const { suggestion, standing, added } = candidate
  const returned = returnedWords(standing)
  const why = suggestion?.told ? told(suggestion.told) : suggestion && byRule(suggestion, list, visit)
  const suits = mightSuit(suggestion?.flags ?? [], list.suits)
  return html`${why}${added && html`<div>${addedWords(added, visit.today)}</div>`}${returned && secondIn(returned)}${
    suggestion?.lot && lotLine(suggestion.lot)
  }${flags(candidate)}${suits.length > 0 && secondIn(`Might suit: ${suits.join(', ')}`)}`
}

function told({ up, down }: NonNullable<Suggestion['told']>): Html {
  return html`${up.length > 0 && html`<div><b>Up:</b> ${up.join('; ')}</div>`}${
    down.length > 0 && html`<div><b>Down:</b> ${down.join('; ')}</div>`
  }`
}

function byRule(suggestion: Suggestion, list: PracticeList, visit: StaffVisit): Html {
  const place = suggestion.isReturned
    ? 'Below the cut'
    : `Rule ranking ${suggestion.rank.toLocaleString('en-GB')} of ${list.run?.cut.toLocaleString('en-GB')}`
  return html`<div><b>${place}:</b> ${reasonsOf(suggestion, visit.today).join('; ')}</div>`
}

function flags({ suggestion, elsewhere }: Candidate): readonly Html[] {
  const words = [
    ...(suggestion?.isRiskRising ? ['Risk rising'] : []),
    ...flagWords.filter(({ key }) => suggestion?.flags?.includes(key)).map(({ chip }) => chip),
    ...(suggestion?.isCareHome ? ['Care home'] : []),
    ...(suggestion?.livesAlone ? ['Lives alone'] : []),
    ...(suggestion && suggestion.emergencyAdmissions === 0 ? ['No recent admission'] : []),
    ...(elsewhere.length > 0 ? ['Known to a team'] : []),
  ]
  return words.map((word) => html`<span>${tagIn('white', word)} </span>`)
}

/** The columns of somebody judged: who, what was decided, and its undo for 7 days. */
export const judged = (
  visit: StaffVisit,
  list: PracticeList,
  text: string,
): readonly LongColumn<Candidate>[] => [
  personColumn(visit, text),
  { head: 'Decision', width: 'wide', cell: (candidate) => decisionCell(candidate, visit) },
  { head: 'Undo', isHeadHidden: true, cell: (candidate) => undoCell(candidate, visit, list, text) },
]

function decisionCell({ inForce, standing }: Candidate, visit: StaffVisit): Html {
  if (!inForce) return html``
  const decided = capital(standing.tab === 'to judge' ? 'to judge' : inForce.decision)
  const again = inForce.showAgainOn && `. Shown again on ${dateWords(inForce.showAgainOn)}`
  return html`<b>${decided}</b>: ${reasonWords(inForce.decision, inForce.reason)}${
    inForce.words && html`<div>“${inForce.words}”</div>`
  }${secondIn(`${byAndWhen(inForce, visit.today)}${again ?? ''}`)}`
}

function undoCell(candidate: Candidate, visit: StaffVisit, list: PracticeList, text: string): Html {
  const { inForce, person, seen, standing } = candidate
  if (!inForce || !canTakeBack(inForce, visit.today))
    return html`<span class="kw-second">More than 7 days ago</span>`
  const isAccepted = inForce.decision === 'accepted'
  if (isAccepted && standing.tab !== 'accepted') return html``
  return formIn({
    action: isAccepted ? `/referrals/${person.id}/take-back` : `/case-finding/${person.id}/take-back`,
    fields: {
      _csrf: visit.caller.csrf,
      _person: person.id,
      programme: list.programme.key,
      seen: String(seen),
      list: text,
    },
    words: 'Undo',
    about: nameInSentence(person),
  })
}
