import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { axeCheck, browserOrSkip, noSidewaysScroll } from '../test/browser.ts'
import { someoneInCare } from '../test/care.ts'
import type { House } from '../test/house.ts'
import { beginStory, fillDate, type Story } from '../test/story.ts'

const test = browserOrSkip()

let story: Story
let house: House
beforeAll(async () => {
  story = await beginStory()
  house = story.house
})

const count = async (table: string, person: string) =>
  Number((await house.arrange(`select count(*) from ${table} where person_id = $1`, [person]))[0]?.count)

async function writeContact(page: Page, words: string): Promise<void> {
  await page.check('[name="kind"][value="telephone"]')
  await page.fill('textarea[name="words"]', words)
}

describe('Amina goes back in the browser after she saved', () => {
  test.each([false, true])(
    'and is shown the contact she recorded, not the form to record it again (script: %s)',
    async (hasScript) => {
      const june = await someoneInCare(house, { family: 'Back' })
      await story.visit('amina', hasScript, async (page) => {
        await page.goto(`/people/${june}/contacts/record?from=my-day`)
        await writeContact(page, 'Rang her. She is well.')
        await page.click('button:has-text("Save the contact")')
        await page.waitForURL('**/my-day')
        await page.goBack()
        expect(page.url()).toContain(`/people/${june}/contacts`)
        const main = await page.textContent('body')
        expect(main).toContain('This contact is recorded already. Nothing was recorded twice.')
        expect(main).toContain('Rang her. She is well.')
        expect(await page.locator('textarea[name="words"]').count()).toBe(0)
      })
      expect(await count('co_ordination.contact', june)).toBe(1)
    },
  )

  test('and where a second window still holds the form, nothing she changed in it is lost', async () => {
    const june = await someoneInCare(house, { family: 'Changed' })
    await story.visit('amina', true, async (page) => {
      await page.goto(`/people/${june}/contacts/record`)
      const second = await page.context().newPage()
      await second.goto(page.url())
      await writeContact(page, 'Rang her.')
      await page.click('button:has-text("Save the contact")')
      await writeContact(second, 'Rang her. The daughter was there too.')
      await second.click('button:has-text("Save the contact")')
      expect(await second.textContent('main')).toContain('This contact is recorded already')
      expect(await second.inputValue('textarea[name="words"]')).toBe('Rang her. The daughter was there too.')
      expect(await count('co_ordination.contact', june)).toBe(1)
      await axeCheck(second)
      await noSidewaysScroll(second)
      await second.click('button:has-text("Save the contact")')
      expect(await count('co_ordination.contact', june)).toBe(2)
    })
  })

  test('and a task she added is one task', async () => {
    const june = await someoneInCare(house, { family: 'Task' })
    await story.visit('amina', false, async (page) => {
      await page.goto(`/people/${june}/tasks/add`)
      await page.fill('[name="what"]', 'Ring about the rail')
      await page.selectOption('select[name="who"]', { index: 1 })
      await fillDate(page, 'due', ['8', '4', '2026'])
      await page.click('button:has-text("Add the task")')
      // Nobody goes back before they see where they have come to, and the browser refuses it half-way there.
      await page.waitForURL((url) => !url.pathname.endsWith('/tasks/add'))
      await page.goBack()
      expect(await page.textContent('body')).toContain('This task is added already. Nothing was added twice.')
      expect(await page.textContent('h1')).toBe('Ring about the rail')
    })
    expect(await count('co_ordination.task', june)).toBe(1)
  })
})
