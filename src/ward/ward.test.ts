import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Asked, newId, permit, Refused, type StaffVisit } from '#access'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import { recordContact } from '#co-ordination'
import { openEpisode } from '#people'
import { wordsOf } from '../../test/asking.ts'
import { arrangePlan, arrangeRecordedDeath } from '../../test/care.ts'
import {
  type Cast,
  type House,
  openHouse,
  places,
  programmeId,
  staffId,
  testClock,
} from '../../test/house.ts'
import { asStaff } from '../visit.ts'
import { admit, leaveWard, room, wardOf } from './index.ts'
import type { Seen } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const look = { may: 'run rounds', part: 'whole', purpose: 'direct care', verb: 'test' } as const

/** Somebody with an open episode in the ward's programme, whose lead is Ana. */
async function arrangeEpisode(
  given: string,
  family?: string,
): Promise<{ person: string; episodeId: string }> {
  const person = await house.arrangePerson({ given, ...(family && { family }) })
  const episodeId = newId()
  await house.asSystem('arrangement', async (visit) => {
    const leave = await permit(visit, person, look)
    await openEpisode(
      visit.db,
      leave,
      { id: episodeId, programmeId: programmeId('virtual-ward'), openedOn: visit.today },
      {
        stage: 'active',
        ownerId: staffId('ana'),
        teamId: places.ward,
        reason: 'arranged',
        at: visit.now,
        by: staffId('ana'),
      },
    )
  })
  return { person, episodeId }
}

const admitted = async (given: string, family?: string, seen: Seen = 'seen every day') => {
  const { person, episodeId } = await arrangeEpisode(given, family)
  await house.as('pat', async (visit) =>
    admit(visit, await permit(visit, person, look), await wardOf(visit), {
      episodeId,
      seen,
    }),
  )
  return person
}

const form = (fields: Record<string, string>): Asked['form'] => ({
  text: (field) => fields[field] ?? '',
  all: (field) => (fields[field] ? [fields[field]] : []),
  typed: fields,
})
const asked = (params: Record<string, string>, fields: Record<string, string> = {}, query = {}): Asked => ({
  path: '',
  params,
  query: form(query),
  form: form(fields),
  furniture: {
    synthetic: true,
    navigation: [],
    hasSearch: false,
    csrfToken: 'a token',
    freshness: [],
    day: 'Wednesday 1 April 2026',
  },
})
const visitPage = (visit: StaffVisit, method: string, path: string, what: Asked): Promise<Answer> => {
  const route = room.screens.find((each) => each.method === method && each.path === path)
  if (!route) throw new Error(`no page ${method} ${path}`)
  return route.answer(visit, what)
}
const open = (who: Cast, method: string, path: string, what = asked({})) =>
  house.as(who, (visit) => visitPage(visit, method, path, what))
const html = (answer: Answer) => (answer.kind === 'page' ? answer.html : '')
const personIn = (answer: Answer) => (answer.kind === 'go' ? answer.to.replace('/ward/round/', '') : '')

const tomorrow = () => londonInstant(readDate('2026-04-02') as LondonDate, 9, 30)
const asTomorrow = async <T>(work: (visit: StaffVisit) => Promise<T>): Promise<T> => {
  await house.arrange(`update organisations.installation set day_on = '2026-04-02'`)
  const done = await asStaff(house.pool, await house.signIn('pat'), tomorrow, async (visit) => ({
    value: await work(visit),
  }))
  await house.arrange(`update organisations.installation set day_on = '2026-04-01'`)
  if (!done) throw new Error('pat could not sign in')
  return done.value
}

describe('a bed', () => {
  it('taken by 50 at once is given to 1, and the others are told the ward is full', async () => {
    // One after another: each takes a connection of its own, and the tests beside this one need theirs.
    const people: Awaited<ReturnType<typeof arrangeEpisode>>[] = []
    for (let i = 0; i < 50; i++) people.push(await arrangeEpisode(`Bed${i}`))
    const tokens = await Promise.all(people.map(() => house.signIn('pat')))
    const outcomes = await Promise.all(
      people.map(({ person, episodeId }, i) =>
        asStaff(house.pool, tokens[i] ?? '', testClock, async (visit) => {
          const ward = { ...(await wardOf(visit)), beds: 1 }
          return admit(visit, await permit(visit, person, look), ward, { episodeId, seen: 'seen every day' })
        }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome?.ok)).toHaveLength(1)
    const told = outcomes.flatMap((outcome) => (outcome && !outcome.ok ? outcome.problems : []))
    expect(new Set(told.map(({ message }) => message))).toEqual(new Set(['1 of 1 beds taken. Say no today.']))
    const stays = await house.arrange('select person_id from ward.stay where ended_at is null')
    expect(stays).toHaveLength(1)
    await house.as('pat', async (visit) =>
      leaveWard(visit, await permit(visit, String(stays[0]?.person_id), look), 'moved away'),
    )
  })

  it('cannot hold two people, and nobody lies in two beds', async () => {
    const june = await admitted('June')
    const { person: other, episodeId } = await arrangeEpisode('Other')
    const stay = `insert into ward.stay (id, person_id, episode_id, bed_id, during, seen, next_look_on, recorded_at,
        recorded_by) select $1, $2, $3, $4, '[2026-04-01,)', 'seen every day', '2026-04-02', now(), $5`
    const [row] = await house.arrange('select bed_id, episode_id from ward.stay where person_id = $1', [june])
    const beds = await house.arrange('select id from ward.bed where id <> $1', [row?.bed_id])
    await expect(
      house.arrange(stay, [newId(), other, episodeId, row?.bed_id, staffId('pat')]),
    ).rejects.toThrow(/one_person_a_bed/)
    await expect(
      house.arrange(stay, [newId(), june, row?.episode_id, beds[0]?.id, staffId('pat')]),
    ).rejects.toThrow(/one_bed_a_person/)
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, june, look), 'moved away'))
  })

  it('is free again as soon as somebody leaves the ward', async () => {
    const leaving = await admitted('Leaving')
    const bedOf = async (person: string) =>
      (
        await house.arrange(
          'select b.n from ward.stay s join ward.bed b on b.id = s.bed_id where person_id = $1',
          [person],
        )
      )[0]?.n
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, leaving, look), 'moved away'))
    const coming = await admitted('Coming')
    expect(await bedOf(coming)).toBe(await bedOf(leaving))
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, coming, look), 'died'))
  })

  it('HZ20 is not left as “ready” before a round decided so with a second name', async () => {
    const person = await admitted('Notyet')
    const outcome = await house.as('pat', async (visit) =>
      leaveWard(visit, await permit(visit, person, look), 'ready to leave'),
    )
    expect(outcome).toMatchObject({ ok: false })
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, person, look), 'moved away'))
  })

  it('is free when the episode that brought them is closed, and not before', async () => {
    const person = await admitted('Closing')
    const [stay] = await house.arrange('select episode_id from ward.stay where person_id = $1', [person])
    const episodeId = String(stay?.episode_id)
    const tell = () =>
      house.as('ana', async (visit) => {
        await permit(visit, person, look)
        const facts = { episodeId, reason: 'goals met' as const, closedOn: visit.today }
        await visit.note({ what: 'episode closed', person, facts })
      })
    const ended = async () =>
      (await house.arrange('select ended_reason from ward.stay where person_id = $1', [person]))[0]
    await tell()
    expect(await ended()).toEqual({ ended_reason: null })
    await house.arrange(`update people.episode set closed_on = '2026-04-01' where id = $1`, [episodeId])
    await tell()
    expect(await ended()).toEqual({ ended_reason: 'episode closed' })
  })

  it('is not given to somebody without an open episode in the ward’s programme', async () => {
    const person = await house.arrangePerson({ given: 'Stranger' })
    await expect(open('pat', 'GET', '/ward/admit/:person', asked({ person }))).rejects.toThrow(Refused)
  })
})

describe('the ward’s page', () => {
  it('belongs to those who work on a ward', async () => {
    await expect(open('amina', 'GET', '/ward')).rejects.toThrow(Refused)
    await expect(open('drLund', 'GET', '/ward')).rejects.toThrow(Refused)
  })

  it('says that nobody is on an empty ward, and that no readings are linked', async () => {
    const page = html(await open('pat', 'GET', '/ward'))
    expect(page).toContain('0 of 39 beds taken.')
    expect(page).toContain('Nobody is on the ward.')
    expect(page).toContain('No readings are linked')
  })

  it('HZ21 somebody recorded as died is on the ward list without a number to ring, and it says when it was printed', async () => {
    const person = await admitted('Quiet', 'Paper')
    await house.arrange(
      `insert into people.contact_point (id, person_id, kind, value) values ($1, $2, 'telephone', '01632 960199')`,
      [newId(), person],
    )
    expect(html(await open('pat', 'GET', '/ward/print'))).toMatch(/01632\s960\s199/)
    await arrangeRecordedDeath(house, person, '2026-03-31')
    const page = html(await open('pat', 'GET', '/ward/print'))
    expect(page).not.toMatch(/01632\s960\s199/)
    expect(page).toContain('Recorded as died 31 March 2026, not confirmed')
    expect(page).toContain('Printed as it stood on')
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, person, look), 'moved away'))
  })

  it('HZ34 the ward list on paper says so when somebody in a bed is not on it', async () => {
    const person = await admitted('Paper', 'List')
    expect(html(await open('pat', 'GET', '/ward/print'))).toContain('Everybody on the ward: 1 name')
    await house.arrange('update people.episode_turn set team_id = $2, owner_id = $3 where person_id = $1', [
      person,
      places.team,
      staffId('amina'),
    ])
    expect(html(await open('pat', 'GET', '/ward/print'))).toContain('NOT COMPLETE: 0 names of 1 on the ward')
    await house.arrange('update people.episode_turn set team_id = $2, owner_id = $3 where person_id = $1', [
      person,
      places.ward,
      staffId('ana'),
    ])
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, person, look), 'moved away'))
  })

  it('HZ34 the board on paper leaves nobody folded away', async () => {
    const person = await admitted('Wilma', 'Weekly', 'seen every week')
    const page = html(await open('pat', 'GET', '/ward'))
    const folded = /<details[^>]*>(?:(?!<\/details>).)*WEEKLY, Wilma/s.exec(page)?.[0] ?? ''
    expect(folded).toContain('1 person to look at later than today')
    expect(folded).toContain('kw-opens-on-paper')
    await house.as('pat', async (visit) => leaveWard(visit, await permit(visit, person, look), 'moved away'))
  })

  it('finds somebody by name without a name in the address', async () => {
    const people = [await admitted('Grace', 'Findme'), await admitted('Harry', 'Otherwise')]
    const page = html(await open('pat', 'POST', '/ward/find', asked({}, { words: 'findme' })))
    expect(page).toContain('FINDME, Grace')
    expect(page).not.toContain('OTHERWISE, Harry')
    for (const person of people) {
      await house.as('pat', async (visit) =>
        leaveWard(visit, await permit(visit, person, look), 'moved away'),
      )
    }
  })
})

describe('a round', () => {
  it('nobody holds leads back to the ward', async () => {
    expect(await open('pat', 'GET', '/ward/round')).toEqual({ kind: 'go', to: '/ward' })
  })

  const decide = (person: string, fields: Record<string, string> = {}) =>
    open(
      'pat',
      'POST',
      '/ward/round/:person',
      asked({ person }, { from: '0', decision: 'seen every week', lookInDays: '7', ...fields }),
    )

  it('goes from person to person; skipped people come back at the end; who is not reached is on tomorrow’s', async () => {
    const [first, second, third] = [await admitted('Ann'), await admitted('Ben'), await admitted('Cy')]
    await asTomorrow(async (visit) => {
      const to = await visitPage(visit, 'POST', '/ward/round', asked({}))
      expect(personIn(to)).toBe(first)
      const page = html(await visitPage(visit, 'GET', '/ward/round/:person', asked({ person: first })))
      expect(page).toContain('Ward round, person 1 of 3')
      expect(page).not.toContain('checked=""')
      const skipped = await visitPage(visit, 'POST', '/ward/round/:person/skip', asked({ person: first }))
      expect(personIn(skipped)).toBe(second)
      const again = html(await visitPage(visit, 'GET', '/ward/round/:person', asked({ person: second })))
      expect(again).toContain('Ward round, person 1 of 3')
      expect(again).toContain('1 person comes back at the end')
    })
    await asTomorrow(async (visit) => {
      const saved = await visitPage(
        visit,
        'POST',
        '/ward/round/:person',
        asked({ person: second }, { from: '0', decision: 'seen every week', lookInDays: '7' }),
      )
      expect(personIn(saved)).toBe(third)
    })
    await asTomorrow(async (visit) => {
      const saved = await visitPage(
        visit,
        'POST',
        '/ward/round/:person',
        asked({ person: third }, { from: '0', decision: 'seen every month', lookInDays: '28' }),
      )
      expect(personIn(saved)).toBe(first)
    })
    await asTomorrow(async (visit) => {
      const left = await visitPage(visit, 'POST', '/ward/round/leave', asked({}))
      const round = left.kind === 'go' ? left.to.replace('/ward/rounds/', '') : ''
      const sheet = html(await visitPage(visit, 'GET', '/ward/rounds/:round', asked({ round })))
      expect(sheet).toContain('2 people discussed. 1 person was not discussed. They are on tomorrow’s round.')
      expect(personIn(await visitPage(visit, 'POST', '/ward/round', asked({})))).toBe(first)
      await visitPage(visit, 'POST', '/ward/round/leave', asked({}))
    })
    for (const person of [first, second, third]) {
      await house.as('pat', async (visit) =>
        leaveWard(visit, await permit(visit, person, look), 'moved away'),
      )
    }
  })

  it('says what was said since the last look, what matters first, and whom to ring', async () => {
    const person = await admitted('Said')
    await house.arrange(
      `insert into people.contact_point (id, person_id, kind, value) values (gen_random_uuid(), $1, 'telephone', '01632 960 555')`,
      [person],
    )
    const page = await asTomorrow(async (visit) => {
      const leave = await permit(visit, person, look)
      await arrangePlan(visit, leave)
      await recordContact(visit, leave, { kind: 'telephone', words: 'Rang. Ankles swollen.' })
      await visitPage(visit, 'POST', '/ward/round', asked({}))
      return html(await visitPage(visit, 'GET', '/ward/round/:person', asked({ person })))
    })
    expect(wordsOf(page)).toMatch(
      /What matters to \S+ I want to walk.*Contact recorded: Rang\. Ankles swollen\..*If things get worse More breathless at rest: Sit up.*01632 960 555.*Decide/,
    )
  })

  it('an empty decision is asked for again with everything typed kept', async () => {
    const person = await admitted('Empty')
    await open('pat', 'POST', '/ward/round')
    const answer = await decide(person, { decision: '', lookInDays: '', task: 'Ring the chemist' })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(html(answer)).toContain('Select what happens now')
    expect(html(answer)).toContain('Select who will do this')
    expect(html(answer)).toContain('value="Ring the chemist"')
    const rows = await house.arrange('select * from ward.discussion where person_id = $1', [person])
    expect(rows).toEqual([])
  })

  it('whoever goes back to somebody decided about is shown the decision, and decides again only by asking to', async () => {
    const person = await admitted('Back')
    await open('pat', 'POST', '/ward/round')
    const shown = async (again?: string) =>
      html(await open('pat', 'GET', '/ward/round/:person', asked({ person }, {}, again ? { again } : {})))
    expect(await shown()).toContain('name="decision"')
    await decide(person, { task: 'Visit', taskOwner: staffId('ana'), taskInDays: '1' })
    expect(wordsOf(await shown())).toMatch(/Decided on this round Stay, seen every week , \S+ \S+ at /)
    expect(await shown()).not.toContain('name="decision"')
    // Nobody comes back to somebody who is dealt with.
    expect(await shown()).not.toContain('Skip, come back')
    expect(await shown('1')).toContain('name="decision"')
    expect(await shown('1')).toContain('Skip, come back')
    await decide(person, { from: '1', decision: 'seen every day', lookInDays: '1' })
    expect(await shown('1')).not.toContain('name="decision"')
  })

  it('HZ01 a decision written for one person is not saved under another', async () => {
    const [drawnFor, other] = [await admitted('Drawn'), await admitted('Other')]
    await open('pat', 'POST', '/ward/round')
    await expect(decide(other, { _person: drawnFor })).rejects.toThrow(Refused)
    const rows = await house.arrange('select * from ward.discussion where person_id = any ($1)', [
      [drawnFor, other],
    ])
    expect(rows).toEqual([])
  })

  it('HZ18 what has to happen is a task of a named person at once', async () => {
    const person = await admitted('Tasked')
    await open('pat', 'POST', '/ward/round')
    await decide(person, { task: 'Visit', taskOwner: staffId('ana'), taskInDays: '1' })
    const tasks = await house.arrange(
      `select t.owner_id, t.due_on::text, k.what from ward.discussion d
       join co_ordination.task k on k.id = d.task_id and k.person_id = d.person_id
       join co_ordination.task_turn t on t.task_id = k.id and t.n = k.turn where d.person_id = $1`,
      [person],
    )
    expect(tasks).toEqual([{ owner_id: staffId('ana'), due_on: '2026-04-02', what: 'Visit' }])
  })

  it('HZ19 the second of two decisions on one person is told who was first, and changes nothing', async () => {
    const person = await admitted('Both')
    await open('pat', 'POST', '/ward/round')
    await decide(person)
    const second = await house
      .as('ana', (visit) =>
        visitPage(
          visit,
          'POST',
          '/ward/round/:person',
          asked({ person }, { from: '0', decision: 'seen every day', lookInDays: '1' }),
        ),
      )
      .catch((error: unknown) => error)
    expect(second).toBeInstanceOf(Refused)
    expect((second as Refused).words).toContain('Pat Doyle saved a decision about this person at 9:30am')
    const rows = await house.arrange('select decision from ward.discussion where person_id = $1', [person])
    expect(rows).toEqual([{ decision: 'seen every week' }])
  })

  it('ready to leave with a second name opens the way off the ward', async () => {
    const person = await admitted('Ready')
    await open('pat', 'POST', '/ward/round')
    await decide(person, {
      decision: 'ready to leave',
      secondName: staffId('ana'),
      task: 'Ring the practice',
      taskOwner: staffId('pat'),
      taskInDays: '1',
    })
    const outcome = await house.as('pat', async (visit) =>
      leaveWard(visit, await permit(visit, person, look), 'ready to leave'),
    )
    expect(outcome).toMatchObject({ ok: true })
  })

  it('the database refuses a leaving without a second name, and a second name that is the writer', async () => {
    const person = await admitted('Alone')
    await open('pat', 'POST', '/ward/round')
    const row = `insert into ward.discussion (stay_id, n, person_id, round_id, decision, next_look_on, second_name_id,
        task_id, discussed_at, recorded_by)
      select s.id, 9, s.person_id, r.id, 'ready to leave', '2026-04-02', $2, $3, now(), $4
      from ward.stay s, ward.round r where s.person_id = $1 and r.ended_at is null`
    await expect(house.arrange(row, [person, null, newId(), staffId('pat')])).rejects.toThrow(
      /second_name_to_leave/,
    )
    await expect(house.arrange(row, [person, staffId('pat'), newId(), staffId('pat')])).rejects.toThrow(
      /check/,
    )
  })
})
