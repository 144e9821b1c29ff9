import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, newId, type Route } from '#access'
import { addDays, londonInstant } from '#calendar'
import { remarkOnAction, unfinishedActions } from '#care-plan'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangePlan, arrangeRecordedDeath, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId, testDay } from '../../test/house.ts'
import { addTask, openTasks, recordContact } from './index.ts'
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

const page = async (who: Cast, path: string, query: Sent['query'] = {}) =>
  wordsOf(pageOf(await ask(who, 'GET', path, { query })))

const taskFor = (person: string, change: Partial<Parameters<typeof addTask>[2]>, by: Cast = 'amina') =>
  withPerson(house, by, person, async (visit, leave) => {
    const holder = { staffId: staffId('amina') }
    const outcome = await addTask(visit, leave, { what: 'Ring', holder, dueOn: testDay, ...change })
    if (!outcome.ok) throw new Error('the task was not added')
    return outcome.value.taskId
  })

describe('my day', () => {
  it('shows what I hold and what my team has not claimed, and nothing of a colleague’s', async () => {
    const person = await someoneInCare(house, { family: 'Mine', owner: 'omar' })
    await taskFor(person, { what: 'Mine to ring' })
    await taskFor(person, { what: 'His to ring', holder: { staffId: staffId('omar') } })
    await taskFor(person, { what: 'Ours to ring', holder: { teamId: places.team } })
    const words = await page('amina', '/my-day')
    expect(words).toContain('Mine to ring')
    expect(words).toContain('Ours to ring')
    expect(words).not.toContain('His to ring')
  })

  it('puts an alert under Now with when to act by, and the promise as a promise', async () => {
    const person = await someoneInCare(house, { family: 'Alert' })
    await taskFor(person, { what: 'Weight up 2 kg', isUrgent: true, dueAt: londonInstant(testDay, 10) })
    await taskFor(person, { what: 'ring about the stair rail', isPromise: true })
    const words = await page('amina', '/my-day')
    expect(words).toMatch(/Now \(1\).*Weight up 2 kg.*Act by 10am.*Today/)
    expect(words).toContain('You promised: ring about the stair rail')
  })

  it('has one button where something presses, and a link on each row that can wait its turn', async () => {
    const person = await someoneInCare(house, { family: 'Quietrow' })
    await taskFor(person, { what: 'Weight up 3 kg', isUrgent: true, dueAt: londonInstant(testDay, 10) })
    await taskFor(person, { what: 'Ring the chemist' })
    const html = pageOf(await ask('amina', 'GET', '/my-day'))
    const actOf = (what: string) =>
      new RegExp(`<a class="([^"]+)"[^>]*>([A-Z][a-z]+)<span[^>]*> ${what}`).exec(html)?.slice(1)
    expect(actOf('Weight up 3 kg')).toEqual([expect.stringContaining('nhsuk-button'), 'Answer'])
    expect(actOf('Ring the chemist')).toEqual(['kw-row__link', 'Finish'])
  })

  it('shows my own action of a plan on its day', async () => {
    const person = await someoneInCare(house, { family: 'Planned' })
    await withPerson(house, 'amina', person, (visit, leave) =>
      arrangePlan(visit, leave, { what: 'Fit two rails' }),
    )
    expect(await page('amina', '/my-day', { show: 'plan' })).toContain('Fit two rails')
  })

  it('lets me take what nobody has claimed, with one press', async () => {
    const person = await someoneInCare(house)
    const task = await taskFor(person, { what: 'Unclaimed thing', holder: { teamId: places.team } })
    const form = { _person: person, turn: '1', now: 'take', from: 'my-day' }
    const answer = await ask('priya', 'POST', '/people/:person/tasks/:task', {
      params: { person, task },
      form,
    })
    expect(answer).toMatchObject({ kind: 'go', to: '/my-day' })
    const tasks = await withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))
    expect(tasks).toMatchObject([{ holderName: 'Priya Raman' }])
  })

  it('names who has not been heard from for longer than the programme says', async () => {
    await someoneInCare(house, { family: 'Silent', given: 'Ngozi', openedOn: addDays(testDay, -40) })
    expect(await page('amina', '/my-day')).toMatch(/Ngozi Silent 40 days, programme says 28/)
  })

  it('of somebody new says what to do next', async () => {
    expect(await page('karl', '/my-day')).toContain('You have no people yet, and nothing is due.')
  })

  it('asks whom a contact was with, and shows one’s own people, longest not heard from first', async () => {
    const whom = await page('amina', '/my-day/contact')
    expect(whom).toMatch(/Whom were you in touch with\?.*SILENT, Ngozi No contact yet Amina Yusuf/)
    expect(await page('karl', '/my-day/contact')).toContain('You have no people yet.')
  })

  it('of somebody who holds nobody says how the team stands', async () => {
    await house.arrange(`update organisations.post set role = 'team lead' where staff_id = $1`, [
      staffId('priya'),
    ])
    const words = await page('priya', '/my-day')
    expect(words).toMatch(/Your team Amina Yusuf \d+ open episodes? of Amina Yusuf/)
    expect(words).not.toContain('Face to face')
    await house.arrange(`update organisations.post set role = 'care co-ordinator' where staff_id = $1`, [
      staffId('priya'),
    ])
  })

  it('leads whoever only does tasks to no person’s page, and shows them what is in their own name alone', async () => {
    const person = await someoneInCare(house, { family: 'Deskless', owner: 'karl', team: 'otherTeam' })
    const given = (what: string, holder: NonNullable<Parameters<typeof taskFor>[1]['holder']>) =>
      taskFor(person, { what, holder }, 'karl')
    const theirs = await given('Ring about transport', { staffId: staffId('karl') })
    const team = await given('Wishes to be dead, see the same day', { teamId: places.otherTeam })
    const colleague = await given('Look at the wound', { staffId: staffId('amina') })
    await house.arrange(`update organisations.post set role = 'help desk' where staff_id = $1`, [
      staffId('karl'),
    ])
    const html = pageOf(await ask('karl', 'GET', '/my-day'))
    expect(html).not.toMatch(/href="\/(my-people|my-day\/contact)/)
    expect(html).toContain('Ring about transport')
    expect(html).not.toMatch(/Wishes to be dead|Look at the wound|unclaimed/)
    const path = '/people/:person/tasks/:task'
    const open = (task: string) => ask('karl', 'GET', path, { params: { person, task } })
    expect(pageOf(await open(theirs))).toContain('Ring about transport')
    const turn = { _person: person, turn: '1', now: 'take' }
    for (const task of [team, colleague]) {
      await expect(open(task)).rejects.toMatchObject({ kind: 'not for you' })
      await expect(ask('karl', 'POST', path, { params: { person, task }, form: turn })).rejects.toMatchObject(
        { kind: 'not for you' },
      )
    }
    await house.arrange(`update organisations.post set role = 'case manager' where staff_id = $1`, [
      staffId('karl'),
    ])
  })

  it('counts active people against the programme’s limit', async () => {
    expect(await page('omar', '/my-day')).toMatch(/Active \d+ of 50/)
  })

  it('a tie that has ended takes somebody off it', async () => {
    const person = await someoneInCare(house, { family: 'Ended' })
    await taskFor(person, { what: 'Ring the ended one' })
    await house.arrange(
      `with closed as (update people.episode set closed_on = '2026-02-01', opened_on = '2026-01-01' where person_id = $1)
       select 1`,
      [person],
    )
    expect(await page('amina', '/my-day')).not.toContain('Ring the ended one')
  })
})

describe('my people', () => {
  it('has everybody of my team with an open episode, their last contact, and no other team’s', async () => {
    const person = await someoneInCare(house, { family: 'Ours' })
    await someoneInCare(house, { family: 'Theirs', owner: 'karl', team: 'otherTeam' })
    await withPerson(house, 'amina', person, (visit, leave) =>
      recordContact(visit, leave, { kind: 'telephone', words: 'She is well.' }),
    )
    const words = await page('amina', '/my-people', { sort: 'name', page: 'all' })
    expect(words).toContain('OURS')
    expect(words).not.toContain('THEIRS')
    expect(words).toMatch(/OURS, June.*?1 April/)
  })

  it('of a GP has the practice’s own', async () => {
    await someoneInCare(house, { family: 'Canal', practice: 'canalSide' })
    expect(await page('drBello', '/my-people')).toContain('CANAL')
    expect(await page('drLund', '/my-people', { page: 'all' })).not.toContain('CANAL')
  })

  it('is narrowed by an address that can be shared, and says how many there are', async () => {
    await someoneInCare(house, { family: 'Watched', stage: 'monitoring' })
    const words = await page('amina', '/my-people', { stage: 'monitoring' })
    expect(words).toContain('Showing 1 to 1 of 1')
    expect(words).toContain('WATCHED')
  })

  it.each(['wojcik', 'wój gra', 'WÓJCIK, Grażyna', 'grazyna', 'Lukasz'])(
    'finds by "%s" sent as a form, so that no name is in an address',
    async (words) => {
      await someoneInCare(house, { family: 'Wójcik', given: 'Grażyna Łukasz' })
      const html = pageOf(await ask('amina', 'POST', '/my-people', { form: { words } }))
      expect(wordsOf(html)).toContain('WÓJCIK, Grażyna')
      expect([...html.matchAll(/href="([^"]*)"/g)].some(([, href]) => /jcik/i.test(href ?? ''))).toBe(false)
    },
  )

  it('finds by NHS number and by birth date, and nobody by the end of a name', async () => {
    const person = await someoneInCare(house, { family: 'Numbered', bornOn: '1931-05-06' })
    await house.arrange(
      `insert into people.identifier (id, person_id, system, value)
       values (gen_random_uuid(), $1, 'nhs', '9991010203') on conflict do nothing`,
      [person],
    )
    const found = async (words: string) =>
      wordsOf(pageOf(await ask('amina', 'POST', '/my-people', { form: { words } })))
    expect(await found('6/5/1931')).toContain('NUMBERED')
    expect(await found('999 101 0203')).toContain('NUMBERED')
    expect(await found('umbered')).not.toContain('NUMBERED')
  })

  it('counts as not heard from exactly those it says are overdue, longest first against what is allowed', async () => {
    await someoneInCare(house, { family: 'Longest', openedOn: addDays(testDay, -900) })
    await someoneInCare(house, { family: 'Shorter', openedOn: addDays(testDay, -29) })
    await someoneInCare(house, { family: 'Onthedot', openedOn: addDays(testDay, -28) })
    const words = await page('amina', '/my-people', { silent: 'yes', page: 'all' })
    const counted = Number(/Not heard from \((\d+)\)/.exec(words)?.[1])
    expect(words.match(/Overdue \d+ day/g)).toHaveLength(counted)
    expect(words).toMatch(/LONGEST.*SHORTER/)
    expect(words).not.toContain('ONTHEDOT')
  })

  it('HZ21 counts nobody who is recorded as died as not heard from, and puts nobody of them first', async () => {
    const openedOn = addDays(testDay, -1200)
    const alive = await someoneInCare(house, { family: 'Stillhere', openedOn })
    const died = await someoneInCare(house, { family: 'Recordeddied', openedOn: addDays(openedOn, -100) })
    const all = async (query = {}) => page('amina', '/my-people', { page: 'all', ...query })
    const counted = async () => Number(/Not heard from \((\d+)\)/.exec(await all())?.[1])
    const before = await counted()
    expect(await all({ silent: 'yes' })).toMatch(/RECORDEDDIED.*STILLHERE/)
    await arrangeRecordedDeath(house, died, addDays(testDay, -3))
    expect(await counted()).toBe(before - 1)
    expect(await all()).toContain(`${before - 1} not heard from for longer than the programme says`)
    expect(await all({ silent: 'yes' })).not.toContain('RECORDEDDIED')
    expect(await all()).toMatch(/STILLHERE.*RECORDEDDIED/)
    await house.arrange('update people.person set died_on = null where id = $1', [died])
    expect(await counted()).toBe(before)
    for (const person of [alive, died])
      await house.arrange('update people.episode set closed_on = $1 where person_id = $2', [testDay, person])
  })

  it('says what a worker does next by the plan, until it is done', async () => {
    const person = await someoneInCare(house, { family: 'Bytheplan' })
    const next = async () => {
      const form = { words: 'Bytheplan' }
      const html = pageOf(await ask('amina', 'POST', '/my-people', { form }))
      return wordsOf(/data-label="Next"[^>]*>(.*?)<\/td>/s.exec(html)?.[1] ?? '')
    }
    expect(await next()).toBe('Nothing planned')
    await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
    expect(await next()).toBe('15 April As planned')
    await taskFor(person, { what: 'Ring the chemist', dueOn: addDays(testDay, 20) })
    expect(await next()).toBe('15 April As planned')
    await withPerson(house, 'amina', person, async (visit, leave) => {
      const [action] = await unfinishedActions(visit.db, [person])
      await remarkOnAction(visit, leave, { actionId: action?.lineId ?? '', state: 'done' })
    })
    expect(await next()).toBe('21 April')
    await house.arrange('update people.episode set closed_on = $1 where person_id = $2', [testDay, person])
  })

  it('opens only the people it shows: those on another page or filtered out are counted and not opened', async () => {
    const shown = await someoneInCare(house, { family: 'Zzshown', owner: 'priya', stage: 'monitoring' })
    const hidden = await someoneInCare(house, { family: 'Zzhidden', owner: 'priya' })
    await house.as('amina', async (visit) => {
      const route = screens.find(({ method, path }) => method === 'GET' && path === '/my-people')
      await route?.answer(visit, askedWith({ query: { stage: 'monitoring', owner: staffId('priya') } }))
      const { rows } = await visit.db.client.query(
        'select person_id from people.episode where person_id = any ($1)',
        [[shown, hidden]],
      )
      expect(rows).toEqual([{ person_id: shown }])
    })
    const [logged] = await house.arrange(
      `select l.people from access.entry e join access.people_list l on l.hash = e.list_hash
       where e.verb = 'read my people' order by e.id desc limit 1`,
    )
    expect(logged?.people).toEqual([shown])
  })

  it('on a page past the end shows the last there is, not an empty one', async () => {
    const html = pageOf(await ask('amina', 'GET', '/my-people', { query: { page: '40' } }))
    expect(wordsOf(html)).toMatch(/Showing 1 to (\d+) of \1\b/)
  })

  it('with nobody matching says how many there are and offers them', async () => {
    const html = pageOf(await ask('amina', 'POST', '/my-people', { form: { words: 'Nobodyhere' } }))
    expect(wordsOf(html)).toMatch(/0 of \d+ people match what you typed\./)
  })

  it.each(['drAshe', 'yasmin', 'rhodri', 'jo'] as const)('is not for %s', async (who) => {
    await expect(page(who, '/my-people')).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('the contact form', () => {
  const send = (person: string, form: Readonly<Record<string, string>>) =>
    ask('amina', 'POST', '/people/:person/contacts/record', {
      params: { person },
      form: { _person: person, ...form },
    })
  const today = { 'on-day': '1', 'on-month': '4', 'on-year': '2026' }

  it('says each thing that is missing, and keeps what was typed', async () => {
    const person = await someoneInCare(house)
    const answer = await send(person, {
      'on-day': '31',
      'on-month': '2',
      'on-year': '2026',
      next: 'Ring her',
    })
    const words = wordsOf(pageOf(answer))
    for (const message of [
      'Select how you were in touch',
      'Date must be a real date, like 27 3 2026',
      'Enter what happened',
    ]) {
      expect(words).toContain(message)
    }
    expect(pageOf(answer)).toContain('value="Ring her"')
  })

  it('pressed twice is one contact', async () => {
    const person = await someoneInCare(house)
    const drawn = pageOf(await ask('amina', 'GET', '/people/:person/contacts/record', { params: { person } }))
    const id = /name="id" value="([^"]+)"/.exec(drawn)?.[1] ?? ''
    const form = { ...today, id, kind: 'telephone', words: 'She is well.', time: '9am' }
    await send(person, form)
    await send(person, form)
    const rows = await house.arrange('select * from co_ordination.contact where person_id = $1', [person])
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['other words', { words: 'She is not well.' }],
    ['another time', { time: '8am' }],
    [
      'another next step',
      { next: 'Ring the GP', 'next-on-day': '2', 'next-on-month': '4', 'next-on-year': '2026' },
    ],
  ])('sent again with %s is refused, and keeps what was typed', async (_what, change) => {
    const person = await someoneInCare(house)
    const form = { ...today, id: newId(), kind: 'telephone', words: 'She is well.', time: '9am' }
    await send(person, form)
    const again = pageOf(await send(person, { ...form, ...change }))
    expect(wordsOf(again)).toContain('This contact is recorded already, with other words')
    for (const typed of Object.values(change)) expect(again).toContain(typed)
    expect(/name="id" value="([^"]+)"/.exec(again)?.[1]).not.toBe(form.id)
    const rows = await house.arrange('select * from co_ordination.contact where person_id = $1', [person])
    expect(rows).toHaveLength(1)
  })

  it('has its id in its address, so that the browser comes back to the same one; a word left for the next page stays', async () => {
    const person = await someoneInCare(house)
    const answer = await ask('amina', 'GET', '/people/:person/contacts/record', {
      params: { person },
      query: { id: '', from: 'my-day' },
    })
    expect(answer).toMatchObject({ kind: 'go', to: expect.stringMatching(/\?id=[0-9a-f-]{36}$/) })
  })

  it('that answers a task ends it', async () => {
    const person = await someoneInCare(house)
    const task = await taskFor(person, { what: 'Ring her' })
    await send(person, { ...today, kind: 'telephone', words: 'Rang her.', task, turn: '1', from: 'my-day' })
    expect(await withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))).toEqual([])
  })
})

describe('the form of a task', () => {
  const add = '/people/:person/tasks/add'
  const form = (person: string) => ({
    ...{ _person: person, id: newId(), what: 'Ring about the rail', why: '' },
    ...{ who: staffId('amina'), 'due-day': '8', 'due-month': '4', 'due-year': '2026' },
  })
  const tasks = (person: string) =>
    house.arrange('select what from co_ordination.task where person_id = $1', [person])

  it('sent twice leads to the one task; with other words nothing is lost and nothing is added unsaid', async () => {
    const person = await someoneInCare(house)
    const choice = pageOf(await ask('amina', 'GET', add, { params: { person } }))
    const who = /<option value="([^"]+)"/.exec(choice.replace('<option value=""', ''))?.[1] ?? ''
    const sent = { ...form(person), who }
    const send = (change = {}) =>
      ask('amina', 'POST', add, { params: { person }, form: { ...sent, ...change } })
    expect(await send()).toMatchObject({ kind: 'go', saved: expect.stringContaining('Task added') })
    expect(await send()).toMatchObject({
      to: `/people/${person}/tasks/${sent.id}`,
      saved: expect.stringContaining('added already'),
    })
    const other = pageOf(await send({ what: 'Ring about the bath' }))
    expect(wordsOf(other)).toContain('A task is added already from this form, with other words')
    expect(other).toContain('value="Ring about the bath"')
    expect(await tasks(person)).toEqual([{ what: 'Ring about the rail' }])
    const next = /name="id" value="([^"]+)"/.exec(other)?.[1] ?? ''
    await send({ what: 'Ring about the bath', id: next })
    expect(await tasks(person)).toHaveLength(2)
  })
})
