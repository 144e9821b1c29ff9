import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Answer, Refused, type StaffVisit } from '#access'
import { loadExtract, peopleBehind, room } from '#population'
import { assets } from '#ui'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { axeCheck, browserOrSkip, noSidewaysScroll, openBrowser } from '../../test/browser.ts'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { type Cast, openHouse } from '../../test/house.ts'
import { policyTable } from './policy-rules.ts'
import { withStore } from './reader.ts'
import { currentLoad } from './store.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'policy')

const path = '/population/objections'
const ask = (who: Cast, method: 'GET' | 'POST', form: Record<string, string> = {}): Promise<Answer> =>
  house.as(who, (visit: StaffVisit) => {
    const route = room.screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ form }))
  })
const words = async (who: Cast = 'miriam') => wordsOf(pageOf(await ask(who, 'GET')))
const whole = {
  objection: 'type 1',
  decidedBy: 'Dr Edith Mallory, Caldicott Guardian, Canal Side Practice',
  reason: 'It speaks of other uses than care, and the practice has told people so.',
  signed: 'yes',
}
const sign = (rule: string, version: number, change: Record<string, string> = {}) =>
  ask('miriam', 'POST', { ...whole, rule, version: String(version), ...change })

const objecting = {
  ...smallExtract,
  objections: [
    {
      nhs_number: '9991010300',
      kind: 'type 1',
      purpose: 'secondary use',
      recorded_on: '2020-01-05',
      withdrawn_on: '',
      source: 'practice',
      checked_at: '',
    },
  ],
}
const load = async (name: string) => {
  const outcome = await loadExtract(workshop, { folder: writeExtract(`policy-${name}`, objecting) })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  return outcome.value
}
/** The pseudonyms of Harold’s practice in the store now: he is its only person, and has a type 1 objection. */
const canalSide = async (): Promise<readonly string[]> => {
  const now = await house.asSystem('test', ({ db }) => currentLoad(db))
  const rows = await withStore(join(workshop.folder, now?.folder ?? ''), (store) =>
    store.rows<{ pseudonym: string }>("select pseudonym from people where practice_code = 'Z00002'"),
  )
  return rows.map(({ pseudonym }) => pseudonym)
}

describe('the policy on objections', () => {
  it('leaves everybody who objects out while nobody has signed anything, and tells no count under 8', async () => {
    expect((await load('first')).leftOut).toEqual({ 'type 1': 1 })
    expect(await canalSide()).toEqual([])
    const page = await words('yasmin')
    expect(page).toContain('type 1 fewer than 8 Leave them out Nobody: the default')
    expect(page).toContain('Nothing was signed yet.')
    expect(page).not.toContain('Sign a rule')
  })

  it('asks for a kind, a rule, who decided, why and a signature, and nothing typed is lost', async () => {
    const answer = await ask('miriam', 'POST', { decidedBy: 'Dr Edith Mallory', version: '0' })
    expect(answer).toMatchObject({ status: 422 })
    const html = pageOf(answer)
    expect(html).toContain('value="Dr Edith Mallory"')
    for (const said of [
      'Select the kind of objection',
      'Select what becomes of people who object in this way',
      'Enter why, in 10 to 2,000 characters',
      'Tick the box to say that you sign this in your name',
    ])
      expect(wordsOf(html).split(said)).toHaveLength(3)
  })

  it('signed by the privacy officer, who objects to something else is counted from the next load on', async () => {
    expect(await sign('include', 0)).toMatchObject({ kind: 'go', saved: 'Version 1 is signed.' })
    expect((await load('second')).leftOut).toEqual({})
    const behind = await canalSide()
    expect(behind).toHaveLength(1)
    expect((await house.as('drBello', (visit) => peopleBehind(visit, behind))).size).toBe(1)
    const page = await words()
    expect(page).toContain('Count them like everybody else')
    expect(page).toContain('Dr Edith Mallory, Caldicott Guardian, Canal Side Practice.')
    expect(page).toContain('Version 1, signed by Miriam Katz on 1 April 2026')
    expect(await house.arrange('select policy_version from population.load order by n desc limit 1')).toEqual(
      [{ policy_version: 1 }],
    )
  })

  it('HZ13 changed back, they are off every list at once, and what held before stays readable', async () => {
    const behind = await canalSide()
    await sign('hold', 1)
    expect((await house.as('drBello', (visit) => peopleBehind(visit, behind))).size).toBe(0)
    const page = await words()
    expect(page).toContain('Everything that was signed')
    expect(page).toMatch(/Until 1 April 2026/)
    expect((await load('third')).leftOut).toEqual({ 'type 1': 1 })
  })

  it('an objection to being looked for is never overruled, on the page or past it', async () => {
    const answer = await sign('include', 2, { objection: 'case-finding' })
    expect(wordsOf(pageOf(answer))).toContain('An objection to case-finding is always heeded.')
    await expect(
      house.arrange(
        `insert into population.policy (id, version, objection, purpose, rule, signed_by, signed_at)
         select gen_random_uuid(), 3, 'case-finding', 'case-finding', 'include', id, now() from organisations.staff limit 1`,
      ),
    ).rejects.toThrow(/looked_for_is_always_heeded/)
  })

  it('of two who sign at once one is kept and the other is told to read again', async () => {
    const both = await Promise.allSettled([sign('include', 2), sign('exclude', 2)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [other] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(other).toBeInstanceOf(Refused)
    expect(await house.arrange('select version from population.policy order by version')).toEqual([
      { version: 1 },
      { version: 2 },
      { version: 3 },
    ])
  })

  it('is read by an analyst and signed by nobody but whoever answers for privacy', async () => {
    await expect(ask('yasmin', 'POST', { ...whole, rule: 'include', version: '3' })).rejects.toThrow(Refused)
  })

  it('of a kind nobody signed for says leave out, whatever else was signed', () => {
    const signed = [
      { version: 1, objection: 'type 1', rule: 'include', signedByName: 'M', signedAt: new Date(0) } as const,
    ]
    const table = policyTable([{ objection: 'a new kind', people: 3 }], signed)
    expect(table.map(({ objection, rule }) => [objection, rule])).toEqual([
      ['a new kind', 'exclude'],
      ['case-finding', 'exclude'],
      ['type 1', 'include'],
    ])
  })

  browserOrSkip()(
    'breaks no rule of WCAG 2.2 AA, with mistakes and without, and never scrolls sideways',
    async () => {
      const pages = [
        pageOf(await ask('miriam', 'GET')),
        pageOf(await ask('miriam', 'POST', { version: '3' })),
      ]
      const browser = await openBrowser()
      const page = await browser.newPage()
      await page.route('**/*', (route) => {
        const { pathname } = new URL(route.request().url())
        const asset = assets().find((one) => one.path === pathname)
        return asset
          ? route.fulfill({ contentType: asset.contentType, body: Buffer.from(asset.body) })
          : route.fulfill({
              contentType: 'text/html; charset=utf-8',
              body: pages[Number(pathname.slice(1))] ?? '',
            })
      })
      for (const at of pages.keys()) {
        await page.goto(`http://127.0.0.1/${at}`)
        await axeCheck(page)
        await noSidewaysScroll(page, [320, 1280])
      }
      await browser.close()
    },
  )
})
