import { beforeAll, describe, expect } from 'vitest'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../../test/browser.ts'
import { type House, programmeId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { beginStory, type Story } from '../../test/story.ts'

const test = browserOrSkip()
const conrane = programmeId('conrane')

let story: Story
let house: House
let [jean, eileen, callum] = ['', '', '']

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  jean = await house.arrangePerson({
    family: 'Pillay',
    given: 'Jean',
    nhsNumber: '9991010203',
    bornOn: '1935-11-02',
  })
  eileen = await house.arrangePerson({ family: 'Murphy', given: 'Eileen', bornOn: '1948-10-05' })
  callum = await house.arrangePerson({ family: 'Reid', given: 'Callum', bornOn: '2001-08-17', sex: 'male' })
  await arrangeRun(house, conrane, [
    {
      person: jean,
      admissions: 5,
      visits: 6,
      conditions: ['copd', 'dm2', 'hf', 'osteop'],
      lastAdmissionOn: '2026-02-20',
      records: jeansRecords,
    },
    { person: eileen, admissions: 1, conditions: ['cancer'], lastAdmissionOn: '2026-02-13' },
    { person: callum, visits: 1, isCareHome: true },
  ])
})

const jeansRecords = {
  stays: [
    { on: '2026-02-20', until: '2026-03-06', isEmergency: true, diagnosis: 'I50.0', provider: 'ZT1' },
    { on: '2025-12-24', until: '2026-01-09', isEmergency: true, diagnosis: 'J44.1', provider: 'ZT1' },
  ],
  visits: [{ on: '2026-02-20', byAmbulance: true }],
  conditions: [{ on: '2019-05-12', system: 'snomed', code: '84114007' }],
  quarters: Array.from({ length: 12 }, (_, at) => ({
    from: `${2023 + Math.floor((at + 1) / 4)}-${String(((at + 1) % 4) * 3 + 1).padStart(2, '0')}-01`,
    nights: at,
    aeVisits: at % 3,
    gpContacts: 4,
  })),
}

describe('a story without script: Dr Lund judges three people before surgery', () => {
  test('she reads why Jean is on the list, and accepts her with a named case manager', async () => {
    await story.visit('drLund', false, async (page) => {
      await page.goto('/case-finding')
      expect(await page.textContent('.kw-lead')).toContain('3 left to judge of 3')
      await page.click('text=PILLAY, Jean')
      expect(await page.textContent('h1')).toBe('Why Jean Pillay is on the list')
      await page.click('text=5 emergency admissions')
      expect(await page.textContent('main')).toContain('24 December 2025 to 9 January 2026, 16 nights')
      expect(await page.locator('input[type="radio"]:checked').count()).toBe(0)
      await page.check('[name="decision"][value="accepted"]')
      await page.click('button:has-text("Save and next person")')
      expect(await page.textContent('h1')).toBe('Accept Jean Pillay')
      await page.click('button:has-text("Accept Jean Pillay")')
      expect(await page.textContent('.nhsuk-error-summary')).toContain(
        'Select whether the person has been asked',
      )
      await page.check('[name="agreed"][value="not asked"]')
      await page.click('button:has-text("Accept Jean Pillay")')
      expect(await page.textContent('.nhsuk-error-summary')).toContain('Select who will be the case manager')
      expect(await page.isChecked('[name="agreed"][value="not asked"]')).toBe(true)
      await page.click('text=Amina Yusuf (0 of 50), Quayside co-ordination team')
      await page.check('[name="reason"][value="several teams"]')
      await page.check('[name="how-soon"][value="5 working days"]')
      await page.click('button:has-text("Accept Jean Pillay")')
      expect(await page.textContent('.kw-saved')).toContain(
        'Jean Pillay accepted. The case manager is Amina Yusuf.',
      )
      expect(await page.textContent('.kw-lead')).toContain('2 left to judge of 3')
    })
  })

  test('she declines Callum by mistake, and takes it back from the next page', async () => {
    await story.visit('drLund', false, async (page) => {
      await page.goto('/case-finding')
      await page.click('text=Decline Callum Reid')
      await page.check('[name="reason-declined"][value="wrong record"]')
      await page.click('button:has-text("Decline Callum Reid")')
      expect(await page.textContent('.kw-saved')).toContain('Callum Reid declined.')
      await page.click('.kw-saved button')
      expect(await page.textContent('.kw-saved')).toContain('The decision on Callum Reid is undone.')
      expect(await page.textContent('main')).toContain('REID, Callum')
    })
  })

  test('she defers Eileen for 2 weeks, finds her under Deferred, and every page keeps its filter', async () => {
    await story.visit('drLund', false, async (page) => {
      await page.goto('/case-finding?condition=cancer')
      await page.click('text=Defer Eileen Murphy')
      await page.check('[name="reason-deferred"][value="in hospital"]')
      await page.check('[name="showAgain"][value="2 weeks"]')
      await page.click('button:has-text("Defer Eileen Murphy")')
      expect(page.url()).toContain('condition=cancer')
      await page.click('text=Deferred (1)')
      expect(await page.textContent('main')).toContain('Shown again on 15 April 2026')
    })
  })
})

describe('every page of judging', () => {
  const pages = [
    ['the list', () => '/case-finding'],
    ['accepted', () => '/case-finding?tab=accepted'],
    ['nobody matches', () => '/case-finding?condition=hf&show=care%20home'],
    ['why', () => `/case-finding/${callum}`],
    ['why-accepted', () => `/case-finding/${jean}`],
    ['defer', () => `/case-finding/${callum}/defer`],
    ['decline', () => `/case-finding/${callum}/decline`],
    ['add', () => `/case-finding/${callum}/add`],
    ['how to add', () => '/case-finding/add'],
    ['decisions', () => '/case-finding/ledger'],
    ['print', () => '/case-finding/print'],
    ['download', () => '/case-finding/download'],
    ['accept', () => `/referrals/accept/${callum}?programme=conrane`],
    ['agreement', () => `/people/${jean}/agreement`],
    ['case manager', () => `/people/${jean}/case-manager`],
  ] as const

  test.each(pages)('%s: accessible, and no sideways scroll at 320 px', async (name, address) => {
    await story.visit('drLund', true, async (page) => {
      const answer = await page.goto(address())
      expect(answer?.status()).toBe(200)
      await screenshot(page, `case-finding-${name.replaceAll(' ', '-')}`)
      await axeCheck(page)
      await noSidewaysScroll(page)
    })
  })

  test('the list can be worked by keyboard alone', async () => {
    await story.visit('drLund', true, async (page) => {
      await page.goto('/case-finding')
      const stops = await keyboardWalk(page)
      expect(stops.length).toBeGreaterThan(10)
    })
  })
})
