import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { londonDate, readDate } from '#calendar'
import { assets } from '#ui'
import { compared, everyAnswer, programmeNamed } from '../../test/answers.ts'
import { askedWith, plainFurniture } from '../../test/asking.ts'
import {
  axeCheck,
  browserOrSkip,
  findChromium,
  keyboardWalk,
  networkIsOurs,
  noSidewaysScroll,
  openBrowser,
} from '../../test/browser.ts'
import { claimsPage } from './claims.tsx'
import { onePage } from './one-page.tsx'
import { type Answered, answerPage, pastPage } from './pages.tsx'
import { powerPage } from './power.tsx'
import { protocol } from './protocol.data.ts'
import { protocolPage } from './protocol-page.tsx'
import { reportPage } from './report.tsx'
import { tablesOf } from './report-tables.ts'
import type { Service } from './service-types.ts'
import { staffFormPage, staffSaidPage } from './staff-page.tsx'
import { staffQuestions } from './staff-survey.data.ts'
import type { Result } from './store.ts'
import type { Draft, Study } from './study-types.ts'
import { teacherPage } from './teacher.tsx'
import type { Plan } from './types.ts'
import type { Value } from './value-words.ts'

const test = browserOrSkip()

const service: Service = {
  reach: [
    { of: 'Everybody', group: 'Everybody', inNeed: 1236, joined: 412 },
    { of: 'Deprivation', group: 'Fifth 1, most deprived', inNeed: 400, joined: 80 },
    { of: 'Deprivation', group: 'Fifths 2 to 5', inNeed: 836, joined: 332 },
    { of: 'Care home', group: 'In a care home', inNeed: 90, joined: 4 },
    { of: 'Care home', group: 'Not in a care home', inNeed: 1146, joined: 408 },
  ],
  contacts: 2100,
  timed: 1600,
  minutes: 61_000,
  unitCosts: [
    { item: 'night in hospital', pounds: 564, priceYear: 2024, source: 'An example, not yet checked here' },
    { item: 'staff hour', pounds: 42, priceYear: 2025, source: 'Finance, for this test' },
  ],
}
const ward: Answered = { programme: programmeNamed('ward', 'Harrowmere virtual ward') }
const ranAt = new Date('2026-04-01T01:10:00Z')
const results = everyAnswer.map(
  (answer, i): Result => ({
    id: `answer-${i}`,
    programmeId: 'quayside',
    protocolVersion: 1,
    lockedAt: ranAt,
    lockedByName: 'Yasmin Haddad',
    ranAt,
    dataTo: londonDate(ranAt),
    answer,
  }),
)
const answeredBy = (result?: Result): Answered => ({
  programme: programmeNamed('quayside', 'Quayside care co-ordination'),
  result: result && { ...result, service },
  trial: { services: 200, withheld: 3, saidEffect: 9 },
})
const pageOf = (result?: Result) =>
  answerPage({
    furniture: plainFurniture,
    all: [answeredBy(result), ward],
    chosen: answeredBy(result),
    running: {
      task: 'evaluate',
      words: '1 of 2 programmes answered',
      shareDone: 0.5,
      startedAt: ranAt,
      changedAt: ranAt,
    },
  })
const plan: Plan = {
  question: 'Does it change emergency admissions within a year?',
  ratio: 2,
  leastFollowUpDays: 90,
  smallestThatMattersPercent: 15,
  otherInitiatives: 'A falls clinic from May.',
  whatChanged: 'Two matched people each.',
}
const study: Study = {
  id: 'study',
  protocol: { ...protocol, plan },
  sha256: '0123456789abcdef'.repeat(4),
  lockedAt: ranAt,
  lockedByName: 'Yasmin Haddad',
  codeVersion: '0.1.0',
  dataTo: londonDate(ranAt),
}
const draft: Draft = {
  id: 'draft',
  plan,
  writtenByName: 'Yasmin Haddad',
  writtenAt: ranAt,
  check: { ranAt, found: { kind: 'alike', compared } },
}
const [quarter, before] = [readDate('2026-01-01'), readDate('2025-10-01')].flatMap((on) => on ?? [])
const staffLines = [quarter, before].flatMap((on) =>
  ['t', undefined].flatMap((placeId) =>
    staffQuestions.map(({ key }, at) => ({
      ...(placeId ? { placeId } : {}),
      placeName: placeId ? 'Quayside team' : 'All together',
      quarter: on ?? londonDate(new Date()),
      people: 12,
      staff: 20,
      question: key,
      agreeTenths: 1 + at,
      disagreeTenths: 9 - at,
    })),
  ),
)
const protocolWith = (typed: Pick<Parameters<typeof protocolPage>[0], 'problems' | 'typed'>) =>
  protocolPage({
    furniture: plainFurniture,
    all: [answeredBy(results[5]), ward],
    chosen: answeredBy(results[5]),
    studies: [study],
    draft,
    isChecking: false,
    facts: {
      linked: new Set(['inpatient', 'gp_contacts']),
      places: [{ id: 'north', name: 'Quayside north', practices: ['Z00001', 'Z00002'] }],
      programmeFromAge: 18,
    },
    mayLock: true,
    ...typed,
  })
const said: Value = {
  friends: [{ version: '1', isOwn: true, people: 111, counts: { 1: 58, 2: 28, 3: 13, 4: 12, 5: 0, 6: 0 } }],
  experience: ['The care you get from us, overall', 'Looking after yourself day to day'].map((words, at) => ({
    ...{ version: '1', item: String(at + 1), words, isOwn: true, people: 91 },
    best: 62 - at,
  })),
  asked: [{ instrument: 'fft', moment: '3 months', due: 414, answered: 99 }],
  deaths: { people: 94, met: 40, notMet: 9, cannotTell: 0, notRecorded: 0, noWish: 45 },
  scales: [
    {
      ...{ instrument: 'ons4', version: '1', scale: 'anxious', isOwn: true, people: 130 },
      ...{ pairs: 111, meanFirst: 5, meanLast: 4.4 },
    },
  ],
}
const notAlike = results.find(({ answer }) => answer.kind === 'withheld')
const pages: Readonly<Record<string, string>> = {
  '/one-page-full': onePage({
    ...{ furniture: plainFurniture, chosen: answeredBy(notAlike), value: said, staff: staffLines },
  }),
  '/none': pageOf(),
  '/past': pastPage({ furniture: plainFurniture, chosen: answeredBy(results[0]), results }),
  '/one-page': onePage({ furniture: plainFurniture, chosen: answeredBy(results[5]) }),
  '/report': reportPage({ furniture: plainFurniture, chosen: answeredBy(results[5]), study }),
  '/protocol': protocolWith({ problems: [] }),
  '/protocol-form': protocolWith({
    problems: [{ field: 'outcome', message: 'Select what is counted' }],
    typed: { outcome: '', further: ['deaths'], covariates: [], subgroups: ['women'], checks: [] },
  }),
  '/teacher': teacherPage(askedWith({})),
  '/power': powerPage(askedWith({})),
  '/claims': claimsPage(askedWith({})),
  '/staff-form': staffFormPage({
    furniture: plainFurniture,
    place: 'Quayside team',
    mayRead: true,
    problems: [],
  }),
  '/staff': staffSaidPage({ furniture: plainFurniture, lines: staffLines, placeAsked: 't', mayAnswer: true }),
  ...Object.fromEntries(results.map((result) => [`/${result.id}`, pageOf(result)])),
}

let server: Server
let browser: Browser | undefined
let page: Page | undefined

beforeAll(async () => {
  const files = new Map(assets().map((asset) => [asset.path, asset]))
  server = createServer((request, response) => {
    const asset = files.get(request.url ?? '')
    const type = asset?.contentType ?? 'text/html; charset=utf-8'
    response.writeHead(200, { 'content-type': type }).end(asset?.body ?? pages[request.url ?? ''] ?? '')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  if (findChromium()) browser = await openBrowser()
  page = await browser?.newPage({ viewport: { width: 1280, height: 800 } })
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

describe('the tables of a report', () => {
  const named = (name: string) => tablesOf(answeredBy(results[5])).find((one) => one.name === name)?.rows

  test('every chart of an answer can be taken away: the first year by month, cost and admissions by quarter', () => {
    expect(named('first-year')).toHaveLength(13)
    expect(named('first-year')?.[0]).toEqual([0, '100.0', '100.0', '100.0', '100.0', '100.0', '100.0'])
    expect(named('cost-plane')).toContainEqual(['fewer, less', '82.0'])
  })

  test('an answer that was withheld has neither', () => {
    const withheld = results.find(({ answer }) => answer.kind !== 'answered')
    const names = tablesOf(answeredBy(withheld)).map(({ name }) => name)
    expect(names).not.toContain('first-year')
    expect(names).not.toContain('cost-plane')
  })
})

describe('every answer there is, as a page', () => {
  test.each(Object.keys(pages))(
    '%s breaks no rule of WCAG 2.2 AA, and never scrolls sideways from 320 px',
    async (path) => {
      if (!page) throw new Error('no page was opened')
      const checkNetwork = networkIsOurs(page)
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
      await axeCheck(page)
      await noSidewaysScroll(page)
      checkNetwork()
    },
  )

  test('the page for a board is one sheet of A4, with no way off it', async () => {
    if (!page) throw new Error('no page was opened')
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/one-page-full`)
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('main a').filter({ visible: true }).count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
  })

  test('X-02 whoever drags the threshold sees the fall with no service change as they drag', async () => {
    if (!page) throw new Error('no page was opened')
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/teacher`)
    const slider = page.getByLabel('Fewest emergency admissions in the year to be taken')
    const seen = () => page?.locator('.kw-panel').filter({ visible: true }).textContent()
    expect(await seen()).toContain('with 2 or more. With no service at all: 60% fewer.')
    await slider.focus()
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    expect(await seen()).toContain('with 4 or more. With no service at all: 63% fewer.')
    expect(await page.getByRole('img').filter({ visible: true }).count()).toBe(1)
    const box = await slider.boundingBox()
    if (!box) throw new Error('the slider is not on the page')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 4, box.y + box.height / 2, { steps: 5 })
    expect(await seen()).toContain('with 1 or more. With no service at all: 54% fewer.')
    await page.mouse.up()
  })

  test('can be walked by keyboard, focus in sight and in reading order', async () => {
    if (!page) throw new Error('no page was opened')
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/answer-5`)
    expect((await keyboardWalk(page))[0]).toContain('Skip to main content')
  })
})
