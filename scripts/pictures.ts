// Takes the README's pictures of a demonstration that is running: npm run pictures -- http://127.0.0.1:8080
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../test/browser.ts'

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
} finally {
  await browser.close()
}

async function enter(page: Page, door: string): Promise<void> {
  await page.getByRole('button', { name: door }).first().click()
  await page.waitForLoadState('load')
}
