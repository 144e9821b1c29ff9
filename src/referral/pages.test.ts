import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, permit, Refused } from '#access'
import { room as caseFinding } from '#case-finding'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId } from '../../test/house.ts'
import { room } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Parameters<typeof askedWith>[0]
const ask = (who: Cast, method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer> => {
  const route = [...room.screens, ...caseFinding.screens].find(
    (one) => one.method === method && one.path === path,
  )
  if (!route) throw new Error(`no ${method} ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}
const acceptForm = {
  seen: '0',
  owner: `${places.team}/${staffId('amina')}`,
  reason: 'several teams',
  agreed: 'yes',
  'how-soon': '5 working days',
}
const accept = (person: string, form: Record<string, string> = acceptForm, who: Cast = 'drLund') =>
  ask(who, 'POST', '/referrals/accept/:person', { params: { person }, form })

describe('the page that accepts one person', () => {
  it('offers the programme’s case managers with their load, fewest first, and chooses nobody', async () => {
    const person = await house.arrangePerson()
    await accept(await house.arrangePerson())
    const html = pageOf(await ask('drLund', 'GET', '/referrals/accept/:person', { params: { person } }))
    expect(wordsOf(html)).toMatch(/Karl Jensen \(0 of 50\).*Amina Yusuf \(1 of 50\)/)
    expect(html).not.toMatch(/<input[^>]*\schecked/)
  })

  it('keeps what was chosen when something is left out', async () => {
    const person = await house.arrangePerson()
    const answer = await accept(person, { ...acceptForm, owner: '', words: 'ring her son' })
    expect(answer).toMatchObject({ status: 422 })
    const html = pageOf(answer)
    expect(wordsOf(html)).toContain('There is a problem Select who will be the case manager')
    expect(html).toContain('ring her son')
    expect(html).toMatch(/value="several teams"[^>]*checked|checked[^>]*value="several teams"/)
  })

  it('says everything that is left out at once, not one thing at each press', async () => {
    const answer = await accept(await house.arrangePerson(), {})
    expect(wordsOf(pageOf(answer))).toContain(
      'There is a problem Select how soon she needs to be seen Select who will be the case manager Select the main reason Select whether the person has been asked',
    )
  })

  it('a colleague’s decline made meanwhile is said, not overridden unread', async () => {
    const person = await house.arrangePerson()
    await ask('drLund', 'POST', '/case-finding/:person/decline', {
      params: { person },
      form: { seen: '0', 'reason-declined': 'palliative' },
    })
    const first = await accept(person)
    expect(first).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(first))).toContain('Dr Astrid Lund declined this person at 9:30am')
    expect(pageOf(first)).toContain('name="seen" value="1"')
    expect(await accept(person, { ...acceptForm, seen: '1' })).toMatchObject({ kind: 'go' })
  })

  it('says who holds somebody who is with us already, and offers no second acceptance', async () => {
    const person = await house.arrangePerson()
    await accept(person)
    const html = pageOf(await ask('drLund', 'GET', '/referrals/accept/:person', { params: { person } }))
    expect(wordsOf(html)).toContain('Amina Yusuf is the case manager in Quayside care co-ordination')
    expect(html).not.toContain('name="owner"')
  })

  it('the next page says it, with an undo that takes it back', async () => {
    const person = await house.arrangePerson({ family: 'Chaudhry', given: 'Iqbal' })
    const answer = await accept(person)
    if (answer.kind !== 'go') throw new Error('expected to go on')
    expect(answer.saved).toBe(
      'Iqbal Chaudhry accepted. The case manager is Amina Yusuf. The first contact is due by 10 April.',
    )
    expect(answer.undo?.action).toBe(`/referrals/${person}/take-back`)
    const undone = await ask('drLund', 'POST', '/referrals/:person/take-back', {
      params: { person },
      form: { ...answer.undo?.fields },
    })
    expect(undone).toMatchObject({ saved: 'The acceptance of Iqbal Chaudhry is undone.' })
  })

  it('HZ14 no page accepts anybody for a role that may not, or for somebody unknown to the caller', async () => {
    const person = await house.arrangePerson()
    for (const who of ['pat', 'yasmin', 'drAshe', 'drBello', 'amina'] as const) {
      await expect(accept(person, acceptForm, who)).rejects.toThrow(Refused)
    }
  })
})

describe('HZ16 how soon, on the page that accepts', () => {
  const path = '/referrals/accept/:person'
  const show = async (person: string, who: Cast = 'drLund', query: Record<string, string> = {}) =>
    pageOf(await ask(who, 'GET', path, { params: { person }, query }))

  it('is asked with its classes, and none is chosen', async () => {
    const html = await show(await house.arrangePerson({ sex: 'male', given: 'Karim' }))
    expect(wordsOf(html)).toMatch(
      /How soon does he need to be seen\?.*Within 2 hours.*Today.*Within 2 working days.*Within 5 working days.*In turn, within 10 working days/,
    )
    expect(html).not.toMatch(/<input[^>]*\schecked/)
  })

  it('left out: 422, the same words in the summary and at the field, nobody accepted and nothing typed lost', async () => {
    const person = await house.arrangePerson()
    for (const howSoon of ['', 'routine']) {
      const answer = await accept(person, { ...acceptForm, 'how-soon': howSoon, words: 'ring her son' })
      expect(answer).toMatchObject({ status: 422 })
      const html = pageOf(answer)
      expect(html.split('Select how soon she needs to be seen')).toHaveLength(3)
      expect(html).toContain('href="#how-soon"')
      expect(html).toContain('ring her son')
      expect(html).toMatch(/value="several teams"[^>]*checked|checked[^>]*value="several teams"/)
    }
    expect(await show(person)).toContain('name="owner"')
  })

  it('red-flag words beside a slow class: what was written is quoted, and a box confirms that class alone', async () => {
    const person = await house.arrangePerson({ given: 'Nora', family: 'Byrne' })
    const form = { ...acceptForm, words: 'Fell yesterday, up and about' }
    const first = await accept(person, form)
    expect(first).toMatchObject({ status: 422 })
    const html = pageOf(first)
    expect(wordsOf(html)).toContain('There is a problem You wrote “Fell”: check how soon')
    expect(html).toMatch(/value="5 working days"[^>]*checked|checked[^>]*value="5 working days"/)
    expect(html).not.toMatch(/name="checked"[^>]*\schecked/)
    const checked = /name="checked"[^>]*value="([^"]*)"/.exec(html)?.[1] ?? ''
    expect(await accept(person, { ...form, 'how-soon': '10 working days', checked })).toMatchObject({
      status: 422,
    })
    expect(await accept(person, { ...form, checked })).toMatchObject({
      saved: 'Nora Byrne accepted. The case manager is Amina Yusuf. The first contact is due by 10 April.',
    })
  })

  it('an urgent one is accepted at once, and says to ring, by when', async () => {
    const person = await house.arrangePerson({ given: 'Olive', family: 'Tan' })
    const form = { ...acceptForm, 'how-soon': '2 hours', words: 'Fell and is confused' }
    expect(await accept(person, form)).toMatchObject({
      saved:
        'Olive Tan accepted. The case manager is Amina Yusuf. Ring the case manager now: the first contact is due by 11:30am.',
    })
  })

  it('the referrer’s own priority is asked where the person comes from no list, and chooses nothing', async () => {
    const person = await someoneInCare(house)
    expect(await show(person)).not.toContain('name="referrer-said"')
    const html = await show(person, 'amina', { programme: 'virtual-ward' })
    expect(html).toContain('name="referrer-said"')
    const owner = /name="owner"[^>]*value="([^"]*)"/.exec(html)?.[1] ?? ''
    const form = { ...acceptForm, programme: 'virtual-ward', owner, 'referrer-said': 'urgent' }
    const first = await accept(person, form, 'amina')
    expect(first).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(first))).toContain('There is a problem The referrer said “urgent”: check how soon')
    const unknown = await accept(person, { ...form, 'referrer-said': 'rutine' }, 'amina')
    expect(wordsOf(pageOf(unknown))).toContain('The referrer said “something else”: check how soon')
    const sooner = { ...form, 'how-soon': '2 working days' }
    expect(await accept(person, sooner, 'amina')).toMatchObject({ kind: 'go' })
  })
})

describe('once somebody is with us', () => {
  it('their case manager writes down the answer, and hands them on with a reason', async () => {
    const person = await house.arrangePerson({ given: 'Eileen', family: 'Murphy' })
    await accept(person, { ...acceptForm, agreed: 'not asked' })
    const params = { person }
    const silent = await ask('amina', 'POST', '/people/:person/agreement', { params, form: { turn: '1' } })
    expect(wordsOf(pageOf(silent))).toContain('Select what the person said')
    expect(
      await ask('amina', 'POST', '/people/:person/agreement', { params, form: { turn: '1', answer: 'yes' } }),
    ).toMatchObject({ saved: 'Eileen Murphy takes part.' })
    const handOver = { turn: '2', owner: `${places.otherTeam}/${staffId('karl')}`, reason: 'moved' }
    expect(
      await ask('amina', 'POST', '/people/:person/case-manager', { params, form: handOver }),
    ).toMatchObject({ to: '/my-people', saved: 'The case manager is changed.' })
    await expect(ask('amina', 'GET', '/people/:person/case-manager', { params })).rejects.toThrow(Refused)
  })

  it('HZ18 the page about the person says through whose hands they went, when and why', async () => {
    const person = await house.arrangePerson()
    await accept(person)
    const words = async () => {
      const panel = await house.as('priya', async (visit) => {
        const look = { part: 'whole', purpose: 'direct care', verb: 'read the record' } as const
        return room.panelFor?.(visit, await permit(visit, person, { may: 'see people', ...look }))
      })
      return wordsOf(renderToStaticMarkup(panel?.contents))
    }
    expect(await words()).not.toContain('Case managers so far')
    const handOver = { turn: '1', owner: `${places.team}/${staffId('omar')}`, reason: 'leave' }
    await ask('amina', 'POST', '/people/:person/case-manager', { params: { person }, form: handOver })
    expect(await words()).toMatch(
      /Case managers so far 1 April 2026 Omar Sayed\. The case manager is away or has left Changed by Amina Yusuf 1 April 2026 Amina Yusuf/,
    )
  })

  it('the page about the person says why they were accepted and whether they agreed', async () => {
    const person = await house.arrangePerson()
    await accept(person)
    const panel = await house.as('amina', async (visit) => {
      const leave = await permit(visit, person, {
        may: 'see people',
        part: 'whole',
        purpose: 'direct care',
        verb: 'read the record',
      })
      return room.panelFor?.(visit, leave)
    })
    const words = wordsOf(renderToStaticMarkup(panel?.contents))
    expect(words).toContain('Takes part Yes')
    expect(words).toContain('Several teams, nobody in charge (Dr Astrid Lund)')
  })
})
