import { beforeAll, describe, expect, it } from 'vitest'
import type { Workshop } from '#jobs'
import { room as ward } from '#ward'
import { askedWith, pageOf } from '../../test/asking.ts'
import { type House, openHouse, postId, programmeId, staffId, testClock, testDay } from '../../test/house.ts'
import { furnitureFor } from '../furniture.ts'
import { asStaff } from '../visit.ts'
import { type Cast, postAt, signInCast } from './cast.ts'
import { livePast } from './past.ts'
import { pastOf, wardPasts, workingDayBefore } from './rules.ts'
import { linesFor, tipRoutes } from './tips.ts'
import { bringToWard, holdRounds, type Inpatient, waitForWard } from './ward-past.ts'

let house: House
let workshop: Pick<Workshop, 'inVisit'>
let cast: Cast
beforeAll(async () => {
  house = await openHouse()
  workshop = { inVisit: (work) => house.asSystem('make the demonstration', work) }
  cast = await signInCast(workshop)
})

const enrolledOn = '2025-01-02' as typeof testDay
const gp = () => postAt(cast, 'GP', 'Z00001')

describe('somebody’s past', () => {
  it('is lived through the doors: accepted, agreed, planned, kept in touch with, closed', async () => {
    const person = await house.arrangePerson({ given: 'Past' })
    const [at] = await house.arrange('select practice_id from people.registration where person_id = $1', [
      person,
    ])
    const registrations = [{ practiceId: String(at?.practice_id), since: enrolledOn, until: null }]
    const past = pastOf(
      { personId: person, diedOn: null, registrations, programmeIds: [] },
      enrolledOn,
      7,
      testDay,
    )
    if (!past) throw new Error('no past')
    const owner = cast.posts.find(({ postId: id }) => id === postId('amina')) ?? gp()
    await livePast(workshop, cast, past, { gp: gp(), owner, programmeId: programmeId('conrane') })

    const [row] = await house.arrange(
      `select e.opened_on::text, e.closed_on::text, t.stage, t.owner_id,
        (select count(*)::int from co_ordination.contact c where c.person_id = e.person_id) as contacts,
        (select count(*)::int from care_plan.version v join care_plan.plan p on p.id = v.plan_id
           where p.person_id = e.person_id) as versions,
        (select reason from closure.closure c where c.person_id = e.person_id) as reason,
        (select bool_and(c.happened_at = c.recorded_at and c.recorded_at < '2026-04-01') from co_ordination.contact c
           where c.person_id = e.person_id) as is_past
       from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
       where e.person_id = $1`,
      [person],
    )
    expect(row).toEqual({
      opened_on: '2025-01-02',
      closed_on: '2026-01-02',
      stage: 'closed',
      owner_id: staffId('amina'),
      contacts: 13,
      versions: 2,
      reason: 'goals met',
      is_past: true,
    })
    const looked = await house.arrange(
      'select distinct staff_id from access.entry where person_id = $1 and staff_id is not null',
      [person],
    )
    expect(new Set(looked.map((entry) => entry.staff_id))).toEqual(
      new Set([staffId('drLund'), staffId('amina')]),
    )
  })

  it('S-04 of one in four holds what they said of their life, of us and of where they wish to be; a plan says what kind of help', async () => {
    const person = await house.arrangePerson({ given: 'Asked' })
    const [at] = await house.arrange('select practice_id from people.registration where person_id = $1', [
      person,
    ])
    const registrations = [{ practiceId: String(at?.practice_id), since: enrolledOn, until: null }]
    const life = { personId: person, diedOn: null, registrations, programmeIds: [] }
    const past = pastOf(life, enrolledOn, 8, testDay)
    if (!past) throw new Error('no past')
    const owner = cast.posts.find(({ postId: id }) => id === postId('amina')) ?? gp()
    await livePast(workshop, cast, past, { gp: gp(), owner, programmeId: programmeId('conrane') })
    const [row] = await house.arrange(
      `select (select array_agg(a.instrument order by a.answered_on, a.instrument) from assessment.assessment a
          where a.person_id = $1) as asked,
        (select array_agg(p.kind) from assessment.place p where p.person_id = $1) as places,
        (select count(distinct l.action_kind)::int from care_plan.line l join care_plan.plan p on p.id = l.plan_id
          where p.person_id = $1 and l.until_version is null) as kinds`,
      [person],
    )
    expect(row).toMatchObject({ asked: ['ons4', 'fft', 'ons4', 'experience'], places: ['death'] })
    expect(row?.kinds).toBeGreaterThan(0)
  })
})

describe('the ward’s past', () => {
  it('leaves everybody in a bed and the first person of today’s round waiting; a second run changes nothing', async () => {
    const pasts = wardPasts(testDay).slice(0, 4)
    const people: Inpatient[] = []
    for (const [at, past] of pasts.entries()) {
      const personId = await house.arrangePerson({ given: `Bed${at}` })
      people.push({ personId, gp: gp(), past, isJean: at === 0 })
    }
    for (const [at, person] of people.entries()) {
      await bringToWard(workshop, cast, programmeId('virtual-ward'), person, at)
    }
    const count = async () =>
      (
        await house.arrange(
          `select (select count(*)::int from ward.stay where ended_at is null) as beds,
                  (select count(*)::int from ward.discussion) as discussions`,
        )
      )[0]
    await holdRounds(workshop, cast, people, testDay)
    const first = await count()
    expect(first).toEqual({ beds: 4, discussions: pasts.flatMap(({ looksOn }) => looksOn).length })
    await holdRounds(workshop, cast, people, testDay)
    expect(await count()).toEqual(first)
    const open = await house.arrange('select held_on::text from ward.round where ended_at is null')
    expect(open).toEqual([{ held_on: '2026-04-01' }])
  })
})

describe('somebody whose place on the ward is agreed', () => {
  it('has a case manager and waits for a bed on the ward’s page', async () => {
    const personId = await house.arrangePerson({ family: 'Waits', given: 'Bedless' })
    const on = workingDayBefore(testDay)
    await waitForWard(workshop, cast, programmeId('virtual-ward'), { personId, gp: gp(), on }, 0)
    const route = ward.screens.find(({ method, path }) => method === 'GET' && path === '/ward/admit')
    const page = await house.as('pat', async (visit) => route?.answer(visit, askedWith({})))
    expect(page && pageOf(page)).toMatch(/WAITS, Bedless/i)
  })
})

describe('what to try', () => {
  it('stands on the pages it knows, for whom it is meant', () => {
    expect(linesFor('/ward', 'ward clerk')[0]?.href).toBe('/ward/round')
    expect(linesFor('/ward/round/0190', 'ward clerk')[0]?.words).toContain('a second name')
    expect(linesFor('/ward?show=late', 'ward clerk')).not.toEqual([])
    expect(linesFor('/wardrobe', 'ward clerk')).toEqual([])
    // A form is not the place to be told of another page.
    expect(linesFor('/ward/leave/0190', 'ward clerk')).toEqual([])
    expect(linesFor('/case-finding', 'analyst')).toEqual([])
  })

  it('can be closed, and stays closed until the next sign-in', async () => {
    const token = await house.signIn('pat')
    const tipsOf = async (session: string) =>
      (
        await asStaff(house.pool, session, testClock, (visit, around) =>
          furnitureFor(visit, around, { path: '/ward' }),
        )
      )?.whatToTry
    expect(await tipsOf(token)).toBeDefined()
    const [close] = tipRoutes
    const answer = await asStaff(house.pool, token, testClock, async (visit) =>
      close?.answer(visit, askedWith({ query: { back: '/ward' } })),
    )
    expect(answer).toEqual({ kind: 'go', to: '/ward' })
    expect(await tipsOf(token)).toBeUndefined()
    expect(await tipsOf(await house.signIn('pat'))).toBeDefined()
  })
})
