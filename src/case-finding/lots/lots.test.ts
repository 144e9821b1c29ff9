import { beforeAll, describe, expect, it } from 'vitest'
import type { Visit } from '#access'
import { addDays } from '#calendar'
import { markAccepted, tellFreePlaces } from '#case-finding'
import { many, sql } from '#database'
import { askerOf, pageOf, wordsOf } from '../../../test/asking.ts'
import { withPerson } from '../../../test/care.ts'
import { type House, openHouse, programmeId, staffId, testDay } from '../../../test/house.ts'
import { arrangeRun, pseudonym } from '../../../test/population.ts'
import { isWithin, reachOf } from '../cuts/rules.ts'
import { room } from '../index.ts'
import { inTurn } from './draw.ts'
import { bandChoices, partLine, readLotForm } from './rules.ts'
import type { InLine } from './types.ts'

const conrane = programmeId('conrane')
let house: House
let people: string[] = []

/** 12 people: the first 3 differ, the next 8 are counted alike, the last has nothing. Half are another practice's. */
beforeAll(async () => {
  house = await openHouse()
  for (let at = 0; at < 12; at++) {
    people = [
      ...people,
      await house.arrangePerson({ family: `Tie${at}`, practice: at % 2 ? 'canalSide' : 'lundStreet' }),
    ]
  }
  await arrangeRun(
    house,
    conrane,
    people.map((person, at) => ({
      person,
      practice: at % 2 ? 'Z00002' : 'Z00001',
      admissions: at < 3 ? 5 - at : at < 11 ? 2 : 0,
      visits: 1,
    })),
  )
})

const ask = askerOf(room.screens, () => house)
const lotsPage = async (query: Record<string, string>) =>
  wordsOf(pageOf(await ask('sofia', 'GET', '/case-finding/lots', { query })))
const approval = {
  programme: 'conrane',
  // Five places, so two are drawn: of the four of one practice the lot always passes over two at least.
  places: '5',
  band: 'alike',
  seen: '0',
  reason: 'Five places, and eight people the rule cannot tell apart',
  approved: 'yes',
}
const draw = (form: Record<string, string> = {}) =>
  ask('sofia', 'POST', '/case-finding/lots', { form: { ...approval, ...form } })
/** Who was in a draw, as the nightly work asks it of the database. */
const inDraw = ({ db }: Visit) =>
  many<{ readonly personId: string; readonly isDrawn: boolean }>(
    db,
    sql`select person_id as "personId", is_drawn as "isDrawn" from case_finding.drawn(${conrane})`,
  )
const accept = (person: string, words?: string) =>
  withPerson(house, 'drLund', person, (visit, leave) =>
    markAccepted(visit, leave, { programmeId: conrane, reason: 'several teams', seen: 0, words }),
  )

describe('how far down a list people are asked', () => {
  const cutPage = async () => wordsOf(pageOf(await ask('jo', 'GET', '/case-finding/cut')))
  const choose = (cut: string, seen: string) =>
    ask('jo', 'POST', '/case-finding/cut', { form: { programme: 'conrane', cut, seen } })
  const listOf = async (query: Record<string, string> = {}) =>
    wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding', { query })))
  const ranksOf = async (query: Record<string, string> = {}) =>
    [...(await listOf(query)).matchAll(/Rule ranking (\d+) of/g)].map(([, rank]) => Number(rank))

  it('the whole list is asked until somebody chooses, and no choice is by places nobody has counted', async () => {
    expect(await cutPage()).toMatch(
      /12 people left to judge in all practices\. .*Free places have not been counted yet\./,
    )
    expect(wordsOf(pageOf(await choose('places-1', '0')))).toContain('Select how far down the list')
    expect(await ranksOf()).toEqual([1, 3, 5, 7, 9, 11])
  })

  it('a choice says how many it asks beside the places that are free', async () => {
    await house.asSystem('count free places', (visit) =>
      tellFreePlaces(visit, conrane, { free: 4, capacity: 120 }),
    )
    const words = await cutPage()
    expect(words).toContain('4 of 120 places were free on 1 April 2026 at 9:30am.')
    expect(words).toContain('4 people asked, 8 below the cut. 4 places are free')
    expect(words).toContain('8 people asked, 4 below the cut. 4 places are free')
  })

  it('HZ13 cut by free places a list asks the first of all practices, and the rest can be judged all the same', async () => {
    expect(await choose('places-1', '0')).toMatchObject({ kind: 'go' })
    expect(await choose('all', '0')).toMatchObject({ status: 422 })
    expect(await ranksOf()).toEqual([1, 3])
    expect(await listOf()).toContain(
      '4 people more are below the cut : you can read and judge them all the same.',
    )
    expect(await ranksOf({ tab: 'below the cut' })).toEqual([5, 7, 9, 11])
    expect(await listOf({ tab: 'below the cut' })).toContain('Decline')
  })

  it('when somebody is declined the next in line is asked', async () => {
    const person = people[0] ?? ''
    await ask('drLund', 'POST', '/case-finding/:person/decline', {
      params: { person },
      form: { seen: '0', 'reason-declined': 'well supported' },
    })
    expect(await ranksOf()).toEqual([3, 5])
    await ask('drLund', 'POST', '/case-finding/:person/take-back', { params: { person } })
    expect(await ranksOf()).toEqual([1, 3])
  })

  const by = addDays(testDay, 28)
  const tell = (closings: number, expected?: { more: number; low: number; high: number }) =>
    house.asSystem('count free places', (visit) =>
      tellFreePlaces(visit, conrane, {
        ...{ free: 1, capacity: 120 },
        toCome: { by, closings, closingsDays: 182, ...(expected && { expected }) },
      }),
    )

  it('what more is expected to come free is said with its range, and whoever sets the cut chooses which it asks for', async () => {
    await tell(13, { more: 2, low: 0, high: 4 })
    const words = await cutPage()
    expect(words).toContain('1 of 120 places were free on 1 April 2026 at 9:30am.')
    expect(words).toContain(
      'About 2 more are expected by 29 April 2026 (between 0 and 4). 13 people were closed in the last 6 months.',
    )
    expect(words).toContain('1 person asked, 11 below the cut. 1 place is free')
    expect(words).toContain('3 people asked, 9 below the cut. 1 place is free and about 2 more are expected')
    expect(await choose('places-to-come-1', '1')).toMatchObject({ kind: 'go' })
    expect(await ranksOf()).toEqual([1, 3])
    expect(await listOf()).toContain(
      'This list asks one person for each place free now or expected in the next 28 days.',
    )
  })

  it('with fewer than 6 closed nobody can say what will come free, and the list asks for the places free now', async () => {
    await tell(5)
    expect(await cutPage()).toContain(
      'How many more will come free cannot be said: too few people were closed lately. 5 people were closed in the last 6 months, and 6 are needed.',
    )
    expect(wordsOf(pageOf(await choose('places-to-come-2', '2')))).toContain('Select how far down the list')
    expect(await ranksOf()).toEqual([1])
    expect(await listOf()).toContain('So it asks for the places free now.')
    await choose('places-1', '2')
  })

  it('without a free place nobody is asked, and everybody can be read', async () => {
    await house.asSystem('count free places', (visit) =>
      tellFreePlaces(visit, conrane, { free: 0, capacity: 120 }),
    )
    expect(await ranksOf()).toEqual([])
    expect(await ranksOf({ tab: 'below the cut' })).toHaveLength(6)
    expect(await choose('all', '3')).toMatchObject({ saved: 'The list asks everybody from now on.' })
    expect(await ranksOf()).toHaveLength(6)
  })

  it('R-007 cut by weighted lists each practice asks its own first, and one whose list nobody gave asks everybody', async () => {
    await house.arrange(
      `update organisations.organisation set weighted_list_size = 210 where code = 'Z00001'`,
    )
    expect(await cutPage()).toMatch(
      /In each practice as many people as 1 in 100 of its weighted list 8 people asked, 4 below the cut\. Of a practice whose weighted list is not known, everybody is asked/,
    )
    expect(await choose('weighted-1', '4')).toMatchObject({ kind: 'go' })
    expect(await ranksOf()).toEqual([1, 3])
    expect(await listOf()).toContain(
      'This list asks in each practice as many people as 1 in 100 of its weighted list.',
    )
    expect(await ranksOf({ tab: 'below the cut' })).toEqual([5, 7, 9, 11])
    await house.arrange(
      `update organisations.organisation set weighted_list_size = 420 where code = 'Z00001'`,
    )
    expect(await ranksOf()).toEqual([1, 3, 5, 7])
    await choose('all', '5')
    await house.arrange(
      `update organisations.organisation set weighted_list_size = null where code = 'Z00001'`,
    )
  })
})

describe('near ties are drawn by lot', () => {
  it('what a draw would mean is said before anybody is drawn', async () => {
    const words = await lotsPage({ programme: 'conrane', places: '5', band: 'alike' })
    expect(words).toContain('12 people left to judge')
    expect(words).toContain('Asked without a lot 3, before the near ties')
    expect(words).toContain('In the draw 8, counted alike by the rule. 2 of them are drawn')
    expect(words).toContain('After them 1, who wait as before')
    expect(words).toContain('Nothing has been drawn by lot.')
  })

  it('a place for everybody, or nobody near the line, and nothing is drawn', async () => {
    expect(await lotsPage({ programme: 'conrane', places: '12', band: 'alike' })).toContain(
      'There is a place for everybody',
    )
    expect(await lotsPage({ programme: 'conrane', places: '1', band: 'alike' })).toContain(
      'Nobody after the line is that near',
    )
  })

  it('takes somebody who may approve it, a reason and their name; nothing typed is lost', async () => {
    const asked = await draw({ approved: '', reason: 'none' })
    expect(asked).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(asked))).toContain('Tick the box to say that you approve this draw in your name')
    expect(pageOf(asked)).toContain('>none</textarea>')
    await expect(ask('yasmin', 'POST', '/case-finding/lots', { form: approval })).rejects.toThrow()
  })

  it('HZ13 of two who draw at once one is kept, with everybody in it, and the draw can be made again', async () => {
    const answers = await Promise.all([draw(), draw()])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['go', 'page'])
    expect(await house.arrange('select drawn_on::text as on, places from case_finding.lot')).toEqual([
      { on: '2026-04-01', places: 5 },
    ])
    const drawn = await house.asSystem('evaluate', inDraw)
    expect(new Set(drawn.map(({ personId }) => personId))).toEqual(new Set(people.slice(3, 11)))
    expect(drawn.filter(({ isDrawn }) => isDrawn)).toHaveLength(2)
    const rows = await house.arrange(
      `select replace(p.pseudonym::text, '-', '') as pseudonym, l.seed, p.is_drawn as drawn, l.approved_by as by
       from case_finding.lot_person p join case_finding.lot l on l.id = p.lot_id order by p.turn`,
    )
    expect(rows[0]?.by).toBe(staffId('sofia'))
    const again = inTurn(tied(4, 11), String(rows[0]?.seed))
    expect(rows.map((row) => row.pseudonym)).toEqual(again.map((one) => one.pseudonym))
    expect(rows.map((row) => row.drawn)).toEqual([true, true, false, false, false, false, false, false])
  })
  const tied = (from: number, to: number): readonly InLine[] =>
    Array.from({ length: to - from + 1 }, (_, at) => ({
      ...{ pseudonym: pseudonym(from + at), rank: from + at, emergencyAdmissions: 2, aeVisits: 1 },
      ...{ conditions: 0, isReturned: false },
    }))

  it('a draw is never changed, not by the owner of the tables', async () => {
    await expect(house.arrange('update case_finding.lot set places = 7')).rejects.toThrow('never changed')
    await expect(house.arrange('delete from case_finding.lot_person')).rejects.toThrow('never changed')
  })

  it('nobody draws again while somebody drawn is not judged', async () => {
    expect(wordsOf(pageOf(await draw({ seen: '1' })))).toContain(
      '2 of those drawn in the last 35 days are not judged yet, and hold their places.',
    )
  })

  it('HZ14 the list and the page of each say how the lot fell, and nobody is hidden by it', async () => {
    const list = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding')))
    expect(list).toContain('6 left to judge of 6')
    expect(list).toContain('Near ties were drawn by lot on 1 April 2026')
    expect(list).toContain('8 people counted alike by the rule were in the draw and 2 were drawn')
    const query = { show: 'not drawn' }
    const shown = pageOf(await ask('drLund', 'GET', '/case-finding', { query }))
    const [person] = [...shown.matchAll(/href="\/case-finding\/([0-9a-f-]{36})\?/g)].map(([, id]) => id ?? '')
    expect(wordsOf(shown)).toContain('In the draw of 1 April 2026, not drawn')
    const why = await ask('drLund', 'GET', '/case-finding/:person', { params: { person: person ?? '' } })
    expect(wordsOf(pageOf(why))).toContain('In the draw by lot of 1 April 2026, and not drawn.')
    expect(wordsOf(pageOf(why))).toContain('You may still accept her: you are asked to write why.')
    expect(await accept(person ?? '')).toMatchObject({
      problems: [
        { field: 'words', message: 'Enter why now: they were in the draw of 1 April 2026 and not drawn' },
      ],
    })
    expect(await accept(person ?? '', 'her husband died on Sunday')).toMatchObject({ ok: true })
    const drawn = await house.asSystem('evaluate', inDraw)
    expect(drawn.find(({ personId }) => personId === person)?.isDrawn).toBe(false)
  })

  it('HZ14 a list cut and drawn says so on paper and in its file, and how the lot fell for each person', async () => {
    // Cut to one place: of the two or more of this practice the lot passed over one was accepted above, and another is below it.
    const { places, before } = { places: { free: 1, capacity: 120 }, before: '6' }
    await house.asSystem('count free places', (visit) => tellFreePlaces(visit, conrane, places))
    await ask('jo', 'POST', '/case-finding/cut', {
      form: { programme: 'conrane', cut: 'places-1', seen: before },
    })
    const facts = [
      'In order by the rule, not validated here.',
      'Cut: it asks one person for each free place. 1 of 120 places',
      'Near ties were drawn by lot on 1 April 2026: of 8 people counted alike by the rule 2 were drawn. Dr Sofia Marino approved it: “Five places, and eight people the rule cannot tell apart”.',
    ]
    const paper = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/print')))
    const below = wordsOf(
      pageOf(await ask('drLund', 'GET', '/case-finding/print', { query: { tab: 'below the cut' } })),
    )
    const file = await ask('drLund', 'POST', '/case-finding/download', {
      form: { list: 'tab=below+the+cut', purpose: 'direct care' },
    })
    const text = file.kind === 'file' ? String(file.body) : ''
    for (const fact of facts) {
      expect(paper).toContain(fact)
      expect(text).toContain(fact.replaceAll('"', '""'))
    }
    expect(paper).toMatch(/The cut falls after rank \d of all practices together\./)
    expect(paper).not.toContain('hold-out')
    expect(below).toContain('In the draw of 1 April 2026, not drawn')
    expect(text).toMatch(/In the draw of 1 April 2026, not drawn/)
    expect(text).toMatch(/,rank,admission_in_100,/)
  })

  it('no page may ask who was drawn of everybody', async () => {
    await expect(house.as('sofia', inDraw)).rejects.toThrow('permission denied')
  })
})

describe('the reach of a cut', () => {
  const run = { considered: 1000, percent: 5, modelId: 'm' }
  const free = { free: 6, capacity: 60, countedAt: new Date('2026-04-01') }
  const person = (rank: number, risk?: number) => ({
    rank,
    isReturned: false,
    ...(risk !== undefined && { risk }),
  })
  it.each([
    ['by percent', { way: 'percent', percent: 2 }, [true, true, false]],
    ['by the model’s number', { way: 'number', in100: 30 }, [true, false, false]],
    ['by free places', { way: 'places', perPlace: 1 }, [true, false, false]],
    ['not at all', { way: 'all' }, [true, true, true]],
  ] as const)('%s', (_, cut, within) => {
    const reach = reachOf(cut, run, free, 6)
    const asked = [person(6, 0.4), person(20, 0.29), person(21, 0.28)].map((one) => isWithin(one, reach))
    expect(asked).toEqual(within)
  })
  it('is at a number as the list shows it: whoever reads 40 in 100 is within a cut at 40', () => {
    const reach = reachOf({ way: 'number', in100: 40 }, run, free, undefined)
    expect([0.401, 0.396, 0.394].map((risk) => isWithin(person(900, risk), reach))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('by number cuts nobody once the model is out of use', () => {
    const reach = reachOf({ way: 'number', in100: 30 }, { considered: 1000 }, free, undefined)
    expect(isWithin(person(900), reach)).toBe(true)
  })
  it('whoever is shown again early or was drawn by lot is asked, wherever they stand', () => {
    const reach = reachOf({ way: 'percent', percent: 1 }, run, free, undefined)
    expect(isWithin({ rank: 900, isReturned: true }, reach)).toBe(true)
    const lot = { drawnOn: testDay, isDrawn: true }
    expect(isWithin({ ...person(900), lot }, reach)).toBe(true)
  })
})

describe('who is near the line', () => {
  const line: readonly InLine[] = [0.5, 0.31, 0.3, 0.29, 0.285, 0.1].map((risk, at) => ({
    ...{
      pseudonym: pseudonym(at + 1),
      rank: at + 1,
      emergencyAdmissions: 0,
      aeVisits: 0,
      ...{ conditions: 0, isReturned: false },
      risk,
    },
  }))
  it.each([
    ['within 1 place of it', { kind: 'ranks', width: 1 }, [2, 2, 2, 1]],
    ['more places than there are before it', { kind: 'ranks', width: 9 }, [0, 6, 0, 3]],
    ['within 1 in 100 of the number at it', { kind: 'in 100', width: 1 }, [1, 3, 2, 2]],
    ['within 2 in 100', { kind: 'in 100', width: 2 }, [1, 4, 1, 2]],
  ] as const)('%s', (_, band, [before, inDraw, after, toDraw]) => {
    const parted = partLine(line, 3, band)
    if ('nothing' in parted) throw new Error(parted.nothing)
    expect([parted.before.length, parted.inDraw.length, parted.after.length, parted.toDraw]).toEqual([
      before,
      inDraw,
      after,
      toDraw,
    ])
  })

  it('a band by number is for a list that has numbers', () => {
    expect(readLotForm({ places: '6', band: 'in100-2' }, false)).toHaveProperty('problems')
    expect(readLotForm({ places: '6', band: 'in100-2' }, true)).toEqual({
      ...{ places: 6, band: { kind: 'in 100', width: 2 } },
    })
    expect(readLotForm({ places: '0', band: 'alike' }, false)).toHaveProperty('problems')
  })

  it('those the rule counts alike are near on the rule’s list only: by a model’s number they stand anywhere', () => {
    expect(readLotForm({ places: '6', band: 'alike' }, true)).toMatchObject({ problems: [{ field: 'band' }] })
    expect(bandChoices(true).map(({ value }) => value)).not.toContain('alike')
    expect(bandChoices(false)[0]?.value).toBe('alike')
  })
})
