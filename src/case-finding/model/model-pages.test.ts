import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, newId, Refused } from '#access'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId, staffId } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { arrangePseudonyms, arrangeRun, pseudonym } from '../../../test/population.ts'
import { holdOut } from '../holdout/store.ts'
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
  model = await arrangeModel(house)
  // Lists of the year before: by the model, by another, and by the rule.
  const other = await arrangeModel(house)
  await arrangeRun(house, conrane, [{ person: jean, admissions: 0 }], { indexOn: '2025-04-01' })
  const then = { person: jean, admissions: 1, usualIn100: 11, told: { up: [], down: [] } }
  for (const [risk, { id }] of [
    [0.28, model],
    [0.77, other],
  ] as const)
    await arrangeRun(house, conrane, [{ ...then, risk }], { indexOn: '2025-10-01', modelId: id })
  await arrangeRun(house, conrane, [{ person: jean, admissions: 3, conditions: ['hf'], records }])
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
    expect(words).toContain('Learning disability fewer than 8 Not shown Not shown')
    expect(words).toContain('Says too little')
  })

  it('tells of each group whether it ranks and scales right there, and beside every simple rule what it is worth', async () => {
    const words = wordsOf(await page('yasmin', '/models/:model', report()))
    expect(words).toContain('Severe mental illness 78 (74 to 82) 1.00 (0.95 to 1.05)')
    expect(words).toContain('Learning disability Not shown Not shown')
    expect(words).toContain(
      'Above, in 100 This model 2 or more emergency admissions Helping everybody 5 7.3 (6.9 to 7.6)',
    )
    expect(words).toContain('2.2 (2.1 to 2.3)')
    expect(words).toContain('slope 0.98 (0.93 to 1.03)')
    // 5 of the bins’ 20ths: those admitted stand where the numbers are high.
    expect(words).toContain('Given about, of 100 People Of 100 admitted Of 100 others 2 2,260 2.3')
  })

  it('names a practice, and by its code too where two have one name; the kept report has the code alone', async () => {
    const other = await arrangeModel(house)
    const group = { people: 900, events: 80, auc: null, slope: null, sensitivity: null, ppv: null }
    const ratio = { value: 1.3, low: 1.1, high: 1.5, method: 'test' }
    const groups = ['Practice Z00001', 'Practice Z99999'].map((name) => ({
      ...{ ...group, by: 'Practice', group: name, observedOverExpected: ratio },
    }))
    await house.arrange(
      `update case_finding.model set report = jsonb_set(report, '{figures,subgroups}', $2) where id = $1`,
      [other.id, JSON.stringify(groups)],
    )
    const read = async (path: string) => {
      const answer = await ask('yasmin', 'GET', path, { params: { model: other.id } })
      return answer.kind === 'file' ? wordsOf(String(answer.body)) : wordsOf(pageOf(answer))
    }
    for (const path of ['/models/:model', '/models/:model/file']) {
      expect(await read(path)).toContain(
        'It says too little of 2 groups: Lund Street Surgery; Practice Z99999.',
      )
      expect(await read(path)).not.toContain('Practice Z00001')
    }
    await house.arrange(
      `insert into organisations.organisation (id, kind, code, name) values (gen_random_uuid(), 'practice', 'Z99999', 'Lund Street Surgery')`,
    )
    expect(await read('/models/:model')).toContain(
      'Lund Street Surgery (Z00001); Lund Street Surgery (Z99999).',
    )
    await house.arrange(`delete from organisations.organisation where code = 'Z99999'`)
  })

  it('of one split, the group that would give a hidden one away by the total is not shown either', async () => {
    const other = await arrangeModel(house)
    const bare = {
      events: null,
      auc: null,
      observedOverExpected: null,
      slope: null,
      sensitivity: null,
      ppv: null,
    }
    const groups = [
      { by: 'Dwelling', group: 'Narrowboat', people: 5, ...bare },
      { by: 'Dwelling', group: 'Caravan', people: 12, ...bare },
      { by: 'Dwelling', group: 'House', people: 400, ...bare },
    ]
    await house.arrange(
      `update case_finding.model set report = jsonb_set(report, '{figures,subgroups}', $2) where id = $1`,
      [other.id, JSON.stringify(groups)],
    )
    const words = wordsOf(await page('yasmin', '/models/:model', { params: { model: other.id } }))
    expect(words).toContain('Narrowboat fewer than 8 Not shown')
    expect(words).toContain('Caravan Not shown Not shown')
    expect(words).toContain('House 400 Not shown')
    await house.arrange('delete from case_finding.model where id = $1', [other.id])
  })

  it('R-003 says whether social care changed the order, and of what day a care home is', async () => {
    const words = wordsOf(await page('yasmin', '/models/:model', report()))
    expect(words).toContain('90 of the 1,130 people on the list would be others: 8 (7 to 9) of 100')
    expect(words).toContain('cannot be told: the interval holds no difference')
    expect(words).toContain('who lived in one on 31 March 2025')
  })

  it('says where a list will tell another number than this report, and by how much', async () => {
    const words = wordsOf(await page('yasmin', '/models/:model', report()))
    expect(words).toContain('The numbers a list will say')
    expect(words).toMatch(/20 ?23/)
    expect(words).toMatch(/60 ?65/)
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

  describe('a hold-out for renewing it', () => {
    const form = {
      ...{ share: '5', 'ends-day': '27', 'ends-month': '9', 'ends-year': '2026', approved: 'yes' },
      reason: 'The model of next year is to learn from people no list helped',
    }
    const begin = (given: Record<string, string> = {}) =>
      ask('sofia', 'POST', '/models/hold-out', { form: { ...form, ...given } })
    const list = async () => wordsOf(await page('drLund', '/case-finding'))
    let [run, held] = ['', '']

    beforeAll(async () => {
      held = await house.arrangePerson({ family: 'Held', given: 'Out' })
      await arrangePseudonyms(house, [held], 700)
      const [row] = await house.arrange(
        `select id from case_finding.run where model_id is not null and programme_id = $1 order by n desc limit 1`,
        [conrane],
      )
      run = String(row?.id)
      await house.arrange(
        `insert into case_finding.suggestion (run_id, rank, pseudonym, practice_code, emergency_admissions, ae_visits,
           conditions, risk, is_risk_rising)
         select $1, 100 + i, case i when 1 then $2::uuid else gen_random_uuid() end,
           case i when 1 then 'Z00001' else 'Z00009' end, 1, 0, '{}', 0.2, i > 500 from generate_series(1, 1000) i`,
        [run, pseudonym(700)],
      )
    })

    it('takes a size, a day it ends, a reason and a name; nothing typed is lost', async () => {
      const asked = await begin({ share: '', 'ends-year': '2028', approved: '' })
      expect(asked).toMatchObject({ status: 422 })
      const words = wordsOf(pageOf(asked))
      expect(words).toContain('Select how many are held out')
      expect(words).toContain('The day it ends must be within 12 months')
      expect(words).toContain('Tick the box to say that you approve this hold-out in your name')
      expect(pageOf(asked)).toContain('learn from people no list helped')
    })

    it('holds out about its share by chance, and nobody whose risk is rising', async () => {
      expect(await list()).toContain('HELD, Out')
      expect(await begin()).toMatchObject({ kind: 'go' })
      const [count] = await house.arrange(
        `select count(*)::int as held, count(*) filter (where s.is_risk_rising)::int as rising
         from case_finding.held_out h join case_finding.suggestion s using (run_id, pseudonym)`,
      )
      // 5 in 100 of the 500 whose risk is not rising.
      expect(count?.rising).toBe(0)
      expect(Number(count?.held)).toBeGreaterThan(5)
      expect(Number(count?.held)).toBeLessThan(55)
      expect(await begin()).toMatchObject({ status: 422 })
    })

    it('HZ13 the list says plainly that it runs, and whoever is held out can be added and accepted', async () => {
      await house.arrange(
        `insert into case_finding.held_out select id, $1::uuid, $2, 0.2 from case_finding.holdout on conflict do nothing`,
        [pseudonym(700), run],
      )
      const words = await list()
      expect(words).toContain('A hold-out runs until 27 September 2026')
      expect(words).toContain('1 person of this practice is held out now. Dr Sofia Marino approved it')
      expect(words).not.toContain('HELD, Out')
      const paper = wordsOf(await page('drLund', '/case-finding/print'))
      expect(paper).toMatch(/In order by the model \S+, checked here on .* answers for it\./)
      expect(paper).toContain(
        'A hold-out runs until 27 September 2026: 5 in 100 of each list, by chance, are not shown. 1 person of this practice is held out now.',
      )
      expect(paper).not.toContain('HELD, Out')
      const why = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: held } }))
      expect(why).toContain('Held out by chance')
      expect(why).toContain('Would care co-ordination help her?')
    })

    it('HZ13 somebody held out who gets worse is shown with the next list', async () => {
      await house.arrange(
        `update case_finding.suggestion set last_admission_on = '2026-04-01' where run_id = $1 and pseudonym = $2::uuid`,
        [run, pseudonym(700)],
      )
      await house.asSystem('rank', ({ db, now }) => holdOut(db, run, now))
      expect(await list()).toContain('HELD, Out')
      expect(wordsOf(await page('sofia', '/models/hold-out'))).toMatch(/27 September 2026 5 \d+ 1 Dr Sofia/)
    })

    it('HZ13 somebody held out by a model of one thing is let go by the list of a model of another', async () => {
      await house.arrange('delete from case_finding.let_go')
      await house.arrange(
        `update case_finding.suggestion set last_admission_on = null where run_id = $1 and pseudonym = $2::uuid`,
        [run, pseudonym(700)],
      )
      await house.asSystem('rank', ({ db, now }) => holdOut(db, run, now))
      expect(await house.arrange('select why from case_finding.let_go')).toEqual([])
      // The run of October was by another model.
      const of = (target: string) =>
        house.arrange(
          `update case_finding.model set report = jsonb_set(report, '{target}', $2) where id <> $1`,
          [model.id, JSON.stringify(target)],
        )
      await of('A&E attendance')
      await house.arrange(
        `update case_finding.held_out set run_id = (select id from case_finding.run where model_id <> $1 limit 1) where pseudonym = $2`,
        [model.id, pseudonym(700)],
      )
      await house.asSystem('rank', ({ db, now }) => holdOut(db, run, now))
      expect(
        await house.arrange(
          `select replace(pseudonym::text, '-', '') as pseudonym, why from case_finding.let_go`,
        ),
      ).toEqual([{ pseudonym: pseudonym(700), why: 'another model' }])
      await house.arrange('update case_finding.held_out set run_id = $1', [run])
      await of('emergency admission')
    })

    it('ends by itself on its day', async () => {
      await house.arrange('delete from case_finding.let_go')
      expect(await list()).not.toContain('HELD, Out')
      await house.arrange(`update case_finding.holdout set began_on = '2026-01-01', ends_on = '2026-04-01'`)
      const words = await list()
      expect(words).not.toContain('A hold-out runs')
      expect(words).toContain('HELD, Out')
      expect(wordsOf(await page('sofia', '/models/hold-out'))).toContain('No hold-out runs.')
      await house.arrange(`delete from case_finding.suggestion where run_id = $1 and rank > 100`, [run])
    })
  })

  it('R-017 keeps what each list said of somebody, with numbers of the model in use alone', async () => {
    const said = wordsOf(await page('drLund', '/case-finding/:person', { params: { person: jean } }))
    expect(said).toMatch(
      /1 April 2026, this list 42 1 of 1 3 1 October 2025 28 1 of 1 1 1 April 2025 by the rule 1 of 1 0/,
    )
    expect(said).not.toContain('77')
  })

  it('HZ14 is not shown of a list more than 90 days old: the rule’s list is read, and says why', async () => {
    const listFrom = async (day: string) => {
      await house.arrange('update case_finding.run set index_on = $1, covered_to = $1::date - 1', [day])
      return wordsOf(await page('drLund', '/case-finding'))
    }
    expect(await listFrom('2026-01-01')).toContain('42 in 100')
    const list = await listFrom('2025-12-31')
    expect(list).not.toMatch(/42 in 100/)
    expect(list).toContain('After 90 days no number is shown about anybody')
    const why = await page('drLund', '/case-finding/:person', { params: { person: jean } })
    expect(wordsOf(why)).not.toContain('in 100 people with a record like this')
    expect(await listFrom('2026-04-01')).toContain('42 in 100')
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
      house.pool.query(`select * from case_finding.risk_when_judged_of('${conrane}', 'emergency admission')`),
    ).rejects.toThrow(/permission denied/)
  })
})
