import { dateWords, daysBetween, type LondonDate, londonDate, timeWords } from '#calendar'
import type { Copy, CopyPlan } from '#jobs'

/** Hours after which the last good copy is too old: one night was missed. */
const oldAfterHours = 36

/** How the copies stand, in words for whoever answers for them. `isTold` on every page of theirs where it is not well. */
export type CopyStanding = {
  readonly isWell: boolean
  readonly heading: string
  readonly words: string
  /** For the top of every page of an administrator; nothing where all is well, or somebody chose it so. */
  readonly isTold?: string
}

const noneWords: Readonly<Record<Extract<CopyPlan, { noneBecause: string }>['noneBecause'], CopyStanding>> = {
  'own database': {
    isWell: true,
    heading: 'Copied by your own tools',
    words:
      'This installation is in a PostgreSQL of yours. Copy that every night with its own tools, and the data folder beside it.',
  },
  'made-up people': {
    isWell: true,
    heading: 'Nothing is copied: everybody here is made up',
    words: 'Name a folder with BACKUP when you start, and these are copied too.',
  },
  'nothing loaded': {
    isWell: true,
    heading: 'Nothing to copy yet',
    words: 'Copies begin with the first night after the first load.',
  },
  'switched off': {
    isWell: false,
    heading: 'No copies are made',
    words:
      'Whoever started the program set BACKUP=no. If its disk is lost, every record is lost, unless you copy it yourself.',
  },
}

/**
 * Whether the copies can be relied on at this moment.
 *
 * @param copies the newest first. @param now the real clock: a disk fails by that one.
 */
export function copyStanding(plan: CopyPlan | undefined, copies: readonly Copy[], now: Date): CopyStanding {
  if (plan && 'noneBecause' in plan) return noneWords[plan.noneBecause]
  const good = copies.find(({ outcome }) => outcome === 'done')
  const last = copies.find(({ endedAt }) => endedAt)
  const failed = last?.outcome === 'failed' ? last : undefined
  const first = copies.at(-1)
  if (!good && (failed || (first && hoursSince(first.begunAt, now) > oldAfterHours)))
    return {
      isWell: false,
      heading: 'No copy was ever made',
      words: failed
        ? `The last try failed, ${momentWords(failed.begunAt, now)}: ${failed.words} ${again}`
        : 'Every try was cut short. Look whether the program stays up at night.',
      isTold: 'No copy was ever made',
    }
  if (!good)
    return {
      isWell: true,
      heading: 'No copy yet',
      words: plan
        ? 'The first is made within the hour, and then one each night.'
        : 'Within a minute of its start the program says here whether copies are made. Open this page again.',
    }
  const when = momentWords(good.begunAt, now)
  if (hoursSince(good.begunAt, now) > oldAfterHours)
    return {
      isWell: false,
      heading: `The last good copy is from ${when}`,
      words: `What was written since would be lost with the disk. ${failed ? `The last try failed: ${failed.words} ${again}` : 'Look whether the machine is up at night.'}`,
      isTold: `No copy since ${dateWords(londonDate(good.begunAt))}`,
    }
  return {
    isWell: true,
    heading: `The last good copy is from ${when}`,
    words: failed ? `A try since then failed: ${failed.words} ${again}` : 'The next is made tonight.',
  }
}

const hoursSince = (at: Date, now: Date) => (now.getTime() - at.getTime()) / 3_600_000

const again = 'It is tried again every hour.'

/** "today, 12:45am", "yesterday, 12:45am" or "3 April 2026, 12:45am". */
export function momentWords(at: Date, now: Date): string {
  const [on, today]: readonly LondonDate[] = [londonDate(at), londonDate(now)]
  if (!on || !today) return ''
  const days = daysBetween(on, today)
  const day = days === 0 ? 'today' : days === 1 ? 'yesterday' : dateWords(on)
  return `${day}, ${timeWords(at)}`
}
