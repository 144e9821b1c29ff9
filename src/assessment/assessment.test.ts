import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Outcome } from '#access'
import { addDays, addMonths } from '#calendar'
import { openTasks } from '#co-ordination'
import { episodesOf } from '#people'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { answerCountsOf, measuresOf, outcomesOf, recordMeasure, strikeAnswers } from './index.ts'
import type { Answers, NewMeasure } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const nine = (values: readonly number[]): Answers =>
  Object.fromEntries(values.map((value, at) => [String(at + 1), value]))

const calm = nine([1, 1, 0, 1, 0, 1, 0, 0, 0])
const worried = nine([2, 2, 2, 2, 2, 1, 1, 1, 1])

type Kept = { readonly assessmentId: string; readonly isAlert: boolean }

const ask = (who: Cast, person: string, change: Partial<NewMeasure> = {}): Promise<Outcome<Kept>> =>
  withPerson(house, who, person, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    return recordMeasure(visit, leave, {
      instrument: 'phq-9',
      episodeId: episode?.id ?? '',
      answeredBy: 'the person',
      answeredVia: 'telephone',
      answeredOn: testDay,
      answers: calm,
      ...change,
    })
  })

const kept = (person: string) =>
  withPerson(house, 'amina', person, (visit, leave) => measuresOf(visit.db, leave))

const tasksOf = (person: string) =>
  withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))

describe('writing down what somebody answered', () => {
  it('R-186 keeps every answer, the score with its version, who answered and how', async () => {
    const person = await someoneInCare(house)
    expect(await ask('amina', person, { answeredBy: 'a carer, for them' })).toMatchObject({ ok: true })
    expect(await kept(person)).toMatchObject([
      {
        instrument: 'phq-9',
        answeredBy: 'a carer, for them',
        answeredVia: 'telephone',
        recordedByName: 'Amina Yusuf',
        answers: { 1: 1, 3: 0, 9: 0, 10: 'not asked' },
        scores: [{ scale: 'total', value: 4, scoringVersion: 1 }],
      },
    ])
  })

  it('HZ07 keeps a question somebody would not answer as that, and no score', async () => {
    const person = await someoneInCare(house)
    await ask('amina', person, { answers: { ...calm, 2: 'prefers not to say', 7: 'not known' } })
    const [measure] = await kept(person)
    expect(measure?.answers).toMatchObject({ 2: 'prefers not to say', 7: 'not known' })
    expect(measure?.scores).toEqual([
      { scale: 'total', whyNone: '2 of 9 questions not answered', scoringVersion: 1 },
    ])
  })

  it('HZ07 refuses an answer out of range, and keeps nothing', async () => {
    const person = await someoneInCare(house)
    expect(await ask('amina', person, { answers: { ...calm, 4: 4 } })).toMatchObject({
      ok: false,
      problems: [{ field: 'answer-4', message: 'Select one of the answers' }],
    })
    expect(await kept(person)).toEqual([])
  })

  it('HZ07 a score is a value or a reason for none, by the database’s own rule', async () => {
    const person = await someoneInCare(house)
    const outcome = await ask('amina', person)
    const id = outcome.ok ? outcome.value.assessmentId : ''
    await expect(
      house.arrange(
        `insert into assessment.score (assessment_id, person_id, scale, scoring_version) values ($1, $2, 'x', 1)`,
        [id, person],
      ),
    ).rejects.toThrow(/check/)
    await expect(
      house.arrange(`insert into assessment.answer (assessment_id, person_id, item) values ($1, $2, 'x')`, [
        id,
        person,
      ]),
    ).rejects.toThrow(/check/)
  })

  it('HZ01 answers under another person’s set are refused by the database', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    const outcome = await ask('amina', a)
    await expect(
      house.arrange(
        `insert into assessment.answer (assessment_id, person_id, item, value) values ($1, $2, 'x', 1)`,
        [outcome.ok ? outcome.value.assessmentId : '', b],
      ),
    ).rejects.toThrow(/foreign key/)
  })

  it.each([
    [{ answeredOn: addDays(testDay, 1) }, 'on'],
    [{ answeredOn: addDays(testDay, -1) }, 'on'],
    [{ answers: {} }, 'answer-1'],
    [{ words: 'x'.repeat(2001) }, 'words'],
  ])('with %j says what to put right', async (change, field) => {
    const person = await someoneInCare(house)
    expect(await ask('amina', person, change)).toMatchObject({ ok: false, problems: [{ field }] })
  })

  it('nobody answers the ONS4 for somebody else', async () => {
    const person = await someoneInCare(house)
    const outcome = await ask('amina', person, {
      instrument: 'ons4',
      answeredBy: 'a carer, for them',
      answers: { satisfied: 7 },
    })
    expect(outcome).toMatchObject({ ok: false, problems: [{ field: 'who' }] })
  })

  it('the same form sent twice is one set of answers; with other answers it is a problem', async () => {
    const person = await someoneInCare(house)
    const id = newId()
    await ask('amina', person, { id })
    expect(await ask('amina', person, { id })).toMatchObject({ ok: true })
    expect(await ask('amina', person, { id, answers: worried })).toMatchObject({ ok: false })
    expect(await kept(person)).toHaveLength(1)
  })

  it('is for somebody with an episode open, or closed within 28 days', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -60) })
    const closed = (days: number) =>
      house.arrange('update people.episode set closed_on = $1 where person_id = $2', [
        addDays(testDay, -days),
        person,
      ])
    await closed(28)
    expect(await ask('amina', person)).toMatchObject({ ok: true })
    await closed(29)
    await expect(ask('drLund', person)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('struck answers stay to be read, and only once', async () => {
    const person = await someoneInCare(house)
    const outcome = await ask('amina', person)
    const id = outcome.ok ? outcome.value.assessmentId : ''
    const strike = (reason: string) =>
      withPerson(house, 'amina', person, (visit, leave) => strikeAnswers(visit, leave, id, reason))
    expect(await strike(' ')).toMatchObject({ ok: false, problems: [{ field: 'reason' }] })
    expect(await strike('Her sister’s answers')).toMatchObject({ ok: true })
    expect(await kept(person)).toMatchObject([{ id, struckReason: 'Her sister’s answers' }])
    await expect(strike('Again')).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('HZ28 an answer about death or self-harm', () => {
  it('HZ28 above 0 gives the team an urgent task for today, whatever the total and whoever answered', async () => {
    const person = await someoneInCare(house)
    const outcome = await ask('drLund', person, {
      answers: nine([0, 0, 0, 0, 0, 0, 0, 0, 1]),
      answeredBy: 'a carer, for them',
      answeredVia: 'post',
    })
    expect(outcome).toMatchObject({ ok: true, value: { isAlert: true } })
    expect(await tasksOf(person)).toMatchObject([
      {
        isUrgent: true,
        dueOn: testDay,
        holderName: 'Quayside co-ordination team',
        what: 'Talk to them today about thoughts of being better off dead or of hurting themselves',
      },
    ])
  })

  it('HZ28 with other answers missing is acted on all the same', async () => {
    const person = await someoneInCare(house)
    await ask('amina', person, { answers: { 9: 3 } })
    expect(await tasksOf(person)).toHaveLength(1)
  })

  it('HZ28 the same form sent twice raises one task', async () => {
    const person = await someoneInCare(house)
    const id = newId()
    await ask('amina', person, { id, answers: worried })
    await ask('amina', person, { id, answers: worried })
    expect(await tasksOf(person)).toHaveLength(1)
  })

  it('HZ28 at 0, or in another measure, raises nothing', async () => {
    const person = await someoneInCare(house)
    expect(await ask('amina', person)).toMatchObject({ ok: true, value: { isAlert: false } })
    expect(await tasksOf(person)).toEqual([])
  })
})

describe('HZ38 a carer’s own health', () => {
  it('HZ38 is not written in the record of the person they care for', async () => {
    const person = await someoneInCare(house)
    expect(await ask('amina', person, { answeredBy: 'a carer, about themselves' })).toMatchObject({
      ok: false,
      problems: [{ field: 'who', message: 'Record this in the carer’s own record: it is about the carer' }],
    })
    await ask('amina', person)
    await expect(
      house.arrange(
        `update assessment.assessment set answered_by = 'a carer, about themselves' where person_id = $1`,
        [person],
      ),
    ).rejects.toThrow(/check/)
  })

  it('what the service was like for them is theirs to say', async () => {
    const person = await someoneInCare(house)
    const outcome = await ask('amina', person, {
      instrument: 'fft',
      answeredBy: 'a carer, about themselves',
      answers: { 1: 2 },
      words: 'Somebody always rang back.',
    })
    expect(outcome).toMatchObject({ ok: true })
  })
})

describe('counting answers for evaluation', () => {
  const months = {
    programmeId: programmeId('virtual-ward'),
    from: addMonths(testDay, -3),
    before: addMonths(testDay, 1),
  }
  const opened = addDays(testDay, -80)

  /** So many people of the ward, each with a first score and, where it is given, a last one. */
  async function arrangeScores(pairs: readonly (readonly [number, number | undefined])[]): Promise<void> {
    for (const [first, last] of pairs) {
      const person = await someoneInCare(house, {
        owner: 'ana',
        team: 'ward',
        programme: 'virtual-ward',
        openedOn: opened,
      })
      const values = (sum: number) =>
        nine(Array.from({ length: 9 }, (_, at) => (at < 8 && at < sum / 2 ? 2 : 0)))
      await ask('ana', person, { answeredOn: opened, answers: values(first) })
      if (last !== undefined) await ask('ana', person, { answers: values(last) })
      await ask('ana', person, { instrument: 'fft', answers: { 1: first > 10 ? 1 : 2 } })
    }
  }

  beforeAll(async () => {
    // 10 asked twice: 8 fall by 6 or more and 2 stay. 8 of 10 say "Very good".
    await arrangeScores([...Array.from({ length: 8 }, () => [16, 6] as const), [8, 8], [8, 8]])
  })

  it('R-280 tells means of those asked twice, and withholds small groups and what would give them away', async () => {
    const [row, ...more] = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    expect(more).toEqual([])
    expect(row).toMatchObject({ instrument: 'phq-9', scale: 'total', isOwn: true, people: 10, pairs: 10 })
    expect(row?.meanFirst).toBeCloseTo(14.4, 10)
    expect(row?.meanLast).toBeCloseTo(6.4, 10)
    expect(row?.meanChange).toBeCloseTo(-8, 10)
    // 8, 2 and 0: the 2 is small, and the 8 would give it away.
    expect([row?.better, row?.same, row?.worse]).toEqual([undefined, undefined, 0])
  })

  it('R-280 counts the Friends and Family Test, and never an answer of fewer than 8', async () => {
    const counts = await house.as('yasmin', (visit) => answerCountsOf(visit, months, 'fft', '1'))
    expect(counts).toMatchObject([{ isOwn: true, people: 10 }])
    expect(counts[0]?.counts).toEqual({ 1: undefined, 2: undefined, 3: 0, 4: 0, 5: 0, 6: 0 })
  })

  it.each([
    ['{8,9,10}', '{8,9,10}'],
    ['{7,9,10}', '{NULL,NULL,10}'],
    ['{1,1,20}', '{NULL,NULL,NULL}'],
    ['{5,5,20}', '{NULL,NULL,20}'],
    ['{0,7,9}', '{0,NULL,NULL}'],
    ['{0,0,12}', '{0,0,12}'],
  ])('of counts %s shows %s', async (counts, shown) => {
    expect(await house.arrange('select assessment.shown($1::bigint[])::text as shown', [counts])).toEqual([
      { shown },
    ])
  })

  it('a group of fewer than 8 is not told at all', async () => {
    const rows = await house.as('yasmin', (visit) =>
      outcomesOf(visit, { ...months, from: addMonths(testDay, -3), before: addMonths(testDay, -1) }),
    )
    expect(rows.map(({ people }) => people)).toEqual([10])
    const conrane = { ...months, programmeId: programmeId('conrane') }
    const few = await house.as('yasmin', (visit) => answerCountsOf(visit, conrane, 'fft', '1'))
    for (const row of few)
      expect([row.people, ...Object.values(row.counts)].every((n) => n === undefined)).toBe(true)
  })

  it('how few were asked once is not told beside how many were asked twice', async () => {
    await arrangeScores([[10, undefined]])
    const [row] = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    expect(row).toMatchObject({ pairs: 10 })
    expect([row?.people, row?.mean]).toEqual([undefined, undefined])
  })

  it('whoever objects to evaluation is not counted', async () => {
    const [somebody] = await house.arrange(
      `select person_id from people.episode where programme_id = $1 order by id limit 1`,
      [months.programmeId],
    )
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'evaluation', 'yes', 'test', '2026-01-01', now())`,
      [newId(), somebody?.person_id],
    )
    const [row] = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    expect(row?.pairs).toBe(9)
  })

  it('is for those who see evaluation', async () => {
    await expect(house.as('pat', (visit) => outcomesOf(visit, months))).rejects.toMatchObject({
      kind: 'not for you',
    })
  })
})
