import { beforeAll, describe, expect, it } from 'vitest'
import { permit, permitList } from '#access'
import { contactsOf, recordContact } from '#co-ordination'
import { identitiesOf, identityOf } from '#people'
import { newEntrance } from '../src/entrance.ts'
import { buildServer } from '../src/serve.ts'
import { lookWhole, someoneInCare } from './care.ts'
import { type House, openHouse, testClock } from './house.ts'

let house: House
let june = ''
beforeAll(async () => {
  house = await openHouse()
  june = await someoneInCare(house, { family: 'Okafor', given: 'June' })
})

describe('a transaction held open', () => {
  it('keeps no reader of the same person or list waiting, and nobody sees what it has not kept', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let hasWritten = () => {}
    const written = new Promise<void>((resolve) => {
      hasWritten = resolve
    })
    const holder = house.as('amina', async (visit) => {
      const leave = await permit(visit, june, { ...lookWhole, may: 'record contacts' })
      await recordContact(visit, leave, { kind: 'telephone', words: 'Rang.' })
      hasWritten()
      await held
    })
    await written
    const readers = ['omar', 'priya', 'amina', 'omar'] as const
    const seen = await Promise.all(
      readers.map((who) =>
        house.as(who, async (visit) => {
          const leave = await permit(visit, june, lookWhole)
          await identityOf(visit.db, leave)
          return await contactsOf(visit.db, leave)
        }),
      ),
    )
    const list = await house.as('priya', async (visit) => {
      const leave = await permitList(visit, { ...lookWhole, circle: 'team' })
      return await identitiesOf(visit.db, leave)
    })
    // All of these were answered while the first transaction was still open: were one to wait, this line is not reached.
    const [{ waiting } = { waiting: -1 }] = await house.arrange(
      'select count(*)::int as waiting from pg_locks where not granted',
    )
    letGo()
    await holder
    expect(seen).toEqual([[], [], [], []])
    expect(list).toHaveLength(1)
    expect(waiting).toBe(0)
  })
})

describe('setting the record aside', () => {
  it('lets a page that is being answered finish, and keeps whoever asks meanwhile waiting until it is back', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const entrance = newEntrance()
    const app = await buildServer({
      pool: house.pool,
      settings: { baseUrl: 'http://127.0.0.1' },
      clock: testClock,
      routes: [],
      openRoutes: [
        { method: 'GET', path: '/slow', answer: () => held.then(() => ({ kind: 'page', html: 'whole' })) },
        { method: 'GET', path: '/quick', answer: async () => ({ kind: 'page', html: 'answered' }) },
      ],
      signIn: {},
      aside: { entrance, page: () => 'One moment' },
    })
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const asked = fetch(`${address}/slow`)
    expect(await (await fetch(`${address}/quick`)).text()).toBe('answered')
    expect(await entrance.shut(100)).toBe(false)
    const isEmpty = entrance.shut()
    let isAnswered = false
    const meanwhile = fetch(`${address}/quick`).then((answer) => {
      isAnswered = true
      return answer
    })
    letGo()
    expect(await (await asked).text()).toBe('whole')
    expect(await isEmpty).toBe(true)
    expect(isAnswered).toBe(false)
    entrance.open()
    expect(await (await meanwhile).text()).toBe('answered')
    await app.close()
  })
})
