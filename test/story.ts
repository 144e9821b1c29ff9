import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { cookieName } from '../src/answering.ts'
import { rooms } from '../src/pathway.ts'
import { personScreens } from '../src/roof.ts'
import { buildServer } from '../src/serve.ts'
import { findChromium, openBrowser } from './browser.ts'
import { type Cast, type House, openHouse, testClock } from './house.ts'

/** A house whose pages stand at an address, and a browser where the machine has one. A page is named by its path. */
export type Story = {
  readonly house: House
  /** A window one of the cast is signed in with. Without script unless it is said: everything can be done without it. */
  readonly signedIn: (who: Cast, hasScript?: boolean) => Promise<BrowserContext>
  /** The same for one piece of work, after which the window is closed. */
  readonly visit: (who: Cast, hasScript: boolean, work: (page: Page) => Promise<void>) => Promise<void>
}

/** Begins a story: called once in its `beforeAll`. Browser and server end with the file's tests. */
export async function beginStory(): Promise<Story> {
  const house = await openHouse()
  const baseUrl = 'http://127.0.0.1'
  const app = await buildServer({
    pool: house.pool,
    settings: { baseUrl },
    clock: testClock,
    routes: [...rooms.flatMap((room) => room.screens), ...personScreens],
    openRoutes: [],
    signIn: {},
  })
  const baseURL = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser: Browser | undefined = findChromium() ? await openBrowser() : undefined
  afterAll(async () => {
    await browser?.close()
    await app.close()
  })
  const signedIn: Story['signedIn'] = async (who, hasScript = false) => {
    if (!browser) throw new Error('there is no browser')
    const viewport = { width: 1280, height: 900 }
    const context = await browser.newContext({ baseURL, javaScriptEnabled: hasScript, viewport })
    await context.addCookies([{ name: cookieName(baseUrl), value: await house.signIn(who), url: baseURL }])
    return context
  }
  return {
    house,
    signedIn,
    visit: async (who, hasScript, work) => {
      const context = await signedIn(who, hasScript)
      try {
        await work(await context.newPage())
      } finally {
        await context.close()
      }
    },
  }
}

/** Writes a date into the three boxes of a field. */
export async function fillDate(
  page: Page,
  name: string,
  [day, month, year]: readonly [day: string, month: string, year: string],
): Promise<void> {
  await page.fill(`[name="${name}-day"]`, day)
  await page.fill(`[name="${name}-month"]`, month)
  await page.fill(`[name="${name}-year"]`, year)
}
