import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addDays, addMonths } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { measuresOf, outcomesOf } from './index.ts'
import { readPack } from './pack-file.ts'
import { scoreOnly } from './score-only.data.ts'
import { scoresOf } from './scoring.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

/** A pack as a site might bring it. Its words are the test’s own: no licensed word is in it. */
function packFor(key: string, change: Record<string, unknown> = {}) {
  const scoring = scoreOnly.find((one) => one.key === key)
  if (!scoring) throw new Error(`no ${key}`)
  const answers = scoring.items.map(({ values }) => values.at(-1) ?? 0)
  const given = Object.fromEntries(scoring.items.map((item, at) => [item.key, answers[at] ?? 0]))
  return {
    format: 'keyworker measure pack 1',
    instrument: key,
    version: scoring.version,
    edition: 'Made-up edition 1',
    licence: {
      holder: 'Quayside Health Trust',
      reference: 'QHT 2026 17',
      notice: 'Copyright of nobody: made-up words',
      from: '2026-01-01',
      until: '2027-03-31',
    },
    stem: 'Made-up questions of the site.',
    answeredBy: ['the person', 'staff'],
    questions: scoring.items.map(({ key: item, values }) => ({
      key: item,
      words: `Made-up question ${item}`,
      choices: values.map((value) => ({ value, words: `Made-up answer ${value}` })),
    })),
    examples: [
      {
        answers,
        scores: Object.fromEntries(scoresOf(scoring, given).map(({ scale, value }) => [scale, value])),
      },
    ],
    ...change,
  }
}

const said = (pack: unknown) => {
  const read = readPack(typeof pack === 'string' ? pack : JSON.stringify(pack), testDay)
  return read.ok ? 'fits' : read.sentence
}
const licence = (change: Record<string, unknown>) =>
  packFor('swemwbs', { licence: { ...packFor('swemwbs').licence, ...change } })
const swemwbs = packFor('swemwbs')
const without = (field: string) =>
  Object.fromEntries(Object.entries(swemwbs).filter(([key]) => key !== field))

describe('a file of licensed words', () => {
  it.each(scoreOnly.map(({ key }) => [key]))('%s fits when it has every question, value and score', (key) => {
    expect(said(packFor(key))).toBe('fits')
  })

  it.each([
    ['hello', /This is not a measure pack: choose the file/],
    ['null', /does not fit a measure pack at “its beginning”/],
    [without('licence'), /does not say under which licence/],
    [licence({ holder: '' }), /does not say who holds the licence/],
    [licence({ holder: undefined }), /does not say who holds the licence/],
    [licence({ reference: ' ' }), /has no licence reference/],
    [licence({ until: '2026-03-31' }), /The licence ran out on 31 March 2026/],
    [licence({ until: '31 March 2027' }), /does not say when the licence ends/],
    [licence({ from: '2026-05-01' }), /The licence begins on 1 May 2026/],
    [licence({ from: '2027-04-01' }), /ends before it begins/],
    [{ ...swemwbs, version: 'SWEMWBS 8 items' }, /for the version “SWEMWBS 8 items”/],
    [{ ...swemwbs, questions: swemwbs.questions.slice(1) }, /6 questions, and SWEMWBS has 7/],
    [{ ...swemwbs, questions: swemwbs.questions.toReversed() }, /Question 1 of the file has the key “7”/],
    [{ ...swemwbs, instrument: 'phq-9' }, /PHQ-9 needs no pack/],
    [{ ...swemwbs, instrument: 'eq-5d-5l' }, /EQ-5D-5L is never asked here/],
    [{ ...swemwbs, instrument: 'zarit' }, /cannot add up “zarit”/],
    [{ ...swemwbs, colour: 'blue' }, /has “colour”, which a measure pack does not have/],
    [{ ...swemwbs, examples: [] }, /no worked example/],
    [
      { ...swemwbs, examples: [{ answers: [5, 5], scores: { metric: 35 } }] },
      /does not answer each question/,
    ],
    [{ ...swemwbs, examples: [{ answers: [3, 3, 3, 3, 3, 3, 3], scores: { total: 21 } }] }, /names “total”/],
    [
      { ...swemwbs, examples: [{ answers: [3, 3, 3, 3, 3, 3, 3], scores: { metric: 21 } }] },
      /Example 1 of the file comes to 21 on “metric”, and the arithmetic here gives 19.25/,
    ],
  ])('is refused in one sentence: %#', (pack, sentence) => {
    expect(said(pack)).toMatch(sentence)
  })

  it('of one Barthel index is not taken for the other: the two are never mixed', () => {
    const { questions, examples } = packFor('barthel-100')
    expect(said({ ...packFor('barthel-20'), questions, examples })).toMatch(
      /Question 1 of the file takes the answers 0, 5, 10, and the arithmetic takes 0, 1, 2/,
    )
  })
})

type Sent = Readonly<Record<string, string>>

const send = (who: Cast, method: Route['method'], path: string, params: Sent, form: Sent = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    if (route.may !== 'anyone signed in' && !visit.caller.activities.has(route.may))
      throw new Error('not theirs')
    return route.answer(visit, askedWith({ params, form, query: method === 'GET' ? form : {} }))
  })

const putIn = (who: Cast, pack: unknown) =>
  send(who, 'POST', '/measures/packs', {}, { file: typeof pack === 'string' ? pack : JSON.stringify(pack) })
const packsPage = async (who: Cast) => wordsOf(pageOf(await send(who, 'GET', '/measures/packs', {})))
const ask = '/people/:person/measures/:instrument'
const whoHowWhen = { who: 'the person', via: 'telephone', 'on-day': '1', 'on-month': '4', 'on-year': '2026' }
const seven = (value: number): Sent =>
  Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((item) => [`answer-${item}`, String(value)]))
const save = (person: string, form: Sent) =>
  send('amina', 'POST', ask, { person, instrument: 'swemwbs' }, { _person: person, ...form })
const measuresPage = async (person: string) =>
  wordsOf(pageOf(await send('amina', 'GET', '/people/:person/measures', { person })))
const kept = (person: string) =>
  withPerson(house, 'amina', person, (visit, leave) => measuresOf(visit.db, leave))

describe('without a licence', () => {
  it('a measure is named and said not to be available, and cannot be asked or kept', async () => {
    const person = await someoneInCare(house)
    expect(await measuresPage(person)).toContain('SWEMWBS, not available here: needs a licence')
    expect(await packsPage('jo')).toContain('Not available here: needs a licence')
    await expect(send('amina', 'GET', ask, { person, instrument: 'swemwbs' })).rejects.toMatchObject({
      kind: 'not for you',
    })
    const [episode] = await house.arrange('select id from people.episode where person_id = $1', [person])
    await expect(
      house.arrange(
        `insert into assessment.assessment (id, person_id, episode_id, instrument, version, answered_by, answered_via,
           answered_on, recorded_by, recorded_at)
         select gen_random_uuid(), $1, $2, 'swemwbs', 'x', 'the person', 'post', current_date, id, now()
         from organisations.staff limit 1`,
        [person, episode?.id],
      ),
    ).rejects.toThrow(/licensed_by_a_pack/)
  })

  it('only the administrator puts words in; whoever writes programmes reads which there are', async () => {
    await expect(putIn('amina', swemwbs)).rejects.toThrow('not theirs')
    await expect(putIn('yasmin', swemwbs)).rejects.toThrow('not theirs')
  })

  it('the empty file has every key and value and no words', async () => {
    const file = await send('jo', 'GET', '/measures/packs/empty', {}, { measure: 'ipos' })
    const empty = file.kind === 'file' ? JSON.parse(String(file.body)) : {}
    expect(empty.questions).toHaveLength(17)
    expect(new Set(empty.questions.map(({ words }: { words: string }) => words))).toEqual(new Set(['']))
    expect(said(empty)).not.toBe('fits')
  })

  it('what does not fit comes back with its sentence, and nothing typed is lost', async () => {
    const answer = await putIn('jo', { ...swemwbs, version: 'another' })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(pageOf(answer)).toContain('Made-up question 7')
    expect(wordsOf(pageOf(answer))).toContain('for the version “another”')
    expect(await packsPage('jo')).not.toContain('Quayside Health Trust')
  })
})

describe('with a licence', () => {
  beforeAll(async () => {
    expect(await putIn('jo', swemwbs)).toMatchObject({ kind: 'go' })
  })

  it('it is asked in the site’s words, scored by our arithmetic, and says whose licence it is', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -60) })
    const form = pageOf(await send('amina', 'GET', ask, { person, instrument: 'swemwbs' }))
    expect(wordsOf(form)).toContain('Made-up question 7')
    expect(wordsOf(form)).toContain(
      'Copyright of nobody: made-up words. Licence of Quayside Health Trust, reference QHT 2026 17, until 31 March 2027.',
    )
    expect(form).not.toMatch(/type="radio"[^>]*checked/)
    await save(person, { ...whoHowWhen, 'on-day': '5', 'on-month': '2', ...seven(2) })
    await save(person, { ...whoHowWhen, ...seven(3) })
    const page = await measuresPage(person)
    expect(page).toContain('SWEMWBS metric score: 3.93 up since 5 February 2026, better')
    expect(await kept(person)).toMatchObject([
      { version: 'SWEMWBS 7 items, metric: Made-up edition 1', scores: [{ scale: 'metric', value: 15.32 }] },
      { scores: [{ scale: 'metric', value: 19.25 }] },
    ])
  })

  it('HZ07 with an answer missing there is no score, as with every other measure', async () => {
    const person = await someoneInCare(house)
    await save(person, { ...whoHowWhen, ...seven(3), 'answer-4': 'not known' })
    expect((await kept(person))[0]?.scores).toMatchObject([{ whyNone: '1 of 7 questions not answered' }])
  })

  it('no answer is kept from before the licence began', async () => {
    const person = await someoneInCare(house, { openedOn: addMonths(testDay, -6) })
    const answer = await save(person, { ...whoHowWhen, 'on-month': '12', 'on-year': '2025', ...seven(3) })
    expect(wordsOf(pageOf(answer))).toContain('Enter a day from 1 January 2026 on, when the licence began')
    expect(await kept(person)).toEqual([])
  })

  it('a programme may ask it, and it is due like any other', async () => {
    await house.arrange(
      `insert into organisations.programme_version (programme_id, version, template, published_by, published_at)
       select programme_id, version + 1,
         template || '{"measures":[{"instrument":"swemwbs","at":["baseline"]},{"instrument":"ipos","at":["baseline"]}]}',
         published_by, now()
       from organisations.programme_version where programme_id = $1 order by version desc limit 1`,
      [programmeId('virtual-ward')],
    )
    const person = await someoneInCare(house, { programme: 'virtual-ward' })
    const page = await measuresPage(person)
    expect(page).toContain('Ask SWEMWBS at the start')
    expect(page).not.toContain('Ask IPOS at the start')
  })

  it('it counts in a programme’s outcomes beside the measures that ship', async () => {
    const opened = addDays(testDay, -40)
    for (let n = 0; n < 8; n++) {
      const person = await someoneInCare(house, { openedOn: opened })
      await save(person, { ...whoHowWhen, 'on-day': '1', 'on-month': '3', ...seven(2) })
      await save(person, { ...whoHowWhen, ...seven(3) })
    }
    const months = {
      programmeId: programmeId('conrane'),
      from: addMonths(testDay, -3),
      before: addMonths(testDay, 1),
    }
    const rows = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    const own = rows.find(({ instrument }) => instrument === 'swemwbs')
    expect(own).toMatchObject({ scale: 'metric', isOwn: true })
    expect(own?.pairs).toBeGreaterThanOrEqual(8)
    expect(own?.meanFirst).toBeCloseTo(15.32, 6)
    expect(own?.meanLast).toBeCloseTo(19.25, 6)
  })

  it('the same file again changes nothing; a renewed licence takes its place and the trend goes on', async () => {
    const again = await putIn('jo', JSON.stringify(swemwbs, null, 3))
    expect(wordsOf(pageOf(again))).toContain('This very file is in force already')
    expect(await putIn('jo', licence({ until: '2028-03-31', reference: 'QHT 2027 3' }))).toMatchObject({
      kind: 'go',
    })
    const page = await packsPage('jo')
    expect(page).toContain('reference QHT 2027 3, until 31 March 2028')
    expect(page).toContain('Jo Marchetti: The licence was renewed')
  })

  it('when the licence has run out it is asked no more, and says so', async () => {
    const person = await someoneInCare(house)
    await save(person, { ...whoHowWhen, ...seven(4) })
    const move = (until: string) =>
      house.arrange(`update assessment.pack set licensed_until = $1 where ended_at is null`, [until])
    await move('2026-03-31')
    expect(await measuresPage(person)).toContain('SWEMWBS, not available here: needs a licence')
    expect(await packsPage('jo')).toContain('The licence ran out on 31 March 2026: not asked')
    expect(await save(person, { ...whoHowWhen, ...seven(1) }).catch(({ kind }) => kind)).toBe('not for you')
    expect(await kept(person)).toHaveLength(1)
    await move('2026-04-20')
    expect(await packsPage('jo')).toContain('Runs out in 19 days')
  })

  it('withdrawn with a reason it is asked no more; what was answered stays, with its words and scores', async () => {
    const person = await someoneInCare(house)
    await save(person, { ...whoHowWhen, ...seven(3) })
    const [measure] = await kept(person)
    const [pack] = await house.arrange('select id from assessment.pack where ended_at is null')
    const id = String(pack?.id)
    const path = '/measures/packs/:pack/withdraw'
    expect(await send('jo', 'POST', path, { pack: id }, {})).toMatchObject({ kind: 'page', status: 422 })
    expect(
      await send('jo', 'POST', path, { pack: id }, { [`reason-${id}`]: 'The trust gave it up' }),
    ).toMatchObject({ kind: 'go' })
    expect(await packsPage('jo')).toContain('Jo Marchetti: The trust gave it up')
    expect(await measuresPage(person)).toContain('SWEMWBS, not available here: needs a licence')
    expect(await measuresPage(person)).toContain('19.25 of 35')
    const answers = wordsOf(
      pageOf(
        await send('amina', 'GET', '/people/:person/measures/answers/:answers', {
          person,
          answers: measure?.id ?? '',
        }),
      ),
    )
    expect(answers).toContain('Made-up question 1')
    expect(answers).toContain('Licence of Quayside Health Trust')
    await expect(send('jo', 'POST', path, { pack: id }, { [`reason-${id}`]: 'Again' })).rejects.toMatchObject(
      {
        kind: 'not for you',
      },
    )
  })

  it('an IPOS answer of severe or overwhelming says that a review is asked for, whatever the total', async () => {
    await putIn('jo', packFor('ipos'))
    const person = await someoneInCare(house)
    const path = { person, instrument: 'ipos' }
    const answers = (value: (item: number) => number): Sent =>
      Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`answer-${at + 1}`, String(value(at + 1))]))
    const seen = async (value: (item: number) => number) => {
      const saved = await send('amina', 'POST', ask, path, {
        _person: person,
        ...whoHowWhen,
        ...answers(value),
      })
      const id = saved.kind === 'go' ? (saved.to.split('/').at(-1) ?? '') : ''
      const show = '/people/:person/measures/answers/:answers'
      return wordsOf(pageOf(await send('amina', 'GET', show, { person, answers: id })))
    }
    expect(await seen((item) => (item === 4 ? 3 : 0))).toContain(
      'A physical symptom is severe or overwhelming: review it',
    )
    expect(await seen((item) => (item === 12 ? 4 : 0))).not.toContain('review it')
  })
})
