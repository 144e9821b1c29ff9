import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, permit, Refused } from '#access'
import { room as caseFinding } from '#case-finding'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
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
      'There is a problem Select who will be the case manager Select the main reason Select whether the person has been asked',
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
    expect(answer.saved).toBe('Iqbal Chaudhry accepted. The case manager is Amina Yusuf.')
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
