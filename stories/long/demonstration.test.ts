import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import {
  axeCheck,
  browserOrSkip,
  findChromium,
  networkIsOurs,
  noSidewaysScroll,
  openBrowser,
} from '../../test/browser.ts'
import { everyPageByKeyboard } from '../../test/crawl.ts'
import { testFolder } from '../../test/house.ts'
import { killEverythingIn, type Running, startKeyworker } from '../../test/processes.ts'
import { fillDate } from '../../test/story.ts'

const test = browserOrSkip()
const folder = testFolder('demonstration')

let running: Running | undefined
let browser: Browser | undefined

beforeAll(async () => {
  if (!findChromium()) return
  rmSync(folder, { recursive: true, force: true })
  running = await startKeyworker(folder, { isDemonstration: true })
  await running.untilSays(/Keyworker is at/, 550_000)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await running?.stop()
  killEverythingIn(folder)
  rmSync(folder, { recursive: true, force: true })
})

async function onFirstPage(work: (page: Page) => Promise<void>): Promise<void> {
  if (!browser || !running) throw new Error('there is no browser')
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(running.address)
    await work(page)
  } finally {
    await context.close()
  }
}

const enter = async (page: Page, door: string) => {
  await page.getByRole('button', { name: door }).click()
  await page.waitForLoadState('load')
}

const mainOf = async (page: Page) => (await page.textContent('main')) ?? ''

describe('a stranger types npm start', () => {
  test('the first page says in about 60 words what this is and that everyone is invented', async () => {
    await onFirstPage(async (page) => {
      const words = ((await page.locator('main p').first().textContent()) ?? '').split(/\s+/)
      expect(words.length).toBeLessThanOrEqual(65)
      expect(await mainOf(page)).toContain('Everybody in Harrowmere is invented')
      expect(await page.locator('.kw-header').count()).toBe(1)
      await axeCheck(page)
      await noSidewaysScroll(page)
    })
  })

  const doors: readonly (readonly [string, RegExp])[] = [
    ['Work down a GP’s list', /[1-9]\d* left to judge of/],
    ['A co-ordinator’s morning', /3 are overdue/],
    ['The ward round', /person 1 of 12/],
    ['3 in the morning', /Pillay/i],
    ['Did it help?', /(We cannot tell yet|matched people|Withheld|too small to matter)/],
  ]

  test.each(doors)('the door “%s” lands on something waiting', async (door, waiting) => {
    await onFirstPage(async (page) => {
      await enter(page, door)
      expect(await page.textContent('body')).toMatch(waiting)
      expect(await page.textContent('body')).toContain('SYNTHETIC')
      expect(await page.textContent('header')).toMatch(
        /Astrid Lund|Amina Yusuf|Pat Doyle|Tom Ashe|Rhodri Evans/,
      )
      await axeCheck(page)
      await noSidewaysScroll(page)
    })
  })

  test('somebody waits for one of the ward’s free beds, as what to try says', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'The ward round')
      await page.goto(`${running?.address}/ward/admit`)
      expect(await page.locator('main table a, main table button').count()).toBeGreaterThanOrEqual(2)
    })
  })

  const waitingFor: readonly (readonly [string, string, RegExp])[] = [
    ['Miriam Katz', '/privacy/openings', /2 wait to be reviewed/],
    ['Bea Lindqvist', '/asks', /1 is new and 1 was wanted before today[\s\S]*Martin helps/],
    ['Amina Yusuf', '/reflection/audits', /Showing 1 of 1[\s\S]*whom to ring when things get worse/],
    ['Yasmin Haddad', '/evaluation/rollouts', /Phased starts \(1\)/],
    ['Rhodri Evans', '/evaluation/staff', /All together/],
    ['Amina Yusuf', '/my-people/first-contacts', /3 people wait\. 1 is late, and 1 is due today\./],
    ['Dr Tom Ashe', '/out-of-hours?page=1', /rescue pack, in the kitchen drawer|weight card, by the kettle/],
  ]

  test.each(waitingFor)('%s finds something waiting at %s', async (name, path, waiting) => {
    await onFirstPage(async (page) => {
      await page.goto(`${running?.address}/sign-in`)
      await page
        .getByRole('button', { name: new RegExp(name) })
        .first()
        .click()
      await page.goto(`${running?.address}${path}`)
      expect(await mainOf(page)).toMatch(waiting)
      await axeCheck(page)
    })
  })

  test('the longer list of Moor Surgery, as what to try says, is partly judged', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'Work down a GP’s list')
      await page.goto(`${running?.address}/post`)
      await page.getByRole('button', { name: 'Work here' }).click()
      await page.goto(`${running?.address}/case-finding`)
      expect(await mainOf(page)).toMatch(/Deferred \(3\)[\s\S]*Declined \(4\)/)
    })
  })

  test('a model is trained on the town, with a report to read, and is not in use', async () => {
    await onFirstPage(async (page) => {
      await page.goto(`${running?.address}/sign-in`)
      await page
        .getByRole('button', { name: /Yasmin Haddad/ })
        .first()
        .click()
      await waitUntil(async () => {
        await page.goto(`${running?.address}/models`)
        return (await mainOf(page)).includes('harrowmere-1')
      })
      expect(await mainOf(page)).toContain('No model is in use.')
      await page.getByRole('link', { name: 'harrowmere-1' }).click()
      expect(await mainOf(page)).toMatch(/Right in 100 pairs|in 100 pairs/)
    })
  })

  test('every kind of page of everybody is reached, seen and left by keyboard alone', async () => {
    if (!browser || !running) throw new Error('there is no browser')
    const { kinds, wrong } = await everyPageByKeyboard(browser, running.address)
    expect(wrong).toEqual([])
    expect(kinds.size).toBeGreaterThan(150)
  })

  test('nothing on any of these pages is fetched from another host', async () => {
    for (const [door] of doors) {
      await onFirstPage(async (page) => {
        const check = networkIsOurs(page)
        // A picture still on its way when the page is left counts as failed: each page is let finish.
        await page.reload({ waitUntil: 'networkidle' })
        await enter(page, door)
        await page.waitForLoadState('networkidle')
        check()
      })
    }
  })
})

/** What a page of one kind has for an address: references are left out, and so is what a filter says. */
const kindOf = (href: string) => {
  const [path = '', query = ''] = href.split('#')[0]?.split('?') ?? []
  const said = [...new URLSearchParams(query).keys()].sort().join('&')
  return `${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')}?${said}`
}

/** Reads one page of each kind that links lead to, from where somebody lands. @returns the links that lead nowhere. */
async function deadEnds(page: Page, address: string, mostPages: number): Promise<readonly string[]> {
  const dead: string[] = []
  const seen = new Set<string>()
  const queue = [{ href: new URL(page.url()).pathname, on: 'where they land' }]
  for (let next = queue.shift(); next && seen.size < mostPages; next = queue.shift()) {
    const { href, on } = next
    if (seen.has(kindOf(href))) continue
    seen.add(kindOf(href))
    const answer = await page.request.get(`${address}${href}`)
    if (answer.status() !== 200) dead.push(`${answer.status()} ${kindOf(href)} from ${kindOf(on)}`)
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue
    const links = [...(await answer.text()).matchAll(/<a [^>]*href="(\/[^"]*)"/g)]
    for (const [, link = ''] of links) queue.push({ href: link.replaceAll('&amp;', '&'), on: href })
  }
  return dead
}

describe('nobody is led to a page that is not theirs', () => {
  const everybody = [
    'Priya Raman',
    'Ana Ferreira',
    'Pat Doyle',
    'Dr Tom Ashe',
    'Ruth Adeyemi',
    'Dawn Mercer',
    'Nikhil Shah',
    'Carol Whitby',
    'Leila Farouk',
    'Bea Lindqvist',
    'Rhodri Evans',
    'Miriam Katz',
    'Jo Marchetti',
  ]
  test.each(everybody)('no link of any page leads %s to one they may not open', async (name) => {
    await onFirstPage(async (page) => {
      await page.goto(`${running?.address}/sign-in`)
      await page
        .getByRole('button', { name: new RegExp(name) })
        .first()
        .click()
      await page.waitForLoadState('load')
      expect(await deadEnds(page, running?.address ?? '', 60)).toEqual([])
    })
  })
})

describe('the thin whole loop, by one stranger', () => {
  let person = ''
  let name = ''

  test('they accept the second person of the GP’s list and name Amina as case manager', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'Work down a GP’s list')
      const row = page.locator('main a[href^="/case-finding/"]', { hasText: /, / }).nth(1)
      name = ((await row.textContent()) ?? '').split(',')[0] ?? ''
      person = /case-finding\/([0-9a-f-]+)/.exec((await row.getAttribute('href')) ?? '')?.[1] ?? ''
      await row.click()
      expect(await page.locator('input[type="radio"]:checked').count()).toBe(0)
      await page.check('[name="decision"][value="accepted"]')
      await page.click('button:has-text("Save and next person")')
      await page.check('[name="how-soon"][value="2 working days"]')
      await page.check('[name="agreed"][value="yes"]')
      await page.locator('label', { hasText: 'Amina Yusuf' }).first().click()
      await page.check('[name="reason"][value="several teams"]')
      await page.click('main button:has-text("Accept")')
      expect(await page.textContent('.kw-saved')).toContain('The case manager is Amina Yusuf')
    })
  })

  test('Amina writes a plan with one goal and one action, records a contact and shares with out of hours', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'A co-ordinator’s morning')
      await page.goto(`${running?.address}/people/${person}/plan/change`)
      await page.fill('[name="matters"]', 'I want to sleep in my own bed.')
      await page.fill('[name="goal-1"]', 'Sleep through the night')
      await page.fill('[name="goal-1-action-1"]', 'Ask the chemist about the evening tablets')
      await page.selectOption('[name="goal-1-action-1-who"]', { label: 'Amina Yusuf, case manager' })
      await fillDate(page, 'goal-1-action-1-due', ['15', '4', '2026'])
      await page.check('[name="goal-1-action-1-ooh"]')
      await page.fill('[name="if-1"]', 'Breathless lying down')
      await page.fill('[name="if-1-then"]', 'Sit up and ring')
      await page.fill('[name="if-1-call"]', 'Rapid response, 01632 960 150')
      await fillDate(page, 'review', ['29', '4', '2026'])
      await page.check('[name="agreed-by"][value="the person"]')
      await fillDate(page, 'agreed-on', ['1', '4', '2026'])
      await page.click('button:has-text("Save the plan")')
      expect(await mainOf(page)).toContain('Sleep through the night')
      await page.goto(`${running?.address}/people/${person}/contacts/record`)
      await page.check('[name="kind"][value="telephone"]')
      await page.fill('[name="minutes"]', '15')
      await page.fill('textarea[name="words"]', 'Rang to say who I am and how to reach me.')
      await page.click('button:has-text("Save the contact")')
      expect(await mainOf(page)).toContain('Rang to say who I am')
      await page.goto(`${running?.address}/people/${person}/sharing`)
      await page.check('[name="answer"][value="yes"]')
      await page.check('[name="source"][value="the person"]')
      await page.click('button:has-text("Save the answer")')
      expect(await mainOf(page)).toContain('Shared with out of hours')
    })
  })

  test('out of hours finds them on its page at once, with what was marked for them', async () => {
    await onFirstPage(async (page) => {
      await enter(page, '3 in the morning')
      await page.goto(`${running?.address}/people/${person}/emergency`)
      expect(await mainOf(page)).toContain('Sit up and ring')
      expect((await mainOf(page)).toUpperCase()).toContain(name.toUpperCase())
    })
  })

  test('Amina closes the episode with a reason', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'A co-ordinator’s morning')
      await page.goto(`${running?.address}/people/${person}/close`)
      await page.check('[name="reason"][value="goals met"]')
      for (const box of await page.locator('[name="told"]').all()) await box.check()
      for (const box of await page.locator('[name^="task-"][value="end"]').all()) await box.check()
      for (const box of await page.locator('[name^="action-"][value="stop"]').all()) await box.check()
      await page.click('button:has-text("Close the episode")')
      expect(await mainOf(page)).toContain('No episode is open.')
    })
  })

  test('the evaluation says how much would have happened anyway, or that it cannot tell', async () => {
    await onFirstPage(async (page) => {
      await enter(page, 'Did it help?')
      const said = await mainOf(page)
      expect(said).toMatch(/(expected with no service|We cannot tell yet|Withheld)/)
      expect(said).not.toMatch(/\b(saved|no effect|trend)\b/)
    })
  })

  test('start again puts the town back as it was', async () => {
    await waitUntil(async () =>
      (await (await fetch(`${running?.address}/`)).text()).includes('Put the town back'),
    )
    await onFirstPage(async (page) => {
      await page.click('button:has-text("Put the town back")')
      await page.waitForSelector('text=Work down a GP’s list', { timeout: 60_000 })
      await enter(page, 'Work down a GP’s list')
      expect(await mainOf(page)).toContain(name)
    })
  })

  test('through all of it nothing went wrong on our side', async () => {
    expect(running?.said().match(/^fault .*$/gm) ?? []).toEqual([])
  })
})

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo().catch(() => false)) return
    await new Promise((done) => setTimeout(done, 1000))
  }
  throw new Error('it did not become so within 5 minutes')
}
