import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, newId, Refused } from '#access'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId, staffId } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { arrangeRun } from '../../../test/population.ts'
import { room } from '../index.ts'

const conrane = programmeId('conrane')
let house: House
let jean = ''
let model: { readonly id: string; readonly reportSha256: string }

type Sent = Parameters<typeof askedWith>[0]
const ask = (who: Cast, method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer> => {
  const route = room.screens.find((one) => one.method === method && one.path === path)
  if (!route) throw new Error(`no ${method} ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}
const page = async (who: Cast, path: string, sent: Sent = {}) => pageOf(await ask(who, 'GET', path, sent))
const report = () => ({ params: { model: model.id } })
const switchOn = (form: Record<string, string> = {}) =>
  ask('sofia', 'POST', '/models/:model/on', {
    ...report(),
    form: { report: model.reportSha256, answeredForBy: 'Dr Sofia Marino', hasRead: 'yes', ...form },
  })

const told = {
  risk: 0.42,
  usualIn100: 11,
  base: -2.1,
  logOdds: -0.32277339226305096,
  isShort: false,
  reasons: [
    {
      family: 'Emergency admissions',
      words: '3 emergency admissions in 12 months',
      howMuch: 'A lot',
      part: 1.2,
    },
    { family: 'Conditions', words: 'heart failure', howMuch: 'Some', part: 0.7 },
    {
      family: 'GP contacts',
      words: '2 GP contacts in 12 months, usual for this age 9',
      howMuch: 'A little',
      part: -0.12,
    },
  ],
}
const records = {
  stays: [{ on: '2026-02-20', until: '2026-03-06', isEmergency: true, diagnosis: 'I50.0', provider: 'ZT1' }],
  conditions: [{ on: '2019-05-12', system: 'snomed', code: '84114007' }],
  gp: [],
  quarters: [],
  scores: { charlson: { original: 2, quan2011: 2, words: ['heart failure'] }, elixhauser: 7 },
}

beforeAll(async () => {
  house = await openHouse()
  jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean', bornOn: '1947-06-02' })
  await arrangeRun(house, conrane, [{ person: jean, admissions: 3, conditions: ['hf'], records }])
  model = await arrangeModel(house)
  await arrangeRun(
    house,
    conrane,
    [
      {
        person: jean,
        admissions: 3,
        risk: 0.42,
        usualIn100: 11,
        isRiskRising: true,
        told: { up: ['3 emergency admissions in 12 months'], down: ['2 GP contacts in 12 months'] },
        records: { ...records, told },
      },
    ],
    { modelId: model.id },
  )
})

describe('the report of a model', () => {
  it('says its verdict in words first, its best and worst number, and has no shortened measure in its heading', async () => {
    const html = await page('yasmin', '/models/:model', report())
    const words = wordsOf(html)
    expect(words).toContain('Good enough to suggest. Not good enough to decide.')
    expect(words).toContain(
      'Of 100 people at the top of its list, 45 had an emergency admission within a year. It missed 75 of every 100',
    )
    expect(words).toContain('It says too little of 1 group: Severe mental illness.')
    expect(html).not.toMatch(/<h[12][^>]*>[^<]*AUC/)
  })

  it('tells every number with its interval, and of a group under 10 admitted nothing', async () => {
    const words = wordsOf(await page('yasmin', '/models/:model', report()))
    expect(words).toContain('45 (43 to 47)')
    expect(words).toContain('1.24 (1.03 to 1.48)')
    expect(words).toContain('Learning disability fewer than 8 fewer than 10 Not shown')
    expect(words).toContain('Says too little')
  })

  it('answers the items of TRIPOD+AI and PROBAST+AI from the run', async () => {
    const words = wordsOf(await page('yasmin', '/models/:model', report()))
    expect(words).toContain('TRIPOD+AI, answered from this run')
    expect(words).toContain('22,596 people, 2,050 admitted')
  })

  it('is one file that asks for nothing from anywhere, and says SYNTHETIC', async () => {
    const answer = await ask('yasmin', 'GET', '/models/:model/file', report())
    if (answer.kind !== 'file') throw new Error('expected a file')
    expect(answer.name).toBe('SYNTHETIC-model-report-harrowmere-1.html')
    expect(String(answer.body)).toContain('SYNTHETIC')
    expect(String(answer.body)).not.toMatch(/<link|<script|src="|@import|url\(/)
  })
})

describe('switching a number on', () => {
  it('HZ14 before a model is in use there is no number anywhere, however good its report', async () => {
    const list = wordsOf(await page('drLund', '/case-finding'))
    const why = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: jean } }))
    expect(list).toContain('Not validated here')
    expect(`${list} ${why}`).not.toMatch(/\d+ (in|of) 100 people|in 100 people with/)
  })

  it('takes the clinical safety officer’s name and that the report was read', async () => {
    const answer = await switchOn({ answeredForBy: '', hasRead: '' })
    expect(answer).toMatchObject({ status: 422 })
    const words = wordsOf(pageOf(answer))
    expect(words).toContain('Enter the name of the clinical safety officer who answers for this')
    expect(words).toContain('Tick the box to say that you have read the report')
  })

  it('is not for whoever may not accept a purpose', async () => {
    const asked = askedWith({
      ...report(),
      form: { report: model.reportSha256, answeredForBy: 'Yasmin Haddad', hasRead: 'yes' },
    })
    const route = room.screens.find(({ path, method }) => path === '/models/:model/on' && method === 'POST')
    await expect(house.as('yasmin', async (visit) => route?.answer(visit, asked))).rejects.toThrow(Refused)
  })

  it('of a report that changed since it was read is refused', async () => {
    const words = wordsOf(pageOf(await switchOn({ report: 'c'.repeat(64) })))
    expect(words).toContain('The report has changed since you opened it')
  })

  it('shows the number with the usual one, from here and in the past, and who answers for it', async () => {
    await switchOn()
    const list = wordsOf(await page('drLund', '/case-finding'))
    expect(list).toContain('42 in 100 usual at her age: 11')
    expect(list).toContain('Up: 3 emergency admissions in 12 months')
    expect(list).toContain('Dr Sofia Marino answers for it')
    const why = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: jean } }))
    expect(why).toContain(
      'About 42 in 100 people with a record like this had an emergency admission in the following 12 months here; for this age and sex, 11 in 100',
    )
    expect(why).toContain('given about 43 a year before, 42 in 100 were admitted')
  })

  it('tells how much each reason pushes and opens its dated records; one without says so', async () => {
    const words = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: jean } }))
    expect(words).toContain('A lot 3 emergency admissions in 12 months 20 February 2026 to 6 March 2026')
    expect(words).toContain('Some Heart failure Recorded 12 May 2019 (SNOMED CT 84114007)')
    expect(words).toContain(
      '2 GP contacts in 12 months, usual for this age 9. No dated record is behind this.',
    )
    expect(words).toContain('Expect a fall anyway')
  })

  it('shows the published scores folded, each with what it was made for, and orders nobody by them', async () => {
    const words = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: jean } }))
    expect(words).toContain('Published scores. Not validated here')
    expect(words).toContain(
      '2 (1987 weights), 2 (Quan 2011 weights): heart failure. Made for death within 1 year',
    )
  })

  it('finds those whose risk is rising', async () => {
    const words = wordsOf(await page('drLund', '/case-finding', { query: { show: 'rising' } }))
    expect(words).toContain('PILLAY, Jean')
  })

  it('is taken back in one step: the next page has the rule and no number', async () => {
    await ask('sofia', 'POST', '/models/off')
    const list = wordsOf(await page('drLund', '/case-finding'))
    expect(list).not.toContain('42 in 100')
    expect(list).toContain('Rule ranking 1 of 1')
  })

  it('HZ44 what was learned from made-up people cannot be used on real ones, even past the page', async () => {
    const real = await arrangeModel(house, { kind: 'real' })
    await expect(
      house.arrange(
        `insert into case_finding.model_switch (id, model_id, report_sha256, answered_for_by, switched_on_by, switched_on_at)
         values ($1, $2, $3, 'somebody', $4, now())`,
        [newId(), real.id, real.reportSha256, staffId('sofia')],
      ),
    ).rejects.toThrow(/made-up people/)
  })

  it('a model in which a leak was found cannot be used', async () => {
    const leaky = await arrangeModel(house, { verdict: 'do not use' })
    await expect(arrangeInUse(house, leaky)).rejects.toThrow(/must not be used/)
  })

  it('nobody at a page may write a model or a number', async () => {
    await expect(house.pool.query('delete from case_finding.model')).rejects.toThrow(/permission denied/)
    await expect(house.pool.query('update case_finding.suggestion set risk = 0.9')).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      house.pool.query(`select * from case_finding.risk_when_judged('${conrane}')`),
    ).rejects.toThrow(/permission denied/)
  })
})
