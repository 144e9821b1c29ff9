// Read this first: the whole house on one page.
import { room as access, type Room, type Visit } from '#access'
import { administration, type ProgrammeParts } from '#administration'
import { room as assessment, measuresPart } from '#assessment'
import { room as carePlan } from '#care-plan'
import { room as caseFinding, suitsPart } from '#case-finding'
import { room as closure } from '#closure'
import { room as coOrdination, tasksFollow } from '#co-ordination'
import { room as deaths } from '#deaths'
import { room as evaluation } from '#evaluation'
import type { Task } from '#jobs'
import type { Note, NoteName } from '#journal'
import { askForKitBack, room as monitoring } from '#monitoring'
import { room as population } from '#population'
import { room as referral } from '#referral'
import { room as reflection } from '#reflection'
import { freeBedWhenClosed, room as ward } from '#ward'
import { settleIn } from './first-load.ts'
import { demonstrationTask } from './first-start.ts'
import { countFreePlaces } from './free-places.ts'
import { askTheSameDay } from './safety-answer.ts'

/** The ground floor, in order: each may use those before it, and none knows anything of care. */
export const groundFloor = [
  'database',
  'calendar',
  'statistics',
  'prediction',
  'ui',
  'paper',
  'organisations',
  'people',
  'access',
  'journal',
  'jobs',
  'administration',
] as const

/** Each room's reader of its own part of a programme's template. */
export const programmeParts: ProgrammeParts = { measures: measuresPart, suits: suitsPart }

/** The pathway, in house order: a room may look back, never forward. */
export const rooms: readonly Room[] = [
  access,
  administration(programmeParts),
  population,
  caseFinding,
  referral,
  assessment,
  carePlan,
  coOrdination,
  monitoring,
  ward,
  closure,
  deaths,
  evaluation,
  reflection,
]

export type Reaction<Name extends NoteName> = (
  visit: Visit,
  note: Extract<Note, { what: Name }>,
) => Promise<void>

type Reactions = { readonly [Name in NoteName]: readonly Reaction<Name>[] }

// Nobody is with us before the demonstration's past is made: it ranks and evaluates itself, after that.
const unlessBeingMade = (task: string) => async (visit: Visit) => {
  if (visit.caller.kind === 'system' && visit.caller.name === demonstrationTask) return
  await visit.later(task, {}, task)
}

// Under one key: what happens in a burst is counted once.
const placesMayChange = (visit: Visit) => visit.later('count free places', {}, 'count free places')

/** Who reacts when something earlier happens and nobody presses a button. A note left out does not compile. */
export const reactions: Reactions = {
  'opened in an emergency': [],
  'extract loaded': [
    settleIn,
    unlessBeingMade('rank'),
    unlessBeingMade('evaluate'),
    unlessBeingMade('look back'),
  ],
  'records joined': [],
  'records parted': [],
  'list ranked': [placesMayChange],
  'candidate judged': [],
  'list signed off': [],
  'lots drawn': [],
  'hold-out began': [],
  'hold-out ended': [],
  'cut chosen': [],
  'objection answered': [],
  'model trained': [],
  'training refused': [],
  'model switched on': [],
  'model switched off': [],
  'training given': [],
  'episode opened': [placesMayChange],
  'agreement recorded': [],
  'how soon changed': [],
  'case manager changed': [placesMayChange, tasksFollow],
  'acceptance taken back': [placesMayChange],
  'measure answered': [],
  'measure struck': [],
  'measure pack put in': [],
  'measure pack withdrawn': [],
  'safety answer given': [askTheSameDay],
  'plan saved': [],
  'action saved': [],
  'action remarked': [],
  'contact recorded': [],
  'contact struck': [],
  'task added': [],
  'task turned': [],
  'help asked for': [],
  'help answered': [],
  'kit added': [],
  'kit lent': [],
  'kit taken back': [],
  'kit dates corrected': [],
  'kit alerts taken in': [],
  'kit alert given': [],
  'kit alert in doubt': [],
  'kit alert answered': [],
  'cover arranged': [],
  'cover ended': [],
  'caseload handed over': [placesMayChange],
  'sharing answered': [],
  'episode closed': [freeBedWhenClosed, placesMayChange, askForKitBack],
  'closing taken back': [placesMayChange],
  'death recorded': [],
  'death confirmed': [],
  'death taken back': [],
  'admitted to the ward': [],
  'discussed on the ward round': [],
  'left the ward': [],
  'ward round ended': [],
  'relationship claimed': [],
  'reason given': [],
  'record marked': [],
  'record unmarked': [],
  'place added': [],
  'place corrected': [],
  'agreement made': [],
  'agreement ended': [],
  'opening reviewed': [],
  'role changed': [],
  'purpose accepted': [],
  'purpose withdrawn': [],
  'programme published': [placesMayChange],
  'worker added': [placesMayChange],
  'worker known by': [],
  'post ended': [placesMayChange],
}

/** Promised work, by name. */
export const tasks: Readonly<Record<string, Task>> = Object.assign(
  { 'count free places': countFreePlaces },
  ...rooms.map((room) => room.tasks ?? {}),
)

/** What happens by the clock: a crontab line, in London time, and the task. */
export const timetable: readonly { readonly at: string; readonly task: string }[] = [
  { at: '10 2 * * *', task: 'evaluate' },
  { at: '50 2 * * *', task: 'look back' },
  { at: '0 3 * * *', task: 'judge rollouts' },
  { at: '30 3 * * 0', task: 'try the method' },
  { at: '40 1 * * *', task: 'ready months' },
  { at: '20 5 * * *', task: 'count free places' },
  // What was promised and failed five times is tried again: an alert must not lie still.
  { at: '*/10 * * * *', task: 'give alerts of kit' },
]
