import { beforeAll, describe, expect, it } from 'vitest'
import type { Open, OpenAnswer } from '#access'
import { transaction } from '#database'
import { writeProgress } from '#jobs'
import { type Installation, installation } from '#organisations'
import { formOf, pageOf, plainFurniture, wordsOf } from '../test/asking.ts'
import { type House, openHouse, testClock } from '../test/house.ts'
import { doors } from './demonstration/doors.data.ts'
import { keepDoor } from './demonstration/store.ts'
import { demonstrationTask, openDoors } from './first-start.ts'
import { frontRoutes, makingWords } from './front-page.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = {
  readonly kind?: Installation['kind']
  readonly cookies?: Open['cookies']
  readonly method?: 'GET' | 'POST'
}

let timesAsked = 0
const visitFirst = (sent: Sent = {}): Promise<OpenAnswer> =>
  transaction(house.pool, async (db) => {
    const routes = frontRoutes(async () => {
      timesAsked++
    })
    const route = routes.find(({ method }) => method === (sent.method ?? 'GET'))
    if (!route) throw new Error('no first page')
    const known = await installation(db)
    return route.answer({
      db,
      installation: { ...known, ...('kind' in sent && { kind: sent.kind }) },
      path: '/',
      query: formOf(),
      form: formOf(),
      cookies: sent.cookies ?? {},
      from: 'a browser',
      clock: testClock,
      baseUrl: 'http://127.0.0.1:8080',
      settings: {},
      furniture: plainFurniture,
    })
  })

describe('the first page', () => {
  it('while the town is made says how far it is and looks again by itself', async () => {
    await transaction(house.workPool, (db) =>
      writeProgress(db, { task: demonstrationTask, words: 'Loading', shareDone: 0.62 }),
    )
    const page = pageOf(await visitFirst())
    expect(page).toContain('Making the made-up town. 62% done')
    expect(page).toContain('<meta http-equiv="refresh" content="2"/>')
    expect(page).toContain('<a href="/">Look again now</a>')
  })

  it('offers no door before what is put back is kept, though the town is made', async () => {
    await transaction(house.workPool, async (db) => {
      for (const { key, to } of doors) await keepDoor(db, key, to)
      const step = { task: demonstrationTask, words: 'The town is ready', shareDone: 1 }
      await writeProgress(db, { ...step, outcome: 'done' })
    })
    const page = pageOf(await visitFirst())
    expect(page).toContain('Keyworker is getting ready')
    expect(page).not.toContain('action="/sign-in/as"')
  })

  it('then says in 60 words or fewer what Keyworker is, and that everyone here is invented', async () => {
    await transaction(house.workPool, openDoors)
    const page = pageOf(await visitFirst())
    const paragraph = wordsOf(/<p>(Keyworker finds.*?)<\/p>/s.exec(page)?.[1] ?? '')
    expect(paragraph).toContain('is invented')
    expect(paragraph.split(' ').length).toBeLessThanOrEqual(60)
  })

  it('has five doors, each signing in as somebody who is there', async () => {
    const page = pageOf(await visitFirst())
    for (const { words } of doors) expect(wordsOf(page)).toContain(words)
    expect(page.match(/action="\/sign-in\/as"/g)).toHaveLength(5)
    for (const name of ['Dr Astrid Lund', 'Pat Doyle', 'Dr Tom Ashe', 'Rhodri Evans']) {
      expect(page).toContain(name)
    }
  })

  it('of made-up people somebody loaded themselves is no town of 30,000, and has no empty list of doors', async () => {
    await house.arrange('create table doors_aside as select * from demonstration.door')
    await house.arrange('delete from demonstration.door')
    const words = wordsOf(pageOf(await visitFirst()))
    expect(words).toContain('Everybody loaded here is made up.')
    expect(words).not.toMatch(/30,000|Start with something to do/)
    expect(words).toContain('Choose who to be')
    await house.arrange('insert into demonstration.door select * from doors_aside')
  })

  it('of a real installation is its sign-in, and nothing there can be put back', async () => {
    expect(await visitFirst({ kind: 'real' })).toEqual({ kind: 'go', to: '/sign-in' })
    await visitFirst({ kind: 'real', method: 'POST' })
    expect(timesAsked).toBe(0)
    await visitFirst({ method: 'POST' })
    expect(timesAsked).toBe(1)
  })

  it('of somebody signed in is where their work is', async () => {
    const cookies = async (who: 'pat' | 'amina' | 'rhodri' | 'jo' | 'miriam') => ({
      keyworker: await house.signIn(who),
    })
    expect(await visitFirst({ cookies: await cookies('amina') })).toEqual({ kind: 'go', to: '/my-day' })
    expect(await visitFirst({ cookies: await cookies('rhodri') })).toEqual({ kind: 'go', to: '/evaluation' })
    expect(await visitFirst({ cookies: await cookies('pat') })).toEqual({ kind: 'go', to: '/ward' })
    const openings = { kind: 'go', to: '/privacy/openings' }
    expect(await visitFirst({ cookies: await cookies('miriam') })).toEqual(openings)
    expect(await visitFirst({ cookies: await cookies('jo') })).toEqual({ kind: 'go', to: '/population' })
  })
})

describe('how far the town is', () => {
  const begun = testClock()
  const passed = (seconds: number) => new Date(begun.getTime() + seconds * 1000)
  const step = (shareDone: number, outcome?: 'failed') => ({
    task: demonstrationTask,
    words: '',
    shareDone,
    startedAt: begun,
    changedAt: begun,
    ...(outcome && { outcome }),
  })
  it.each([
    [0.01, 1, 'Making the made-up town. 1% done.'],
    [0.62, 32, 'Making the made-up town. 62% done, about 20 seconds left.'],
    [0.25, 60, 'Making the made-up town. 25% done, about 3 minutes left.'],
    [0.99, 60, 'Making the made-up town. 99% done, about 5 seconds left.'],
  ])('%f of it after %i seconds', (share, seconds, words) => {
    expect(makingWords(step(share), passed(seconds))).toBe(words)
  })

  it('says when it stopped', () => {
    expect(makingWords(step(0.62, 'failed'), passed(9))).toBe(
      'Making the made-up town stopped at 62%. It is tried again by itself.',
    )
  })
})
