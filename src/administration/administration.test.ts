import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Refused } from '#access'
import { programmes, staffAt } from '#organisations'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare } from '../../test/care.ts'
import {
  type Cast,
  cast,
  type House,
  openHouse,
  places,
  postId,
  staffId,
  testClock,
} from '../../test/house.ts'
import { asStaff } from '../visit.ts'
import { addWorker, administration, changeRole, endWork, publishProgramme } from './index.ts'

const room = administration({})

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string | readonly string[]>>

function page(who: Cast, method: 'GET' | 'POST', path: string, form: Sent = {}, query: Sent = {}) {
  const key = /^\/programmes\/(.+)$/.exec(path)?.[1]
  const route = room.screens.find(
    (r) => r.method === method && r.path === (key ? '/programmes/:programme' : path),
  )
  if (!route) throw new Error(`no page ${path}`)
  return house.as(who, (visit) =>
    route.answer(visit, askedWith({ form, query, ...(key ? { params: { programme: key } } : {}) })),
  )
}

describe('what each role may do', () => {
  const wish = {
    organisationId: places.lundStreet,
    role: 'practice administrator',
    activity: 'see people',
  } as const

  it('says what ships, what was changed, by whom and when', async () => {
    await house.as('jo', (visit) => changeRole(visit, { ...wish, wish: 'give' }))
    const query = { at: places.lundStreet, role: 'practice administrator' }
    const words = wordsOf(pageOf(await page('jo', 'GET', '/organisations/roles', {}, query)))
    expect(words).toContain('1 differs from what ships.')
    expect(words).toContain(
      'See people Open the whole record of people they have a tie to Yes Given by Jo Marchetti on 1 April 2026',
    )
    expect(words).toContain(
      'Find people by name, number or postcode, and see who they are Yes Ships with the role',
    )
    await house.as('jo', (visit) => changeRole(visit, { ...wish, wish: 'take away' }))
    const after = wordsOf(pageOf(await page('jo', 'GET', '/organisations/roles', {}, query)))
    expect(after).toContain('Nothing differs from what ships.')
  })

  it('HZ36 an activity given to a role bites at the next page, and so does taking it away', async () => {
    const token = await house.signIn('pat')
    const mayBreakGlass = () =>
      asStaff(house.pool, token, testClock, async ({ caller }) => caller.activities.has('break glass'))
    const clerk = { organisationId: places.ward, role: 'ward clerk', activity: 'break glass' }
    expect(await mayBreakGlass()).toBe(false)
    await house.as('jo', (visit) => changeRole(visit, { ...clerk, wish: 'give' }))
    expect(await mayBreakGlass()).toBe(true)
    await house.as('jo', (visit) => changeRole(visit, { ...clerk, wish: 'take away' }))
    expect(await mayBreakGlass()).toBe(false)
  })

  it('a shipped activity taken away at one place stays at every other', async () => {
    const gp = { organisationId: places.canalSide, role: 'GP', activity: 'trace people' }
    await house.as('jo', (visit) => changeRole(visit, { ...gp, wish: 'take away' }))
    const may = (who: Cast) => house.as(who, async ({ caller }) => caller.activities.has('trace people'))
    expect([await may('drBello'), await may('drLund')]).toEqual([false, true])
  })

  it('asking for what is so already changes nothing and leaves no note', async () => {
    const notes = () => house.arrange(`select 1 from journal.entry where what = 'role changed'`)
    const before = (await notes()).length
    const gp = { organisationId: places.lundStreet, role: 'GP', activity: 'see people' }
    const outcome = await house.as('jo', (visit) => changeRole(visit, { ...gp, wish: 'give' }))
    expect(outcome).toEqual({ ok: true, value: false })
    expect(await notes()).toHaveLength(before)
  })

  it('nothing of a change is erased', async () => {
    const rows = await house.arrange(
      `select change, ended_at is not null as ended from organisations.role_change where activity = 'see people'`,
    )
    expect(rows).toEqual([{ change: 'added', ended: true }])
  })

  it('nobody takes from themselves the right to change roles', async () => {
    const own = { organisationId: places.umbrella, role: 'system administrator', activity: 'change roles' }
    await expect(house.as('jo', (visit) => changeRole(visit, { ...own, wish: 'take away' }))).rejects.toThrow(
      Refused,
    )
  })

  it.each((Object.keys(cast) as Cast[]).filter((who) => who !== 'jo'))(
    'A07 %s changes no role, their own least of all',
    async (who) => {
      const own = { organisationId: places[cast[who].at], role: cast[who].role, activity: 'change roles' }
      await expect(house.as(who, (visit) => changeRole(visit, { ...own, wish: 'give' }))).rejects.toThrow(
        Refused,
      )
      await expect(page(who, 'GET', '/organisations/roles')).rejects.toThrow(Refused)
    },
  )
})

describe('staff and their posts', () => {
  const dana = {
    staffId: '',
    name: 'Dana Okoro',
    telephone: '01632 960 118',
    organisationId: places.team,
    role: 'case manager',
    issuer: 'https://id.test',
    subject: 'dana-1',
  }

  it('somebody added may be named as case manager at once', async () => {
    expect(await house.as('jo', (visit) => addWorker(visit, dana))).toEqual({ ok: true, value: undefined })
    const names = await house.as('jo', ({ db }) => staffAt(db, places.team, ['case manager']))
    expect(names.map(({ name }) => name)).toContain('Dana Okoro')
    const words = wordsOf(pageOf(await page('jo', 'GET', '/organisations/staff', {}, { words: 'dana' })))
    expect(words).toContain('Showing 1 to 1 of 1 , by name')
  })

  it('says what to put right and keeps what was typed', async () => {
    const form = { name: '', role: '', place: '', subject: 'dana-1', telephone: '01632 960 119' }
    const answer = await page('jo', 'POST', '/organisations/staff', form)
    expect(answer).toMatchObject({ status: 422 })
    const words = wordsOf(pageOf(answer))
    expect(words).toContain(
      'Enter their name Select a role Enter both the reference and the provider’s address, or neither Select a place',
    )
    expect(pageOf(answer)).toContain('value="01632 960 119"')
  })

  it('one reference belongs to one person', async () => {
    const outcome = await house.as('jo', (visit) => addWorker(visit, { ...dana, name: 'Somebody Else' }))
    expect(outcome).toMatchObject({
      problems: [{ message: 'Somebody on the staff list has this reference already' }],
    })
  })

  it('who was added before there was a provider is given their reference, and may sign in with it', async () => {
    const early = { ...dana, name: 'Early Adeyemi', issuer: '', subject: '' }
    await house.as('jo', (visit) => addWorker(visit, early))
    const [added] = await house.arrange("select id from organisations.staff where name = 'Early Adeyemi'")
    const known = {
      ...early,
      staffId: String(added?.id),
      name: '',
      role: '',
      organisationId: '',
      telephone: '',
    }
    const referred = { ...known, issuer: 'https://id.test', subject: 'early-1' }
    expect(await house.as('jo', (visit) => addWorker(visit, referred))).toMatchObject({ ok: true })
    expect(await house.arrange("select access.staff_by_subject('https://id.test', 'early-1') as id")).toEqual(
      [{ id: added?.id }],
    )
    const [staff] = await house.arrange('select telephone from organisations.staff where id = $1', [
      added?.id,
    ])
    expect(staff?.telephone).toBe('01632 960 118')
  })

  it('a reference somebody has is not changed for another, nor given to two', async () => {
    const known = {
      ...dana,
      staffId: staffId('amina'),
      name: '',
      role: '',
      organisationId: '',
      telephone: '',
    }
    expect(await house.as('jo', (visit) => addWorker(visit, known))).toMatchObject({
      problems: [{ field: 'subject', message: 'Somebody on the staff list has this reference already' }],
    })
    const [held] = await house.arrange("select id from organisations.staff where subject = 'dana-1'")
    const other = { ...known, staffId: String(held?.id), subject: 'dana-2' }
    expect(await house.as('jo', (visit) => addWorker(visit, other))).toMatchObject({
      problems: [
        {
          field: 'subject',
          message: 'They have another reference, or are the local administrator. Leave this one out',
        },
      ],
    })
  })

  it('a telephone typed for somebody on the list is theirs, and is not lost', async () => {
    const form = { staff: staffId('amina'), telephone: '01632 960 177' }
    expect(await page('jo', 'POST', '/organisations/staff', form)).toMatchObject({ saved: 'Written down.' })
    const [staff] = await house.arrange('select telephone from organisations.staff where id = $1', [
      staffId('amina'),
    ])
    expect(staff?.telephone).toBe('01632 960 177')
  })

  it('a new name beside somebody on the list gives neither of them a post', async () => {
    const both = { ...dana, staffId: staffId('amina'), name: 'Ngozi Eze', subject: '', issuer: '' }
    expect(await house.as('jo', (visit) => addWorker(visit, both))).toMatchObject({
      problems: [
        { field: 'name', message: 'Choose somebody on the list or enter a new name, not both' },
        { field: 'role' },
      ],
    })
  })

  it('the same post is not given twice, another one is', async () => {
    const again = { ...dana, staffId: staffId('amina'), name: '', subject: '', issuer: '' }
    const outcome = await house.as('jo', (visit) => addWorker(visit, again))
    expect(outcome).toMatchObject({ problems: [{ message: 'They hold this post already. Choose another' }] })
    const other = await house.as('jo', (visit) => addWorker(visit, { ...again, organisationId: places.ward }))
    expect(other).toMatchObject({ ok: true })
  })

  it('HZ18 an ended post signs its worker out at the next page', async () => {
    const token = await house.signIn('karl')
    await house.as('jo', (visit) => endWork(visit, { id: postId('karl'), role: 'case manager' }))
    expect(await asStaff(house.pool, token, testClock, async () => 'in')).toBeUndefined()
    await expect(
      house.as('jo', (visit) => endWork(visit, { id: postId('karl'), role: 'case manager' })),
    ).rejects.toMatchObject({ kind: 'changed meanwhile' })
    await expect(
      house.as('jo', (visit) => endWork(visit, { id: postId('jo'), role: 'system administrator' })),
    ).rejects.toThrow(Refused)
  })
})

describe('somebody who still is a case manager', () => {
  const ends = (form: Sent = {}) =>
    page('jo', 'POST', '/organisations/staff/end', {
      post: postId('omar'),
      role: 'case manager',
      ...form,
    })

  it('HZ18 keeps the post until they are handed over, or until it has to end at once', async () => {
    await someoneInCare(house, { owner: 'omar' })
    const first = await ends()
    expect(first).toMatchObject({ status: 409 })
    expect(wordsOf(pageOf(first))).toContain(
      'Omar Sayed is the case manager of fewer than 8 people at Quayside co-ordination team',
    )
    expect(await house.signIn('omar')).toBeTruthy()
    expect(await ends({ anyway: 'yes' })).toMatchObject({ kind: 'go' })
    await expect(house.signIn('omar')).rejects.toThrow()
  })
})

describe('programmes', () => {
  const template = {
    name: 'Hillside care co-ordination',
    kind: 'case management',
    targetPercent: 2,
    fromAge: 65,
    caseload: { limit: 40, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['TEAM2'],
    declineForMonths: 6,
  }
  const publish = (key: string, from: number, written: unknown, parts = {}) =>
    house.as('jo', (visit) => publishProgramme(visit, { key, from, written }, parts))

  it('a new one is in force as soon as it is published, with who published it', async () => {
    expect(await publish('hillside', 0, template)).toEqual({ ok: true, value: { version: 1 } })
    const words = wordsOf(pageOf(await page('jo', 'GET', '/programmes/hillside')))
    expect(words).toContain('Version 1 is in force.')
    expect(words).toContain('1 1 April 2026 Jo Marchetti')
    const list = wordsOf(pageOf(await page('jo', 'GET', '/programmes')))
    expect(list).toContain('3 programmes run here side by side.')
    expect(list).not.toMatch(/TEAM\d|WARD\d/)
  })

  it.each([
    [
      { ...template, colour: 'green' },
      '“colour” is not a field of a programme in this version. Take it out, or correct its name',
    ],
    [
      { ...template, caseload: { limit: 40, unit: 'worker', per: 'week' } },
      '“per” is not a field of “caseload” in this version. Take it out, or correct its name',
    ],
    [{ ...template, targetPercent: 0 }, 'Enter how many in 100 it is for: more than 0, at most 100'],
    [{ ...template, teams: [] }, 'Select at least one team'],
    [{ ...template, teams: ['TEAM9'] }, '“TEAM9” is no place here. Choose another team'],
    [{ ...template, name: undefined }, 'Enter the programme’s name'],
    ['text', 'A template is one object with named fields'],
  ])('a template with a mistake is refused and the mistake is named (%#)', async (written, message) => {
    const outcome = await publish('hillside', 1, written)
    expect(outcome).toMatchObject({ ok: false, problems: [{ message }] })
  })

  it('a later room’s part is read by that room’s reader, and without one it is not known', async () => {
    const part = { monitoring: { readEveryDays: 1 } }
    const parts = { monitoring: z.strictObject({ readEveryDays: z.int().positive() }) }
    expect(await publish('with-part', 0, { ...template, ...part })).toMatchObject({ ok: false })
    expect(await publish('with-part', 0, { ...template, monitoring: { every: 1 } }, parts)).toMatchObject({
      problems: [{ message: 'Check the part “monitoring”' }],
    })
    expect(await publish('with-part', 0, { ...template, ...part }, parts)).toMatchObject({ ok: true })
    const stored = await house.as('jo', ({ db }) => programmes(db))
    expect(stored.find(({ key }) => key === 'with-part')?.template).toMatchObject(part)
  })

  it('the second of two who write at once is told, and nothing is overwritten', async () => {
    await publish('hillside', 1, { ...template, targetPercent: 3 })
    await expect(publish('hillside', 1, { ...template, targetPercent: 4 })).rejects.toMatchObject({
      kind: 'changed meanwhile',
    })
    const both = await Promise.allSettled([
      publish('hillside', 2, { ...template, targetPercent: 5 }),
      publish('hillside', 2, { ...template, targetPercent: 6 }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('no version is ever changed', async () => {
    const first = await house.arrange(
      `select v.template ->> 'targetPercent' as percent from organisations.programme_version v
       join organisations.programme p on p.id = v.programme_id where p.key = 'hillside' and v.version = 1`,
    )
    expect(first).toEqual([{ percent: '2' }])
    await expect(
      house.pool.query(`update organisations.programme_version set template = '{}'`),
    ).rejects.toThrow(/permission denied/)
  })

  it('is written in a form, and a mistake keeps everything typed', async () => {
    const form = {
      from: '0',
      key: 'in-a-form',
      name: 'Written in a form',
      kind: 'virtual ward',
      targetPercent: 'many',
      fromAge: '18',
      limit: '10',
      unit: 'team',
      offered: '2',
      active: '1',
      monitoring: '7',
      beds: '10',
      teams: ['TEAM1', 'WARD1'],
      declineForMonths: '12',
    }
    const wrong = await page('jo', 'POST', '/programmes/new', form)
    expect(wrong).toMatchObject({ status: 422 })
    const html = pageOf(wrong)
    expect(html).toContain('value="Written in a form"')
    expect(html.match(/checked=""/g)).toHaveLength(3)
    const right = await page('jo', 'POST', '/programmes/new', { ...form, targetPercent: '0.5' })
    expect(right).toMatchObject({ kind: 'go', to: '/programmes/in-a-form', saved: 'Version 1 published.' })
  })

  it('a key is short and plain', async () => {
    for (const key of ['new', 'Has Capitals', '', '../x']) {
      expect(await publish(key, 0, template)).toMatchObject({ problems: [{ field: 'key' }] })
    }
  })
})
