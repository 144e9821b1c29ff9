import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import type { Ask, AskKind, AskState, AskTurn, NewAsk } from './ask-types.ts'

/** What volunteers help with. Never care that needs training. */
export const askKinds: readonly { readonly value: AskKind; readonly words: string }[] = [
  { value: 'company', words: 'Company: a visit or a call' },
  { value: 'shopping', words: 'Shopping or fetching something' },
  { value: 'lift', words: 'A lift, or company on the way' },
  { value: 'home and garden', words: 'Small jobs at home, garden, pet' },
  { value: 'group', words: 'A group or club to go to' },
  { value: 'carer', words: 'A break for whoever cares for them' },
  { value: 'other', words: 'Something else' },
]

export const declineReasons: readonly string[] = [
  'Nobody is free',
  'Nobody near enough',
  'Not something volunteers do',
  'It would not be safe for a volunteer',
  'The person does not want it any more',
]

export const endings: readonly string[] = [
  'It helped',
  'It helped a little',
  'It did not help',
  'It never began',
]

/** The kind or state that a form names, if there is one of that name. */
export const kindOf = (named: string): AskKind | undefined =>
  askKinds.find(({ value }) => value === named)?.value
export const stateOf = (named: string): AskState | undefined => states.find((state) => state === named)

const states = [
  'asked',
  'looking',
  'offered',
  'arranged',
  'declined',
  'ended',
  'taken back',
] as const satisfies readonly AskState[]

/** Where an ask may go from where it stands; a volunteer is offered to one at a time. */
const next: Readonly<Record<AskState, readonly AskState[]>> = {
  asked: ['looking', 'offered', 'declined', 'taken back'],
  looking: ['offered', 'arranged', 'declined', 'taken back'],
  offered: ['looking', 'arranged', 'declined', 'taken back'],
  arranged: ['ended', 'looking', 'taken back'],
  declined: [],
  ended: [],
  'taken back': [],
}

export const mayBecome = (from: AskState): readonly AskState[] => next[from]

export const isOpen = ({ state }: Pick<Ask, 'state'>): boolean => next[state].length > 0

const mostCharacters = 1000

export function problemsWithAsk(
  ask: NewAsk,
  today: LondonDate,
  places: readonly string[],
): readonly Problem[] {
  return [
    ...(places.includes(ask.organisationId)
      ? []
      : [{ field: 'place', message: 'Select where volunteers are asked for' }]),
    ...(askKinds.some(({ value }) => value === ask.kind)
      ? []
      : [{ field: 'kind', message: 'Select what kind of help it is' }]),
    ...(ask.what.trim() ? [] : [{ field: 'what', message: 'Enter what is asked, like company on Tuesdays' }]),
    ...(Math.max(ask.what.length, ask.toKnow.length) > mostCharacters
      ? [{ field: 'what', message: 'Shorten it to 1,000 characters or fewer' }]
      : []),
    ...(ask.wantedBy && ask.wantedBy >= today
      ? []
      : [{ field: 'by', message: 'Enter by when, today or later, like 27 3 2026' }]),
    ...(ask.isAgreed
      ? []
      : [{ field: 'agreed', message: 'Ask them first: nobody is told of them without their yes' }]),
  ]
}

/** What to put right before an ask becomes what somebody says it became. */
export function problemsWithAskTurn(
  { state: from }: Pick<Ask, 'state'>,
  turn: AskTurn,
  today: LondonDate,
): readonly Problem[] {
  const { state, volunteer = '', startsOn, reason = '', words = '' } = turn
  if (!next[from].includes(state)) return [{ field: 'now', message: 'Select what happens now' }]
  return [
    ...((state === 'offered' || state === 'arranged') && !volunteer.trim()
      ? [{ field: `who-${state}`, message: 'Enter who it is, as you call them' }]
      : []),
    ...(state === 'arranged' && (!startsOn || startsOn < today)
      ? [{ field: 'start', message: 'Enter the first day, today or later' }]
      : []),
    ...(state === 'declined' && !declineReasons.includes(reason)
      ? [{ field: 'why-not', message: 'Select why not: the team has to find another way' }]
      : []),
    ...(state === 'ended' && !endings.includes(reason)
      ? [{ field: 'came', message: 'Select what came of it' }]
      : []),
    ...(Math.max(words.length, volunteer.length) > mostCharacters
      ? [{ field: 'words', message: 'Shorten it to 1,000 characters or fewer' }]
      : []),
  ]
}

/** How an ask stands, in words for the team and the broker alike. */
export function askWords(ask: Pick<Ask, 'state' | 'volunteer' | 'reason' | 'words'>): string {
  const { state, volunteer, reason, words } = ask
  const said = words ? `. ${words}` : ''
  switch (state) {
    case 'asked':
      return 'Asked. No answer yet'
    case 'looking':
      return `Somebody is being looked for${said}`
    case 'offered':
      return `Offered to ${volunteer}${said}`
    case 'arranged':
      return `${volunteer} helps${said}`
    case 'taken back':
      return `Taken back${said}`
    default:
      return `${reason}${said}`
  }
}

/** What the team has to do when something became of an ask; nothing where it can wait for the broker. */
export function followUp(
  ask: Ask,
  called: string,
): { readonly what: string; readonly inDays: number } | undefined {
  const { state, what, volunteer, reason } = ask
  if (state === 'declined')
    return { what: `Find another way: no volunteer for “${what}”. ${reason}`, inDays: 2 }
  if (state === 'arranged')
    return { what: `Tell ${called} that ${volunteer} helps with “${what}”`, inDays: 2 }
  if (state === 'ended' && reason !== endings[0])
    return {
      what: `Look again at “${what}”. What came of the volunteer: ${reason?.toLowerCase()}`,
      inDays: 7,
    }
  return undefined
}
