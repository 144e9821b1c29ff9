import { type Asked, notForYou, type StaffVisit } from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { rowsAPage, Tabs } from '#ui'
import { type LoadRow, loads } from './store.ts'

/** When a load was taken: "1 April 2026 at 9:30am". */
export const loadedWords = (load: Pick<LoadRow, 'loadedAt'>) =>
  `${dateWords(londonDate(load.loadedAt))} at ${timeWords(load.loadedAt)}`

/** The load an address speaks of. */
export async function loadAsked(visit: StaffVisit, { params }: Asked): Promise<LoadRow> {
  const load = (await loads(visit.db)).find(({ id }) => id === params.load)
  if (!load) throw notForYou()
  return load
}

type About = 'refused' | 'changes' | 'mapping'

/** The pages about one load. */
export function LoadTabs({ load, current }: { readonly load: LoadRow; readonly current?: About }) {
  const here = `/population/loads/${load.id}`
  const tab = (about: About, label: string, href: string) => ({ label, href, isCurrent: about === current })
  return (
    <Tabs
      label="About this load"
      tabs={[
        tab('changes', 'What changed', `${here}/changes`),
        tab('refused', 'Refused rows', here),
        tab('mapping', 'How it was read', `${here}/mapping`),
      ]}
    />
  )
}

/** An address of a page with the facts that are said; page 1 goes without saying. */
export function withFacts(
  path: string,
  facts: Readonly<Record<string, string | number | undefined>>,
): string {
  const said = Object.entries(facts).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' || (name === 'page' && value === 1) ? [] : [[name, String(value)]],
  )
  return said.length ? `${path}?${new URLSearchParams(said)}` : path
}

/** A page of so many rows: past the end it is the last, which rows taken away since must not leave empty. */
export const pageWithin = (page: number | 'all', total: number): number | 'all' =>
  page === 'all' ? 'all' : Math.min(page, Math.max(1, Math.ceil(total / rowsAPage)))

/** More pages than any list has. */
const mostPages = 100_000

/** Which page of a list is asked for. */
export const pageAsked = (asked: Asked): number | 'all' => {
  const page = asked.query.text('page')
  return page === 'all' ? 'all' : Math.min(mostPages, Math.max(1, Number.parseInt(page, 10) || 1))
}
