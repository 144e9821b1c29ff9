import { beforeAll, describe, expect } from 'vitest'
import { newId } from '#access'
import { addDays } from '#calendar'
import { savePlan } from '#care-plan'
import { axeCheck, browserOrSkip, keyboardWalk, noSidewaysScroll, screenshot } from '../test/browser.ts'
import { agreeWithOutOfHours, someoneInCare, withPerson } from '../test/care.ts'
import { type Cast, type House, staffId, testDay } from '../test/house.ts'
import { beginStory, fillDate, type Story } from '../test/story.ts'

const test = browserOrSkip()

let story: Story
let house: House
let june = ''

beforeAll(async () => {
  story = await beginStory()
  house = story.house
  june = await someoneInCare(house, { family: 'Okafor', given: 'June', nhsNumber: '9991010106' })
  await agreeWithOutOfHours(house)
})

const looksRight = (address: string, who: Cast, name: string): Promise<void> =>
  story.visit(who, true, async (page) => {
    await page.goto(address)
    await screenshot(page, name)
    await axeCheck(page)
    await noSidewaysScroll(page)
    await keyboardWalk(page)
  })

describe('a story without script: June is cared for, shared, and let go', () => {
  test('Amina writes a plan with one goal and one action, and June has agreed it', async () => {
    const context = await story.signedIn('amina')
    const page = await context.newPage()
    await page.goto(`/people/${june}`)
    expect(await page.textContent('main')).toContain('Nobody has asked June what matters to her.')
    await page.click('text=Ask her')
    await page.fill('[name="matters"]', 'I want to walk round my garden again.')
    await page.fill('[name="goal-1"]', 'Walk round the garden')
    await page.fill('[name="goal-1-action-1"]', 'Fit a rail by the back step')
    await page.click('button:has-text("Add another action")')
    expect(await page.inputValue('[name="goal-1"]')).toBe('Walk round the garden')
    await page.selectOption('[name="goal-1-action-1-who"]', { label: 'Amina Yusuf, case manager' })
    await fillDate(page, 'goal-1-action-1-due', ['15', '4', '2026'])
    await page.check('[name="goal-1-action-1-ooh"]')
    await page.fill('[name="if-1"]', 'More breathless at rest')
    await page.fill('[name="if-1-then"]', 'Sit up and ring rapid response')
    await page.fill('[name="if-1-call"]', 'Rapid response, 01632 960 150')
    await page.click('button:has-text("Save the plan")')
    expect(await page.textContent('.nhsuk-error-summary')).toContain('Select who has agreed this plan')
    expect(await page.inputValue('[name="goal-1-action-1"]')).toBe('Fit a rail by the back step')
    await fillDate(page, 'review', ['29', '4', '2026'])
    await page.check('[name="agreed-by"][value="the person"]')
    await fillDate(page, 'agreed-on', ['1', '4', '2026'])
    await page.click('button:has-text("Save the plan")')
    expect(await page.textContent('main')).toContain('Agreed by June on 1 April 2026')
    expect(await page.textContent('main')).toContain('because June has not been asked')
    await context.close()
  })

  test('she records a contact, and its next step is in her day', async () => {
    const context = await story.signedIn('amina')
    const page = await context.newPage()
    await page.goto(`/people/${june}`)
    await page.click('text=Record a contact')
    await page.check('[name="kind"][value="home visit"]')
    await page.fill('[name="minutes"]', '45')
    await page.fill('textarea[name="words"]', 'June walked to the back door with her frame.')
    await page.fill('[name="next"]', 'Ring about the rail')
    await fillDate(page, 'next-on', ['1', '4', '2026'])
    await page.click('button:has-text("Save the contact")')
    expect(await page.textContent('main')).toContain('June walked to the back door')
    await page.goto('/my-day')
    expect(await page.textContent('main')).toContain('1 is due today.')
    expect(await page.textContent('main')).toContain('Ring about the rail')
    await context.close()
  })

  test('June wishes to share: out of hours sees her, with what was marked for them', async () => {
    const context = await story.signedIn('amina')
    const page = await context.newPage()
    await page.goto(`/people/${june}/sharing`)
    await page.check('[name="answer"][value="yes"]')
    await page.check('[name="source"][value="the person"]')
    await page.click('button:has-text("Save the answer")')
    expect(await page.textContent('main')).toContain('Shared with out of hours since 1 April 2026.')
    await context.close()
    const night = await story.signedIn('drAshe')
    const list = await night.newPage()
    await list.goto('/out-of-hours')
    expect(await list.textContent('main')).toContain('OKAFOR, June')
    expect(await list.textContent('main')).toContain('Fit a rail by the back step')
    await list.click('text=Emergency summary')
    expect(await list.textContent('main')).toContain('Sit up and ring rapid response')
    await night.close()
  })

  const pages: readonly (readonly [string, (person: string) => string, Cast])[] = [
    ['my-day', () => '/my-day', 'amina'],
    ['my-people', () => '/my-people', 'amina'],
    ['person', (person) => `/people/${person}`, 'amina'],
    ['plan', (person) => `/people/${person}/plan`, 'amina'],
    ['plan-change', (person) => `/people/${person}/plan/change`, 'amina'],
    ['contacts', (person) => `/people/${person}/contacts`, 'amina'],
    ['contact-record', (person) => `/people/${person}/contacts/record`, 'amina'],
    ['task-add', (person) => `/people/${person}/tasks/add`, 'amina'],
    ['timeline', (person) => `/people/${person}/timeline`, 'amina'],
    ['sharing', (person) => `/people/${person}/sharing`, 'amina'],
    ['close', (person) => `/people/${person}/close`, 'amina'],
    ['emergency', (person) => `/people/${person}/emergency`, 'drAshe'],
    ['out-of-hours', () => '/out-of-hours', 'drAshe'],
  ]
  test.each(pages)(
    'the page "%s" is accessible, walked by keyboard, and no wider than a telephone',
    async (name, address, who) => {
      await looksRight(address(june), who, `care-${name}`)
    },
  )

  test('the emergency summary prints on one side of A4, however long the plan', async () => {
    const longest = await someoneInCare(house, { family: 'Longest' })
    const words = (count: number) => 'ring the rapid response team '.repeat(count).trim()
    await withPerson(house, 'amina', longest, (visit, leave) =>
      savePlan(visit, leave, {
        from: 0,
        whatMatters: words(60),
        goals: [
          {
            words: 'Stay at home',
            actions: Array.from({ length: 30 }, (_, at) => ({
              what: `${at + 1}. ${words(3)}`,
              owner: staffId('amina'),
              dueOn: addDays(testDay, 7),
              isForOutOfHours: true,
            })),
          },
        ],
        ifThens: Array.from({ length: 5 }, () => ({
          if: 'More breathless at rest, or her ankles are up overnight, sad',
          do: words(5).slice(0, 120),
          call: 'Rapid response, 01632 960 150, by day and by night, all week',
        })),
      }),
    )
    for (const kind of ['share with out of hours', 'share where they wish to be'])
      await house.arrange(
        `insert into people.wish (id, person_id, kind, answer, source, since, recorded_at)
         values ($1, $2, $3, 'yes', 'test', '2026-01-01', now())`,
        [newId(), longest, kind],
      )
    for (const kind of ['care', 'death'])
      await house.arrange(
        `insert into assessment.place (id, person_id, kind, place, said_by, said_on, recorded_by, recorded_at)
         values ($1, $2, $3, '20', 'somebody who may decide for them', '2026-03-31', $4, now())`,
        [newId(), longest, kind, staffId('amina')],
      )
    for (const person of [june, longest]) {
      const context = await story.signedIn('amina', true)
      const page = await context.newPage()
      await page.goto(`/people/${person}/emergency`)
      const paper = await page.pdf({ preferCSSPageSize: true })
      if (person === longest)
        expect(await page.textContent('main')).toContain('Wishes to die: A private home')
      expect(paper.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1)
      await screenshot(page, person === june ? 'care-emergency-short' : 'care-emergency-long')
      await context.close()
    }
  })

  test('she closes the episode, and out of hours sees June no more', async () => {
    const context = await story.signedIn('amina')
    const page = await context.newPage()
    await page.goto(`/people/${june}`)
    await page.click('text=Close this episode')
    await page.check('[name="reason"][value="goals met"]')
    for (const box of await page.locator('[name="told"]').all()) await box.check()
    await page.click('button:has-text("Close the episode")')
    expect(await page.textContent('.nhsuk-error-summary')).toContain(
      'Select what happens to “Ring about the rail”',
    )
    for (const box of await page.locator('[name^="task-"][value="end"]').all()) await box.check()
    for (const box of await page.locator('[name^="action-"][value="stop"]').all()) await box.check()
    await page.click('button:has-text("Close the episode")')
    expect(await page.textContent('main')).toContain('No episode is open.')
    expect(await page.textContent('main')).toContain('Take back')
    await context.close()
    const night = await story.signedIn('drAshe')
    const list = await night.newPage()
    await list.goto('/out-of-hours')
    expect(await list.textContent('main')).not.toContain('OKAFOR')
    expect((await list.goto(`/people/${june}/emergency`))?.status()).toBe(404)
    await night.close()
  })
})
