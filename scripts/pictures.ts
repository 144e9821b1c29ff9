// Takes the README's pictures of a demonstration that is running: npm run pictures -- http://127.0.0.1:8080
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { assets } from '#ui'
import { openBrowser } from '../test/browser.ts'
import { pageOfAnAnswer } from './an-answer.ts'

const address = process.argv[2] ?? 'http://127.0.0.1:8080'
const folder = resolve(import.meta.dirname, '../pictures')
mkdirSync(folder, { recursive: true })

const wide = { width: 1280, height: 900 }
const narrow = { width: 375, height: 800 }

type Shot = { readonly door?: string; readonly to?: string; readonly name: string; readonly at?: typeof wide }

const shots: readonly Shot[] = [
  { name: '01-first-page' },
  { door: 'Work down a GP’s list', name: '02-list' },
  { door: 'A co-ordinator’s morning', name: '03-my-day' },
  { door: 'A co-ordinator’s morning', name: '03-my-day-375', at: narrow },
  { door: 'The ward round', name: '04-ward-round' },
  { door: '3 in the morning', name: '05-emergency-summary' },
  { door: 'Did it help?', name: '06-did-it-help' },
  { door: 'Did it help?', to: '/evaluation/teacher', name: '07-what-falls-by-itself' },
  { door: 'A co-ordinator’s morning', to: '/reflection', name: '08-our-months' },
  { door: 'Did it help?', to: '/reflection/compare', name: '09-compared-fairly' },
]

const browser = await openBrowser()
try {
  for (const { door, to, name, at = wide } of shots) {
    const context = await browser.newContext({ viewport: at })
    const page = await context.newPage()
    await page.goto(address)
    if (door) await enter(page, door)
    if (to) await page.goto(new URL(to, address).href)
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    process.stdout.write(`pictures/${name}.png\n`)
    await context.close()
  }
  await anAnswer()
} finally {
  await browser.close()
}

async function enter(page: Page, door: string): Promise<void> {
  await page.getByRole('button', { name: door }).first().click()
  await page.waitForLoadState('load')
}

/** The charts of an answer, which a demonstration that withholds its own does not show. */
async function anAnswer(): Promise<void> {
  const files = new Map(assets().map((asset) => [asset.path, asset]))
  const server = createServer((request, response) => {
    const asset = files.get(request.url ?? '')
    const type = asset?.contentType ?? 'text/html; charset=utf-8'
    response.writeHead(200, { 'content-type': type }).end(asset?.body ?? pageOfAnAnswer())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const page = await browser.newPage({ viewport: wide })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.screenshot({ path: join(folder, '10-an-answer-with-its-charts.png'), fullPage: true })
  process.stdout.write('pictures/10-an-answer-with-its-charts.png\n')
  server.close()
}
