import { beforeAll, describe, expect, it } from 'vitest'
import { serverOver } from '../test/access-matrix.ts'
import { wordsOf } from '../test/asking.ts'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll } from '../test/browser.ts'
import { openHouse } from '../test/house.ts'
import { beginStory, type Story } from '../test/story.ts'
import { helpPages } from './help-pages.tsx'
import { readSettings } from './settings.ts'

const test = browserOrSkip()
let story: Story
beforeAll(async () => {
  story = await beginStory()
})

describe('the pages about Keyworker itself', () => {
  it('are open to somebody not signed in, and to somebody signed in with their own name around them', async () => {
    const house = await openHouse()
    const app = await serverOver(house)
    const cookies = { keyworker: await house.signIn('amina') }
    for (const { path: url, words } of helpPages) {
      const open = await app.inject({ method: 'GET', url })
      expect(open.statusCode).toBe(200)
      expect(wordsOf(open.body)).toContain(words)
      expect(open.body).not.toContain('Sign out')
      const signedIn = await app.inject({ method: 'GET', url, cookies })
      expect(signedIn.body).toContain('Sign out')
      for (const { path } of helpPages) expect(signedIn.body).toContain(`href="${path}"`)
    }
    await app.close()
  })

  it('say whom to ring, and when, where the installation was told', async () => {
    const house = await openHouse()
    const app = await serverOver(house, { helpTelephone: '01632 960 100, 8am to 6pm' })
    const { body } = await app.inject({ method: 'GET', url: '/accessibility' })
    expect(wordsOf(body)).toMatch(/Stuck\? Ring 01632.960.100 ?, 8am to 6pm/)
    expect(body).toContain('href="tel:01632960100"')
    await app.close()
  })

  test('have no fault that axe knows, work by keyboard, and do not scroll sideways at 320 pixels', async () => {
    await story.visit('amina', true, async (page) => {
      for (const { path } of helpPages) {
        await page.goto(path)
        await axeCheck(page)
        await keyboardWalk(page)
        await page.setViewportSize({ width: 320, height: 800 })
        await noSidewaysScroll(page)
        await page.setViewportSize({ width: 1280, height: 900 })
      }
    })
  })

  test('quick keys are switched off on this computer, and on again', async () => {
    await story.visit('amina', true, async (page) => {
      const focusAfterFind = async () => {
        await page.goto('/my-day')
        await page.keyboard.press('Alt+Shift+F')
        return page.evaluate('document.activeElement.id')
      }
      expect(await focusAfterFind()).toBe('find-person')
      await page.goto('/help')
      await page.getByRole('button', { name: 'Switch off quick keys on this computer' }).click()
      expect(await focusAfterFind()).toBe('')
      await page.goto('/help')
      await page.getByRole('button', { name: 'Switch on quick keys on this computer' }).click()
      expect(await focusAfterFind()).toBe('find-person')
    })
  })
})

describe('the number to ring', () => {
  it.each(['01632 960 100, 8am to 6pm', '+44 1632 960100'])('is taken as %s', (given) => {
    expect(readSettings({ HELP_TELEPHONE: given })).toMatchObject({ helpTelephone: given })
  })

  it.each(['ask Sam', '1', '01632 960 100, <b>now</b>'.padEnd(120, 'x')])(
    'is not taken as %s: the sentence says what it must be',
    (given) => {
      expect(readSettings({ HELP_TELEPHONE: given })).toMatchObject({
        problem: expect.stringContaining('HELP_TELEPHONE must be a number and its hours'),
      })
    },
  )
})
