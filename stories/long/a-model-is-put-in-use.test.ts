import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { axeCheck, browserOrSkip, noSidewaysScroll, screenshot } from '../../test/browser.ts'
import { type House, programmeId } from '../../test/house.ts'
import { arrangeModel } from '../../test/models.ts'
import { arrangeRun } from '../../test/population.ts'
import { beginStory, type Story } from '../../test/story.ts'

const test = browserOrSkip()
const conrane = programmeId('conrane')

let story: Story
let house: House
let jean = ''
let model = ''

const reason = (family: string, words: string, howMuch: string, part: number) => ({
  family,
  words,
  howMuch,
  part,
})
const records = {
  stays: [
    { on: '2026-02-20', until: '2026-03-06', isEmergency: true, diagnosis: 'I50.0', provider: 'ZT1' },
    { on: '2025-12-24', until: '2026-01-09', isEmergency: true, diagnosis: 'J44.1', provider: 'ZT1' },
  ],
  visits: [{ on: '2026-02-20', byAmbulance: true }],
  conditions: [{ on: '2019-05-12', system: 'snomed', code: '84114007' }],
  gp: [{ on: '2026-03-10', kind: 'home visit' }],
  medicines: [{ on: '2026-03-12', code: '0202020L0', times: 6 }],
  quarters: [{ from: '2026-01-01', nights: 14, aeVisits: 2, gpContacts: 9, medicines: 14 }],
  scores: {
    charlson: { original: 2, quan2011: 2, words: ['heart failure', 'chronic lung disease'] },
    elixhauser: 10,
  },
  told: {
    risk: 0.42,
    usualIn100: 11,
    base: -2.1,
    logOdds: -0.32,
    isShort: false,
    reasons: [
      reason(
        'Emergency admissions',
        '2 emergency admissions in 12 months, the last 40 days before the list’s day',
        'A lot',
        1.1,
      ),
      reason(
        'Medicines',
        '14 kinds of medicine in 90 days; a water tablet (loop diuretic) in 90 days',
        'Some',
        0.5,
      ),
      reason('Conditions', 'heart failure; COPD; 6 long-term conditions', 'Some', 0.4),
      reason('Frailty and test results', 'test results within the usual', 'A little', -0.1),
    ],
  },
}

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  jean = await house.arrangePerson({
    family: 'Pillay',
    given: 'Jean',
    nhsNumber: '9991010203',
    bornOn: '1947-06-02',
  })
  const eileen = await house.arrangePerson({ family: 'Murphy', given: 'Eileen', bornOn: '1948-10-05' })
  await arrangeRun(house, conrane, [{ person: jean, admissions: 2, conditions: ['hf', 'copd'], records }])
  model = (await arrangeModel(house)).id
  const told = {
    up: ['2 emergency admissions in 12 months', '14 kinds of medicine in 90 days'],
    down: ['test results within the usual'],
  }
  await arrangeRun(
    house,
    conrane,
    [
      {
        person: jean,
        admissions: 2,
        conditions: ['hf', 'copd'],
        risk: 0.42,
        usualIn100: 11,
        told,
        isRiskRising: true,
        records,
      },
      {
        person: eileen,
        admissions: 0,
        conditions: ['cancer'],
        risk: 0.27,
        usualIn100: 12,
        told: { up: ['cancer recorded in 5 years'], down: ['no A&E visit in 12 months'] },
      },
    ],
    { modelId: model },
  )
  const groups = [
    ['Sex', 'Women', 11_500, 640, 210, 90],
    ['Sex', 'Men', 11_096, 513, 180, 70],
    ['Ethnicity', 'Asian', 2100, 61, 20, 9],
    ['Ethnicity', 'Other', 400, 5, 2, 0],
    ['Ethnicity', 'White', 19_000, 1050, 350, 150],
  ]
  for (const group of groups) {
    await house.arrange(
      'insert into case_finding.run_group select id, $1, $2, $3, $4, $5, $6 from case_finding.run',
      group,
    )
  }
})

const looked = async (page: Page, name: string) => {
  await screenshot(page, `model-${name}`)
  await page.setViewportSize({ width: 375, height: 800 })
  await screenshot(page, `model-${name}-375`)
  await axeCheck(page)
  await noSidewaysScroll(page)
}

describe('a story without script: a model is read, put in use, and taken out again', () => {
  test('Dr Marino reads the report and puts the model in use in her name', async () => {
    await story.visit('sofia', false, async (page) => {
      await page.goto('/models')
      expect(await page.textContent('.kw-lead')).toContain('No model is in use.')
      await page.click('text=harrowmere-1')
      expect(await page.textContent('h1')).toBe('Is this model good enough?')
      expect(await page.locator('input:checked').count()).toBe(0)
      await page.fill('[name="answeredForBy"]', 'Dr Sofia Marino')
      await page.check('[name="hasRead"]')
      await page.click('button:has-text("Put this model in use")')
      expect(await page.textContent('.kw-saved')).toContain('The model is in use.')
    })
  })

  test('Dr Lund sees the number, reads why, and opens the dated records', async () => {
    await story.visit('drLund', false, async (page) => {
      await page.goto('/case-finding')
      expect(await page.textContent('main')).toContain('42 in 100')
      await page.click('text=PILLAY, Jean')
      expect(await page.textContent('.kw-main')).toContain('for this age and sex, 11 in 100')
      await page.click('text=2 emergency admissions in 12 months')
      expect(await page.textContent('main')).toContain('24 December 2025 to 9 January 2026, 16 nights')
    })
  })
})

describe('every page of a model', () => {
  const pages = [
    ['list', 'drLund', () => '/case-finding'],
    ['why', 'drLund', () => `/case-finding/${jean}`],
    ['report', 'yasmin', () => `/models/${model}`],
    ['switch', 'sofia', () => `/models/${model}`],
    ['models', 'sofia', () => '/models'],
    ['equity', 'yasmin', () => '/case-finding/equity'],
    ['objection', 'drLund', () => `/case-finding/${jean}/objection`],
    ['told', 'drLund', () => `/case-finding/${jean}/told`],
    ['decisions', 'drLund', () => '/case-finding/ledger'],
  ] as const

  test.each(pages)('%s: accessible, and no sideways scroll at 320 px', async (name, who, address) => {
    await story.visit(who, true, async (page) => {
      const answer = await page.goto(address())
      expect(answer?.status()).toBe(200)
      await looked(page, name)
    })
  })
})
