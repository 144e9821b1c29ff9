import { beforeAll, describe, expect, it } from 'vitest'
import { many, sql } from '#database'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { type Cast, type House, openHouse, places, postId, staffId } from '../../test/house.ts'
import { room } from './index.ts'
import { quarterOf, readStaffAnswers, staffQuestion, tenthsWords } from './staff-rules.ts'
import { type StaffLine, staffSaid } from './staff-store.ts'
import { relativeQuestion } from './staff-survey.data.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

type Sent = Parameters<typeof askedWith>[0]

function answer(who: Cast, path: string, sent: Sent = {}, method: 'GET' | 'POST' = 'GET') {
  const route = room.screens.find((one) => one.path === path && one.method === method)
  if (!route) throw new Error(`there is no page ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}
const send = (who: Cast, form: Readonly<Record<string, string>>) =>
  answer(who, '/evaluation/staff/answer', { form }, 'POST')
const page = async (who: Cast, query: Readonly<Record<string, string>> = {}) =>
  wordsOf(pageOf(await answer(who, '/evaluation/staff', { query })))

/** Answers of a quarter that is over, as the form would have left them: so many of a place agreed, the rest did not. */
async function arrangeQuarter(place: string, agreed: number, disagreed: number): Promise<void> {
  await house.arrange(
    `with known as (insert into organisations.staff (id, name)
       select gen_random_uuid(), 'Somebody' from generate_series(1, $1::int) returning id)
     insert into evaluation.staff_answered (staff_id, place_id, quarter) select id, $2, '2026-01-01' from known`,
    [agreed + disagreed, place],
  )
  for (const [value, answered] of [
    [4, agreed],
    [2, disagreed],
  ])
    if (answered)
      await house.arrange(
        `insert into evaluation.staff_tally (place_id, quarter, question, value, answered)
         values ($1, '2026-01-01', 'own-relative', $2, $3)
         on conflict (place_id, quarter, question, value) do update set answered = staff_tally.answered + $3`,
        [place, value, answered],
      )
}

describe('how it is to work here', () => {
  it('S-04 is answered once a quarter, and what was said is kept beside nobody', async () => {
    expect(await send('amina', { 'enough-time': '2', 'own-relative': '5' })).toMatchObject({ kind: 'go' })
    await expect(send('amina', { 'enough-time': '5' })).rejects.toMatchObject({
      words: 'You have already answered this quarter. Nothing was added.',
    })
    const tallies = await house.arrange('select * from evaluation.staff_tally order by question')
    expect(tallies).toHaveLength(8)
    expect(tallies.find(({ question }) => question === 'enough-time')).toMatchObject({
      value: 2,
      answered: 1,
    })
    expect(JSON.stringify(tallies)).not.toContain(staffId('amina'))
    expect(JSON.stringify(tallies)).not.toContain(postId('amina'))
    expect(wordsOf(pageOf(await answer('amina', '/evaluation/staff/answer')))).toContain(
      'You can answer again from 1 July 2026',
    )
  })

  it('with nothing answered nothing is added, and it is asked again', async () => {
    const sent = await send('omar', {})
    expect(sent).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(sent))).toContain('Answer at least one question')
    expect(pageOf(await answer('omar', '/evaluation/staff/answer'))).toContain('Send my answers')
  })

  it('no table of answers can be read by a page, only counted', async () => {
    await expect(
      house.as('yasmin', ({ db }) => many(db, sql`select * from evaluation.staff_tally`)),
    ).rejects.toThrow('permission denied')
  })
})

describe('what staff say', () => {
  it('is not shown while the quarter goes on', async () => {
    expect(await page('amina')).toContain('Nothing can be shown yet')
  })

  it('is not shown of a place where fewer than 8 answered, nor of all together where that would give it away', async () => {
    await arrangeQuarter(places.team, 9, 3)
    await arrangeQuarter(places.otherTeam, 0, 7)
    const told = await house.as('rhodri', ({ db }) => staffSaid(db))
    expect(told.map(({ placeId }) => placeId)).toEqual([places.team])
  })

  it('is shown in tenths of 8 or more, never none and never all', async () => {
    await arrangeQuarter(places.otherTeam, 0, 1)
    const told = await house.as('rhodri', ({ db }) => staffSaid(db))
    const of = (id?: string) => told.find(({ placeId }) => placeId === id)
    expect(of(places.team)).toMatchObject({ people: 12, agreeTenths: 8, disagreeTenths: 3 })
    expect(of(places.otherTeam)).toMatchObject({ people: 8, agreeTenths: 1, disagreeTenths: 9 })
    expect(of()).toMatchObject({ people: 20, agreeTenths: 5, disagreeTenths: 6 })
  })

  it('a team sees itself and all together; who may see counts sees each place', async () => {
    expect(await page('amina')).not.toContain('Canal')
    expect(await page('amina', { place: places.team })).toContain('8 in 10')
    expect(await page('amina', { place: places.otherTeam })).not.toContain('9 in 10 or more')
    expect(await page('rhodri', { place: places.otherTeam })).toContain('9 in 10 or more')
  })

  it('S-71 stands on the page for a board, or that nobody knows', async () => {
    const told = await house.as('rhodri', ({ db }) => staffSaid(db))
    expect(staffQuestion(told)).toMatchObject({
      answer: 'Of those who answered, 5 in 10 would be glad for a relative to be looked after here',
      sure: 'Cannot tell yet',
    })
    expect(staffQuestion([])).toMatchObject({ answer: 'Not known', sure: 'Not measured' })
  })

  it('HZ45 S-71 what staff say is sure only where those who did not answer could not turn it round', async () => {
    const told = await house.as('rhodri', ({ db }) => staffSaid(db))
    const [line] = told.filter(({ placeId, question }) => !placeId && question === relativeQuestion)
    if (!line) throw new Error('Nothing was told of all together.')
    const all = (of: Partial<StaffLine>) => staffQuestion([{ ...line, ...of }])
    expect(all({ agreeTenths: 8, people: 20, staff: 21 }).sure).toBe('Sure')
    expect(all({ agreeTenths: 8, people: 20, staff: 40 }).sure).toBe('Cannot tell yet')
    expect(all({ agreeTenths: 8, people: 20, staff: 40 }).evidence[0]).toContain('20 of 40 staff answered')
  })

  it('is told with how many held a post there in the quarter', async () => {
    const staff = async () =>
      (await house.as('rhodri', ({ db }) => staffSaid(db))).find(({ placeId }) => placeId === places.team)
        ?.staff ?? 0
    const add = (during: string) =>
      house.arrange(
        `with came as (insert into organisations.staff (id, name) values (gen_random_uuid(), 'Somebody more') returning id)
         insert into organisations.post (id, staff_id, organisation_id, role, during)
         select gen_random_uuid(), c.id, $1, 'case manager', $2::daterange from came c`,
        [places.team, during],
      )
    const before = await staff()
    await add('[2026-02-10,2026-02-20)')
    expect(await staff()).toBe(before + 1)
    await add('[2001-01-01,2026-01-01)')
    expect(await staff()).toBe(before + 1)
  })
})

describe('an answer', () => {
  it('counts a question left out as left out, so that all questions count the same people', () => {
    const read = readStaffAnswers((field) => (field === 'can-say' ? '1' : field === 'enough-time' ? '9' : ''))
    expect(read).toMatchObject({ answers: { 'can-say': 1, 'enough-time': 0, 'own-relative': 0 } })
  })

  it.each([
    [1, '1 in 10 or fewer'],
    [2, '2 in 10'],
    [8, '8 in 10'],
    [9, '9 in 10 or more'],
  ])('%s tenths are said as %s', (tenths, words) => {
    expect(tenthsWords(tenths)).toBe(words)
  })

  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-12-31', '2026-10-01'],
  ] as const)('on %s belongs to the quarter from %s', (on, quarter) => {
    expect(quarterOf(on as Parameters<typeof quarterOf>[0])).toBe(quarter)
  })
})
