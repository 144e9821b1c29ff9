import { beforeAll, describe, expect, it } from 'vitest'
import { newId, permit } from '#access'
import { addDays, londonInstant } from '#calendar'
import { recordContact, strike } from '#co-ordination'
import { openEpisode } from '#people'
import { askedWith, pageOf, wordsOf } from '../test/asking.ts'
import { arrangeDeath, arrangePlan, lookWhole, someoneInCare, withPerson } from '../test/care.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId, testDay } from '../test/house.ts'
import { noteWords } from './note-words.ts'
import { personScreens } from './person-page.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const html = (who: Cast, person: string, path = '/people/:person') =>
  house.as(who, async (visit) => {
    const route = personScreens.find((one) => one.path === path)
    if (!route) throw new Error(`no ${path}`)
    return pageOf(await route.answer(visit, askedWith({ params: { person } })))
  })

const page = async (who: Cast, person: string, path?: string) => wordsOf(await html(who, person, path))

describe('the page about one person', () => {
  it('says loudly that nobody has asked what matters, and what to do if things get worse', async () => {
    const words = await page('amina', await someoneInCare(house))
    expect(words).toContain('Nobody has asked June what matters to her. Ask her')
    expect(words).toContain('If she gets worse Nobody has written down what to do.')
    expect(words).toContain('June has no plan yet.')
    expect(words).toContain('No next of kin is recorded.')
  })

  it('HZ37 says that out of hours sees nothing of them until they are asked, and leads to the question', async () => {
    const person = await someoneInCare(house)
    expect(await page('amina', person)).toContain(
      'Not shared with out of hours because June has not been asked. Write the answer down',
    )
    expect(await html('amina', person)).toContain(`href="/people/${person}/sharing"`)
  })

  it('puts what matters first, then what to do if things get worse, then the plan', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
    expect(await page('amina', person)).toMatch(
      /What matters to June “I want to walk.*If she gets worse More breathless at rest:.*Her plan.*Fit a rail.*To do/,
    )
  })

  it('puts whom to ring above what is read at leisure', async () => {
    const person = await someoneInCare(house)
    expect(await page('amina', person)).toMatch(/Episode.*People around.*GP practice.*How it is going/)
  })

  it('asks nobody to write what is not theirs to write', async () => {
    const person = await someoneInCare(house, { team: 'ward', owner: 'ana' })
    for (const [who, may] of [
      ['ana', true],
      ['pat', false],
    ] as const) {
      expect((await html(who, person)).includes('/plan/change'), who).toBe(may)
    }
  })

  it('is open to the person’s GP, and to nobody else’s', async () => {
    const person = await someoneInCare(house)
    expect(await page('drLund', person)).toContain('Quayside care co-ordination')
    for (const who of ['drBello', 'karl', 'drAshe', 'yasmin', 'rhodri', 'miriam', 'jo'] as const) {
      await expect(page(who, person)).rejects.toMatchObject({ kind: 'not for you' })
    }
  })

  it('HZ01 warns of a similar name in the same caseload or on the same ward, and nowhere else', async () => {
    const warning = 'Another patient has a similar name'
    const ayaan = await someoneInCare(house, {
      family: 'Hussain',
      given: 'Ayaan',
      owner: 'karl',
      team: 'otherTeam',
    })
    expect(await page('karl', ayaan)).not.toContain(warning)
    await someoneInCare(house, { family: 'Hussain', given: 'Ayan', owner: 'amina' })
    await someoneInCare(house, { family: 'Hussain', given: 'Omar', owner: 'karl', team: 'otherTeam' })
    expect(await page('karl', ayaan)).not.toContain(warning)
    await someoneInCare(house, { family: 'Hussein', given: 'Ayan', owner: 'karl', team: 'otherTeam' })
    expect(await page('karl', ayaan)).toContain(warning)
    const zofia = await someoneInCare(house, { family: 'Nowak', given: 'Zofia', owner: 'ana', team: 'ward' })
    await someoneInCare(house, { family: 'Kowal', given: 'Zosia', owner: 'omar', team: 'ward' })
    expect(await page('ana', zofia)).not.toContain(warning)
    await someoneInCare(house, { family: 'Novak', given: 'Zuzanna', owner: 'omar', team: 'ward' })
    expect(await page('ana', zofia)).toContain(warning)
  })

  it('says the stage of an episode once', async () => {
    const words = await page('amina', await someoneInCare(house))
    expect(words.match(/Stage/g)).toHaveLength(1)
  })

  it('names both programmes where two are open, and who leads', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -30) })
    await house.asSystem('test arrangement', async (visit) =>
      openEpisode(
        visit.db,
        await permit(visit, person, lookWhole),
        { id: newId(), programmeId: programmeId('virtual-ward'), openedOn: testDay },
        {
          stage: 'active',
          ownerId: staffId('ana'),
          teamId: places.ward,
          reason: 'admitted',
          at: visit.now,
          by: staffId('ana'),
        },
      ),
    )
    expect(await page('amina', person)).toMatch(
      /Leads Programme Harrowmere virtual ward.*Also in Quayside care co-ordination, with Amina Yusuf/,
    )
  })

  it('HZ21 of somebody who died offers nothing that would reach them', async () => {
    const person = await someoneInCare(house)
    await house.arrange(
      `insert into people.contact_point (id, person_id, kind, value) values ($1, $2, 'telephone', '01632 960177')`,
      [newId(), person],
    )
    const offers = ['Record a contact', 'Ask her', '01632 960 177', 'Change the plan']
    const before = await page('amina', person)
    for (const offer of offers) expect(before).toContain(offer)
    await arrangeDeath(house, person, '2026-03-30')
    const words = await page('amina', person)
    expect(words).toContain('Died 30 March 2026')
    for (const offer of offers) expect(words).not.toContain(offer)
  })

  it('whose one part cannot be read says so for that part, and the rest stands', async () => {
    const person = await someoneInCare(house)
    await house.arrange('revoke select on co_ordination.task_turn from keyworker_app')
    const words = await page('amina', person)
    await house.arrange('grant select on co_ordination.task_turn to keyworker_app')
    expect(words).toContain('The part about co-ordination could not be read')
    expect(words).toContain('What matters to June')
  })
})

describe('the timeline', () => {
  it('says what happened, the newest first, and what was written down late', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, async (visit, leave) => {
      await recordContact(visit, leave, {
        kind: 'home visit',
        minutes: 45,
        words: 'She walked.',
        happenedAt: londonInstant(addDays(testDay, -5), 14),
      })
      await arrangePlan(visit, leave)
    })
    const words = await page('amina', person, '/people/:person/timeline')
    expect(words).toMatch(
      /An action of the plan was saved, due 15 April 2026\. “Fit a rail” Amina Yusuf.*Plan saved as version 1, agreed on 1 April 2026\. Amina Yusuf.*27 March 2026, 2pm In touch: home visit, 45 minutes\. “She walked\.” Amina Yusuf, written down 1 April 2026/,
    )
  })

  it('says no more what a contact that was struck said', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, async (visit, leave) => {
      const made = await recordContact(visit, leave, { kind: 'telephone', words: 'Of somebody else.' })
      if (made.ok) await strike(visit, leave, made.value.contactId, 'Wrong person')
    })
    const words = await page('amina', person, '/people/:person/timeline')
    expect(words).toMatch(
      /A contact was struck: it was wrong\. Amina Yusuf.*In touch: telephone\. Amina Yusuf/,
    )
    expect(words).not.toContain('Of somebody else')
  })

  it('keeps the words of a contact or a plan out of the journal: they are read where they are kept', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, (visit, leave) =>
      arrangePlan(visit, leave, { what: 'Secret rail' }),
    )
    const rows = await house.arrange('select facts::text from journal.entry where person_id = $1', [person])
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toMatch(/rail|garden|June/i)
  })

  it('says a note that this version does not know by its own name', () => {
    expect(noteWords({ what: 'moon observed', facts: {} })).toBe('Moon observed.')
  })
})
