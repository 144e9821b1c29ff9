import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { addTask } from '#co-ordination'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../test/browser.ts'
import { arrangeRecordedDeath, someoneInCare, withPerson } from '../test/care.ts'
import { type Cast, type House, staffId, testDay } from '../test/house.ts'
import { beginStory, type Story } from '../test/story.ts'

const test = browserOrSkip()

let story: Story
let house: House
let jean = ''
const death = () => `/people/${jean}/death`

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  jean = await someoneInCare(house, { family: 'Pillay', given: 'Jean' })
  await withPerson(house, 'amina', jean, (visit, leave) =>
    addTask(visit, leave, {
      what: 'Ring about the rail',
      holder: { staffId: staffId('amina') },
      dueOn: testDay,
    }),
  )
  await arrangeRecordedDeath(house, jean, '2026-03-28')
})

const mainOf = async (page: Page) => (await page.textContent('main')) ?? ''

const looksRight = async (who: Cast, address: string, name: string) => {
  await story.visit(who, true, async (page) => {
    await page.goto(address)
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await axeCheck(page)
      await noSidewaysScroll(page)
      await screenshot(page, `${name}-${width}`)
    }
    await keyboardWalk(page)
  })
}

describe('the records say that Jean has died, and she answers the telephone', () => {
  test('HZ22 it is first in Amina’s day, and what is due for Jean is held', async () => {
    await looksRight('amina', '/my-day', 'died-day')
    await looksRight('amina', '/my-people/deaths', 'died-team')
    await looksRight('amina', `/people/${jean}`, 'died-person')
    await looksRight('amina', death(), 'died-check')
    await story.visit('amina', false, async (page) => {
      await page.goto('/my-day')
      expect(await mainOf(page)).toMatch(
        /1 needs you now[\s\S]*Jean Pillay[\s\S]*find out whether it is so[\s\S]*Held: recorded as died[\s\S]*Ring about the rail/,
      )
    })
  })

  test('HZ22 Amina takes it back, is asked how she knows, and Jean is in her day as before', async () => {
    await story.visit('amina', true, async (page) => {
      await page.goto('/my-day')
      await page.click('a:has-text("Check")')
      await page.click('a:has-text("No, Jean is alive")')
      await page.fill('textarea[name="words"]', 'She answered the telephone herself')
      await page.click('main button:has-text("Take it back")')
      const summary = await page.textContent('.nhsuk-error-summary')
      expect(summary).toContain('Select how you know that they are alive')
      expect(summary).toContain('Tick that you have checked that this is the person')
      expect(await page.inputValue('textarea[name="words"]')).toContain('She answered')
      for (const width of [375, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        await axeCheck(page)
        await noSidewaysScroll(page)
        await screenshot(page, `died-back-${width}`)
      }
      await page.check('[name="alive-by"][value="spoken with"]')
      await page.check('[name="sure"]')
      await page.click('main button:has-text("Take it back")')
      expect(await page.textContent('body')).toContain('Taken back. They are on your lists again')
      await page.goto('/my-day')
      expect(await mainOf(page)).not.toContain('Held')
      expect(await mainOf(page)).toContain('1 is due today')
    })
  })

  test('HZ21 Jean’s daughter rings: it is on every page at once', async () => {
    await story.visit('omar', true, async (page) => {
      await page.goto(`/people/${jean}`)
      await page.click('text=Have they died?')
      await page.fill('[name="on-day"]', '31')
      await page.fill('[name="on-month"]', '3')
      await page.fill('[name="on-year"]', '2026')
      await page.check('[name="known-by"][value="family or carer"]')
      await page.click('main button:has-text("Save")')
      expect(await page.textContent('.kw-banner')).toContain('Died 31 March 2026')
      await axeCheck(page)
    })
    await looksRight('amina', `/people/${jean}/emergency`, 'died-summary')
    await looksRight('amina', death(), 'died-confirmed')
    await looksRight('amina', '/my-people', 'died-people')
  })
})
