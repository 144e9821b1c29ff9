import { type Ask, newId, type Permit, permit, type StaffVisit, type Visit } from '#access'
import { addDays, type LondonDate } from '#calendar'
import { savePlan } from '#care-plan'
import { openEpisode, recordWish, type Stage } from '#people'
import { type ArrangedPerson, type Cast, type House, places, programmeId, staffId, testDay } from './house.ts'

type Arranged = ArrangedPerson & {
  readonly openedOn?: LondonDate
  readonly stage?: Stage
  readonly owner?: Cast
  readonly team?: 'team' | 'otherTeam' | 'ward'
  readonly programme?: 'conrane' | 'virtual-ward'
}

export const lookWhole: Ask<'whole'> = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read the record',
}

/** Somebody with an open episode of a team: Amina’s at Quayside unless said otherwise. */
export async function someoneInCare(house: House, given: Arranged = {}): Promise<string> {
  const person = await house.arrangePerson(given)
  const owner = given.owner ?? 'amina'
  await house.asSystem('test arrangement', async (visit) => {
    const leave = await permit(visit, person, lookWhole)
    await openEpisode(
      visit.db,
      leave,
      {
        id: newId(),
        programmeId: programmeId(given.programme ?? 'conrane'),
        openedOn: given.openedOn ?? testDay,
      },
      {
        stage: given.stage ?? 'active',
        ownerId: staffId(owner),
        teamId: places[given.team ?? 'team'],
        reason: 'accepted',
        at: visit.now,
        by: staffId(owner),
      },
    )
  })
  return person
}

/** One visit of somebody of the cast with the whole record of one person open. */
export const withPerson = <T>(
  house: House,
  who: Cast,
  person: string,
  work: (visit: StaffVisit, leave: Permit<'whole'>) => Promise<T>,
): Promise<T> => house.as(who, async (visit) => work(visit, await permit(visit, person, lookWhole)))

/** Writes down whether the person wishes to share with out of hours. */
export const answerSharing = (house: House, person: string, answer: 'yes' | 'no'): Promise<void> =>
  withPerson(house, 'amina', person, (visit, leave) =>
    recordWish(visit.db, leave, {
      id: newId(),
      kind: 'share with out of hours',
      purpose: '',
      answer,
      since: visit.today,
      source: 'the person',
      by: visit.caller.staffId,
      at: visit.now,
    }),
  )

/** An agreement in force with the out-of-hours organisation of the house. */
export const agreeWithOutOfHours = (house: House): Promise<unknown> =>
  house.arrange(
    `insert into organisations.agreement (id, partner_id, purpose, sections, basis, during)
     values ($1, $2, 'out of hours', '{emergency summary}', 'direct care', '[2025-01-01,)')`,
    [newId(), places.outOfHours],
  )

/** A plan of one goal and one action, with what to do if things get worse. */
export const arrangePlan = (
  visit: Visit,
  leave: Permit<'whole'>,
  action: { readonly what?: string; readonly isForOutOfHours?: boolean } = {},
) =>
  savePlan(visit, leave, {
    from: 0,
    whatMatters: 'I want to walk round my garden again.',
    goals: [
      {
        words: 'Walk round the garden',
        actions: [
          {
            what: action.what ?? 'Fit a rail',
            owner: staffId('amina'),
            dueOn: addDays(visit.today, 14),
            isForOutOfHours: action.isForOutOfHours,
          },
        ],
      },
    ],
    ifThens: [{ if: 'More breathless at rest', do: 'Sit up, ring rapid response', call: '01632 960 150' }],
    reviewOn: addDays(visit.today, 28),
    agreement: { by: 'the person', on: visit.today },
  })

/** That somebody died, as a worker who knows has said it. */
export async function arrangeDeath(house: House, person: string, on: string): Promise<void> {
  await house.arrange(
    `insert into people.death_said (id, person_id, died_on, known_by, said_by, said_at)
     values ($1, $2, $3, 'family or carer', $4, '2026-04-01T05:00:00Z')`,
    [newId(), person, on, staffId('amina')],
  )
  await house.arrange('update people.person set died_on = $1 where id = $2', [on, person])
}

/** That somebody died, as an extract says it and nobody has confirmed. */
export async function arrangeRecordedDeath(house: House, person: string, on: string): Promise<void> {
  await house.arrange(
    `insert into people.death_said (id, person_id, died_on, supplier, said_at) values ($1, $2, $3, 'test supplier', '2026-04-01T05:00:00Z')`,
    [newId(), person, on],
  )
  await house.arrange('update people.person set died_on = $1 where id = $2', [on, person])
}
