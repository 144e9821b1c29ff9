import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { test } from 'vitest'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where a browser is: what CHROMIUM names if it is set, else the usual places. Undefined if none is there. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env
  return (CHROMIUM ? [CHROMIUM] : usualPlaces).find((place) => existsSync(place))
}

let wasSaid = false

/**
 * Vitest's test where a browser exists. Without one, says so once and skips each test by its name, so
 * that what did not run is counted and never looks as if it had passed.
 */
export function browserOrSkip(): typeof test | typeof test.skip {
  if (findChromium()) return test
  if (!wasSaid)
    process.stderr.write('browser stories not run: no Chromium found; run npm run setup:browser\n')
  wasSaid = true
  return test.skip
}

/** A browser that fetches nothing on its own account. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium found: ask browserOrSkip before opening one')
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map(
    (it) => `--disable-${it}`,
  )
  return chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--no-first-run', ...quiet] })
}

const rulesOfConformance = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** WCAG 2.2 A and AA, and good practice. Throws with each broken rule and where it is broken. */
export async function axeCheck(page: Page): Promise<void> {
  // Legacy mode opens no page of its own; it cannot look into frames, of which we have none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rulesOfConformance).analyze()
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.map(
      ({ target, failureSummary }) => `  ${target.join(' ')}\n    ${failureSummary ?? ''}`,
    )
    return `${id}: ${help}\n${places.join('\n')}`
  })
  if (found.length > 0) throw new Error(`not accessible at ${await whereIs(page)}:\n${found.join('\n')}`)
}

/** A telephone, a desk screen, and 400% zoom of one (320 px by 256). */
export const widthsPx = [320, 375, 640, 1280] as const

/** Throws if a page is wider than its window at any of these widths, naming what sticks out. */
export async function noSidewaysScroll(page: Page, widths: readonly number[] = widthsPx): Promise<void> {
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 320 ? 256 : 800 })
    const out = await page.evaluate<string[]>(whatSticksOut)
    if (out.length > 0) throw new Error(`wider than ${width} px at ${await whereIs(page)}: ${out.join(', ')}`)
  }
  if (before) await page.setViewportSize(before)
}

/** Throws if a heading of a table is broken inside a word at this width, naming the words. */
export async function noBrokenHeading(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  const words = await page.evaluate<string[]>(whatIsBroken)
  if (words.length > 0)
    throw new Error(`broken at ${width} px at ${await whereIs(page)}: ${words.join(', ')}`)
}

const whatIsBroken = `(() => {
  const out = []
  for (const head of document.querySelectorAll('thead th')) {
    if (getComputedStyle(head.closest('thead')).position === 'absolute') continue
    const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const word of text.data.matchAll(/[A-Za-z]+/g)) {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map((it) => Math.round(it.top))).size > 1) out.push(word[0])
      }
  }
  return out
})()`

const whatSticksOut = `(() => {
  const wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= wide) return []
  const out = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > wide + 0.5)
  return out.slice(-5).map((it) => it.tagName.toLowerCase() + '.' + it.getAttribute('class'))
})()`

type Stop = {
  readonly name: string
  readonly isFirstAgain: boolean
  readonly isVisible: boolean
  readonly hasFocusRing: boolean
  readonly isCovered: boolean
  readonly isStuck: boolean
  readonly isAfterLast: boolean
}

/**
 * Tabs through a page as somebody without a pointer would.
 *
 * Throws if focus cannot be seen, is covered, jumps back against the reading order, or never leaves the
 * page. Returns the name of each stop, in order.
 */
export async function keyboardWalk(page: Page, mostStops = 400): Promise<readonly string[]> {
  await page.evaluate(backToTheTop)
  const stops: string[] = []
  for (let step = 0; step < mostStops; step++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<Stop | null>(whereFocusIs)
    if (!stop || stop.isFirstAgain) return stops
    const wrong = [
      !stop.isVisible && 'cannot be seen',
      !stop.hasFocusRing && 'looks the same with focus as without',
      stop.isCovered && 'is covered by something else',
      stop.isStuck && 'keeps the focus',
      !stop.isAfterLast && `comes before ${stops.at(-1)} in the page but after it by keyboard`,
    ].filter(Boolean)
    if (wrong.length > 0) throw new Error(`${stop.name} ${wrong.join(' and ')}, at ${await whereIs(page)}`)
    stops.push(stop.name)
  }
  throw new Error(`focus never left the page in ${mostStops} stops, at ${await whereIs(page)}`)
}

const backToTheTop = `(() => {
  const start = document.createElement('span')
  start.tabIndex = -1
  document.body.prepend(start)
  start.focus()
  start.remove()
  scrollTo(0, 0)
  window.walked = []
})()`

const whereFocusIs = `(() => {
  const it = document.activeElement
  if (!it || it === document.body || it === document.documentElement) return null
  const label = it.labels?.[0]
  const parts = [it, label].filter(Boolean)
  const look = () => parts.flatMap((part) => ['', '::before', '::after'].map((pseudo) => {
    const style = getComputedStyle(part, pseudo)
    return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.color].join()
  })).join('|')
  const focused = look()
  it.blur()
  const hasFocusRing = look() !== focused
  it.focus({ preventScroll: true })
  const box = (it.matches('[type=radio], [type=checkbox]') && label ? label : it).getBoundingClientRect()
  const corners = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8]]
  const isCovered = !corners.some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
    return top && (it.contains(top) || top.contains(it) || label?.contains(top))
  })
  const last = window.walked.at(-1)
  const isFirstAgain = window.walked[0] === it
  window.walked.push(it)
  const words = (it.getAttribute('aria-label') ?? label?.textContent ?? it.textContent ?? '').trim()
  return {
    name: it.tagName.toLowerCase() + ' "' + words.slice(0, 60) + '"',
    isFirstAgain,
    isVisible: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    hasFocusRing,
    isCovered,
    isStuck: last === it,
    isAfterLast: !last || last === it || Boolean(last.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING),
  }
})()`

/**
 * Watches what a page asks for from now on.
 *
 * @returns a check to call at the end: it throws if anything went to another host, a typeface was asked
 *   for, a request failed that the browser did not give up itself, or the content security policy or a script complained.
 */
export function networkIsOurs(page: Page): () => void {
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    const isOurs = ['127.0.0.1', 'localhost'].includes(url.hostname) || url.protocol === 'data:'
    if (!isOurs) complaints.push(`asked another host: ${url.host}`)
    if (request.resourceType() === 'font') complaints.push(`asked for a typeface: ${url.pathname}`)
  })
  page.on('requestfailed', (request) => {
    // The browser gives up an icon still on its way when the page is left: it was asked of us, and nothing failed.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return
    complaints.push(`failed: ${new URL(request.url()).pathname}`)
  })
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const isAsset = pathname.startsWith('/assets/') || pathname.endsWith('.ico')
    if (response.status() >= 400 && isAsset) complaints.push(`${response.status()}: ${pathname}`)
  })
  page.on('console', (message) => {
    if (/Content Security Policy|font/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  return () => {
    if (complaints.length > 0) throw new Error(`the page is not all ours:\n${complaints.join('\n')}`)
  }
}

/** Keeps a picture of the whole page, in PICTURES or `tmp/pictures` of the checkout; returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = process.env.PICTURES ?? join('tmp', 'pictures')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}

async function whereIs(page: Page): Promise<string> {
  return `${new URL(page.url()).pathname} (${page.viewportSize()?.width} px)`
}
