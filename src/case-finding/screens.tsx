import type { Answer, Asked, Permit, PersonPanel, Route, StaffVisit } from '#access'
import { isSwitchedOn, type Programme, programmes } from '#organisations'
import { episodesOf } from '#people'
import { EmptyState, renderPage } from '#ui'
import { add, showAdd, showHowToAdd } from './add.tsx'
import { chosenProgramme, named, practiceList, practiceListUnnamed, programmeFor } from './candidates.ts'
import { cutRoutes } from './cuts/cut-page.tsx'
import { decide, showDecide, undo } from './decide.tsx'
import { showEquity } from './equity.tsx'
import { suitsRoutes } from './flags/suits-page.tsx'
import { showLedger } from './ledger.tsx'
import { listPage, pageOf } from './list.tsx'
import {
  addressOf,
  asksWhoTheyAre,
  type ListQuery,
  narrowed,
  ofTab,
  readList,
  readQuery,
} from './list-rules.ts'
import { isCalled } from './list-search.ts'
import { lotRoutes } from './lots/lot-pages.tsx'
import { mirrorRoutes } from './mirror/mirror-page.tsx'
import { objectionsOf, saveObjection, showObjection } from './objection.tsx'
import { paged } from './paged.ts'
import { profileRoutes } from './profile/profile-page.tsx'
import { registerRoutes } from './registers/registers-page.tsx'
import { signOff } from './sign-off.tsx'
import { download, showDownload, showPrint } from './take-away.tsx'
import { showToldPerson } from './told-person.tsx'
import { trainedRoutes } from './trained/trained-page.tsx'
import { goToNext, saveWhy, showWhy } from './why.tsx'

// Asked for most of all pages: whether it may be shown is asked with the programmes, which saves both sides a turn.
async function showList(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const [isOn, all] = await Promise.all([isSwitchedOn(visit.db, part), programmes(visit.db)])
  if (!isOn) return offPage(asked)
  const wanted = readQuery(asked.query)
  const programme = chosenProgramme(all, wanted.programme)
  if (!programme || visit.caller.organisation.kind !== 'practice') {
    return { kind: 'page', html: notAtAPractice(asked) }
  }
  const quickly = await openTab(visit, programme, all, wanted, asksWhoTheyAre(wanted))
  // Somebody on the page may not be listed any more and nothing here says so: then everybody is looked up.
  const { list, query, tab } = quickly.isShort ? await openTab(visit, programme, all, wanted, true) : quickly
  return { kind: 'page', html: listPage(visit, asked, list, query, tab, all) }
}

/** Opens the page of a list that an address asks for. It is short where somebody who stood on it may not be listed. */
async function openTab(
  visit: StaffVisit,
  programme: Programme,
  all: readonly Programme[],
  wanted: ListQuery,
  isWhole: boolean,
) {
  const list = await practiceListUnnamed(visit, programme, { all, isWhole })
  const ofThis = ofTab(list.candidates, wanted.tab, visit.caller.staffId)
  const found = narrowed(ofThis, wanted, visit.today)
  // Whoever judged the last person of the last page comes back to the page before it.
  const query = wanted.page === 'all' ? wanted : { ...wanted, page: paged(found, wanted.page).page }
  const page = pageOf(found, query.page)
  const shown = await named(visit, list, page, {
    purpose: 'direct care',
    verb: 'read the case-finding list',
  })
  return { list, query, tab: { all: ofThis, found, shown }, isShort: shown.length < page.length }
}

const notAtAPractice = (asked: Asked) =>
  renderPage({
    furniture: asked.furniture,
    title: 'People suggested for care co-ordination',
    children: (
      <EmptyState says="A list belongs to a GP practice. Change to your post at a practice to work down its list." />
    ),
  })

/** Finds by name or number among the people of the list. The answer's address holds references, never what was typed. */
async function find(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readList(asked.form.text('list'))
  const typed = asked.form.text('typed')
  const programme = await programmeFor(visit, query.programme)
  if (!programme || typed.trim() === '') return { kind: 'go', to: addressOf(query) }
  const list = await practiceList(visit, programme, {
    purpose: 'direct care',
    verb: 'search the case-finding list',
  })
  const found = ofTab(list.candidates, query.tab, visit.caller.staffId)
    .filter(({ person }) => isCalled(person, typed))
    .map(({ person }) => person.id)
  if (found.length > mostFound) {
    return {
      kind: 'go',
      to: addressOf(query),
      saved: `More than ${mostFound} people match. Type more of the name, or the NHS number.`,
    }
  }
  return { kind: 'go', to: addressOf({ ...query, who: found }) }
}

const mostFound = 20

const judges = 'judge candidates'

const routes: readonly Route[] = [
  { method: 'POST', path: '/case-finding/find', may: judges, answer: find },
  { method: 'POST', path: '/case-finding/sign-off', may: judges, answer: signOff },
  { method: 'GET', path: '/case-finding/print', may: judges, answer: showPrint },
  { method: 'GET', path: '/case-finding/download', may: judges, answer: showDownload },
  { method: 'POST', path: '/case-finding/download', may: judges, answer: download },
  { method: 'GET', path: '/case-finding/equity', may: 'see evaluation', answer: showEquity },
  { method: 'GET', path: '/case-finding/ledger', may: judges, answer: showLedger },
  ...lotRoutes,
  ...cutRoutes,
  ...mirrorRoutes,
  ...registerRoutes,
  ...trainedRoutes,
  ...suitsRoutes,
  ...profileRoutes,
  { method: 'GET', path: '/case-finding/add', may: judges, answer: showHowToAdd },
  { method: 'GET', path: '/case-finding/:person', may: judges, answer: showWhy },
  { method: 'POST', path: '/case-finding/:person', may: judges, answer: saveWhy },
  { method: 'GET', path: '/case-finding/:person/next', may: judges, answer: goToNext },
  { method: 'GET', path: '/case-finding/:person/defer', may: judges, answer: showDecide('deferred') },
  { method: 'POST', path: '/case-finding/:person/defer', may: judges, answer: decide('deferred') },
  { method: 'GET', path: '/case-finding/:person/decline', may: judges, answer: showDecide('declined') },
  { method: 'POST', path: '/case-finding/:person/decline', may: judges, answer: decide('declined') },
  { method: 'POST', path: '/case-finding/:person/take-back', may: judges, answer: undo },
  {
    method: 'GET',
    path: '/case-finding/:person/objection',
    may: 'add candidates',
    answer: (visit, asked) => showObjection(visit, asked),
  },
  { method: 'POST', path: '/case-finding/:person/objection', may: 'add candidates', answer: saveObjection },
  { method: 'GET', path: '/case-finding/:person/told', may: 'add candidates', answer: showToldPerson },
  { method: 'GET', path: '/case-finding/:person/add', may: 'add candidates', answer: showAdd },
  { method: 'POST', path: '/case-finding/:person/add', may: 'add candidates', answer: add },
]

/** On the page about a person: the way onto the list where nobody has them yet, an objection, and why they were looked at. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel | undefined> {
  if (!visit.caller.activities.has('add candidates')) return undefined
  const isOpen = (await episodesOf(visit.db, permit)).some(({ closedOn }) => !closedOn)
  const hasObjected = (await objectionsOf(visit, permit)).length > 0
  const { person } = permit
  return {
    place: 'acts',
    contents: (
      <>
        {!isOpen && !hasObjected && <a href={`/case-finding/${person}/add`}>Add to the case-finding list</a>}{' '}
        <a href={`/case-finding/${person}/objection`}>
          {hasObjected ? 'Objects to being looked for' : 'Record an objection'}
        </a>{' '}
        <a href={`/case-finding/${person}/told`}>Why we looked</a>
      </>
    ),
  }
}

const part = 'case-finding'

/** Every page of case-finding, shut while its purpose has not been accepted for the real people here. */
export const screens: readonly Route[] = [
  { method: 'GET', path: '/case-finding', may: judges, answer: showList },
  ...routes.map(
    (route): Route => ({
      ...route,
      answer: async (visit, asked) =>
        (await isSwitchedOn(visit.db, part)) ? route.answer(visit, asked) : offPage(asked),
    }),
  ),
]

const offPage = ({ furniture }: Asked): Answer => ({
  kind: 'page',
  html: renderPage({
    furniture,
    title: 'Case-finding is off',
    lead: 'It is used on real people once your clinical safety officer has accepted what it is meant for.',
    children: <p>Ask them to open “Purposes”. Until then, refer people you know yourself.</p>,
  }),
})
