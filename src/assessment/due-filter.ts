import type { Form } from '#access'
import type { LondonDate } from '#calendar'
import { scoringOf } from './scorings.ts'
import { standingsOf, toAsk } from './standing.ts'
import { type ListedEpisode, type Moment, moments, type Schedule } from './types.ts'

/** What narrows the list of what is due. All of it stands in an address. */
export type DueFilter = {
  readonly isMine: boolean
  readonly state: '' | 'due' | 'overdue'
  readonly measure: string
  readonly owner: string
  readonly page: number | 'all'
}

/** One moment of one episode at which something is to be asked. */
export type DueRow = {
  readonly episode: ListedEpisode
  readonly moment: Moment
  readonly dueOn: LondonDate
  readonly state: 'due' | 'overdue'
  /** What is to be asked, by key. */
  readonly instruments: readonly string[]
}

/** Reads a filter from an address; what it does not know is left open. */
export function readDueFilter(query: Pick<Form, 'text'>): DueFilter {
  const page = query.text('page')
  const state = query.text('state')
  return {
    isMine: query.text('mine') === 'yes',
    state: state === 'due' || state === 'overdue' ? state : '',
    measure: scoringOf(query.text('measure'))?.key ?? '',
    owner: query.text('owner'),
    page: page === 'all' ? 'all' : Math.max(1, Math.trunc(Number(page)) || 1),
  }
}

/** The address of a filter: only what is set stands in it, and nothing of a person. */
export function dueAddress(filter: DueFilter): string {
  const set = Object.entries({
    mine: filter.isMine ? 'yes' : '',
    state: filter.state,
    measure: filter.measure,
    owner: filter.owner,
    page: filter.page === 1 ? '' : String(filter.page),
  }).filter(([, value]) => value !== '')
  return set.length === 0 ? '/measures' : `/measures?${new URLSearchParams(set)}`
}

/** Everything to be asked now over many episodes: one row a moment, the longest overdue first. */
export function dueRows(
  episodes: readonly ListedEpisode[],
  schedules: ReadonlyMap<string, Schedule>,
  today: LondonDate,
): readonly DueRow[] {
  return episodes
    .flatMap((episode) => {
      const schedule = schedules.get(episode.programmeId) ?? []
      const due = toAsk(standingsOf(schedule, episode, episode.answered, today))
      return moments.flatMap((moment) => {
        const [first, ...more] = due.filter((one) => one.moment === moment)
        if (!first) return []
        const state: DueRow['state'] = first.state === 'overdue' ? 'overdue' : 'due'
        return [
          {
            episode,
            moment,
            dueOn: first.dueOn,
            state,
            instruments: [first, ...more].map(({ instrument }) => instrument),
          },
        ]
      })
    })
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
}

/** Whether a row stays. @param staffId whose people "mine" are. */
export const isKept = (row: DueRow, filter: DueFilter, staffId: string): boolean =>
  (!filter.isMine || row.episode.ownerId === staffId) &&
  (!filter.state || row.state === filter.state) &&
  (!filter.measure || row.instruments.includes(filter.measure)) &&
  (!filter.owner || row.episode.ownerId === filter.owner)
