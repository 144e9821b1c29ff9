import type { Permit, PersonPanel, Route, StaffVisit } from '#access'
import { Section, SummaryList } from '#ui'
import { cameOn } from './actions.ts'
import { admitPage, admitPerson, waitingPage } from './admit.tsx'
import { boardPage } from './board.tsx'
import { leavePage, leavePerson } from './leave.tsx'
import { printPage } from './print.tsx'
import { decide, leave, personPage, resume, skipPerson, start } from './round.tsx'
import { dayOnWard, lookWords } from './rules.ts'
import { sheetPage } from './sheet.tsx'
import { stayOf } from './store.ts'

const may = 'run rounds'

/** The ward's pages. Every one asks again whether the caller works on a ward and has a tie to the person. */
export const screens: readonly Route[] = [
  { method: 'GET', path: '/ward', may, answer: async (visit, asked) => page(await boardPage(visit, asked)) },
  {
    method: 'POST',
    path: '/ward/find',
    may,
    answer: async (visit, asked) => page(await boardPage(visit, asked)),
  },
  {
    method: 'GET',
    path: '/ward/print',
    may,
    answer: async (visit, asked) => page(await printPage(visit, asked)),
  },
  {
    method: 'GET',
    path: '/ward/admit',
    may,
    answer: async (visit, asked) => page(await waitingPage(visit, asked)),
  },
  { method: 'GET', path: '/ward/admit/:person', may, answer: admitPage },
  { method: 'POST', path: '/ward/admit/:person', may, answer: admitPerson },
  { method: 'GET', path: '/ward/leave/:person', may, answer: leavePage },
  { method: 'POST', path: '/ward/leave/:person', may, answer: leavePerson },
  { method: 'GET', path: '/ward/round', may, answer: resume },
  { method: 'POST', path: '/ward/round', may, answer: start },
  { method: 'POST', path: '/ward/round/leave', may, answer: leave },
  { method: 'GET', path: '/ward/round/:person', may, answer: personPage },
  { method: 'POST', path: '/ward/round/:person', may, answer: decide },
  { method: 'POST', path: '/ward/round/:person/skip', may, answer: skipPerson },
  { method: 'GET', path: '/ward/rounds/:round', may, answer: sheetPage },
]

const page = (html: string) => ({ kind: 'page', html }) as const

/** Where the person lies and when they are looked at next, for the page about them. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const there = await stayOf(visit.db, permit)
  if (!there) return undefined
  return {
    place: 'side',
    contents: (
      <Section heading="On the virtual ward" isRuled={false}>
        <SummaryList
          rows={[
            { label: 'Bed', value: there.bed },
            { label: 'Day', value: dayOnWard(cameOn(there), visit.today) },
            { label: 'Looked at', value: there.seen },
            { label: 'Next look', value: lookWords(there, visit.now, visit.today) },
          ]}
        />
      </Section>
    ),
  }
}
