import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addTask } from '#co-ordination'
import { episodesOf } from '#people'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { panelFor } from './back-page.tsx'
import { safetyNet } from './index.ts'
import { safetyNetOf } from './rules.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string | readonly string[]>>

const ask = (who: Cast, method: Route['method'], person: string, form: Sent = {}, episode?: string) =>
  house.as(who, (visit): Promise<Answer> => {
    const path = episode ? '/people/:person/close/:episode/back' : '/people/:person/close'
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ params: { person, episode: episode ?? '' }, form }))
  })

const episodeOf = (person: string) =>
  withPerson(house, 'amina', person, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    if (!episode) throw new Error('there is no episode')
    return episode
  })

async function formOf(person: string): Promise<Sent> {
  const episode = await episodeOf(person)
  return {
    _person: person,
    episode: episode.id,
    turn: String(episode.turn),
    reason: 'goals met',
    'on-day': '1',
    'on-month': '4',
    'on-year': '2026',
    told: safetyNet.map(({ code }) => code),
  }
}

describe('the page that closes an episode', () => {
  it('starts with no reason chosen', async () => {
    const person = await someoneInCare(house)
    expect(pageOf(await ask('amina', 'GET', person))).not.toMatch(/type="radio"[^>]*checked/)
  })

  it('keeps every tick and every word when something is missing', async () => {
    const person = await someoneInCare(house)
    const answer = await ask('amina', 'POST', person, {
      ...(await formOf(person)),
      reason: '',
      words: 'She is well.',
    })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    const html = pageOf(answer)
    expect(wordsOf(html)).toContain('Select why it ends')
    expect(html.match(/type="checkbox"[^>]*checked/g)).toHaveLength(safetyNet.length)
    expect(html).toContain('She is well.')
  })

  it('says all that is missing at once: the reason, and what happens to each thing still open', async () => {
    const person = await someoneInCare(house)
    const task = { what: 'Ring the GP', holder: { staffId: staffId('amina') }, dueOn: testDay }
    await withPerson(house, 'amina', person, (visit, leave) => addTask(visit, leave, task))
    const words = wordsOf(
      pageOf(await ask('amina', 'POST', person, { ...(await formOf(person)), reason: '' })),
    )
    expect(words).toContain('There is a problem Select what happens to “Ring the GP” Select why it ends')
  })

  it('HZ20 names an open alert, and does not close over it', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, (visit, leave) =>
      addTask(visit, leave, {
        what: 'Weight up 2 kg',
        holder: { staffId: staffId('amina') },
        dueOn: testDay,
        isUrgent: true,
      }),
    )
    const words = wordsOf(pageOf(await ask('amina', 'POST', person, await formOf(person))))
    expect(words).toContain('Answer the urgent task first')
    expect(words).toContain('Weight up 2 kg')
    expect((await episodeOf(person)).stage).toBe('active')
  })

  it('HZ01 drawn for one person and sent to another’s address closes nobody', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(ask('amina', 'POST', b, await formOf(a))).rejects.toMatchObject({
      kind: 'changed meanwhile',
    })
    const other = { ...(await formOf(a)), _person: b }
    await expect(ask('amina', 'POST', b, other)).rejects.toMatchObject({ kind: 'not for you' })
    expect((await episodeOf(a)).stage).toBe('active')
    expect((await episodeOf(b)).stage).toBe('active')
  })

  it.each(['priya', 'pat', 'drAshe', 'yasmin', 'rhodri'] as const)('is not for %s', async (who) => {
    const person = await someoneInCare(house)
    await expect(ask(who, 'GET', person)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('HZ20 tells whoever reads it later what the person had when we went, and what not', async () => {
    const person = await someoneInCare(house)
    await ask('amina', 'POST', person, {
      ...(await formOf(person)),
      told: ['told', 'practice told'],
      words: 'Rings his sister on Friday.',
    })
    const side = await withPerson(house, 'amina', person, (visit, leave) => panelFor(visit, leave))
    const words = wordsOf(renderToStaticMarkup(side?.contents))
    expect(words).toContain('Done: They know that we are stopping, and why. Their GP practice has been told.')
    expect(words).toContain(
      'Not done: They know whom to ring if things get worse. They know how to come back to us.',
    )
    expect(words).toContain('“Rings his sister on Friday.”')
  })

  it('of whoever died asks and says nothing of it', async () => {
    const closing = { reason: 'died', told: [] } as const
    expect(safetyNetOf(closing)).toBeUndefined()
    expect(safetyNetOf({ reason: 'moved away', told: [] })?.undone).toHaveLength(safetyNet.length)
  })

  it('closes, and the closing can be taken back with a reason', async () => {
    const person = await someoneInCare(house)
    expect(await ask('amina', 'POST', person, await formOf(person))).toMatchObject({ kind: 'go' })
    const { id } = await episodeOf(person)
    expect(wordsOf(pageOf(await ask('amina', 'GET', person, {}, id)))).toContain('Goals met')
    expect(await ask('amina', 'POST', person, { reason: '' }, id)).toMatchObject({ status: 422 })
    expect(await ask('amina', 'POST', person, { reason: 'She fell' }, id)).toMatchObject({ kind: 'go' })
    expect((await episodeOf(person)).stage).toBe('active')
  })
})
