import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { assets } from '#ui'
import {
  axeCheck,
  browserOrSkip,
  findChromium,
  keyboardWalk,
  networkIsOurs,
  noBrokenHeading,
  noSidewaysScroll,
  openBrowser,
} from '../browser.ts'
import { galleryPages } from '../ui-gallery.data.tsx'

const test = browserOrSkip()

const page = (inside: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><main><h1>t</h1>${inside}</main></body></html>`

const brokenPages: Readonly<Record<string, () => string>> = {
  unlabelled: () => page('<input type="text">'),
  wide: () => page('<p class="w">wide</p><link rel="stylesheet" href="/wide.css">'),
  'broken-word': () =>
    page(
      '<table><thead><tr><th class="n">Medicines</th></tr></thead></table><link rel="stylesheet" href="/n.css">',
    ),
  'other-host': () => page('<img alt="" src="http://keyworker.invalid/x.png">'),
  'inline-style': () => page('<p style="color:red">red</p>'),
  'no-ring': () => page('<a href="/x">x</a><link rel="stylesheet" href="/no-ring.css">'),
  trap: () => page('<a href="/x">x</a><a href="/y">y</a><script type="module" src="/trap.js"></script>'),
}
const brokenParts: Readonly<Record<string, readonly [string, string]>> = {
  '/wide.css': ['text/css', '.w { width: 2000px }'],
  '/n.css': ['text/css', 'table { width: 3em; table-layout: fixed } .n { overflow-wrap: anywhere }'],
  '/no-ring.css': ['text/css', 'a:focus { outline: none }'],
  '/trap.js': [
    'text/javascript',
    'const last = document.links[1]; last.addEventListener("keydown", (event) => event.preventDefault())',
  ],
}

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'"

let server: Server
let browser: Browser | undefined
let origin = ''

beforeAll(async () => {
  const files = new Map(assets().map((asset) => [asset.path, asset]))
  server = createServer((request, response) => {
    const path = request.url ?? ''
    const asset = files.get(path)
    if (asset) return response.writeHead(200, { 'content-type': asset.contentType }).end(asset.body)
    const part = brokenParts[path]
    if (part) return response.writeHead(200, { 'content-type': part[0] }).end(part[1])
    const make = galleryPages[path.slice(1)] ?? brokenPages[path.slice(1)]
    if (!make) return response.writeHead(404).end()
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
    return response.writeHead(200, headers).end(make())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (findChromium()) browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

async function open(name: string, width = 1280): Promise<{ page: Page; checkNetwork: () => void }> {
  const page = await browser!.newPage({ viewport: { width, height: 800 } })
  const checkNetwork = networkIsOurs(page)
  await page.goto(`${origin}/${name}`)
  return { page, checkNetwork }
}

describe.each(Object.keys(galleryPages))('the gallery page %s', (name) => {
  let opened: Awaited<ReturnType<typeof open>> | undefined
  beforeAll(async () => {
    if (browser) opened = await open(name)
  })
  afterAll(() => opened?.page.close())

  test.each([1280, 375])('breaks no rule of WCAG 2.2 AA at %i px', async (width) => {
    await opened!.page.setViewportSize({ width, height: 800 })
    await axeCheck(opened!.page)
  })

  test('never scrolls sideways, from 320 px and 400% zoom upwards', async () => {
    await noSidewaysScroll(opened!.page)
  })

  test('breaks no heading of a table inside a word on a telephone', async () => {
    await noBrokenHeading(opened!.page, 375)
  })

  const walkedAtPx = ['person', 'form-with-problems'].includes(name) ? [1280, 375] : [1280]
  test.each(walkedAtPx)(
    'can be walked by keyboard at %i px, focus in sight and in reading order',
    async (width) => {
      await opened!.page.setViewportSize({ width, height: 800 })
      const stops = await keyboardWalk(opened!.page)
      expect(stops[0]).toContain('Skip to main content')
    },
  )

  test('asks nothing of another host and breaks no content security rule', () => {
    opened!.checkNetwork()
  })
})

describe('a page that is broken is caught', () => {
  test('a field without a label, by the rule it breaks', async () => {
    const { page } = await open('unlabelled')
    await expect(axeCheck(page)).rejects.toThrow('label')
    await page.close()
  })

  test('a page wider than its window, by what sticks out', async () => {
    const { page } = await open('wide')
    await expect(noSidewaysScroll(page, [320])).rejects.toThrow('p.w')
    await page.close()
  })

  test('a heading broken inside a word, by the word', async () => {
    const { page } = await open('broken-word')
    await expect(noBrokenHeading(page, 375)).rejects.toThrow('Medicines')
    await page.close()
  })

  test('a picture from another host', async () => {
    const { page, checkNetwork } = await open('other-host')
    expect(checkNetwork).toThrow('keyworker.invalid')
    await page.close()
  })

  test('a style written into the page', async () => {
    const { page, checkNetwork } = await open('inline-style')
    expect(checkNetwork).toThrow('Content Security Policy')
    await page.close()
  })

  test('a link whose focus cannot be seen', async () => {
    const { page } = await open('no-ring')
    await expect(keyboardWalk(page)).rejects.toThrow('looks the same')
    await page.close()
  })

  test('a place the keyboard cannot leave', async () => {
    const { page } = await open('trap')
    await expect(keyboardWalk(page)).rejects.toThrow('keeps the focus')
    await page.close()
  })
})

describe('a page about one person', () => {
  test('HZ01 keeps name, birth date, NHS number and allergy in sight while it scrolls', async () => {
    for (const width of [1280, 375]) {
      const { page } = await open('person', width)
      await page.evaluate('scrollTo(0, 600)')
      for (const words of ['PILLAY, Jean', '14 March 1936', '999 000 1235', 'Allergy: penicillin (rash)']) {
        const box = await page.getByText(words, { exact: false }).first().boundingBox()
        expect(box && box.y >= 0 && box.y + box.height <= 200, `${words} at ${width} px`).toBe(true)
      }
      await page.close()
    }
  })

  test('gives the window back to the page when zoomed to 400%', async () => {
    const { page } = await open('person')
    await page.setViewportSize({ width: 320, height: 256 })
    await page.evaluate('scrollTo(0, 1200)')
    const box = await page.getByText('PILLAY, Jean').first().boundingBox()
    expect(box && box.y < 0).toBe(true)
    await page.close()
  })
})

describe('the filters of a list', () => {
  test('fold on a telephone behind a line that says how many are on, and open without script', async () => {
    const context = await browser!.newContext({
      javaScriptEnabled: false,
      viewport: { width: 375, height: 800 },
    })
    const page = await context.newPage()
    await page.goto(`${origin}/case-finding`)
    expect(await page.getByLabel('Age', { exact: true }).isVisible()).toBe(false)
    expect(await page.getByText('Aged 75 or over').isVisible()).toBe(true)
    await page.getByText('Filters, 1 on').click()
    expect(await page.getByLabel('Age', { exact: true }).isVisible()).toBe(true)
    const asked = page.waitForRequest('**/l?**age=75**')
    await page.getByRole('button', { name: 'Apply' }).click()
    await asked
    await context.close()
  })

  test('are open from the start where there is room, with nothing to press first', async () => {
    const { page } = await open('case-finding')
    expect(await page.getByText('Filters, 1 on').isVisible()).toBe(false)
    expect(await page.getByLabel('Age', { exact: true }).isVisible()).toBe(true)
    const stops = await keyboardWalk(page)
    expect(stops.filter((stop) => stop.startsWith('select'))).toHaveLength(3)
    await page.close()
  })
})

describe('a form with something to put right', () => {
  test('moves focus to the summary, and from there to the field', async () => {
    const { page } = await open('form-with-problems')
    expect(await page.evaluate('document.activeElement.className')).toContain('nhsuk-error-summary')
    for (const [words, field] of [
      ['Select who will do this', 'owner'],
      ['Due date must be a real date, like 27 3 2026', 'dueOn'],
      ['Select how soon it is needed', 'urgency'],
    ]) {
      await page.getByRole('link', { name: words ?? '' }).click()
      expect(await page.evaluate('document.activeElement.id')).toBe(field)
    }
    await page.close()
  })

  test('is reached by quick keys, which press what they name', async () => {
    const { page } = await open('person')
    await page.keyboard.press('Alt+Shift+F')
    expect(await page.evaluate('document.activeElement.id')).toBe('find-person')
    await Promise.all([page.waitForRequest('**/emergency'), page.keyboard.press('Alt+Shift+E')])
    await page.close()
  })
})

describe('paper', () => {
  test('a list longer than a sheet begins under its heading, and no box to type in is printed', async () => {
    const { page } = await open('case-finding')
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.querySelector(".kw-table")).breakInside')).toBe(
      'auto',
    )
    const boxes = await page.locator('main input:not([type=hidden]):visible, main select:visible').count()
    expect(boxes).toBe(0)
    await page.close()
  })

  test('what would hide people is printed though nobody opened it', async () => {
    const { page } = await open('case-finding')
    const folded =
      '<details class="nhsuk-details kw-opens-on-paper"><summary>2 later</summary><p>BELL, Liam</p></details>'
    await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '${folded}')`)
    const heightPx = async () => (await page.getByText('BELL, Liam').boundingBox())?.height ?? 0
    expect(await heightPx()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await heightPx()).toBeGreaterThan(0)
    await page.close()
  })
})

describe('a reader who chose their own colours, or no motion', () => {
  test('still sees every line, bar and mark of a chart, and which page they are on', async () => {
    const { page } = await open('evaluation')
    await page.emulateMedia({ forcedColors: 'active' })
    const wrong = await page.evaluate<string[]>(`(() => {
      const paper = getComputedStyle(document.body).backgroundColor
      const ink = getComputedStyle(document.body).color
      const isSeen = (it) => [getComputedStyle(it).stroke, getComputedStyle(it).fill].some((colour) => ![paper, 'none'].includes(colour))
      const shapes = document.querySelectorAll('.kw-line, .kw-bar, .kw-mark, .kw-dot, .kw-index, .kw-bracket line')
      const words = [...document.querySelectorAll('.kw-chart text')].filter((it) => !it.closest('.kw-bar__label--service'))
      return [...[...shapes].filter((it) => !isSeen(it)), ...words.filter((it) => getComputedStyle(it).fill !== ink)]
        .map((it) => it.getAttribute('class') + ' ' + it.textContent)
    })()`)
    expect(wrong).toEqual([])
    const underlined = `[...document.querySelectorAll('.kw-navigation a')].map((it) =>
      getComputedStyle(it).borderBottomColor !== getComputedStyle(document.body).backgroundColor)`
    expect(await page.evaluate(underlined)).toEqual([false, false, false, false, false, true])
    await page.close()
  })

  test('sees nothing move', async () => {
    const { page } = await open('my-day')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const moving = await page.evaluate<string[]>(`[...document.querySelectorAll('*')].filter((it) => {
      const style = getComputedStyle(it)
      return style.transitionDuration !== '0s' || style.animationName !== 'none'
    }).map((it) => it.className)`)
    expect(moving).toEqual([])
    await page.close()
  })
})

describe('on paper', () => {
  test('made-up people say SYNTHETIC on every sheet, and the navigation is gone', async () => {
    const { page } = await open('evaluation')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('SYNTHETIC. Not a real person.').first().isVisible()).toBe(true)
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false)
    await page.close()
  })

  test('a list lies sideways from its first sheet on, not after a sheet with its heading alone', async () => {
    const { page } = await open('case-finding')
    await page.evaluate(`document.querySelector('main table').parentElement.classList.add('kw-landscape')`)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sheets = [...pdf.matchAll(/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)]
    expect(sheets.length).toBeGreaterThan(0)
    expect(sheets.every(([, width, height]) => Number(width) > Number(height))).toBe(true)
    await page.close()
  })

  test('an emergency summary is one sheet of A4', async () => {
    const { page } = await open('emergency-summary')
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.close()
  })
})
