import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, permit, Refused, type StaffVisit } from '#access'
import { addDays, londonInstant } from '#calendar'
import { acceptCandidate, reassign, room as referral, takeAcceptanceBack } from '#referral'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeRecordedDeath, lookWhole, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId, testDay } from '../../test/house.ts'
import { firstContactClock } from './first-contact.ts'
import { addTask, recordContact, room, strike } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const accept = async (
  person: string,
  howSoon: Parameters<typeof acceptCandidate>[2]['howSoon'],
  owner: Cast = 'amina',
): Promise<string> => {
  const outcome = await withPerson(house, 'drLund', person, (visit, leave) =>
    acceptCandidate(visit, leave, {
      programmeId: programmeId('conrane'),
      ownerId: staffId(owner),
      teamId: places.team,
      reason: 'new need',
      howSoon,
      agreedToTakePart: true,
    }),
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome.value.episodeId
}
const send = (
  who: Cast,
  method: 'GET' | 'POST',
  path: string,
  sent: Parameters<typeof askedWith>[0] = {},
): Promise<Answer> => {
  const route = [...room.screens, ...referral.screens].find(
    (one) => one.method === method && one.path === path,
  )
  if (!route) throw new Error(`no ${method} ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}
const dayOf = async (who: Cast) => wordsOf(pageOf(await send(who, 'GET', '/my-day')))
/** The clock is moved back as a test stands at one minute: as if it had been said so much earlier. */
const saidEarlier = (episodeId: string, interval: string) =>
  house.arrange(
    `update referral.triage set from_at = from_at - $2::interval, by_at = by_at - $2::interval,
       by_on = ((by_on::timestamp - $2::interval)::date) where episode_id = $1`,
    [episodeId, interval],
  )
const todoOf = async (who: Cast, person: string) => {
  const panel = await house.as(who, async (visit) =>
    room.panelFor?.(visit, await permit(visit, person, { ...lookWhole, may: 'see people' })),
  )
  return wordsOf(renderToStaticMarkup(panel?.contents))
}
const meet = (person: string, who: Cast = 'amina', happenedAt?: Date) =>
  withPerson(house, who, person, async (visit, leave) => {
    const outcome = await recordContact(visit, leave, {
      kind: 'telephone',
      words: 'Spoke to her',
      happenedAt,
    })
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
    return outcome.value.contactId
  })

describe('HZ16 somebody accepted stands in their case manager’s day until somebody is in touch', () => {
  it('an urgent one first of all, with the time it is due, and anybody else’s day does not have it', async () => {
    const slow = await house.arrangePerson({ family: 'Later' })
    const urgent = await house.arrangePerson({ family: 'Sooner' })
    await accept(slow, '10 working days')
    await accept(urgent, '2 hours')
    const day = await dayOf('amina')
    expect(day).toMatch(/1 needs you now\..*Now \(?1\)? .*Sooner.*First contact.*Act by 11:30am/)
    expect(day).toMatch(/Coming later \(1\).*Later.*First contact.*By 17 April/)
    expect(await dayOf('omar')).not.toContain('Sooner')
    await meet(urgent)
    expect(await dayOf('amina')).not.toContain('Sooner')
    await meet(slow)
  })

  it('a contact ends it, and a struck contact begins it again', async () => {
    const june = await house.arrangePerson({ family: 'Struck' })
    await accept(june, 'today')
    expect(await todoOf('amina', june)).toMatch(/First contact Amina Yusuf\. Today.*Act by the end of today/)
    const contactId = await meet(june)
    expect(await todoOf('amina', june)).not.toContain('First contact')
    await withPerson(house, 'amina', june, (visit, leave) => strike(visit, leave, contactId, 'Wrong person'))
    expect(await dayOf('amina')).toContain('Struck')
    await meet(june)
  })

  it('a contact from before the referral does not end it; one of the same day without a time does', async () => {
    const june = await house.arrangePerson({ family: 'Before' })
    await accept(june, 'today')
    await meet(june, 'amina', londonInstant(testDay, 8))
    expect(await dayOf('amina')).toContain('Before')
    await meet(june, 'amina', londonInstant(testDay, 0))
    expect(await dayOf('amina')).not.toContain('Before')
  })

  it('goes with the person to the next case manager', async () => {
    const june = await house.arrangePerson({ family: 'Handed' })
    const episodeId = await accept(june, '2 hours')
    const toOmar = { episodeId, turn: 1, ownerId: staffId('omar'), teamId: places.team, reason: 'leave' }
    await withPerson(house, 'amina', june, (visit, leave) => reassign(visit, leave, toOmar))
    expect(await dayOf('amina')).not.toContain('Handed')
    expect(await dayOf('omar')).toMatch(/Handed.*First contact.*Act by 11:30am/)
    await meet(june, 'omar')
  })

  it('stands in the day of whoever covers, as theirs', async () => {
    const june = await house.arrangePerson({ family: 'Covered' })
    await accept(june, '2 hours', 'priya')
    const boxes = (field: string) => ({
      [`${field}-day`]: '1',
      [`${field}-month`]: '4',
      [`${field}-year`]: '2026',
    })
    const form = { away: staffId('priya'), by: staffId('omar'), ...boxes('from'), ...boxes('last') }
    expect(await dayOf('omar')).not.toContain('Covered')
    await send('omar', 'POST', '/my-day/cover', { form })
    expect(await dayOf('omar')).toMatch(
      /Covered.*First contact For Priya Raman\. Within 2 hours.*Act by 11:30am/,
    )
    await meet(june, 'priya')
  })

  it('My people says until when, also that it is overdue, and what comes next once somebody was in touch', async () => {
    const june = await house.arrangePerson({ family: 'Nextcolumn' })
    const next = async () => {
      const form = { words: 'Nextcolumn' }
      const html = pageOf(await send('amina', 'POST', '/my-people', { form }))
      return wordsOf(/data-label="Next"[^>]*>(.*?)<\/td>/s.exec(html)?.[1] ?? '')
    }
    const episodeId = await accept(june, '5 working days')
    expect(await next()).toBe('10 April First contact')
    await withPerson(house, 'amina', june, async (visit, leave) => {
      const holder = { staffId: staffId('amina') }
      await addTask(visit, leave, { what: 'Send the leaflet', holder, dueOn: addDays(visit.today, 2) })
    })
    expect(await next()).toBe('3 April')
    await saidEarlier(episodeId, '12 days')
    expect(await next()).toBe('Overdue 3 days First contact')
    await meet(june)
    expect(await next()).toBe('3 April')
  })

  it('whoever rings in vain is told on the form that this is no contact yet', async () => {
    const june = await house.arrangePerson()
    await accept(june, 'today')
    const form = async () =>
      wordsOf(
        pageOf(await send('amina', 'GET', '/people/:person/contacts/record', { params: { person: june } })),
      )
    expect(await form()).toContain('Did nobody answer? That is no contact yet')
    await meet(june)
    expect(await form()).not.toContain('Did nobody answer?')
  })

  it('is in nobody’s day once the acceptance is taken back', async () => {
    const june = await house.arrangePerson({ family: 'Undone' })
    await accept(june, '2 hours')
    await withPerson(house, 'drLund', june, (visit, leave) =>
      takeAcceptanceBack(visit, leave, { programmeId: programmeId('conrane') }),
    )
    expect(await dayOf('amina')).not.toContain('Undone')
  })

  it('of an episode opened before it was asked, nothing is made up', async () => {
    const june = await someoneInCare(house, { family: 'Unasked' })
    expect(await todoOf('amina', june)).not.toContain('First contact')
    const panel = await house.as('amina', async (visit: StaffVisit) =>
      referral.panelFor?.(visit, await permit(visit, june, { ...lookWhole, may: 'see people' })),
    )
    const words = wordsOf(renderToStaticMarkup(panel?.contents))
    expect(words).toContain('How soon How soon was not asked')
    expect(words).not.toMatch(/In turn|working days/)
  })
})

describe('HZ16 a first contact that is late', () => {
  const now = londonInstant(testDay, 9, 30)
  const on = (text: string) => text as typeof testDay
  it.each([
    [{ byOn: on('2026-04-01'), byAt: londonInstant(testDay, 9, 31) }, true, 'Act by 9:31am', 'red'],
    [{ byOn: on('2026-04-01'), byAt: londonInstant(testDay, 9, 30) }, true, '0 minutes late', 'red'],
    [{ byOn: on('2026-04-01'), byAt: londonInstant(testDay, 9, 5) }, true, '25 minutes late', 'red'],
    [{ byOn: on('2026-04-01'), byAt: londonInstant(testDay, 7, 30) }, true, '2 hours late', 'red'],
    [{ byOn: on('2026-03-30'), byAt: londonInstant(on('2026-03-30'), 9) }, true, '2 days late', 'red'],
    [{ byOn: on('2026-04-01') }, true, 'Act by the end of today', 'red'],
    [{ byOn: on('2026-03-31') }, true, '1 day late', 'red'],
    [{ byOn: on('2026-03-31') }, false, '1 day late', 'orange'],
    [{ byOn: on('2026-04-01') }, false, 'By the end of today', undefined],
    [{ byOn: on('2026-04-07') }, false, 'By 7 April', undefined],
  ] as const)('%o, pressing %s, at 9:30am on 1 April says %s', (by, isPressing, words, colour) => {
    expect(firstContactClock(by, isPressing, now, testDay)).toEqual(colour ? { words, colour } : { words })
  })

  it('is seen as late, and told to the whole team, with whose it is and no name of who waits', async () => {
    const june = await house.arrangePerson({ family: 'Waited' })
    const episodeId = await accept(june, '2 hours')
    expect(await dayOf('omar')).not.toContain('for a first contact that is late')
    await saidEarlier(episodeId, '5 hours')
    expect(await dayOf('amina')).toMatch(/Waited.*3 hours late/)
    const omars = await dayOf('omar')
    expect(omars).toContain('1 person of this team waits for a first contact that is late')
    expect(omars).toContain('Amina Yusuf: 1, the longest since 1 April, 6:30am')
    expect(omars).not.toContain('Waited')
    expect(await dayOf('karl')).not.toContain('for a first contact that is late')
    await meet(june)
    expect(await dayOf('omar')).not.toContain('for a first contact that is late')
  })
})

describe('HZ15 who waits for a first contact', () => {
  const board = async (who: Cast) => wordsOf(pageOf(await send(who, 'GET', '/my-people/first-contacts')))

  it('is seen by the whole team and the practice, late first, and by nobody else', async () => {
    const [slow, late] = [
      await house.arrangePerson({ family: 'Patient', given: 'Ann' }),
      await house.arrangePerson({ family: 'Pressing', given: 'Bea' }),
    ]
    await accept(slow, '5 working days')
    await saidEarlier(await accept(late, 'today', 'omar'), '2 days')
    for (const who of ['omar', 'priya', 'drLund'] as const) {
      expect(await board(who)).toMatch(
        /1 is late.*Late \(1\).*PRESSING, Bea.*Today.*Omar Sayed\. Said by Dr Astrid Lund.*2 days late.*In time.*PATIENT, Ann.*By 10 April/,
      )
    }
    for (const who of ['karl', 'drBello'] as const) {
      expect(await board(who)).toContain('Nobody waits for a first contact.')
    }
    await meet(slow)
    await meet(late, 'omar')
    expect(await board('priya')).not.toMatch(/PATIENT|PRESSING/)
  })

  it('HZ21 somebody recorded as died waits for no first contact: it is held, and back when they are alive', async () => {
    const june = await house.arrangePerson({ family: 'Resting', given: 'Cora' })
    await saidEarlier(await accept(june, 'today'), '2 days')
    expect(await dayOf('priya')).toContain('for a first contact that is late')
    await arrangeRecordedDeath(house, june, '2026-03-31')
    expect(await board('priya')).toMatch(
      /Held: recorded as died \(1\).*RESTING, Cora.*Recorded as died 31 March 2026, not confirmed/,
    )
    expect(await dayOf('priya')).not.toContain('for a first contact that is late')
    expect(await dayOf('amina')).not.toContain('Record a contact First contact')
    await house.arrange('update people.person set died_on = null where id = $1', [june])
    expect(await dayOf('priya')).toContain('for a first contact that is late')
    await meet(june)
  })

  it('and to open the list is in the access log', async () => {
    const june = await house.arrangePerson()
    await accept(june, 'today')
    await board('priya')
    const rows = await house.arrange(
      `select count(*)::int as looked from access.entry where verb = 'read who waits for a first contact'`,
    )
    expect(rows[0]?.looked).toBeGreaterThan(0)
    await meet(june)
  })
})

describe('HZ16 the page that changes how soon', () => {
  const path = '/people/:person/how-soon'
  const form = (person: string, episode: string, fields: Record<string, string>) => ({
    params: { person },
    form: { _person: person, episode, n: '1', ...fields },
  })

  it('asks why where it becomes later, keeps what was typed, and then says by when', async () => {
    const june = await house.arrangePerson({ family: 'Changed', given: 'June' })
    const episode = await accept(june, 'today')
    const html = pageOf(await send('amina', 'GET', path, { params: { person: june }, query: { episode } }))
    expect(wordsOf(html)).toContain('Now: Today, by the end of today, as Dr Astrid Lund said.')
    expect(html).not.toMatch(/<input[^>]*\schecked/)
    const first = await send('amina', 'POST', path, form(june, episode, { 'how-soon': '5 working days' }))
    expect(first).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(first))).toContain('There is a problem Enter why it can be later')
    expect(pageOf(first)).toMatch(/value="5 working days"[^>]*checked|checked[^>]*value="5 working days"/)
    const why = 'Seen by the practice nurse this morning'
    const fields = { 'how-soon': '5 working days', words: why }
    expect(await send('amina', 'POST', path, form(june, episode, fields))).toMatchObject({ kind: 'go' })
    expect(await todoOf('amina', june)).toMatch(
      /First contact Amina Yusuf\. Within 5 working days.*By 10 April/,
    )
    await meet(june)
  })

  it('asks nothing more once somebody has been in touch', async () => {
    const june = await house.arrangePerson()
    const episode = await accept(june, 'today')
    await meet(june)
    const page = await send('amina', 'GET', path, { params: { person: june }, query: { episode } })
    expect(wordsOf(pageOf(page))).toContain('The first contact has been made')
    const late = send('amina', 'POST', path, form(june, episode, { 'how-soon': '2 hours' }))
    await expect(late).rejects.toThrow(Refused)
  })

  it('is refused to a role that may not, and to whoever has no tie to the person', async () => {
    const june = await house.arrangePerson()
    const episode = await accept(june, 'today')
    for (const who of ['pat', 'drAshe', 'yasmin', 'karl', 'drBello'] as const) {
      await expect(
        send(who, 'POST', path, form(june, episode, { 'how-soon': '10 working days', words: 'No time' })),
      ).rejects.toThrow(Refused)
    }
  })
})
