import { describe, expect } from 'vitest'
import { newId } from '#access'
import { assets } from '#ui'
import { askedWith, pageOf } from '../../test/asking.ts'
import { axeCheck, browserOrSkip, noSidewaysScroll, openBrowser } from '../../test/browser.ts'
import { type Cast, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { room } from './index.ts'

const house = await openHouse()
const conrane = programmeId('conrane')

const page = (who: Cast, path: string, params: Record<string, string> = {}) =>
  house.as(who, async (visit) => {
    const route = room.screens.find((one) => one.method === 'GET' && one.path === path)
    if (!route) throw new Error(`no ${path}`)
    return pageOf(await route.answer(visit, askedWith({ params })))
  })

describe('case-finding on a telephone', () => {
  browserOrSkip()(
    'a list’s filters are folded and its first person is within a screen and a quarter; no page breaks WCAG 2.2 AA',
    async () => {
      const jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean' })
      const eileen = await house.arrangePerson({ family: 'Murphy', given: 'Eileen' })
      await arrangeRun(house, conrane, [{ person: jean, admissions: 1, visits: 2 }], {
        indexOn: '2026-03-01',
      })
      const run = await arrangeRun(house, conrane, [
        { person: jean, admissions: 1, visits: 2, conditions: ['hf'] },
        { person: eileen, admissions: 0, visits: 4 },
      ])
      await house.arrange(
        `insert into case_finding.judgement (person_id, programme_id, n, id, decision, reason, show_again_on, practice_id,
         judged_by, judged_at) values ($1, $2, 1, $3, 'declined', 'well supported', '2030-01-01', $4, $5, '2026-01-05')`,
        [eileen, conrane, newId(), places.lundStreet, staffId('drLund')],
      )
      await house.arrange(
        `insert into case_finding.run_later values ($1, 'Z00001', 'declined', false, 12, 3)`,
        [run],
      )
      await house.arrange(
        `insert into case_finding.run_group values ($1, 'Sex', 'Women', 200, 20, 12, 10, 10, 10, 9)`,
        [run],
      )
      await page('drLund', '/case-finding/print')
      const person = { person: jean }
      const pages = [
        await page('drLund', '/case-finding'),
        await page('drLund', '/case-finding/:person', person),
        await page('drLund', '/case-finding/:person/objection', person),
        await page('drLund', '/case-finding/ledger'),
        await page('yasmin', '/case-finding/equity'),
      ]
      const browser = await openBrowser()
      const small = await browser.newPage({ viewport: { width: 375, height: 667 } })
      await small.route('**/*', (route) => {
        const { pathname } = new URL(route.request().url())
        const asset = assets().find(({ path }) => path === pathname)
        const html = pages[Number(pathname.slice(1))]
        return asset
          ? route.fulfill({ contentType: asset.contentType, body: Buffer.from(asset.body) })
          : route.fulfill({ contentType: 'text/html; charset=utf-8', body: html ?? '' })
      })
      await small.goto('http://127.0.0.1/0')
      expect(await small.getByLabel('Age', { exact: true }).isVisible()).toBe(false)
      const name = await small.getByRole('link', { name: 'PILLAY, Jean' }).boundingBox()
      // A screen and a quarter: what stands before it are the tabs, one line of filters and the search.
      expect(name?.y).toBeLessThan(1.25 * 667)
      for (const at of pages.keys()) {
        await small.goto(`http://127.0.0.1/${at}`)
        await small.evaluate(
          `document.querySelectorAll('main details').forEach((one) => { one.open = true })`,
        )
        await axeCheck(small)
        await noSidewaysScroll(small, [320, 1280])
      }
      await browser.close()
    },
  )
})
