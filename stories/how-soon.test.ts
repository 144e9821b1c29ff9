import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../test/browser.ts'
import { type Cast, type House, places, staffId } from '../test/house.ts'
import { beginStory, type Story } from '../test/story.ts'

const test = browserOrSkip()

let story: Story
let house: House
let karim = ''
const accept = () => `/referrals/accept/${karim}?programme=conrane`

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  karim = await house.arrangePerson({ family: 'Aziz', given: 'Karim', sex: 'male' })
})

const mainOf = async (page: Page) => (await page.textContent('main')) ?? ''

const looksRight = async (who: Cast, address: string, name: string) => {
  await story.visit(who, true, async (page) => {
    await page.goto(address)
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 900 })
      await axeCheck(page)
      await noSidewaysScroll(page)
    }
    await screenshot(page, name)
    await keyboardWalk(page)
  })
}

describe('Karim is accepted, and how soon he is to be seen is said by a human', () => {
  test('HZ16 Dr Lund is asked how soon, and is asked again when her own words say more than her choice', async () => {
    await looksRight('drLund', accept(), 'how-soon-accept')
    await story.visit('drLund', true, async (page) => {
      await page.goto(accept())
      expect(await page.locator('[name="how-soon"]:checked').count()).toBe(0)
      await page.check(`[name="owner"][value="${places.team}/${staffId('amina')}"]`)
      await page.check('[name="reason"][value="new need"]')
      await page.check('[name="agreed"][value="not asked"]')
      await page.fill('textarea[name="words"]', 'Fell on Monday. His wife can’t cope.')
      await page.click('button:has-text("Accept Karim")')
      const summary = () => page.textContent('.nhsuk-error-summary')
      expect(await summary()).toContain('Select how soon he needs to be seen')
      await page.click('.nhsuk-error-summary a')
      expect(await page.evaluate(`document.activeElement?.getAttribute('name')`)).toBe('how-soon')
      await page.check('[name="how-soon"][value="5 working days"]')
      await page.click('button:has-text("Accept Karim")')
      expect(await summary()).toContain('You wrote “Fell”, “can’t cope”: check how soon')
      expect(await page.inputValue('textarea[name="words"]')).toContain('Fell on Monday')
      expect(await page.locator('[name="how-soon"]:checked').getAttribute('value')).toBe('5 working days')
      expect(await page.locator('[name="checked"]:checked').count()).toBe(0)
      await axeCheck(page)
      await noSidewaysScroll(page)
      await page.check('[name="checked"]')
      await page.click('button:has-text("Accept Karim")')
      expect(await page.textContent('body')).toContain('The first contact is due by 10 April.')
    })
  })

  test('HZ16 Omar hears more, and makes it sooner: it is first in Amina’s day', async () => {
    await story.visit('omar', false, async (page) => {
      await page.goto('/my-people/first-contacts')
      expect(await mainOf(page)).toContain('1 person waits. Nobody is late.')
      await page.click('text=AZIZ, Karim')
      await page.click('text=Change how soon')
      await page.check('[name="how-soon"][value="2 hours"]')
      await page.click('button:has-text("Save how soon")')
      expect(await page.textContent('body')).toContain('ring them if it is urgent')
    })
    await looksRight('omar', `/people/${karim}/how-soon`, 'how-soon-change')
    await looksRight('omar', '/my-people/first-contacts', 'how-soon-waiting')
    await looksRight('amina', '/my-day', 'how-soon-day')
    await story.visit('amina', false, async (page) => {
      await page.goto('/my-day')
      expect(await mainOf(page)).toMatch(/1 needs you now[\s\S]*Karim Aziz[\s\S]*Act by 11:30am/)
    })
  })

  test('HZ16 later takes a reason, and what was said before stays on his page', async () => {
    await story.visit('amina', false, async (page) => {
      await page.goto(`/people/${karim}/how-soon`)
      await page.check('[name="how-soon"][value="today"]')
      await page.click('button:has-text("Save how soon")')
      expect(await page.textContent('.nhsuk-error-summary')).toContain('Enter why it can be later')
      await page.fill('textarea[name="words"]', 'His daughter is with him until this evening.')
      await page.click('button:has-text("Save how soon")')
      const words = await mainOf(page)
      expect(words).toMatch(
        /How soon, so far[\s\S]*Today\. His daughter is with him[\s\S]*Within 2 hours[\s\S]*Within 5/,
      )
      expect(words).toContain('Said by Omar Sayed')
    })
    await looksRight('amina', `/people/${karim}`, 'how-soon-person')
  })

  test('HZ16 once Amina has been in touch, nothing of it is left to do', async () => {
    await story.visit('amina', true, async (page) => {
      await page.goto('/my-day')
      await page.click('main a:has-text("Record a contact") >> nth=-1')
      await page.check('[name="kind"][value="telephone"]')
      await page.fill('textarea[name="words"]', 'Rang him. He is up and about.')
      await page.click('button:has-text("Save the contact")')
      expect(await mainOf(page)).toContain('Nothing is due.')
      expect(await mainOf(page)).not.toContain('Karim')
      await page.goto(`/people/${karim}/how-soon`)
      expect(await mainOf(page)).toContain('The first contact has been made')
      await axeCheck(page)
    })
  })
})
