import { beforeAll, describe, expect, it } from 'vitest'
import { newId, permit } from '#access'
import { londonInstant, readDate } from '#calendar'
import { openTasks } from '#co-ordination'
import { transaction } from '#database'
import { arrangeDeath, arrangeRecordedDeath, lookWhole, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId, testDay } from '../../test/house.ts'
import { workshopFor } from '../work.ts'
import { changeLoan, lendKit, loanOf, lookAgainTask } from './actions.ts'
import { settleAlert, waitingAlert } from './alert-actions.ts'
import { alertsGivenTo, alertTurnsOf, deliveryOf } from './alert-store.ts'
import { kitTasks } from './giving.ts'
import { addKit, giveAlerts, takeInAlerts } from './index.ts'
import { queueOf } from './queue-store.ts'
import { loansOf } from './store.ts'
import type { NewLoan } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const product = 'Made-up Oxygen Watch'
/** A time of day in March, 2026; the house stands at 9:30am on Wednesday 1 April. */
const at = (day: number, hour: number, minute = 0): Date =>
  londonInstant(readDate(`2026-03-${String(day).padStart(2, '0')}`) ?? testDay, hour, minute)
const monday = 30
const tuesday = 31

let made = 0
async function someKit(
  who: Cast = 'amina',
  serial = `SN-${++made}`,
): Promise<{ id: string; serial: string }> {
  const id = newId()
  const outcome = await house.as(who, (visit) =>
    addKit(visit, { id, kind: 'pulse oximeter', maker: 'Nobody Ltd', product, serial }),
  )
  expect(outcome.ok).toBe(true)
  return { id, serial }
}

type Kit = Awaited<ReturnType<typeof someKit>>

const lend = (person: string, kit: Kit, from: Date, more: Partial<NewLoan> = {}, who: Cast = 'amina') =>
  withPerson(house, who, person, (visit, leave) =>
    lendKit(visit, leave, {
      ...{ id: newId(), kitId: kit.id, serialRead: kit.serial, checkedWith: 'the person', from },
      ...more,
    }),
  )

const head = 'message_id,product,serial,happened_at,level,words'
let messages = 0
type Line = { serial: string; happenedAt: string; words?: string; id?: string; product?: string }
const row = ({ serial, happenedAt, words = 'Oxygen 84% for 10 minutes', id, product: of = product }: Line) =>
  `${id ?? `m-${++messages}`},${of},${serial},${happenedAt},RED,${words}`

/** Takes a file in at Quayside and lets the program give each alert, as the work process would. */
async function takeIn(...lines: readonly string[]) {
  const outcome = await house.as('amina', (visit) =>
    takeInAlerts(visit, places.team, { called: 'alerts.csv', text: [head, ...lines].join('\n') }),
  )
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  await work('give alerts of kit')
  return await house.as('amina', ({ db }) => deliveryOf(db, outcome.value.deliveryId))
}

const work = (task: string, payload: Readonly<Record<string, string>> = {}) =>
  kitTasks[task]?.(workshopFor(house.workPool, '/tmp', task), payload)

const tasksOf = (person: string, who: Cast = 'amina') =>
  withPerson(house, who, person, ({ db }) => openTasks(db, [person]))

const loansOfPerson = (person: string, who: Cast = 'amina') =>
  withPerson(house, who, person, ({ db }, leave) => loansOf(db, leave))

const waitingOf = (serial: string, who: Cast = 'amina') =>
  house.as(
    who,
    async ({ db, caller }) =>
      (await queueOf(db, caller.organisation.id, { view: 'waiting', words: serial, from: 0, most: 50 }))
        .alerts,
  )

/** Changes the one loan of a person and lets the program look again at its alerts. */
async function change(person: string, changed: Parameters<typeof changeLoan>[4]) {
  const [loan] = await loansOfPerson(person)
  if (!loan) throw new Error('there is no loan')
  const outcome = await withPerson(house, 'amina', person, async (visit, leave) =>
    changeLoan(visit, leave, await loanOf(visit, leave, loan.loanId), loan.turn, changed),
  )
  await work(lookAgainTask, { kitId: loan.id })
  return outcome
}

describe('kit that passes from one person to another', () => {
  it('HZ12 F28 Jean’s oximeter is lent to Karl: Monday’s alert, which arrives on Wednesday, is Jean’s', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', owner: 'amina' })
    const karl = await someoneInCare(house, { given: 'Karl', owner: 'omar' })
    const kit = await someKit()
    expect((await lend(jean, kit, at(2, 9), { until: at(tuesday, 10) })).ok).toBe(true)
    expect((await lend(karl, kit, at(tuesday, 14))).ok).toBe(true)
    const delivery = await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-30T23:20:00+01:00' }))
    expect(delivery).toMatchObject({ read: 1, given: 1, waiting: 0, known: 0 })
    const [task, ...more] = await tasksOf(jean)
    expect(more).toEqual([])
    expect(task).toMatchObject({ isUrgent: true, ownerId: staffId('amina'), dueOn: testDay })
    expect(task?.what).toContain('“Oxygen 84% for 10 minutes”')
    expect(task?.why).toContain('It happened 30 March 2026, 11:20pm and came 1 April 2026, 9:30am')
    expect(await tasksOf(karl)).toEqual([])
  })

  it('HZ12 an alert after the handover is the next person’s, to the minute', async () => {
    const [jean, karl] = [await someoneInCare(house), await someoneInCare(house, { owner: 'omar' })]
    const kit = await someKit()
    await lend(jean, kit, at(2, 9), { until: at(tuesday, 10) })
    await lend(karl, kit, at(tuesday, 10))
    await takeIn(
      row({ serial: kit.serial, happenedAt: '2026-03-31 09:59:59' }),
      row({ serial: kit.serial, happenedAt: '2026-03-31 10:00' }),
    )
    expect(await tasksOf(jean)).toHaveLength(1)
    expect(await tasksOf(karl)).toHaveLength(1)
  })

  it('HZ12 one piece of kit is never with two people at once: on the page, and in the database', async () => {
    const [jean, karl] = [await someoneInCare(house), await someoneInCare(house)]
    const kit = await someKit()
    await lend(jean, kit, at(monday, 9))
    const second = await lend(karl, kit, at(tuesday, 9))
    expect(second).toMatchObject({ ok: false, problems: [{ field: 'from' }] })
    expect(await loansOfPerson(karl)).toEqual([])
    await expect(
      house.arrange(
        `insert into monitoring.loan (id, kit_id, person_id, during, checked_with, turn, lent_by, recorded_at)
         select gen_random_uuid(), kit_id, $2, during, checked_with, 1, lent_by, now() from monitoring.loan where person_id = $1`,
        [jean, karl],
      ),
    ).rejects.toThrow(/one_holder_at_a_time/)
  })

  it('is lent by two at the same moment to one person only', async () => {
    const people = [await someoneInCare(house), await someoneInCare(house), await someoneInCare(house)]
    const kit = await someKit()
    const outcomes = await Promise.all(people.map((person) => lend(person, kit, at(monday, 9))))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('HZ12 is not lent unless the serial on it was read: another serial is asked for again', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit('amina', 'AB 12-77')
    const wrong = await lend(jean, kit, at(monday, 9), { serialRead: 'AB1278' })
    expect(wrong).toMatchObject({ ok: false, problems: [{ field: 'serial' }] })
    const unread = await lend(jean, kit, at(monday, 9), { checkedWith: '' })
    expect(unread).toMatchObject({ ok: false, problems: [{ field: 'checked' }] })
    expect((await lend(jean, kit, at(monday, 9), { serialRead: 'ab1277' })).ok).toBe(true)
  })

  it('is lent to nobody without an episode here: its alerts would have no case manager', async () => {
    const theirs = await someoneInCare(house, { owner: 'karl', team: 'otherTeam' })
    await house.arrange(
      `insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
       values (gen_random_uuid(), $1, $2, 'self-claimed', 'x', 'x', now(), now() + interval '1 hour')`,
      [theirs, staffId('amina')],
    )
    expect(await lend(theirs, await someKit(), at(monday, 9))).toMatchObject({
      ok: false,
      problems: [{ field: 'kit' }],
    })
  })

  it('the same form sent twice is one loan', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    const id = newId()
    await lend(jean, kit, at(monday, 9), { id })
    expect((await lend(jean, kit, at(monday, 9), { id })).ok).toBe(true)
    expect(await loansOfPerson(jean)).toHaveLength(1)
  })
})

describe('two people with kit in one house', () => {
  it('HZ12 each has the alerts of their own serial, and whoever rings is told to ask who answers', async () => {
    const home = { postcode: 'XX9 9ZZ' } as const
    const ada = await someoneInCare(house, { ...home, given: 'Ada' })
    const ben = await someoneInCare(house, { ...home, given: 'Ben' })
    const [hers, his] = [await someKit(), await someKit()]
    await lend(ada, hers, at(2, 9))
    await lend(ben, his, at(2, 9))
    await takeIn(row({ serial: his.serial, happenedAt: '2026-03-31T08:00:00Z' }))
    expect(await tasksOf(ada)).toEqual([])
    const [task] = await tasksOf(ben)
    expect(task?.why).toContain('Somebody else at their address has kit too')
    expect(task?.why).toContain('Ask whoever answers for name, date of birth and the serial on the kit first')
  })

  it('says nothing of a shared house where nobody else there has kit', async () => {
    const [ada, ben] = [
      await someoneInCare(house, { postcode: 'XX9 9ZY' }),
      await someoneInCare(house, { postcode: 'XX9 9ZY' }),
    ]
    const [hers, his] = [await someKit(), await someKit()]
    await lend(ada, hers, at(2, 9))
    await lend(ben, his, at(2, 9), { until: at(tuesday, 8) })
    await takeIn(row({ serial: hers.serial, happenedAt: '2026-03-31T08:00:00Z' }))
    expect((await tasksOf(ada))[0]?.why).not.toContain('Somebody else at their address')
  })
})

describe('an alert that nobody can be given', () => {
  const cases: readonly [string, (kit: Kit) => Line, string][] = [
    [
      'before it was lent',
      ({ serial }) => ({ serial, happenedAt: '2026-03-01T08:00Z' }),
      'before it was lent',
    ],
    [
      'after it was taken back',
      ({ serial }) => ({ serial, happenedAt: '2026-03-31T12:00Z' }),
      'after it was taken back',
    ],
    ['of the year 2061', ({ serial }) => ({ serial, happenedAt: '2061-03-31T12:00Z' }), 'clock ahead'],
    ['of no day of the calendar', ({ serial }) => ({ serial, happenedAt: '2026-02-30T12:00Z' }), 'no time'],
    [
      'of an hour that London’s clock shows twice',
      ({ serial }) => ({ serial, happenedAt: '2025-10-26 01:30' }),
      'no time',
    ],
    [
      'of a serial nobody knows',
      () => ({ serial: 'NOBODYS-1', happenedAt: '2026-03-31T08:00Z' }),
      'unknown kit',
    ],
    [
      'of the same serial by another product',
      ({ serial }) => ({ serial, happenedAt: '2026-03-31T08:00Z', product: 'Another Watch' }),
      'other product',
    ],
  ]
  it.each(cases)('HZ12 %s: waits with its reason, and nobody has a task', async (_, line, reason) => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9), { until: at(tuesday, 10) })
    const sent = line(kit)
    const delivery = await takeIn(row(sent))
    expect(delivery).toMatchObject({ read: 1, given: 0, waiting: 1 })
    expect((await waitingOf(sent.serial)).at(-1)).toMatchObject({ state: 'parked', reason })
    expect(await tasksOf(jean)).toEqual([])
  })

  it('is given once the loan nobody wrote down is written down', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' }))
    expect(await waitingOf(kit.serial)).toMatchObject([{ reason: 'never lent' }])
    await lend(jean, kit, at(monday, 9))
    await work(lookAgainTask, { kitId: kit.id })
    expect(await waitingOf(kit.serial)).toEqual([])
    expect(await tasksOf(jean)).toHaveLength(1)
  })

  it('is given by the time somebody put right, in their name', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(monday, 9))
    await takeIn(row({ serial: kit.serial, happenedAt: '2061-03-31T08:00Z' }))
    const [alert] = await waitingOf(kit.serial)
    const settle = (words: string, happenedAt?: Date) =>
      house.as('amina', async (visit) =>
        settleAlert(visit, await waitingAlert(visit, alert?.id ?? ''), {
          ...{ answer: 'ask again', turn: 2, words, ...(happenedAt && { happenedAt }) },
        }),
      )
    expect(await settle('The clock was wrong')).toMatchObject({
      ok: false,
      problems: [{ field: 'happened' }],
    })
    expect(await settle('', at(tuesday, 8))).toMatchObject({ ok: false, problems: [{ field: 'words' }] })
    expect((await settle('Rang the maker', at(tuesday, 8))).ok).toBe(true)
    await work('give alerts of kit')
    const [task] = await tasksOf(jean)
    expect(task?.why).toContain('It happened 31 March 2026, 8am')
    const turns = await withPerson(house, 'amina', jean, ({ db }) => alertTurnsOf(db, alert?.id ?? ''))
    expect(turns.map(({ state, byName }) => `${state} ${byName ?? ''}`.trim())).toEqual([
      'given Amina Yusuf',
      'ask again Amina Yusuf',
      'parked',
      'arrived',
    ])
  })

  it('is said to be nobody’s of ours with a reason, and that can be taken back', async () => {
    const kit = await someKit()
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' }))
    const [alert] = await waitingOf(kit.serial)
    const answer = (answered: 'not ours' | 'take back', turn: number) =>
      house.as('amina', async (visit) =>
        settleAlert(visit, await waitingAlert(visit, alert?.id ?? ''), {
          ...{ answer: answered, turn, words: 'Tried out in the office' },
        }),
      )
    expect((await answer('not ours', 2)).ok).toBe(true)
    expect(await waitingOf(kit.serial)).toEqual([])
    await expect(answer('not ours', 2)).rejects.toThrow(/meanwhile/)
    expect((await answer('take back', 3)).ok).toBe(true)
    expect(await waitingOf(kit.serial)).toMatchObject([{ state: 'parked', reason: 'never lent' }])
  })

  it('waits with the team that lends the kit, and no other place reads it', async () => {
    const kit = await someKit('karl')
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' }))
    expect(await waitingOf(kit.serial, 'amina')).toEqual([])
    expect(await waitingOf(kit.serial, 'karl')).toHaveLength(1)
    const [alert] = await waitingOf(kit.serial, 'karl')
    await expect(house.as('amina', (visit) => waitingAlert(visit, alert?.id ?? ''))).rejects.toThrow()
  })
})

describe('the same message', () => {
  it('HZ12 sent twice, in one file or two, by two at once, raises one alert', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    const line = row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' })
    const both = await Promise.all([takeIn(line, line), takeIn(line)])
    await takeIn(line)
    await Promise.all([work('give alerts of kit'), work('give alerts of kit')])
    expect(await tasksOf(jean)).toHaveLength(1)
    const sum = (key: 'read' | 'known') => both.reduce((all, one) => all + (one?.[key] ?? 0), 0)
    expect([sum('read'), sum('known')]).toEqual([3, 2])
  })

  it('with other words is not thrown away: it waits for somebody to say whether it is a second alert', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    const sent = { serial: kit.serial, happenedAt: '2026-03-31T08:00Z', id: `twice-${newId()}` }
    await takeIn(row(sent))
    await takeIn(row({ ...sent, words: 'Oxygen 80%' }))
    expect(await tasksOf(jean)).toHaveLength(1)
    expect(await waitingOf(kit.serial)).toMatchObject([{ reason: 'other words', words: 'Oxygen 80%' }])
  })
})

describe('dates of kit put right after an alert was given', () => {
  it('HZ12 moves nothing by itself: whoever was given it is told, and it waits until somebody says whose it is', async () => {
    const jean = await someoneInCare(house, { owner: 'amina' })
    const karl = await someoneInCare(house, { owner: 'omar' })
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T16:00:00+01:00' }))
    const [given] = await tasksOf(jean)
    const corrected = {
      what: 'corrected',
      from: at(2, 9),
      until: at(tuesday, 10),
      reason: 'Delivery note',
    } as const
    expect((await change(jean, corrected)).ok).toBe(true)
    const told = await tasksOf(jean)
    expect(told.map(({ id }) => id)).toContain(given?.id)
    expect(told.map(({ what }) => what).join()).toContain(
      'Look again: an alert you were given may be of somebody else',
    )
    const [alert] = await waitingOf(kit.serial)
    expect(alert).toMatchObject({ state: 'in doubt', reason: 'dates corrected' })
    await lend(karl, kit, at(tuesday, 11))
    await work(lookAgainTask, { kitId: kit.id })
    expect(await tasksOf(karl)).toEqual([])
    await house.as('priya', async (visit) =>
      settleAlert(visit, await waitingAlert(visit, alert?.id ?? ''), {
        ...{ answer: 'ask again', turn: alert?.turn ?? 0, words: 'Karl had it by then' },
      }),
    )
    await work('give alerts of kit')
    expect(await tasksOf(karl)).toMatchObject([{ isUrgent: true, ownerId: staffId('omar') }])
    const [was] = await withPerson(house, 'amina', jean, ({ db }, leave) => alertsGivenTo(db, leave))
    expect(was?.isLookedAtAgain).toBe(true)
  })

  it('HZ12 are not overtaken: an alert given while somebody corrects them goes by the dates they leave', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await house.as('amina', (visit) =>
      takeInAlerts(visit, places.team, {
        called: 'alerts.csv',
        text: [head, row({ serial: kit.serial, happenedAt: '2026-03-31T16:00Z' })].join('\n'),
      }),
    )
    const [loan] = await loansOfPerson(jean)
    if (!loan) throw new Error('there is no loan')
    let giving: Promise<void> | undefined
    await withPerson(house, 'amina', jean, async (visit, leave) => {
      const until = at(tuesday, 10)
      const change = { what: 'corrected', from: loan.from, until, reason: 'Delivery note' } as const
      await changeLoan(visit, leave, loan, loan.turn, change)
      giving = work('give alerts of kit')
      await new Promise((done) => setTimeout(done, 500))
    })
    await giving
    expect(await tasksOf(jean)).toEqual([])
    expect(await waitingOf(kit.serial)).toMatchObject([{ reason: 'after it was taken back' }])
  })

  it('keeps what the dates were, with who corrected them and how they knew', async () => {
    const jean = await someoneInCare(house)
    await lend(jean, await someKit(), at(2, 9))
    expect(await change(jean, { what: 'struck', reason: '' })).toMatchObject({ ok: false })
    expect((await change(jean, { what: 'struck', reason: 'Wrong Jean' })).ok).toBe(true)
    expect(await loansOfPerson(jean)).toEqual([])
    const kept = await house.arrange(
      'select what, reason from monitoring.loan_turn where person_id = $1 order by n',
      [jean],
    )
    expect(kept).toEqual([
      { what: 'lent', reason: null },
      { what: 'struck', reason: 'Wrong Jean' },
    ])
  })
})

describe('an alert that comes late', () => {
  it('HZ12 F28 for somebody who has died: kept and flagged, a task of their team, and nobody is to be rung', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await arrangeDeath(house, jean, '2026-03-31')
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T20:00Z' }))
    expect(await tasksOf(jean)).toMatchObject([{ isUrgent: false, teamId: places.team }])
    expect((await tasksOf(jean))[0]?.what).toContain(
      'They died on 31 March 2026: ring nobody because of this, look at it',
    )
  })

  it('HZ22 an alert of kit of somebody recorded as died is urgent while nobody has confirmed it', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await arrangeRecordedDeath(house, jean, '2026-03-30')
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T20:00Z' }))
    expect(await tasksOf(jean)).toMatchObject([{ isUrgent: true, ownerId: staffId('amina') }])
    expect((await tasksOf(jean))[0]?.what).toContain('nobody has confirmed it: they may be alive')
  })

  it('HZ12 F28 after the episode closed: urgent, with the team, which can open the record while the kit is out', async () => {
    const jean = await someoneInCare(house, { openedOn: readDate('2025-06-01') })
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await house.arrange(`update people.episode set closed_on = '2026-02-01' where person_id = $1`, [jean])
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T20:00Z' }))
    const [task] = await tasksOf(jean)
    expect(task).toMatchObject({ isUrgent: true, teamId: places.team })
    expect(task?.what).toContain('Their episode closed on 1 February 2026')
    // The other team never had an episode with them.
    await expect(house.as('karl', (visit) => permit(visit, jean, lookWhole))).rejects.toThrow()
    // Taken back and answered, the tie is over.
    await change(jean, { what: 'taken back', until: at(tuesday, 22) })
    expect(await tasksOf(jean)).toHaveLength(1)
    await house.arrange(`update co_ordination.task_turn set state = 'done' where person_id = $1`, [jean])
    await expect(house.as('amina', (visit) => permit(visit, jean, lookWhole))).rejects.toThrow()
  })

  it('HZ09 of a case manager who has left goes to their team, and not to an empty chair', async () => {
    const jean = await someoneInCare(house, { owner: 'karl', team: 'team' })
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T20:00Z' }))
    expect(await tasksOf(jean)).toMatchObject([{ isUrgent: true, teamId: places.team }])
  })
})

describe('a file of alerts', () => {
  const refusal = async (text: string) => {
    const outcome = await house.as('amina', (visit) =>
      takeInAlerts(visit, places.team, { called: 'alerts.csv', text }),
    )
    return outcome.ok ? 'taken' : outcome.problems.map(({ message }) => message).join()
  }

  it('that cannot be read is refused whole, in one sentence with file and line', async () => {
    expect(await refusal(head.replaceAll(',', ';'))).toBe(
      'alerts.csv, line 1: the columns are not separated by commas. Save it as CSV with commas',
    )
    expect(await refusal('serial,words\nA1,June Okafor 999 101 0106')).toBe(
      'alerts.csv, line 1: there is no column message_id, product, happened_at, level',
    )
    expect(await refusal(`${head}\n1,"June`)).toBe(
      'alerts.csv, line 2: a quotation mark is opened and never closed',
    )
  })

  it('adds up: read is given, waiting, here before and refused; each refused row is told by line, without its words', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    const good = row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' })
    const delivery = await takeIn(
      good,
      good,
      row({ serial: 'NOBODYS-2', happenedAt: '2026-03-31T08:00Z' }),
      row({ serial: kit.serial, happenedAt: '2026-03-31T08:05Z', words: '' }),
      'June Okafor,too few cells',
    )
    expect(delivery).toMatchObject({ read: 5, given: 1, waiting: 1, known: 1, settled: 0 })
    expect(delivery?.refused).toEqual([
      { line: 5, why: 'words is empty' },
      { line: 6, why: 'it has 2 cells and the heading 6' },
    ])
  })

  it('is given whole by whoever comes after, where the work stopped half-way', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    const lines = [1, 2, 3].map((minute) =>
      row({ serial: kit.serial, happenedAt: `2026-03-31T08:0${minute}Z` }),
    )
    await house.as('amina', (visit) =>
      takeInAlerts(visit, places.team, { called: 'alerts.csv', text: [head, ...lines].join('\n') }),
    )
    const shop = workshopFor(house.workPool, '/tmp', 'give alerts of kit')
    let visits = 0
    const stopped = giveAlerts(
      {
        ...shop,
        inVisit: (task) => (++visits > 2 ? Promise.reject(new Error('stopped')) : shop.inVisit(task)),
      },
      {},
    )
    await expect(stopped).rejects.toThrow('stopped')
    expect(await tasksOf(jean)).toHaveLength(1)
    const [promised] = await house.arrange(
      `select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'give alerts of kit'`,
    )
    expect(Number(promised?.jobs)).toBeGreaterThan(0)
    await work('give alerts of kit')
    expect(await tasksOf(jean)).toHaveLength(3)
  })
})

describe('an alert that Keyworker fails to give', () => {
  it('HZ09 holds up no other, and stands on the list of its place until it is given', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    const lines = [1, 2, 3].map((minute) =>
      row({ serial: kit.serial, happenedAt: `2026-03-31T08:0${minute}Z` }),
    )
    await house.as('amina', (visit) =>
      takeInAlerts(visit, places.team, { called: 'alerts.csv', text: [head, ...lines].join('\n') }),
    )
    const shop = workshopFor(house.workPool, '/tmp', 'give alerts of kit')
    let visits = 0
    const broken = giveAlerts(
      {
        ...shop,
        inVisit: (task) => (++visits === 2 ? Promise.reject(new Error('broken')) : shop.inVisit(task)),
      },
      {},
    )
    await expect(broken).rejects.toThrow('broken')
    expect(await tasksOf(jean)).toHaveLength(2)
    expect(await waitingOf(kit.serial)).toMatchObject([{ state: 'arrived' }])
    await work('give alerts of kit')
    expect(await tasksOf(jean)).toHaveLength(3)
    expect(await waitingOf(kit.serial)).toEqual([])
  })
})

describe('who may read what', () => {
  it('a loan and a given alert open with the person and not without: a stranger’s transaction sees no row', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' }))
    const rows = (who: Cast) =>
      house.as(who, async ({ db }) => {
        const { rows: seen } = await db.client.query(
          `select (select count(*) from monitoring.loan)::int as loans,
                  (select count(*) from monitoring.alert_turn where person_id is not null)::int as given,
                  (select count(*) from monitoring.alert where serial = '${kit.serial}')::int as alerts`,
        )
        return seen[0]
      })
    expect(await rows('karl')).toEqual({ loans: 0, given: 0, alerts: 0 })
    expect(await rows('amina')).toEqual({ loans: 0, given: 0, alerts: 1 })
  })

  it('who held kit at an instant is asked by the program alone', async () => {
    const ask = transaction(house.pool, (db) =>
      db.client.query(`select * from monitoring.holder_at('A', 'B', now())`),
    )
    await expect(ask).rejects.toThrow(/permission denied/)
  })

  it('an alert given is on the access log under the name of the work, and in the person’s journal', async () => {
    const jean = await someoneInCare(house)
    const kit = await someKit()
    await lend(jean, kit, at(2, 9))
    await takeIn(row({ serial: kit.serial, happenedAt: '2026-03-31T08:00Z' }))
    const log = await house.arrange(
      `select system, verb from access.entry where person_id = $1 and system is not null and verb like '%kit%'`,
      [jean],
    )
    expect(log).toEqual([{ system: 'give alerts of kit', verb: 'give an alert of kit' }])
    const journal = await house.arrange(
      `select what from journal.entry where person_id = $1 and what like 'kit%' order by id`,
      [jean],
    )
    expect(journal.map(({ what }) => what)).toEqual(['kit lent', 'kit alert given'])
  })
})
