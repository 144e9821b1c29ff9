import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { addDays } from '#calendar'
import { turnEpisode } from '#people'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId, testDay } from '../../test/house.ts'
import { addTask, recordContact, strike, turnTask } from './index.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

// What the kept rows should say, worked out anew from what they copy.
const workedOut = `
  select e.id, e.person_id, e.programme_id, e.opened_on, t.stage, t.owner_id, t.team_id,
    (select max((c.happened_at at time zone 'Europe/London')::date) from co_ordination.contact c
      where c.person_id = e.person_id and c.struck_at is null) as heard_on,
    (select min(u.due_on) from co_ordination.task_turn u join co_ordination.task k on k.id = u.task_id and k.turn = u.n
      where u.person_id = e.person_id and u.state in ('to do', 'waiting')) as next_on,
    (select r.practice_id from people.registration r where r.person_id = e.person_id and r.ended_at is null
      and r.during @> organisations.today()) as practice_id
  from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn where e.closed_on is null`
const kept = `
  select s.episode_id as id, s.person_id, s.programme_id, s.opened_on, s.stage, s.owner_id, s.team_id, s.heard_on, s.next_on,
    s.practice_id
  from co_ordination.standing s where organisations.today() >= s.practice_from and organisations.today() < s.practice_until`

const differing = () =>
  house.arrange(`((${workedOut}) except all (${kept})) union all ((${kept}) except all (${workedOut}))`)

const standingOf = async (person: string) =>
  (await house.arrange('select * from co_ordination.standing where person_id = $1', [person]))[0]

const act = (person: string, work: Parameters<typeof withPerson<unknown>>[3]) =>
  withPerson(house, 'amina', person, work)

async function contact(person: string, happenedAt?: Date): Promise<string> {
  const outcome = await withPerson(house, 'amina', person, (visit, leave) =>
    recordContact(visit, leave, { kind: 'telephone', words: 'She is well.', happenedAt }),
  )
  if (!outcome.ok) throw new Error('the contact was not recorded')
  return outcome.value.contactId
}

async function task(person: string, days: number): Promise<string> {
  const outcome = await withPerson(house, 'amina', person, (visit, leave) =>
    addTask(visit, leave, {
      what: 'Ring',
      holder: { staffId: staffId('amina') },
      dueOn: addDays(testDay, days),
    }),
  )
  if (!outcome.ok) throw new Error('the task was not added')
  return outcome.value.taskId
}

async function turn(
  person: string,
  owner: Cast,
  team: 'team' | 'otherTeam',
  isClosed = false,
): Promise<void> {
  const [episode] = await house.arrange('select id, turn from people.episode where person_id = $1', [person])
  await act(person, (visit, leave) =>
    turnEpisode(
      visit.db,
      leave,
      String(episode?.id),
      Number(episode?.turn),
      {
        stage: isClosed ? 'closed' : 'monitoring',
        ownerId: staffId(owner),
        teamId: places[team],
        reason: 'handed over',
        at: visit.now,
        by: staffId('amina'),
      },
      isClosed ? testDay : undefined,
    ),
  )
}

const aMove = 'update people.registration set practice_id = $2 where person_id = $1 and ended_at is null'

describe('where everybody with us stands', () => {
  it('is kept as each thing is done that it copies', async () => {
    const person = await someoneInCare(house)
    expect(await differing()).toEqual([])
    const first = await contact(person)
    expect(await standingOf(person)).toMatchObject({ heard_on: testDay })
    const ring = await task(person, 9)
    await task(person, 5)
    expect(await standingOf(person)).toMatchObject({ next_on: addDays(testDay, 5) })
    await act(person, (visit, leave) => strike(visit, leave, first, 'Somebody else'))
    expect(await standingOf(person)).toMatchObject({ heard_on: null })
    await act(person, (visit, leave) =>
      turnTask(visit, leave, {
        taskId: ring,
        turn: 1,
        state: 'waiting',
        waitingFor: 'the GP',
        dueOn: testDay,
      }),
    )
    expect(await standingOf(person)).toMatchObject({ next_on: testDay })
    expect(await differing()).toEqual([])
    await turn(person, 'omar', 'otherTeam')
    expect(await standingOf(person)).toMatchObject({ stage: 'monitoring', team_id: places.otherTeam })
    expect(await differing()).toEqual([])
  })

  it('is forgotten when the episode ends, and kept of another that goes on', async () => {
    const person = await someoneInCare(house)
    const stays = await someoneInCare(house)
    await turn(person, 'amina', 'team', true)
    expect(await standingOf(person)).toBeUndefined()
    expect(await standingOf(stays)).toBeDefined()
    expect(await differing()).toEqual([])
  })

  it('moves with somebody who moves to another practice, and with one who leaves every practice', async () => {
    const [moves, leaves] = [await someoneInCare(house), await someoneInCare(house)]
    await house.arrange(aMove, [moves, places.canalSide])
    await house.arrange('update people.registration set ended_at = now() where person_id = $1', [leaves])
    expect(await standingOf(moves)).toMatchObject({ practice_id: places.canalSide })
    expect(await standingOf(leaves)).toMatchObject({ practice_id: null })
    expect(await differing()).toEqual([])
  })

  it('says the practice of the day that is read, also of a move that was known of before it came', async () => {
    const person = await someoneInCare(house, { family: 'Mover' })
    await house.arrange(
      `update people.registration set during = '[2010-01-01,2026-04-20)' where person_id = $1`,
      [person],
    )
    await house.arrange(
      `insert into people.registration (id, person_id, practice_id, during)
       values (gen_random_uuid(), $1, $2, '[2026-04-20,)')`,
      [person, places.canalSide],
    )
    const practiceNow = async () => /MOVER.*?Surgery|MOVER.*?Practice/.exec(await page('amina'))?.[0]
    expect(await practiceNow()).toMatch(/Lund Street Surgery$/)
    expect(await page('drBello')).not.toContain('MOVER')
    await house.arrange(`update organisations.installation set day_on = '2026-04-21'`)
    expect(await practiceNow()).toMatch(/Canal Side Practice$/)
    expect(await page('drBello')).toContain('MOVER')
    expect(await page('drLund')).not.toContain('MOVER')
    await house.arrange(`update organisations.installation set day_on = '2026-04-01'`)
  })

  it.each([
    ['an episode is opened while a contact is being written', 'contact', 'writing first'],
    ['a contact is written while an episode is being opened', 'contact', 'opening first'],
    ['an episode is opened while a registration is being changed', 'registration', 'writing first'],
    ['a registration is changed while an episode is being opened', 'registration', 'opening first'],
  ])('misses nothing where %s', async (_, what, order) => {
    const person = await house.arrangePerson()
    // Written about before, so that the row the two would wait for is there.
    await house.arrange(aContact, [person, staffId('amina'), '2026-03-01'])
    const writing =
      what === 'contact'
        ? { text: aContact, values: [person, staffId('amina'), testDay] }
        : { text: aMove, values: [person, places.canalSide] }
    const both = [writing, anEpisode(person)]
    await oneDuringTheOther(order === 'writing first' ? both : both.reverse())
    const expected = what === 'contact' ? { heard_on: testDay } : { practice_id: places.canalSide }
    expect(await standingOf(person)).toMatchObject(expected)
    expect(await differing()).toEqual([])
  })

  it('lets nobody wait for a load that is still going on', async () => {
    const person = await someoneInCare(house)
    const loader = await client()
    try {
      await loader.query('begin')
      await loader.query(aMove, [person, places.canalSide])
      await contact(person)
      await loader.query('commit')
    } finally {
      await loader.end()
    }
    expect(await standingOf(person)).toMatchObject({ heard_on: testDay, practice_id: places.canalSide })
  })

  it('is open to nobody who signs in to a page: what they may see is decided behind the door', async () => {
    for (const table of ['standing', 'clock', 'unsettled'])
      await expect(house.pool.query(`select * from co_ordination.${table}`)).rejects.toThrow(
        'permission denied',
      )
  })
})

const page = async (who: Cast) => {
  const route = screens.find(({ method, path }) => method === 'GET' && path === '/my-people')
  if (!route) throw new Error('no page of my people')
  return wordsOf(
    pageOf(await house.as(who, (visit) => route.answer(visit, askedWith({ query: { page: 'all' } })))),
  )
}

async function client(): Promise<Client> {
  const one = new Client({ connectionString: house.ownerUrl })
  await one.connect()
  return one
}

// The second begins and would be kept at once, while the first is not kept yet.
async function oneDuringTheOther(
  statements: readonly { readonly text: string; readonly values: string[] }[],
): Promise<void> {
  const [first, second] = [await client(), await client()]
  const [early, late] = statements
  try {
    await first.query('begin')
    await first.query(early ?? '')
    const kept = second.query(late ?? '')
    await Promise.race([kept, pause(400)])
    await first.query('commit')
    await kept
  } finally {
    await Promise.all([first.end(), second.end()])
  }
}

const aContact = `insert into co_ordination.contact (id, person_id, kind, made_by, happened_at, words, recorded_by, recorded_at)
  values (gen_random_uuid(), $1, 'telephone', $2, $3::date, 'Rang.', $2, $3::date)`
const anEpisode = (person: string) => {
  const [episode, programme] = [newId(), programmeId('conrane')]
  return {
    text: `with opened as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
        values ($1, $2, $3, '2026-04-01', 1, now()))
      insert into people.episode_turn (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at, recorded_at,
        recorded_by) values ($1, 1, $2, 'active', $4, $5, 'accepted', now(), now(), $4)`,
    values: [episode, person, programme, staffId('amina'), places.team],
  }
}
