import { join } from 'node:path'
import { type Outcome as Done, notForYou, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import type { Task } from '#jobs'
import { type Organisation, organisationsOf, type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, type Store, withStore } from '#population'
import { type GammaPoisson, gammaPoissonFrom } from '#statistics'
import {
  careCells,
  countsBefore,
  daysBetweenInjuries,
  type Followed,
  followedPeople,
  monthsInCare,
  readyStore,
  registeredCells,
} from './count-store.ts'
import { learnRates, unitsOf } from './expected.ts'
import type { Known } from './groupings.data.ts'
import type { MonthMeasure } from './measures.data.ts'
import { groupLines, outcomeLines, type Populations } from './outcome-lines.ts'
import { outcomeMeasures } from './outcome-measures.data.ts'
import { problemsWithRebasing } from './rules.ts'
import {
  beginnings,
  endRebasing,
  insertRebasing,
  monthsOf,
  newestRun,
  recordMonths,
  saveRun,
  stays,
} from './store.ts'
import type { Beginning, FunnelFound, MonthCount, Months, OutcomeKey, Stay } from './types.ts'

/**
 * Counts what every team, practice and case manager may look back on, from the newest load and the record. Promised
 * every night and after each load; twice gives two equal nights.
 */
export const lookBack: Task = async (workshop) => {
  const known = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    stays: await stays(db),
    beginnings: await beginnings(db),
    programmes: await programmes(db),
    practices: await organisationsOf(db, 'practice'),
    localities: await organisationsOf(db, 'locality'),
    teams: [...(await organisationsOf(db, 'team')), ...(await organisationsOf(db, 'ward'))],
  }))
  const { load } = known
  if (!load) return
  const record = await workshop.inVisit(({ db }) => recordMonths(db, load.coveredTo))
  await workshop.say('Counting the months', 0.1)
  const counted = await withStore(join(workshop.folder, load.folder), async (store) => {
    await readyStore(store, known.stays)
    const months = await monthsByPlace(store, load, known.practices)
    await workshop.say('Comparing practices and teams', 0.4)
    const funnels = await funnelsOf(store, load, known)
    await workshop.say('What became of each case manager’s people', 0.8)
    return { months, funnels, ...(await becameOf(store, load, known)) }
  })
  for (const { teamId, measure, ...month } of record) addMonth(counted.months, teamId, measure, month)
  await workshop.inVisit(({ db, now }) =>
    saveRun(db, { loadId: load.id, dataTo: load.coveredTo, ranAt: now, ...counted }),
  )
}

type MutableMonths = Map<string, { [Key in keyof Months]: readonly MonthCount[] }>

function addMonth(all: MutableMonths, place: string, measure: keyof Months, month: MonthCount): void {
  const own = all.get(place) ?? {}
  all.set(place, { ...own, [measure]: [...(own[measure] ?? []), month] })
}

async function monthsByPlace(
  store: Store,
  load: CurrentLoad,
  practices: readonly Organisation[],
): Promise<MutableMonths> {
  const all: MutableMonths = new Map()
  const idOf = new Map(practices.map(({ id, code }) => [code, id]))
  for (const kind of ['team', 'practice_code'] as const) {
    const placeId = (place: string) => (kind === 'team' ? place : idOf.get(place))
    for (const { place, measure, month, events, of } of await monthsInCare(store, kind, load.coveredTo)) {
      const id = placeId(place)
      const isLinked = store.has(measure === 'attendances' ? 'emergency_department' : 'inpatient')
      // Limits are for 100 person-months, so that a rate is one a team can picture.
      if (id && isLinked) addMonth(all, id, measure, { month, events, of: of / 100 })
    }
    for (const { place, month, days } of await daysBetweenInjuries(store)) {
      const id = placeId(place)
      if (id) addMonth(all, id, 'injuries', { month, events: days, of: 1 })
    }
  }
  return all
}

type Facts = {
  readonly stays: readonly Stay[]
  readonly beginnings: readonly Beginning[]
  readonly programmes: readonly Programme[]
  readonly practices: readonly Organisation[]
  readonly localities: readonly Organisation[]
  readonly teams: readonly Organisation[]
}

async function funnelsOf(
  store: Store,
  { coveredTo }: CurrentLoad,
  { practices, teams }: Facts,
): Promise<readonly FunnelFound[]> {
  const registered = await registeredCells(store, coveredTo)
  const practiceOf = (code: string) => practices.find((one) => one.code === code)
  const teamOf = (id: string) => teams.find((one) => one.id === id)
  const found: FunnelFound[] = []
  for (const [key, outcome, file] of [
    ['registered-admissions', 'admissions', 'inpatient'],
    ['registered-attendances', 'attendances', 'emergency_department'],
  ] as const) {
    const learned = store.has(file) ? learnRates(registered, outcome, 'who they are') : undefined
    if (learned) found.push({ key, units: unitsOf(registered, learned, practiceOf) })
  }
  const chosen = store.has('inpatient')
    ? learnRates(registered, 'admissions', 'who they are and their last year')
    : undefined
  if (!chosen) return found
  const [byTeam, byPractice] = [
    await careCells(store, 'team', coveredTo),
    await careCells(store, 'practice_code', coveredTo),
  ]
  return [
    ...found,
    { key: 'care-by-team', units: unitsOf(byTeam, chosen, teamOf) },
    { key: 'care-by-practice', units: unitsOf(byPractice, chosen, practiceOf) },
  ]
}

/** What became of each case manager's people, and of groups; what is expected is learned from before anybody joined. */
async function becameOf(store: Store, load: CurrentLoad, facts: Facts) {
  const people = knownPeople(await followedPeople(store, load.coveredTo), facts)
  const populations = new Map<string, Populations>()
  for (const { id, template } of facts.programmes) {
    const first = people
      .filter(({ programme }) => programme === id)
      .map(({ openedOn }) => openedOn)
      .sort()[0]
    if (first) populations.set(id, await populationBefore(store, load, first, template.fromAge))
  }
  const populationOf = (programme: string) => populations.get(programme) ?? {}
  return { owners: outcomeLines(people, populationOf), groups: groupLines(people, populationOf) }
}

/** Everybody followed, with what was done early, and their places by name. */
function knownPeople(people: readonly Followed[], facts: Facts): readonly Known[] {
  const nameIn = (all: readonly Organisation[], id: string | undefined) =>
    all.find((one) => one.id === id)?.name ?? 'Not known'
  const begun = new Map(facts.beginnings.map((one) => [one.episodeId, one]))
  return people.map((one) => {
    const practice = facts.practices.find(({ code }) => code === one.practice)
    const { speaks, done = [] } = begun.get(one.episode) ?? {}
    return {
      ...one,
      ...(speaks ? { speaks } : {}),
      done,
      practiceName: practice?.name ?? 'Not known',
      localityName: nameIn(facts.localities, practice?.partOf),
      teamName: nameIn(facts.teams, one.team),
    }
  })
}

async function populationBefore(
  store: Store,
  { sources }: CurrentLoad,
  before: LondonDate,
  fromAge: number,
): Promise<Populations> {
  const yearBefore = `${Number(before.slice(0, 4)) - 1}${before.slice(4)}`
  const known: { [Key in OutcomeKey]?: GammaPoisson } = {}
  for (const measure of outcomeMeasures) {
    const from = sources.find(({ file }) => file === measure.file)?.coversFrom
    if (!store.has(measure.file) || (from !== undefined && from >= yearBefore)) continue
    const counts = await countsBefore(store, measure, before, fromAge)
    if (counts.length > 0) known[measure.key] = gammaPoissonFrom(counts)
  }
  return known
}

/**
 * Writes down that the limits of one of the caller's own charts begin anew at a month, in their name.
 *
 * @throws Refused where there is no such chart of theirs.
 */
export async function decideRebasing(
  visit: StaffVisit,
  measure: MonthMeasure,
  asked: {
    readonly fromMonth: LondonDate | undefined
    readonly reason: string
    readonly inForce: readonly LondonDate[]
  },
): Promise<Done> {
  const placeId = visit.caller.organisation.id
  const found = await newestRun(visit.db)
  const months = found && (await monthsOf(visit.db, found.id, placeId))?.[measure.key]
  if (!months) throw notForYou()
  const problems = problemsWithRebasing(measure, months, {
    ...asked,
    decidedOn: visit.today,
    decidedBy: visit.caller.name,
  })
  if (problems.length > 0 || !asked.fromMonth) return { ok: false, problems }
  await insertRebasing(visit.db, {
    placeId,
    measure: measure.key,
    fromMonth: asked.fromMonth,
    reason: asked.reason.trim(),
    by: visit.caller.staffId,
    decidedAt: visit.now,
  })
  return { ok: true, value: undefined }
}

/** Takes a decision back: the limits are again what they were, and the decision stays to be read. */
export async function takeRebasingBack(visit: StaffVisit, id: string, reason: string): Promise<Done> {
  if (!reason.trim())
    return { ok: false, problems: [{ field: 'why', message: 'Enter why it is taken back' }] }
  const ended = {
    id,
    placeId: visit.caller.organisation.id,
    by: visit.caller.staffId,
    at: visit.now,
    reason: reason.trim(),
  }
  if (!(await endRebasing(visit.db, ended))) throw notForYou()
  return { ok: true, value: undefined }
}
