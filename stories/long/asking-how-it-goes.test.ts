import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import { recordMeasure } from '#assessment'
import { addDays } from '#calendar'
import { episodesOf } from '#people'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../../test/browser.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type House, testDay } from '../../test/house.ts'
import { beginStory, type Story } from '../../test/story.ts'

const test = browserOrSkip()

let story: Story
let house: House
let june = ''

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  june = await someoneInCare(house, {
    family: 'Okafor',
    given: 'June',
    nhsNumber: '9991010106',
    openedOn: addDays(testDay, -95),
  })
  await someoneInCare(house, { family: 'Murphy', given: 'Eileen', openedOn: addDays(testDay, -25) })
  await withPerson(house, 'amina', june, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    const first = [3, 3, 2, 2, 1, 1, 1, 1, 0].map((value, at) => [String(at + 1), value])
    await recordMeasure(visit, leave, {
      instrument: 'phq-9',
      episodeId: episode?.id ?? '',
      answeredBy: 'the person',
      answeredVia: 'face to face',
      answeredOn: addDays(testDay, -90),
      answers: Object.fromEntries(first),
    })
  })
})

describe('a story without script: Amina asks June how it is going', () => {
  test('she finds what is due, asks, is stopped by question 9, and the team has a task for today', async () => {
    await story.visit('amina', false, async (page) => {
      await page.goto('/measures')
      expect(await page.textContent('main')).toContain('OKAFOR, June')
      await page.click('text=Mine (')
      await page.click('tr:has-text("OKAFOR") a:has-text("ONS4")')
      expect(await page.textContent('h1')).toBe('ONS4: well-being')
      await page.goto(`/people/${june}/measures/phq-9`)
      for (const item of [1, 2, 3, 4, 5, 6, 7, 8]) await page.check(`[name="answer-${item}"][value="0"]`)
      await page.check('[name="answer-9"][value="1"]')
      await page.check('[name="who"][value="the person"]')
      await page.click('button:has-text("Save the answers")')
      expect(await page.textContent('.nhsuk-error-summary')).toContain('Select how they answered')
      expect(await page.textContent('main')).toContain('Talk to June about question 9 now')
      expect(await page.isChecked('[name="answer-8"][value="0"]')).toBe(true)
      await page.check('[name="via"][value="telephone"]')
      await page.click('button:has-text("Save the answers")')
      expect(await page.textContent('.kw-saved')).toContain('PHQ-9 saved.')
      expect(await page.textContent('main')).toContain('1 of 27, minimal')
      expect(await page.textContent('main')).toContain('is with Quayside co-ordination team until somebody')
      await page.goto('/my-day')
      expect(await page.textContent('main')).toContain('Talk to them today about thoughts')
      await page.goto(`/people/${june}`)
      expect(await page.textContent('main')).toContain('better, a reliable change (6 or more)')
    })
  })
})

describe('a story without script: a licence, a measure, an EQ-5D and a wish', () => {
  test('Jo puts a licensed file in, Amina asks it, and writes down an EQ-5D and where June wishes to be', async () => {
    await story.visit('jo', false, async (page) => {
      await page.goto('/measures/packs')
      expect(await page.textContent('main')).toContain('Not available here: needs a licence')
      const [empty] = await Promise.all([
        page.waitForEvent('download'),
        page.click('a:has-text("for SWEMWBS")'),
      ])
      const file = JSON.parse(await readFile(await empty.path(), 'utf8'))
      file.edition = 'Made-up words of a story'
      file.licence = {
        holder: 'Quayside Health Trust',
        reference: 'QHT 17',
        notice: 'Made-up words',
        from: '2026-01-01',
        until: '2027-03-31',
      }
      file.stem = 'Made-up questions.'
      for (const question of file.questions) {
        question.words = `Made-up question ${question.key}`
        for (const choice of question.choices) choice.words = `Made-up answer ${choice.value}`
      }
      file.examples = [{ answers: [3, 3, 3, 3, 3, 3, 3], scores: { metric: 21 } }]
      await page.setInputFiles('#chosen', {
        name: 'swemwbs.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(file)),
      })
      await page.click('button:has-text("Put this file in")')
      expect(await page.inputValue('#file')).toBe(JSON.stringify(file))
      expect(await page.textContent('.nhsuk-error-summary')).toContain('the arithmetic here gives 19.25')
      file.examples[0].scores.metric = 19.25
      await page.fill('#file', JSON.stringify(file))
      await page.click('button:has-text("Put this file in")')
      expect(await page.textContent('.kw-saved')).toContain('SWEMWBS is asked here from now on')
    })
    await story.visit('amina', false, async (page) => {
      await page.goto(`/people/${june}/measures`)
      await page.click('a:has-text("SWEMWBS")')
      expect(await page.textContent('main')).toContain('Licence of Quayside Health Trust, reference QHT 17')
      for (const item of [1, 2, 3, 4, 5, 6, 7]) await page.check(`[name="answer-${item}"][value="3"]`)
      await page.check('[name="who"][value="the person"]')
      await page.check('[name="via"][value="telephone"]')
      await page.click('button:has-text("Save the answers")')
      expect(await page.textContent('main')).toContain('19.25 of 35')
      await page.goto(`/people/${june}/measures`)
      await page.click('a:has-text("Write down a result of a licensed form")')
      await page.check('[name="instrument"][value="eq-5d-5l"]')
      await page.fill('#profile', '21231')
      await page.fill('#index', '0.853')
      await page.selectOption('#set', 'EQ-5D-5L UK 2026')
      await page.fill('#form', 'UK English, on paper')
      await page.fill('#from', 'Respiratory clinic')
      await page.check('[name="who"][value="the person"]')
      await page.check('[name="via"][value="post"]')
      await page.click('button:has-text("Save the result")')
      expect(await page.textContent('main')).toContain('0.853 of 1')
      await page.goto(`/people/${june}`)
      await page.click('a:has-text("Where they wish to be")')
      await page.check('[name="kind"][value="death"]')
      await page.check('[name="place"][value="21"]')
      await page.check('[name="by"][value="the person"]')
      await page.click('button:has-text("Save")')
      expect(await page.textContent('main')).toContain('Their own home, said by the person on 1 April 2026')
    })
  })
})

describe('every page of measures', () => {
  test('is accessible, works by keyboard, and does not scroll sideways at 320 px', async () => {
    await story.visit('amina', true, async (page) => {
      const pages = [
        ['due', '/measures'],
        ['person', `/people/${june}`],
        ['phq-9', `/people/${june}/measures/phq-9`],
        ['entries', '/reflection/entries'],
        ['paper', `/people/${june}/measures/phq-9/paper`],
        ['elsewhere', `/people/${june}/measures/elsewhere`],
        ['places', `/people/${june}/places`],
        ['plan', `/people/${june}/plan/change`],
        ['measures', `/people/${june}/measures`],
      ] as const
      for (const [name, address] of pages) {
        const answer = await page.goto(address)
        expect([name, answer?.status()]).toEqual([name, 200])
        if (name === 'due') await keyboardWalk(page)
        await look(page, name)
      }
      await page.click('tbody a:has-text("April")')
      await look(page, 'answers')
    })
    await story.visit('jo', true, async (page) => {
      await page.goto('/measures/packs')
      await look(page, 'packs')
      await page.click('a:has-text("What each programme asks")')
      await look(page, 'schedule')
    })
  })
})

async function look(page: Page, name: string): Promise<void> {
  await screenshot(page, `measures-${name}`)
  await axeCheck(page)
  await noSidewaysScroll(page, [320])
}
