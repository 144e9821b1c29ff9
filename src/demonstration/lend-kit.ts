import { permit, permitList, type StaffVisit } from '#access'
import { addDays, type LondonDate, londonDate, londonInstant } from '#calendar'
import type { Workshop } from '#jobs'
import { addKit, giveAlerts, lendKit, takeInAlerts } from '#monitoring'
import { openEpisodesIn } from '#people'
import { type Cast, idFrom, postAt, postsAt, type VisitOn } from './cast.ts'
import { kit, product, sent } from './kit.data.ts'
import { must } from './past.ts'
import { peopleNumbered } from './store.ts'
import { june } from './street.data.ts'

/**
 * June has scales. An oximeter went back from one of Omar's people and on to another the day before yesterday's alert
 * arrived, which is the first one's; and an alert of a piece nobody was lent waits with the team. Done twice it is one.
 */
export async function lendSomeKit(workshop: Workshop, cast: Cast, today: LondonDate): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    const amina = await cast.enter(db, postAt(cast, 'case manager', 'TEAM1'))
    const isDone = !(await addAll(amina(addDays(today, -40), 10)))
    if (isDone) return
    const junesId = (await peopleNumbered(db, [june.number])).get(june.number)
    if (junesId) await lend(amina, junesId, kit.scales, { from: londonInstant(addDays(today, -30), 11) })
    const omar = postsAt(cast, 'case manager', 'TEAM1').find(({ name }) => name === 'Omar Sayed')
    const [first, second] = omar ? await peopleOf(amina(today, 8), omar.staffId) : []
    if (first && second) {
      const back = londonInstant(addDays(today, -1), 10)
      await lend(amina, first, kit.oximeter, { from: londonInstant(addDays(today, -30), 9), until: back })
      await lend(amina, second, kit.oximeter, { from: londonInstant(addDays(today, -1), 14) })
    }
    const morning = amina(today, 8, 40)
    const text = fileOf(today)
    must(await takeInAlerts(morning, morning.caller.organisation.id, { called: 'alerts.csv', text }), nobody)
  })
  await giveAlerts(workshop, {})
}

const nobody = { personId: 'of the demonstration' }

const idOf = (serial: string) => idFrom(`kit ${serial}`)

async function addAll(visit: StaffVisit): Promise<boolean> {
  let isNew = true
  for (const one of Object.values(kit))
    isNew = (await addKit(visit, { ...one, id: idOf(one.serial), product })).ok && isNew
  return isNew
}

/** Whoever a worker is the case manager of, those longest with them first. */
async function peopleOf(visit: StaffVisit, ownerId: string): Promise<readonly string[]> {
  const list = await permitList(visit, {
    may: 'see people',
    circle: 'team',
    purpose: 'direct care',
    verb: 'lend kit in the demonstration',
  })
  return (await openEpisodesIn(visit.db, list))
    .filter((episode) => episode.ownerId === ownerId && episode.teamId === visit.caller.organisation.id)
    .toSorted((a, b) => a.openedOn.localeCompare(b.openedOn) || a.personId.localeCompare(b.personId))
    .map(({ personId }) => personId)
}

async function lend(
  by: VisitOn,
  person: string,
  { serial }: { readonly serial: string },
  during: { readonly from: Date; readonly until?: Date },
): Promise<void> {
  const visit = by(londonDate(during.until ?? during.from), 17)
  const leave = await permit(visit, person, lending)
  const loan = { id: idFrom(`loan ${serial} ${person}`), kitId: idOf(serial), serialRead: serial, ...during }
  must(await lendKit(visit, leave, { ...loan, checkedWith: 'the person' }), { personId: person })
}

const lending = {
  may: 'record contacts',
  part: 'whole',
  purpose: 'direct care',
  verb: 'lend kit in the demonstration',
} as const

const fileOf = (today: LondonDate): string =>
  [
    'message_id,product,serial,happened_at,level,words',
    ...sent.map(
      ({ serial, daysAgo, time, words }, at) =>
        `SYN-${at + 1},${product},${serial},${addDays(today, -daysAgo)}T${time}Z,AMBER,${words}`,
    ),
  ].join('\n')
