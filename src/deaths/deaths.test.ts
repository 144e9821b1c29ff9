import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { addDays, type LondonDate, readDate } from '#calendar'
import { addTask, recordContact } from '#co-ordination'
import { identityOf, readNhsNumber } from '#people'
import { loadExtract } from '#population'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeRecordedDeath, someoneInCare, withPerson } from '../../test/care.ts'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { type Cast, type House, openHouse, places, testDay } from '../../test/house.ts'
import { loadWords } from '../command/extract-verbs.ts'
import { rooms } from '../pathway.ts'
import { recordDeath, takeDeathBack } from './index.ts'
import { problemsWithDeath } from './rules.ts'
import { deathSaidOf, deathVersion } from './store.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const yesterday = addDays(testDay, -1)
const visitTo = askerOf(
  rooms.flatMap(({ screens }) => screens),
  () => house,
)

const drawnFrom = (person: string, who: Cast = 'amina') =>
  withPerson(house, who, person, ({ db }, leave) => deathVersion(db, leave))

const personOf = (person: string, who: Cast = 'amina') =>
  withPerson(house, who, person, ({ db }, leave) => identityOf(db, leave))

const say = async (person: string, on: LondonDate = yesterday, from?: string, who: Cast = 'amina') => {
  const version = from ?? (await drawnFrom(person, who))
  return withPerson(house, who, person, (visit, leave) =>
    recordDeath(visit, leave, {
      ...{ id: newId(), drawnFrom: version, diedOn: on },
      ...{ knownBy: 'family or carer', words: 'Her daughter rang' },
    }),
  )
}

const takeBack = async (person: string, from?: string, who: Cast = 'amina') => {
  const version = from ?? (await drawnFrom(person, who))
  return withPerson(house, who, person, (visit, leave) =>
    takeDeathBack(visit, leave, {
      ...{ drawnFrom: version, aliveBy: 'spoken with', words: 'She answered the telephone', isSure: true },
    }),
  )
}

describe('a death that nobody here has confirmed', () => {
  it('HZ22 is said plainly above every page, with who says it and what not to do', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', family: 'Pillay' })
    await arrangeRecordedDeath(house, jean, yesterday)
    const words = wordsOf(
      pageOf(await visitTo('amina', 'GET', '/people/:person/contacts', { params: { person: jean } })),
    )
    expect(words).toContain('Recorded as died 31 March 2026, not confirmed')
    expect(words).toContain('The extract of test supplier says so. Nobody here has confirmed it.')
    expect(words).toContain('do not ring as if they were alive, and close nothing because of it')
  })

  it('HZ22 asks its case manager in their day, and the whole team on one page', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', family: 'Asked', owner: 'omar' })
    await arrangeRecordedDeath(house, jean, yesterday)
    const day = wordsOf(pageOf(await visitTo('omar', 'GET', '/my-day')))
    expect(day).toContain('Recorded as died 31 March 2026, not confirmed: find out whether it is so')
    const team = wordsOf(pageOf(await visitTo('priya', 'GET', '/my-people/deaths')))
    expect(team).toContain('ASKED, Jean')
    expect(wordsOf(pageOf(await visitTo('priya', 'GET', '/my-day')))).toContain(
      'See who, and say whether it is so',
    )
    const other = wordsOf(pageOf(await visitTo('karl', 'GET', '/my-people/deaths')))
    expect(other).not.toContain('ASKED')
  })

  it('HZ22 closes nothing by itself, and an episode is not closed for it before somebody knows', async () => {
    const jean = await someoneInCare(house)
    await arrangeRecordedDeath(house, jean, yesterday)
    const [episode] = await house.arrange(
      'select id, turn, closed_on from people.episode where person_id = $1',
      [jean],
    )
    expect(episode?.closed_on).toBeNull()
    const answer = await visitTo('amina', 'POST', '/people/:person/close', {
      params: { person: jean },
      form: {
        ...{ _person: jean, episode: String(episode?.id), turn: String(episode?.turn), reason: 'died' },
        ...{ 'on-day': '1', 'on-month': '4', 'on-year': '2026' },
      },
    })
    expect(answer.kind === 'page' && answer.status).toBe(422)
    expect(wordsOf(pageOf(answer))).toContain('who told you that they have died')
  })

  it('HZ22 out of hours is told to treat whoever is in front of them', async () => {
    const jean = await someoneInCare(house)
    await arrangeRecordedDeath(house, jean, yesterday)
    const sheet = wordsOf(
      pageOf(await visitTo('amina', 'GET', '/people/:person/emergency', { params: { person: jean } })),
    )
    expect(sheet).toContain(
      'RECORDED AS DIED 31 MARCH 2026, NOT CONFIRMED. If they are in front of you, treat them.',
    )
  })

  it('HZ22 is held against the last time somebody was in touch: after that day, it says so', async () => {
    const jean = await someoneInCare(house)
    await withPerson(house, 'amina', jean, (visit, leave) =>
      recordContact(visit, leave, { kind: 'telephone', words: 'She is well' }),
    )
    await arrangeRecordedDeath(house, jean, yesterday)
    const words = wordsOf(
      pageOf(await visitTo('amina', 'GET', '/people/:person/death', { params: { person: jean } })),
    )
    expect(words).toContain('1 April 2026: after the day they are said to have died. Read that contact')
  })

  it('HZ22 confirmed by a worker who says how they know, is asked about no more', async () => {
    const jean = await someoneInCare(house, { family: 'Confirmed' })
    await arrangeRecordedDeath(house, jean, yesterday)
    expect(await say(jean)).toEqual({ ok: true, value: undefined })
    expect(await personOf(jean)).toMatchObject({ diedOn: yesterday, death: { isConfirmed: true } })
    expect(wordsOf(pageOf(await visitTo('amina', 'GET', '/my-people/deaths')))).not.toContain('CONFIRMED,')
    const [note] = await house.arrange(
      `select what, facts from journal.entry where person_id = $1 order by id desc limit 1`,
      [jean],
    )
    expect(note).toEqual({
      what: 'death confirmed',
      facts: { diedOn: yesterday, knownBy: 'family or carer' },
    })
  })
})

describe('a death that a worker hears of first', () => {
  it('HZ21 is on every page at once, holds what is due, and nobody is offered a contact', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', family: 'Heard' })
    await withPerson(house, 'amina', jean, (visit, leave) =>
      addTask(visit, leave, {
        what: 'Ring about the rail',
        holder: { teamId: places.team },
        dueOn: testDay,
      }),
    )
    const offered = `action="/people/${jean}/tasks`
    expect(pageOf(await visitTo('amina', 'GET', '/my-day'))).toContain(offered)
    expect(await say(jean)).toMatchObject({ ok: true })
    const people = wordsOf(pageOf(await visitTo('amina', 'POST', '/my-people', { form: { words: 'Heard' } })))
    expect(people).toContain('Died 31 March 2026')
    const html = pageOf(await visitTo('amina', 'GET', '/my-day'))
    const day = wordsOf(html)
    expect(day).toContain('Held: recorded as died')
    expect(day).toContain('Ring about the rail')
    expect(html).not.toContain(offered)
    expect(html).not.toContain(`/people/${jean}/contacts/record`)
    expect(day).toContain('Printed as it stood on Wednesday 1 April 2026, 9:30am.')
  })

  it('HZ22 taken back, has what was held due again: nothing was deleted', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', family: 'Held' })
    await withPerson(house, 'amina', jean, (visit, leave) =>
      addTask(visit, leave, {
        what: 'Ring the oxygen firm',
        holder: { teamId: places.team },
        dueOn: testDay,
      }),
    )
    const offered = `action="/people/${jean}/tasks`
    await arrangeRecordedDeath(house, jean, yesterday)
    expect(pageOf(await visitTo('amina', 'GET', '/my-day'))).not.toContain(offered)
    expect(await takeBack(jean)).toMatchObject({ ok: true })
    expect(pageOf(await visitTo('amina', 'GET', '/my-day'))).toContain(offered)
  })

  it('HZ21 found in the record afterwards by a load on the same day, stays confirmed', async () => {
    const jean = await someoneInCare(house)
    await say(jean)
    await house.arrange(
      `insert into people.death_said (id, person_id, died_on, supplier, said_at) values ($1, $2, $3, 'test supplier', now())`,
      [newId(), jean, yesterday],
    )
    expect((await personOf(jean)).death?.isConfirmed).toBe(true)
  })

  it.each([
    ['in the future', addDays(testDay, 1), 'Enter a day that is not in the future'],
    [
      'before birth',
      readDate('1930-01-01'),
      'Enter a day that is not before they were born, on 14 September 1941',
    ],
    ['no day at all', undefined, 'Enter the day they died, like 27 3 2026'],
  ])('HZ22 on a day %s is not kept, and the sentence says why', (_, diedOn, message) => {
    const problems = problemsWithDeath(
      { diedOn, knownBy: 'practice', words: '' },
      testDay,
      readDate('1941-09-14'),
    )
    expect(problems).toEqual([{ field: 'on', message }])
  })

  it('HZ22 with something left out is asked for it, and nothing typed is lost', async () => {
    const jean = await someoneInCare(house)
    const answer = await visitTo('amina', 'POST', '/people/:person/death', {
      params: { person: jean },
      form: { _person: jean, words: 'Her sister rang', 'on-day': '31', 'on-month': '2', 'on-year': '2026' },
    })
    expect(answer.kind === 'page' && answer.status).toBe(422)
    expect(wordsOf(pageOf(answer))).toContain('Select how you know')
    expect(pageOf(answer)).toContain('Her sister rang')
    expect((await personOf(jean)).diedOn).toBeUndefined()
  })
})

describe('a death taken back', () => {
  it('HZ22 puts the person on every list again, with what was held, and is in the journal and the access log', async () => {
    const jean = await someoneInCare(house, { given: 'Jean', family: 'Alive' })
    await arrangeRecordedDeath(house, jean, yesterday)
    expect(await takeBack(jean)).toEqual({ ok: true, value: undefined })
    expect((await personOf(jean)).diedOn).toBeUndefined()
    const people = wordsOf(pageOf(await visitTo('amina', 'POST', '/my-people', { form: { words: 'Alive' } })))
    expect(people).toContain('ALIVE, Jean')
    expect(people).not.toContain('Recorded as died')
    const [note] = await house.arrange(
      `select what, facts from journal.entry where person_id = $1 order by id desc limit 1`,
      [jean],
    )
    expect(note).toEqual({ what: 'death taken back', facts: { diedOn: yesterday, aliveBy: 'spoken with' } })
    const said = await withPerson(house, 'amina', jean, ({ db }, leave) => deathSaidOf(db, leave))
    expect(said).toMatchObject([{ endedWhy: 'taken back', endedByName: 'Amina Yusuf' }])
  })

  it('HZ22 takes reasons, and that whoever does it has checked who it is', async () => {
    const jean = await someoneInCare(house)
    await arrangeRecordedDeath(house, jean, yesterday)
    const answer = await visitTo('amina', 'POST', '/people/:person/death/back', {
      params: { person: jean },
      form: { _person: jean, words: 'She answered', 'drawn-from': await drawnFrom(jean) },
    })
    expect(answer.kind === 'page' && answer.status).toBe(422)
    const words = wordsOf(pageOf(answer))
    expect(words).toContain('Select how you know that they are alive')
    expect(words).toContain('Tick that you have checked that this is the person')
    expect(pageOf(answer)).toContain('She answered')
    expect((await personOf(jean)).diedOn).toBe(yesterday)
  })

  it('HZ22 is in the access log by its own words', async () => {
    const jean = await someoneInCare(house)
    await arrangeRecordedDeath(house, jean, yesterday)
    const answer = await visitTo('amina', 'POST', '/people/:person/death/back', {
      params: { person: jean },
      form: {
        ...{ _person: jean, words: 'She answered', 'alive-by': 'seen', sure: 'yes' },
        'drawn-from': await drawnFrom(jean),
      },
    })
    expect(answer).toMatchObject({ kind: 'go', to: `/people/${jean}` })
    const [log] = await house.arrange(
      `select outcome from access.entry where person_id = $1 and verb = 'take back that they have died'`,
      [jean],
    )
    expect(log).toEqual({ outcome: 'done' })
  })

  it('HZ22 by two at once: the second is told who was first, and keeps what they typed', async () => {
    const jean = await someoneInCare(house)
    await arrangeRecordedDeath(house, jean, yesterday)
    const version = await drawnFrom(jean)
    expect(await say(jean, yesterday, version, 'omar')).toMatchObject({ ok: true })
    const form = {
      ...{ _person: jean, words: 'She answered', 'alive-by': 'seen', sure: 'yes', 'drawn-from': version },
    }
    const back = () =>
      visitTo('amina', 'POST', '/people/:person/death/back', { params: { person: jean }, form })
    const second = await back()
    expect(second.kind === 'page' && second.status).toBe(422)
    expect(wordsOf(pageOf(second))).toContain('Omar Sayed said at 9:30am that they died on 31 March 2026')
    expect(pageOf(second)).toContain('She answered')
    expect(await takeBack(jean, undefined, 'omar')).toMatchObject({ ok: true })
    const twice = await back()
    expect(twice.kind === 'page' && twice.status).toBe(422)
    expect(wordsOf(pageOf(twice))).toContain('Omar Sayed said at 9:30am that they are alive')
    expect(pageOf(twice)).toContain('She answered')
  })

  it('HZ22 said by two in one moment is kept once, and the other is told by whom, with what they typed', async () => {
    const jean = await someoneInCare(house)
    const version = await drawnFrom(jean)
    const both = await Promise.all([
      say(jean, yesterday, version, 'amina'),
      say(jean, addDays(testDay, -2), version, 'omar'),
    ])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    const late = await visitTo('priya', 'POST', '/people/:person/death', {
      params: { person: jean },
      form: {
        ...{ _person: jean, 'drawn-from': version, 'known-by': 'practice', words: 'Dr Lund rang at noon' },
        ...{ 'on-day': '29', 'on-month': '3', 'on-year': '2026' },
      },
    })
    expect(late.kind === 'page' && late.status).toBe(422)
    expect(wordsOf(pageOf(late))).toMatch(
      /(Amina Yusuf|Omar Sayed) said at 9:30am that they died on (31|30) March 2026\. Check how it stands/,
    )
    expect(pageOf(late)).toContain('Dr Lund rang at noon')
  })

  it('HZ22 sent twice is written down once', async () => {
    const jean = await someoneInCare(house)
    const form = {
      ...{ _person: jean, id: newId(), 'drawn-from': await drawnFrom(jean), 'known-by': 'practice' },
      ...{ 'on-day': '31', 'on-month': '3', 'on-year': '2026' },
    }
    const send = () => visitTo('amina', 'POST', '/people/:person/death', { params: { person: jean }, form })
    expect(await send()).toMatchObject({ kind: 'go' })
    expect(await send()).toMatchObject({ kind: 'go' })
    const notes = await house.arrange(
      `select what from journal.entry where person_id = $1 and what = 'death recorded'`,
      [jean],
    )
    expect(notes).toHaveLength(1)
  })

  it('HZ22 is for whoever writes plans: a ward clerk may say that somebody died and not take it back', async () => {
    const jean = await someoneInCare(house, { team: 'ward', owner: 'ana' })
    expect(await say(jean, yesterday, undefined, 'pat')).toMatchObject({ ok: true })
    await expect(takeBack(jean, undefined, 'pat')).rejects.toMatchObject({ kind: 'not for you' })
    expect((await personOf(jean, 'ana')).diedOn).toBe(yesterday)
  })
})

describe('a death that comes with a load', () => {
  const workshop = () => testWorkshop(house, 'deaths')
  const [june, jean, harold] = smallExtract.people ?? []
  const deadOn = (on: string) => ({
    ...smallExtract,
    people: [{ ...june }, { ...jean, died_on: on }, { ...harold }],
  })
  let shop: ReturnType<typeof workshop>
  const load = async (name: string, extract: typeof smallExtract = smallExtract, supplier?: string) => {
    shop ??= workshop()
    const outcome = await loadExtract(shop, {
      folder: writeExtract(`deaths-${name}`, extract, {}, supplier ? { everything: { supplier } } : {}),
    })
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
    return outcome.value
  }
  const jeanIs = async () => {
    const [row] = await house.arrange(
      `select p.id, p.died_on, r.during::text as during from people.identifier i join people.person p on p.id = i.person_id
       left join people.registration r on r.person_id = p.id and r.ended_at is null
       where i.value = '9991010203' and i.ended_at is null`,
    )
    return { id: String(row?.id), diedOn: row?.died_on, during: row?.during }
  }
  const inCare = async () => {
    const { id } = await jeanIs()
    await house.arrange(
      `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
          select gen_random_uuid(), $1, g.id, '2026-03-01', 1, now() from organisations.programme g where g.key = 'conrane' returning id)
       insert into people.episode_turn (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at, recorded_at, recorded_by)
         select e.id, 1, $1, 'active', s.id, o.id, 'accepted', now(), now(), s.id
         from e, organisations.staff s, organisations.organisation o where s.name = 'Amina Yusuf' and o.name like 'Quayside%' and o.kind = 'team' limit 1`,
      [id],
    )
  }

  it('HZ22 of somebody nobody here has in care is read by their practice, by nobody else, and nobody is asked', async () => {
    const pageBy = async (who: Cast) => pageOf(await visitTo(who, 'GET', '/my-people/deaths'))
    const readBy = async (who: Cast) => wordsOf(await pageBy(who))
    await load('with-nobody', smallExtract)
    expect(await readBy('drLund')).not.toContain('Your patients with nobody in their care here')
    await load('died-with-nobody', deadOn('2026-03-10'))
    const { id } = await jeanIs()
    expect(await readBy('drLund')).toMatch(
      /Your patients with nobody in their care here \(1\).*if one of them is alive, say so.*PILLAY, Jean.*Recorded as died 10 March 2026/,
    )
    const [logged] = await house.arrange(
      `select $1 = any (l.people) as "isIn" from access.entry e join access.people_list l on l.hash = e.list_hash
       where e.verb = 'read who is recorded as died' order by e.id desc limit 1`,
      [id],
    )
    expect(logged?.isIn).toBe(true)
    for (const who of ['amina', 'karl', 'drBello'] as const)
      expect(await pageBy(who), who).not.toContain(`/people/${id}`)
    expect(await takeBack(id, undefined, 'drLund')).toMatchObject({ ok: true })
    expect(await pageBy('drLund')).not.toContain(`/people/${id}`)
    expect(await jeanIs()).toMatchObject({ diedOn: null, during: '[2010-05-04,)' })
  })

  it('HZ22 of somebody with us asks, closes nothing, and the practice can still open the record', async () => {
    await load('first')
    await inCare()
    const report = await load('died', deadOn('2026-03-20'))
    expect(report.people.deaths).toBeUndefined()
    const now = await jeanIs()
    expect(now).toMatchObject({ diedOn: '2026-03-20', during: '[2010-05-04,2026-03-21)' })
    const words = wordsOf(
      pageOf(await visitTo('drLund', 'GET', '/people/:person/death', { params: { person: now.id } })),
    )
    expect(words).toContain('The extract of test supplier, people, loaded 1 April 2026')
    expect(words).toContain('died 20 March 2026')
    expect(wordsOf(pageOf(await visitTo('drLund', 'GET', '/my-people/deaths')))).toContain('PILLAY, Jean')
  })

  it('HZ22 taken back, opens the registration as it was, and the same death of the next load is held back and told', async () => {
    const { id } = await jeanIs()
    expect(await takeBack(id)).toMatchObject({ ok: true })
    expect(await jeanIs()).toMatchObject({ diedOn: null, during: '[2010-05-04,)' })
    const report = await load('again', deadOn('2026-03-20'))
    expect(report.people.deaths).toEqual({ heldBack: 1 })
    expect(await jeanIs()).toMatchObject({ diedOn: null, during: '[2010-05-04,)' })
    const changes = wordsOf(
      pageOf(
        await visitTo('miriam', 'GET', '/population/loads/:load/changes', {
          params: { load: report.loadId },
        }),
      ),
    )
    expect(changes).toContain('1 death held back because somebody here said they are alive.')
    expect(changes).toContain('PILLAY, Jean')
  })

  const inStore = async () => {
    const [row] = await house.arrange(`select folder from population.load order by n desc limit 1`)
    const db = await (await DuckDBInstance.create(':memory:')).connect()
    const people = await db.runAndReadAll(
      `select count(*)::int as people, count(died_month)::int as died, count(left_month)::int as gone,
         max(died_month)::varchar as newest from read_parquet('${shop.folder}/${row?.folder}/people.parquet')`,
    )
    db.closeSync()
    return people.getRowObjectsJS()[0]
  }

  it('HZ22 held back, is no death in the store that the lists and the evaluation are made from', async () => {
    expect(await inStore()).toEqual({ people: 3, died: 0, gone: 0, newest: null })
  })

  it('HZ22 with another day, or from another source, is asked about again', async () => {
    await load('another day', deadOn('2026-03-22'))
    expect(await jeanIs()).toMatchObject({ diedOn: '2026-03-22' })
    const { id } = await jeanIs()
    expect((await personOf(id)).death).toMatchObject({ isConfirmed: false, suppliers: ['test supplier'] })
    expect(await takeBack(id)).toMatchObject({ ok: true })
    await load('another source', deadOn('2026-03-20'), 'a second supplier')
    expect(await jeanIs()).toMatchObject({ diedOn: '2026-03-20' })
    expect((await personOf(id)).death).toMatchObject({ isConfirmed: false, suppliers: ['a second supplier'] })
  })

  it('HZ22 that its own source sends no more stands for somebody with us, is told, and asks', async () => {
    const report = await load('no more', smallExtract, 'a second supplier')
    expect(report.people.deaths).toEqual({ asked: 1 })
    const { id, diedOn } = await jeanIs()
    expect(diedOn).toBe('2026-03-20')
    expect((await personOf(id)).death).toMatchObject({ isConfirmed: false, withdrawnBy: 'a second supplier' })
    const words = wordsOf(pageOf(await visitTo('amina', 'GET', '/my-people/deaths')))
    expect(words).toContain('The extract of a second supplier said so and no longer does.')
    expect(await takeBack(id)).toMatchObject({ ok: true })
  })

  it('HZ22 that its own source sends no more is taken off where nobody here has to do with them, and told', async () => {
    const gone = { ...smallExtract, people: [{ ...june, died_on: '2026-03-11' }, { ...jean }, { ...harold }] }
    await load('june', gone, 'a second supplier')
    const dead = async () =>
      (
        await house.arrange(
          `select p.died_on from people.identifier i join people.person p on p.id = i.person_id where i.value = '9991010106'`,
        )
      )[0]?.died_on
    expect(await dead()).toBe('2026-03-11')
    const without = smallExtract.people?.map(({ died_on: _, ...row }) => row) ?? []
    await load('no column', { ...smallExtract, people: without }, 'a second supplier')
    expect(await dead()).toBe('2026-03-11')
    const report = await load('june again', smallExtract, 'a second supplier')
    expect(report.people.deaths).toEqual({ takenOff: 1 })
    expect(await dead()).toBeNull()
  })

  it('HZ22 of another day than a worker said does not write over it: the worker’s day stands and it asks', async () => {
    const { id } = await jeanIs()
    expect(await say(id, readDate('2026-03-25'))).toMatchObject({ ok: true })
    await load('other day', deadOn('2026-03-24'), 'a second supplier')
    expect(await jeanIs()).toMatchObject({ diedOn: '2026-03-25' })
    expect((await personOf(id)).death).toMatchObject({ isConfirmed: false, otherDayOn: '2026-03-24' })
    expect(await say(id, readDate('2026-03-25'))).toMatchObject({ ok: true })
    expect((await personOf(id)).death).toMatchObject({ isConfirmed: true })
    await load('other day again', deadOn('2026-03-24'), 'a second supplier')
    expect(await personOf(id)).toMatchObject({ diedOn: '2026-03-25', death: { isConfirmed: true } })
  })

  it('HZ21 that a worker said is in the store with the next load, though no extract says it', async () => {
    await load('worker said', smallExtract, 'a third supplier')
    const { diedOn } = await jeanIs()
    expect(diedOn).toBe('2026-03-25')
    expect(await inStore()).toEqual({ people: 3, died: 1, gone: 0, newest: '2026-03-01' })
  })

  it('HZ22 that are all gone from a file at once are not believed to be withdrawn: nobody rises, and it is told', async () => {
    // Numbers that pass the check, after those of the small extract.
    const numbers = Array.from({ length: 400 }, (_, at) => String(9_991_020_000 + at)).filter(readNhsNumber)
    const more = numbers.slice(0, 9).map((nhs_number, at) => ({
      ...june,
      ...{ nhs_number, given_name: `Ann${at}`, family_name: `Many${at}`, date_of_birth: '1940-02-03' },
    }))
    const all = (died_on: string) => ({
      ...smallExtract,
      people: [...(smallExtract.people ?? []), ...more.map((row) => ({ ...row, died_on }))],
    })
    await load('nine', all('2026-03-02'), 'a fourth supplier')
    const dead = async () =>
      (
        await house.arrange(
          `select count(*)::int as n from people.name n join people.person p on p.id = n.person_id
           where n.family like 'Many%' and n.ended_at is null and p.died_on = '2026-03-02'`,
        )
      )[0]?.n
    expect(await dead()).toBe(9)
    const report = await load('none', all(''), 'a fourth supplier')
    expect(report.people.deaths).toEqual({ notBelieved: 9 })
    expect(await dead()).toBe(9)
    expect(loadWords(report)).toContain(
      '9 deaths of before not in the file: so many at once that nothing was taken off.',
    )
  })

  it('HZ22 that stood before it was written down who says them can be taken back as well', async () => {
    const jean = await someoneInCare(house)
    await house.arrange(`update people.person set died_on = '2026-03-30' where id = $1`, [jean])
    const migration = readFileSync(
      join(
        import.meta.dirname,
        '../../migrations/1000-that-somebody-died-is-said-by-somebody-and-can-be-taken-back.sql',
      ),
      'utf8',
    )
    const [fill = ''] =
      /insert into people\.death_said[^;]*from people\.person p where p\.died_on is not null;/.exec(
        migration,
      ) ?? []
    await house.arrange(fill.replace('where p.died_on', 'where p.id = $1 and p.died_on'), [jean])
    expect((await personOf(jean)).death).toMatchObject({ isConfirmed: false, suppliers: ['not known'] })
    expect(await takeBack(jean)).toMatchObject({ ok: true })
    expect((await personOf(jean)).diedOn).toBeUndefined()
  })
})
