import type { Browser, Page } from 'playwright-core'
import { keyboardWalk, noSidewaysScroll } from './browser.ts'

/** What a crawl walked, by the kind of page, and what it found wrong. */
export type Crawled = { readonly kinds: ReadonlySet<string>; readonly wrong: readonly string[] }

const mostPagesEach = 60
const isFile = /\/(?:pdf|bundle|table|file|download|empty)(?:[/?]|$)|\.(?:csv|svg|pdf)/

/**
 * Goes through every kind of page that everybody of a demonstration can come to by links, with the keyboard alone: the first
 * stop skips to what the page is about, each stop can be seen and is not covered, nothing keeps the focus, the order follows
 * the page, everything that can be used is reached, and no page scrolls sideways at 320 pixels.
 *
 * A kind is an address without its references and values: one of each is looked at, once for all who may open it.
 */
export async function everyPageByKeyboard(browser: Browser, address: string): Promise<Crawled> {
  const kinds = new Set<string>()
  const wrong: string[] = []
  for (const post of await postsAt(browser, address)) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    try {
      const page = await context.newPage()
      await page.goto(`${address}/sign-in`)
      await page.locator(`form:has([name=post][value="${post}"]) button`).first().click()
      await page.waitForLoadState('load')
      await walkFrom(page, address, kinds, wrong)
    } finally {
      await context.close()
    }
  }
  return { kinds, wrong }
}

async function postsAt(browser: Browser, address: string): Promise<readonly string[]> {
  const page = await browser.newPage()
  await page.goto(`${address}/sign-in`)
  const posts = await page.evaluate<string[]>(
    `[...document.querySelectorAll('form[action="/sign-in/as"] [name=post]')].map(it => it.value)`,
  )
  await page.close()
  return posts
}

async function walkFrom(page: Page, address: string, kinds: Set<string>, wrong: string[]): Promise<void> {
  const [waiting, been] = [[page.url()], new Set<string>()]
  for (let at = waiting.shift(); at && been.size < mostPagesEach; at = waiting.shift()) {
    const kind = kindOf(at)
    if (been.has(kind)) continue
    been.add(kind)
    const answer = await page.goto(at)
    if (!answer || answer.status() >= 400) wrong.push(`${kind} answers ${answer?.status()}`)
    const links = await page.evaluate<string[]>(`[...document.links].map(it => it.href.split('#')[0])`)
    waiting.push(...links.filter((link) => link.startsWith(`${address}/`) && !isFile.test(link)))
    if (kinds.has(kind)) continue
    kinds.add(kind)
    await walkOne(page, kind).catch((error: unknown) => wrong.push(`${kind}: ${String(error)}`))
  }
}

async function walkOne(page: Page, kind: string): Promise<void> {
  const [first] = await keyboardWalk(page, 700)
  const missed = await page.evaluate<string[]>(whatWasMissed)
  if (!first?.includes('Skip to main content')) throw new Error(`${kind} begins with ${first}`)
  if (missed.length > 0) throw new Error(`${kind} never reaches ${missed.slice(0, 5).join(', ')}`)
  await noSidewaysScroll(page, [320])
}

const kindOf = (link: string): string => {
  const { pathname, searchParams } = new URL(link)
  const path = pathname.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id').replace(/\/\d+/g, '/:n')
  return `${path}?${[...searchParams.keys()].sort().join('&')}`
}

const whatWasMissed = `(() => {
  const been = new Set(window.walked)
  const usable = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')
  // One radio of a group is a stop; the arrows reach the others.
  const isOfGroup = (it) => it.type === 'radio' && [...document.getElementsByName(it.name)].some((other) => been.has(other))
  return [...usable]
    .filter((it) => !been.has(it) && !it.disabled && it.checkVisibility({ checkVisibilityCSS: true }) && !isOfGroup(it))
    .map((it) => it.tagName.toLowerCase() + ' ' + (it.name || it.textContent).trim().slice(0, 40))
})()`
