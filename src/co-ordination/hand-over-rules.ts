import type { Problem } from '#access'
import type { DueAction } from '#care-plan'
import type { Episode, Identity, PersonId } from '#people'
import { diedWords, nameInSentence } from '#people'
import { reassignReasons } from '#referral'
import type { Task } from './types.ts'

/** Somebody's case manager at a place: how many open episodes they are named for, and whether they still work there. */
export type CaseManagerHere = LeftCaseManager & {
  readonly staffId: string
  readonly isHere: boolean
}

/** Somebody by name, with how many open episodes are in it. */
export type LeftCaseManager = { readonly name: string; readonly held: number }

/** What one colleague holds of one person. */
export type HeldLine = {
  /** The episode's reference; of somebody whose case manager is another, the person's own. */
  readonly key: string
  readonly personId: PersonId
  readonly name: string
  readonly called: string
  /** They are said to have died: nobody is told to ring them. */
  readonly died?: string
  readonly episode?: Episode
  /** The case manager, where that is somebody else and only tasks or actions pass. */
  readonly caseManagerName?: string
  readonly tasks: readonly Task[]
  readonly actions: readonly DueAction[]
}

/** Why a whole caseload changes hands: the reasons of a single change that may be everybody's. */
export const handOverReasons = reassignReasons.filter(({ code }) =>
  ['leave', 'caseload', 'other'].includes(code),
)

/** What a colleague holds at a place, a line an episode, in the order the people come. */
export function heldLines(
  held: { readonly fromId: string; readonly teamId: string },
  found: {
    readonly people: readonly Identity[]
    readonly episodes: readonly Episode[]
    readonly tasks: readonly Task[]
    readonly actions: readonly DueAction[]
  },
): readonly HeldLine[] {
  return found.people.flatMap((person): readonly HeldLine[] => {
    const isTheirs = (one: { readonly personId: string }) => one.personId === person.id
    const isHeld = (one: { readonly personId: string; readonly ownerId?: string }) =>
      isTheirs(one) && one.ownerId === held.fromId
    const who = {
      personId: person.id,
      name: nameInSentence(person),
      called: person.called ?? person.givenName,
      died: diedWords(person),
    }
    const [tasks, actions] = [found.tasks.filter(isHeld), found.actions.filter(isHeld)]
    const theirs = found.episodes.filter(isTheirs)
    const own = theirs.filter(({ ownerId, teamId }) => ownerId === held.fromId && teamId === held.teamId)
    const [first, ...more] = own
    if (!first) {
      if (tasks.length + actions.length === 0) return []
      return [{ ...who, key: person.id, caseManagerName: theirs[0]?.ownerName, tasks, actions }]
    }
    return [
      { ...who, key: first.id, episode: first, tasks, actions },
      ...more.map((episode) => ({ ...who, key: episode.id, episode, tasks: [], actions: [] })),
    ]
  })
}

/** Somebody who may take over, and in which programmes. */
export type Taker = {
  /** What stands for them in the form: of a colleague here their id, of somebody elsewhere with the team's beside it. */
  readonly key: string
  readonly staffId: string
  readonly teamId: string
  /** Where they work, if that is not here: whoever passes to them passes to another team. */
  readonly elsewhere?: string
  readonly name: string
  /** Their name with how many they hold. */
  readonly words: string
  /** Open episodes they hold and may hold, where the programme counts by the worker. */
  readonly load?: { readonly held: number; readonly limit: number }
  readonly programmeIds: readonly string[]
}

/** A hand-over as somebody typed it. */
export type HandOverDraft = {
  readonly reason: string
  /** Who takes everybody whose line was left open; nobody, where it is empty. */
  readonly rest: string
  readonly lines: readonly {
    readonly key: string
    readonly turn: number
    /** A worker's id, `stays`, or nothing. */
    readonly to: string
    readonly words: string
  }[]
}

export const stays = 'stays'

/** What stands for a taker of another team, and whether it does. */
export const keyElsewhere = (staffId: string, teamId: string): string => `${staffId}@${teamId}`
const isElsewhere = (key: string) => key.includes('@')

/** One line that passes, to whom, and what they are told. */
export type Passing = { readonly line: HeldLine; readonly to: string; readonly words: string }

/**
 * Who passes to whom: the line's own choice, or else the one for everybody. A line that is not typed stays, and so does one
 * whose case manager stays here when everybody goes to another team: who works there has nothing to do with that person.
 */
export const passingOf = (lines: readonly HeldLine[], draft: HandOverDraft): readonly Passing[] =>
  lines.flatMap((line) => {
    const typed = draft.lines.find(({ key }) => key === line.key)
    const rest = !line.episode && isElsewhere(draft.rest) ? stays : draft.rest
    const to = typed && (typed.to || rest)
    return to && to !== stays ? [{ line, to, words: typed.words }] : []
  })

const mostCharacters = 1000

/**
 * What to put right before a caseload changes hands: why, to whom, and that nobody changed hands since the page was drawn.
 */
export function problemsWithHandOver(
  lines: readonly HeldLine[],
  draft: HandOverDraft,
  takers: readonly Taker[],
): readonly Problem[] {
  const passing = passingOf(lines, draft)
  const gone = draft.lines.filter(({ key }) => !lines.some((line) => line.key === key)).length
  return [
    ...(handOverReasons.some(({ code }) => code === draft.reason)
      ? []
      : [{ field: 'reason', message: 'Select why they are handed over' }]),
    ...(gone > 0 ? [{ field: 'rest', message: changedWords(gone) }] : []),
    ...(passing.length === 0 && gone === 0
      ? [{ field: 'rest', message: 'Choose who takes over, of everybody or in somebody’s own line' }]
      : []),
    ...passing.flatMap((one) => problemsWithLine(one, draft, takers)),
  ]
}

const changedWords = (gone: number) =>
  `${gone} of those on your page ${gone === 1 ? 'is' : 'are'} with somebody else by now. Look at the list again`

function problemsWithLine(
  { line, to, words }: Passing,
  draft: HandOverDraft,
  takers: readonly Taker[],
): readonly Problem[] {
  const { key, episode, name } = line
  const typed = draft.lines.find((one) => one.key === key)
  const taker = takers.find(({ key: one }) => one === to)
  const may = taker && (episode ? taker.programmeIds.includes(episode.programmeId) : !taker.elsewhere)
  return [
    ...(may
      ? []
      : [
          {
            field: `to-${key}`,
            message: `Choose who takes over ${name}: a case manager of ${episode?.programmeName ?? 'this team'}`,
          },
        ]),
    ...(episode && typed?.turn !== episode.turn
      ? [{ field: `to-${key}`, message: `${name} changed since you opened the page. Look, and check again` }]
      : []),
    ...(words.length > mostCharacters
      ? [{ field: `words-${key}`, message: `Shorten what is said of ${name} to 1,000 characters or fewer` }]
      : []),
  ]
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** "Case manager in Quayside co-ordination, 2 tasks and 1 action of the plan". */
export function passesWords({ episode, caseManagerName, tasks, actions }: HeldLine): string {
  const parts = [
    ...(episode ? [`Case manager in ${episode.programmeName}`] : []),
    ...(tasks.length > 0 ? [counted(tasks.length, 'task', 'tasks')] : []),
    ...(actions.length > 0 ? [counted(actions.length, 'action of the plan', 'actions of the plan')] : []),
  ]
  const all = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '')
  return caseManagerName ? `${all}. ${caseManagerName} stays the case manager` : all
}
