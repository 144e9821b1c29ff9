import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { giveAlerts } from '#monitoring'
import { workshopFor } from '../../src/work.ts'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../../test/browser.ts'
import { someoneInCare } from '../../test/care.ts'
import type { House } from '../../test/house.ts'
import { beginStory, fillDate, type Story } from '../../test/story.ts'

const test = browserOrSkip()
const product = 'Made-up Oxygen Watch'
const serial = 'SN 100-7'
const file = join(tmpdir(), `keyworker-kit-${process.pid}.csv`)

let story: Story
let house: House
let jean = ''
let karl = ''

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  jean = await someoneInCare(house, { family: 'Pillay', given: 'Jean', owner: 'amina' })
  karl = await someoneInCare(house, { family: 'Brandt', given: 'Karl', owner: 'omar' })
})

const lend = async (
  page: Page,
  person: string,
  typed: string,
  from: readonly [string, string, string],
  time: string,
) => {
  await page.goto(`/people/${person}/kit`)
  await page.click('text=Lend kit')
  await page.selectOption('[name="kit"]', { index: 1 })
  await page.fill('[name="serial"]', typed)
  await page.check('[name="checked"][value="the person"]')
  await fillDate(page, 'from', from)
  await page.fill('[name="from-time"]', time)
  await page.click('button:has-text("Lend it")')
}

const takeIn = async (page: Page, ...rows: readonly string[]) => {
  writeFileSync(file, ['message_id,product,serial,happened_at,level,words', ...rows].join('\n'))
  await page.goto('/kit/alerts/take-in')
  await page.setInputFiles('[name="chosen"]', file)
  await page.click('button:has-text("Take it in")')
  await page.waitForSelector('.kw-saved')
  await giveAlerts(workshopFor(house.workPool, tmpdir(), 'give alerts of kit'), {})
  await page.reload()
}

const looksRight = async (page: Page, name: string) => {
  await screenshot(page, `kit-${name}`)
  await axeCheck(page)
  await noSidewaysScroll(page)
  await keyboardWalk(page)
}

describe('a story without script: an oximeter passes from Jean to Karl', () => {
  test('Amina adds it and lends it to Jean; another serial than the one on it is asked for again', async () => {
    await story.visit('amina', false, async (page) => {
      await page.goto('/kit')
      await page.selectOption('[name="kind"]', 'pulse oximeter')
      await page.fill('[name="maker"]', 'Nobody Ltd')
      await page.fill('[name="product"]', product)
      await page.fill('[name="serial"]', serial)
      await page.click('button:has-text("Add this kit")')
      expect(await page.textContent('main')).toContain(`Pulse oximeter, serial ${serial}`)
      await lend(page, jean, 'SN 100-8', ['2', '3', '2026'], '9am')
      expect(await page.textContent('.nhsuk-error-summary')).toContain(
        'This is not the serial of the kit you chose',
      )
      await page.fill('[name="serial"]', 'sn1007')
      await page.click('button:has-text("Lend it")')
      expect(await page.textContent('main')).toContain('2 March 2026, 9am until now')
    })
  })

  test('HZ12 it is not lent to Karl while Jean has it; taken back on Tuesday, it is', async () => {
    await story.visit('omar', false, async (page) => {
      await lend(page, karl, serial, ['31', '3', '2026'], '2pm')
      expect(await page.textContent('.nhsuk-error-summary')).toContain(
        'Somebody else has this kit on record at that time',
      )
      await page.goto(`/people/${jean}/kit`)
      await page.click('.kw-row__act a:has-text("Take back")')
      await fillDate(page, 'until', ['31', '3', '2026'])
      await page.fill('[name="until-time"]', '10am')
      await page.click('button:has-text("Take it back")')
      expect(await page.textContent('main')).toContain('to 31 March 2026, 10am')
      await lend(page, karl, serial, ['31', '3', '2026'], '2pm')
      expect(await page.textContent('main')).toContain('31 March 2026, 2pm until now')
    })
  })

  test('HZ12 Monday’s alert arrives on Wednesday: it is in Amina’s day under Jean, and not in Omar’s', async () => {
    await story.visit('amina', false, async (page) => {
      await takeIn(
        page,
        `m-1,${product},${serial},2026-03-30T23:20:00+01:00,RED,Oxygen 84%`,
        `m-2,${product},${serial},2026-03-31T12:00:00+01:00,RED,Oxygen 85%`,
        `m-3,${product},${serial},2061-03-31T12:00:00Z,RED,Oxygen 86%`,
      )
      expect(await page.textContent('main')).toContain(
        '3 alerts read: 1 given to a case manager, 2 with nobody yet, 0 here before and 0 refused.',
      )
      await page.goto('/my-day')
      expect(await page.textContent('main')).toContain('1 needs you now')
      await page.click('.kw-row__act a')
      await page.waitForURL(/\/tasks\//)
      expect(await page.textContent('body')).toContain('PILLAY, Jean')
      expect(await page.textContent('main')).toContain(`${product} says: “Oxygen 84%”`)
    })
    await story.visit('omar', false, async (page) => {
      await page.goto('/my-day')
      expect(await page.textContent('main')).not.toContain('Oxygen 84%')
    })
  })

  test('Priya gives the one whose clock was wrong by its real time, and says of the other that it is not ours', async () => {
    await story.visit('priya', false, async (page) => {
      await page.goto('/my-day')
      await page.click('text=Kit: 2 alerts with nobody')
      await page.click('text=Alerts we cannot give to anybody yet')
      await page.selectOption('[name="why"]', 'clock ahead')
      await page.click('button:has-text("Apply")')
      expect(new URL(page.url()).search).toBe('?find=&why=clock+ahead')
      await page.click('text=Say whose it is')
      await page.check('[name="answer"][value="ask again"]')
      await fillDate(page, 'happened', ['31', '3', '2026'])
      await page.fill('[name="happened-time"]', '8pm')
      await page.fill('textarea[name="words"]', 'Rang the maker: its clock was set wrong')
      await page.click('button:has-text("Save")')
      await page.waitForSelector('.kw-saved')
      await giveAlerts(workshopFor(house.workPool, tmpdir(), 'give alerts of kit'), {})
      await page.goto('/kit/alerts')
      expect(await page.textContent('main')).toContain('Nobody had this kit then: it had been taken back')
      await page.click('text=Say whose it is')
      await page.check('[name="answer"][value="not ours"]')
      await page.fill('textarea[name="words"]', 'Tried out in the office between the two')
      await page.click('button:has-text("Save")')
      await page.waitForSelector('.kw-saved')
      await page.goto('/kit/alerts')
      expect(await page.textContent('main')).toContain('No alert waits here.')
    })
    await story.visit('omar', false, async (page) => {
      await page.goto('/my-day')
      expect(await page.textContent('main')).toContain('Karl Brandt')
      expect(await page.textContent('main')).toContain('Oxygen 86%')
    })
  })

  test('the same pages are accessible, walked by keyboard, and no wider than a telephone', async () => {
    await story.visit('amina', true, async (page) => {
      const paths = ['/kit', '/kit/alerts', '/kit/alerts/take-in', `/people/${jean}/kit`]
      for (const path of [...paths, `/people/${karl}/kit/lend`]) {
        await page.goto(path)
        await looksRight(page, path.split('/').slice(-1).join())
      }
      await page.click('button:has-text("Lend it")')
      expect(await page.textContent('.nhsuk-error-summary')).toContain('Select the kit')
      await looksRight(page, 'lend-wrong')
      await page.goto(`/people/${karl}/kit`)
      await page.click('.kw-row__act a:has-text("Take back")')
      await page.click('text=The dates are wrong')
      await looksRight(page, 'loan')
      await page.goto('/kit/alerts?show=not+ours')
      await page.click('.kw-row__act a')
      await looksRight(page, 'alert')
    })
  })
})
