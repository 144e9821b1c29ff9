import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addDays } from '#calendar'
import { planOf } from '#care-plan'
import type { Workshop } from '#jobs'
import { episodesOf } from '#people'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import {
  agreeWithOutOfHours,
  answerSharing,
  arrangePlan,
  arrangeRecordedDeath,
  someoneInCare,
  withPerson,
} from '../../test/care.ts'
import { type Cast, type House, openHouse, places, postId, staffId, testDay } from '../../test/house.ts'
import { followTasks } from './follow.ts'
import { addTask, openTasks } from './index.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = NonNullable<Parameters<typeof askedWith>[0]>

const ask = (who: Cast, method: Route['method'], path: string, sent: Sent = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith(sent))
  })
const wordsAt = async (who: Cast, path: string) => wordsOf(pageOf(await ask(who, 'GET', path)))

const address = '/my-people/hand-over/:staff'
const pageFor = (from: Cast, who: Cast = 'priya') =>
  ask(who, 'GET', address, { params: { staff: staffId(from) } })
const send = (from: Cast, form: Record<string, string>, who: Cast = 'priya') =>
  ask(who, 'POST', address, { params: { staff: staffId(from) }, form })

/** What the page sends when nothing was typed: the turn of each line, and nobody chosen. */
const drawn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/name="(turn-[^"]+)" value="(\d+)"/g)].map(([, name = '', turn = '']) => [name, turn]),
  )
const formOf = async (from: Cast) => drawn(pageOf(await pageFor(from)))

const episodeIn = async (person: string) =>
  withPerson(house, 'priya', person, async (visit, leave) => (await episodesOf(visit.db, leave))[0])
const tasksOf = (person: string) =>
  withPerson(house, 'priya', person, (visit) => openTasks(visit.db, [person]))

const give = (person: string, to: Cast, what: string) =>
  withPerson(house, 'amina', person, (visit, leave) =>
    addTask(visit, leave, { what, holder: { staffId: staffId(to) }, dueOn: testDay }),
  )
const leaves = (who: Cast) =>
  house.arrange(`update organisations.post set during = daterange(lower(during), $2::date) where id = $1`, [
    postId(who),
    testDay,
  ])
const comesBack = (who: Cast) =>
  house.arrange(`update organisations.post set during = '[2020-01-01,)' where id = $1`, [postId(who)])

describe('HZ18 a case manager leaves for good', () => {
  it('HZ18 and their people, tasks and actions pass to a named colleague who is told what to know', async () => {
    const person = await someoneInCare(house, { family: 'Handed', given: 'Edna', owner: 'omar' })
    await give(person, 'omar', 'Ring the pharmacy')
    await withPerson(house, 'amina', person, arrangePlan)
    await house.arrange('update care_plan.line set owner_id = $1 where person_id = $2 and kind = $3', [
      staffId('omar'),
      person,
      'action',
    ])
    const page = wordsOf(pageOf(await pageFor('omar')))
    expect(page).toMatch(
      /Edna Handed Case manager in Quayside care co-ordination, 1 task and 1 action of the plan/,
    )
    const episode = await episodeIn(person)
    const form = {
      ...(await formOf('omar')),
      reason: 'leave',
      [`to-${episode?.id}`]: staffId('amina'),
      [`words-${episode?.id}`]: 'Hard of hearing: ring twice',
    }
    const checked = await send('omar', { ...form, step: 'check' })
    expect(wordsOf(pageOf(checked))).toContain('To Amina Yusuf (1) Edna Handed')
    expect((await episodeIn(person))?.ownerName).toBe('Omar Sayed')
    const kept = await send('omar', { ...form, step: 'keep' })
    expect(kept).toMatchObject({ kind: 'go', to: '/my-people/hand-over' })
    expect((await episodeIn(person))?.ownerName).toBe('Amina Yusuf')
    const tasks = await tasksOf(person)
    expect(tasks.map(({ what, holderName }) => [what, holderName])).toEqual([
      ['Ring the pharmacy', 'Amina Yusuf'],
      ['Introduce yourself: you are Edna’s case manager now', 'Amina Yusuf'],
    ])
    expect(tasks[1]).toMatchObject({
      why: 'Handed over from Omar Sayed. Hard of hearing: ring twice',
      dueOn: addDays(testDay, 7),
    })
    const plan = await withPerson(house, 'priya', person, (visit, leave) => planOf(visit.db, leave))
    expect(plan?.goals[0]?.actions.map(({ ownerName }) => ownerName)).toEqual(['Amina Yusuf'])
    expect(plan).toMatchObject({ version: 2, lastAgreed: { version: 1 } })
    expect(await wordsAt('priya', '/my-people/hand-over')).toMatch(
      /1 April Omar Sayed 1 1 1 The case manager is away or has left Priya Raman/,
    )
  })

  it('HZ18 until then everybody of the team reads that people have nobody, and who may hand them over', async () => {
    await someoneInCare(house, { family: 'Left', given: 'Behind', owner: 'omar' })
    for (const path of ['/my-day', '/my-people']) {
      expect(await wordsAt('amina', path)).not.toContain('A case manager has left')
    }
    await leaves('omar')
    for (const path of ['/my-day', '/my-people']) {
      expect(await wordsAt('amina', path)).toMatch(
        /1 open episode is in the name of Omar Sayed, who no longer works here.*Hand their people over/,
      )
    }
    expect(await wordsAt('karl', '/my-people')).not.toContain('A case manager has left')
    await send('omar', { ...(await formOf('omar')), reason: 'leave', rest: staffId('priya'), step: 'keep' })
    expect(await wordsAt('amina', '/my-day')).not.toContain('A case manager has left')
    await comesBack('omar')
  })
})

describe('somebody whose case manager has left', () => {
  it('HZ37 is not a reason to ring somebody who is gone: the night rings the team', async () => {
    const person = await someoneInCare(house, { family: 'Night', given: 'Nora', owner: 'omar' })
    await agreeWithOutOfHours(house)
    await answerSharing(house, person, 'yes')
    const sheet = async () =>
      wordsOf(pageOf(await ask('drAshe', 'GET', '/people/:person/emergency', { params: { person } })))
    expect(await sheet()).toMatch(/Who to ring Omar Sayed, case manager: 01632\s960\s117/)
    await leaves('omar')
    const words = await sheet()
    expect(words).toMatch(
      /Who to ring Omar Sayed has left\. Ring Quayside co-ordination team: 01632\s960\s100/,
    )
    expect(words).toMatch(
      /Case manager Omar Sayed has left\. Ring Quayside co-ordination team , 01632\s960\s100/,
    )
    await send('omar', { ...(await formOf('omar')), reason: 'leave', rest: staffId('priya'), step: 'keep' })
    expect(await sheet()).toMatch(/Who to ring Priya Raman, case manager/)
    await comesBack('omar')
  })
})

describe('HZ18 a whole caseload goes to another team', () => {
  const toKarl = `${staffId('karl')}@${places.otherTeam}`
  const workshop: Workshop = {
    ...{ folder: '', say: async () => {} },
    inVisit: (work) => house.asSystem('test', work),
  }

  it('HZ18 with its named case manager there, and tasks of colleagues who stay behind go with it', async () => {
    const person = await someoneInCare(house, { family: 'Moved', given: 'Mavis', owner: 'omar' })
    const other = await someoneInCare(house, { family: 'Stays', given: 'Stan', owner: 'amina' })
    await give(person, 'priya', 'Order the walking frame')
    await give(other, 'omar', 'Bring the form')
    const form = { ...(await formOf('omar')), reason: 'caseload', rest: toKarl }
    const checked = wordsOf(pageOf(await send('omar', { ...form, step: 'check' })))
    expect(checked).toMatch(
      /To Karl Jensen, Hillside co-ordination team .* can then open these people no more/,
    )
    expect(checked).toContain('1 line stays with Omar Sayed.')
    expect(await send('omar', { ...form, step: 'keep' })).toMatchObject({ kind: 'go' })
    await expect(episodeIn(person)).rejects.toMatchObject({ kind: 'not for you' })
    const promised = await house.arrange(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'pass tasks on to the new team' and payload->>'personId' = $1`,
      [person],
    )
    expect(promised).toHaveLength(1)
    await followTasks['pass tasks on to the new team']?.(workshop, promised[0]?.payload as never)
    const theirs = await withPerson(house, 'karl', person, async (visit, leave) => ({
      episode: (await episodesOf(visit.db, leave))[0],
      tasks: await openTasks(visit.db, [person]),
    }))
    expect(theirs.episode).toMatchObject({
      ownerName: 'Karl Jensen',
      teamName: 'Hillside co-ordination team',
    })
    expect(theirs.tasks.map(({ what, holderName }) => [what, holderName])).toEqual([
      ['Order the walking frame', 'Karl Jensen'],
      ['Introduce yourself: you are Mavis’s case manager now', 'Karl Jensen'],
    ])
    expect((await tasksOf(other)).map(({ holderName }) => holderName)).toEqual(['Omar Sayed'])
    const form2 = { ...(await formOf('omar')), reason: 'caseload', [`to-${other}`]: toKarl }
    expect(await send('omar', { ...form2, step: 'keep' })).toMatchObject({ status: 422 })
    await send('omar', { ...(await formOf('omar')), reason: 'leave', rest: staffId('priya'), step: 'keep' })
  })
})

describe('handing a caseload over', () => {
  it('shares it out: a line’s own choice, everybody else to one colleague, and whoever stays', async () => {
    const [first, second, third] = [
      await someoneInCare(house, { family: 'Abel', given: 'A', owner: 'omar' }),
      await someoneInCare(house, { family: 'Bell', given: 'B', owner: 'omar' }),
      await someoneInCare(house, { family: 'Cole', given: 'C', owner: 'omar' }),
    ]
    const saved = await send('omar', {
      ...(await formOf('omar')),
      reason: 'caseload',
      rest: staffId('priya'),
      [`to-${(await episodeIn(first))?.id}`]: staffId('amina'),
      [`to-${(await episodeIn(third))?.id}`]: 'stays',
      step: 'keep',
    })
    expect(saved).toMatchObject({
      saved: expect.stringMatching(/1 to Amina Yusuf, 1 to Priya Raman\..*1 line stays with Omar Sayed/),
    })
    const owners = []
    for (const person of [first, second, third]) owners.push((await episodeIn(person))?.ownerName)
    expect(owners).toEqual(['Amina Yusuf', 'Priya Raman', 'Omar Sayed'])
  })

  it('says who would hold more people than the programme says, before anything is kept', async () => {
    const checked = async () =>
      wordsOf(
        pageOf(
          await send('omar', {
            ...(await formOf('omar')),
            reason: 'leave',
            rest: staffId('priya'),
            step: 'check',
          }),
        ),
      )
    expect(await checked()).not.toContain('Over')
    const few = (limit: string) =>
      house.arrange(
        `update organisations.programme_version set template = jsonb_set(template, '{caseload,limit}', $1)`,
        [limit],
      )
    await few('1')
    expect(await checked()).toMatch(/To Priya Raman \(\d+\) Over Priya Raman would hold \d+ of 1\./)
    await few('50')
  })

  it('of nobody changed meanwhile by a colleague: nothing is kept, what was typed is, and it says who', async () => {
    const person = await someoneInCare(house, { family: 'Meanwhile', given: 'Mo', owner: 'omar' })
    const form = {
      ...(await formOf('omar')),
      reason: 'leave',
      rest: staffId('priya'),
      [`words-${(await episodeIn(person))?.id}`]: 'Her key is with number 9',
    }
    await house.arrange(
      `insert into people.episode_turn select episode_id, 2, person_id, 'monitoring', owner_id, team_id, 'better', now(),
         now(), recorded_by from people.episode_turn where person_id = $1`,
      [person],
    )
    await house.arrange('update people.episode set turn = 2 where person_id = $1', [person])
    const answer = await send('omar', { ...form, step: 'keep' })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Mo Meanwhile changed since you opened the page')
    expect(pageOf(answer)).toContain('Her key is with number 9')
    expect((await episodeIn(person))?.ownerName).toBe('Omar Sayed')
  })

  it('sent twice hands over once, and the second time says that they are with somebody else', async () => {
    const form = { ...(await formOf('omar')), reason: 'leave', rest: staffId('priya'), step: 'keep' }
    expect(await send('omar', form)).toMatchObject({ kind: 'go' })
    const again = await send('omar', form)
    expect(again).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(again))).toMatch(/of those on your page (is|are) with somebody else by now/)
  })

  it('asks why and to whom, with everything typed kept', async () => {
    await someoneInCare(house, { family: 'Asked', given: 'Ann', owner: 'omar' })
    const answer = await send('omar', { ...(await formOf('omar')), step: 'check' })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer))).toContain(
      'There is a problem Select why they are handed over Choose who takes over, of everybody or in somebody’s own line',
    )
  })

  it('to nobody who is not a case manager of the programme here', async () => {
    await someoneInCare(house, { family: 'Nobody', given: 'Ned', owner: 'omar' })
    for (const to of [staffId('karl'), staffId('omar'), staffId('pat'), 'x']) {
      const answer = await send('omar', {
        ...(await formOf('omar')),
        reason: 'leave',
        rest: to,
        step: 'keep',
      })
      expect(answer, to).toMatchObject({ status: 422 })
    }
  })

  it('takes tasks about a colleague’s people too, and leaves their case manager', async () => {
    const person = await someoneInCare(house, { family: 'Other', given: 'Olive', owner: 'amina' })
    await give(person, 'omar', 'Bring the frame')
    const html = pageOf(await pageFor('omar'))
    expect(wordsOf(html)).toContain('Olive Other 1 task. Amina Yusuf stays the case manager')
    const form = { ...drawn(html), reason: 'leave', rest: staffId('priya'), step: 'keep' }
    await send('omar', form)
    expect((await episodeIn(person))?.ownerName).toBe('Amina Yusuf')
    expect((await tasksOf(person)).map(({ what, holderName }) => [what, holderName])).toEqual([
      ['Bring the frame', 'Priya Raman'],
    ])
  })

  it('is of one’s own place alone, and logged for each person', async () => {
    const person = await someoneInCare(house, { family: 'Ours', given: 'Una', owner: 'omar' })
    expect(wordsOf(pageOf(await pageFor('omar', 'karl')))).toContain('They hold nobody here')
    await expect(pageFor('omar', 'pat')).rejects.toMatchObject({ kind: 'not for you' })
    await expect(ask('priya', 'GET', address, { params: { staff: 'nobody' } })).rejects.toMatchObject({
      kind: 'not for you',
    })
    await send('omar', { ...(await formOf('omar')), reason: 'leave', rest: staffId('priya'), step: 'keep' })
    const looks = await house.arrange(
      `select verb, tie from access.entry where person_id = $1 and staff_id = $2 and verb = 'hand a caseload over'`,
      [person, staffId('priya')],
    )
    expect(looks).toEqual([{ verb: 'hand a caseload over', tie: 'episode' }])
  })

  it('of a record that asks why, nobody is shown before it was said', async () => {
    const person = await someoneInCare(house, { family: 'Marked', given: 'Mia', owner: 'omar' })
    await house.arrange(
      `insert into people.mark (id, person_id, kind, since, recorded_by, recorded_at)
       values (gen_random_uuid(), $1, 'staff or relative', $2, $3, now())`,
      [person, testDay, staffId('amina')],
    )
    await expect(pageFor('omar')).rejects.toMatchObject({ kind: 'say why', marked: person })
    await house.arrange('update people.mark set ended_at = now() where person_id = $1', [person])
  })
})

describe('a caseload with somebody recorded as died', () => {
  it('HZ21 passes to a new case manager with no task to ring', async () => {
    const person = await someoneInCare(house, { family: 'Gone', given: 'Edna', owner: 'omar' })
    await arrangeRecordedDeath(house, person, '2026-03-31')
    const episode = await episodeIn(person)
    const form = {
      ...(await formOf('omar')),
      reason: 'leave',
      [`to-${episode?.id}`]: staffId('amina'),
    }
    expect(wordsOf(pageOf(await send('omar', { ...form, step: 'check' })))).toContain(
      'Edna Gone (Recorded as died 31 March 2026, not confirmed)',
    )
    await send('omar', { ...form, step: 'keep' })
    expect((await tasksOf(person)).map(({ what }) => what)).toEqual([
      'You are Edna’s case manager now. Recorded as died 31 March 2026, not confirmed: ring nobody before you have checked',
    ])
  })
})
