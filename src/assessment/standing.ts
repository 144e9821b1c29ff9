import { addDays, addMonths, type LondonDate } from '#calendar'
import { closedDays } from './rules.ts'
import type { AskedEpisode, Moment, Schedule, Standing } from './types.ts'

const months: Readonly<Record<Moment, number>> = {
  baseline: 0,
  '3 months': 3,
  '6 months': 6,
  '12 months': 12,
  closing: 0,
}

// Two weeks to ask before it is late; four weeks before and six after, answers still belong to the moment. For closing
// it ends with the team's leave to read.
const lateAfterDays = 14
const earlyDays = 28
const openDays = 42

/**
 * When a measure is due at a moment of an episode, and between which days an answer belongs to that moment.
 *
 * @returns undefined where the moment does not come: closing of an open episode, a month after it closed.
 * @source Keyworker's own windows, wide enough to be met and too narrow to overlap; the site's clinical lead approves.
 */
function windowOf(
  moment: Moment,
  { openedOn, closedOn }: AskedEpisode,
): { readonly from: LondonDate; readonly dueOn: LondonDate; readonly until: LondonDate } | undefined {
  if (moment === 'closing') {
    return closedOn
      ? { from: addDays(closedOn, -earlyDays), dueOn: closedOn, until: addDays(closedOn, closedDays) }
      : undefined
  }
  const dueOn = addMonths(openedOn, months[moment])
  const from = moment === 'baseline' ? openedOn : addDays(dueOn, -earlyDays)
  return closedOn && from > closedOn ? undefined : { from, dueOn, until: addDays(dueOn, openDays) }
}

/**
 * How every measure of a programme stands in one episode, in the order of its moments.
 *
 * @param answered when each instrument was answered in this episode, struck answers left out. Not wanting to answer is
 *   an answer here: nobody is asked again for the same moment.
 */
export function standingsOf(
  schedule: Schedule,
  episode: AskedEpisode,
  answered: readonly { readonly instrument: string; readonly on: LondonDate }[],
  today: LondonDate,
): readonly Standing[] {
  return schedule
    .flatMap(({ instrument, at }) =>
      at.flatMap((moment): readonly Standing[] => {
        const window = windowOf(moment, episode)
        if (!window) return []
        const isAnswered = answered.some(
          (one) => one.instrument === instrument && one.on >= window.from && one.on <= window.until,
        )
        const state = isAnswered ? 'answered' : stateOf(moment, window, episode.closedOn, today)
        return state ? [{ instrument, moment, dueOn: window.dueOn, state }] : []
      }),
    )
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
}

type Window = NonNullable<ReturnType<typeof windowOf>>

function stateOf(
  moment: Moment,
  window: Window,
  closedOn: LondonDate | undefined,
  today: LondonDate,
): Standing['state'] | undefined {
  // Once it has closed, only closing is still asked.
  if (closedOn && moment !== 'closing') return window.until < closedOn ? 'missed' : undefined
  if (today > window.until) return 'missed'
  if (today > addDays(window.dueOn, lateAfterDays)) return 'overdue'
  return today >= window.from ? 'due' : 'not yet'
}

/** Every measure of a schedule at each of its moments, with the weeks in which an answer belongs to it. */
export const weeksOf = (schedule: Schedule) =>
  schedule.flatMap(({ instrument, at }) =>
    at.map((moment) =>
      moment === 'closing'
        ? { instrument, moment, months: null, early: earlyDays, open: closedDays }
        : {
            instrument,
            moment,
            months: months[moment],
            early: moment === 'baseline' ? 0 : earlyDays,
            open: openDays,
          },
    ),
  )

/** What is to be asked now: due and overdue, the most overdue first. */
export const toAsk = <Of extends Standing>(standings: readonly Of[]): readonly Of[] =>
  standings.filter(({ state }) => state === 'due' || state === 'overdue')
