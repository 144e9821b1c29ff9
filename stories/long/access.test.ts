import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { serverOver } from '../../test/access-matrix.ts'
import {
  axeCheck,
  browserOrSkip,
  findChromium,
  keyboardWalk,
  networkIsOurs,
  noSidewaysScroll,
  openBrowser,
  screenshot,
} from '../../test/browser.ts'
import { type House, openHouse } from '../../test/house.ts'

const test = browserOrSkip()

let house: House
let app: FastifyInstance
let browser: Browser | undefined
let origin = ''
let june = ''

beforeAll(async () => {
  if (!findChromium()) return
  house = await openHouse()
  june = await house.arrangePerson({
    family: 'Okafor',
    given: 'June',
    nhsNumber: '9991010106',
    bornOn: '1936-03-14',
  })
  app = await serverOver(house)
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A fresh browser, as on another desk. */
async function desk(): Promise<Page> {
  if (!browser) throw new Error('no browser')
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${origin}/sign-in`)
  return page
}

async function signInAs(name: string): Promise<Page> {
  const page = await desk()
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  return page
}

/** Everything a page owes to everybody who reads it. */
async function isForEverybody(page: Page): Promise<void> {
  await axeCheck(page)
  await noSidewaysScroll(page)
  await keyboardWalk(page)
}

/** Kept only where somebody asked for pictures. */
const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.PICTURES) await screenshot(page, `access-${name}`)
}

describe('finding somebody, and what is left behind', () => {
  test('a stranger chooses who to be and is inside at once', async () => {
    const page = await desk()
    const allIsOurs = networkIsOurs(page)
    await page.reload()
    await isForEverybody(page)
    await picture(page, 'sign-in')
    await page.getByRole('button', { name: /Sign in as Priya Raman/ }).click()
    expect(page.url()).not.toContain('/sign-in')
    allIsOurs()
  })

  test('a GP finds June by name, and by number is asked whether it is her', async () => {
    const page = await signInAs('Dr Astrid Lund')
    await page.goto(`${origin}/find`)
    await axeCheck(page)
    await page.getByLabel('Who are you looking for?').fill('june okafor')
    await page.getByRole('button', { name: 'Find', exact: true }).last().click()
    await page.getByRole('button', { name: /Open record of OKAFOR, June/ }).waitFor()
    await isForEverybody(page)
    await picture(page, 'found')
    await page.getByRole('searchbox').fill('999 101 0106')
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('heading', { name: 'Is this the person?' }).waitFor()
    expect(page.url()).not.toMatch(/999 ?101|okafor/i)
    await axeCheck(page)
    await picture(page, 'is-this-the-person')
    await page.goto(`${origin}/people/${june}/who-looked`)
    await isForEverybody(page)
    await picture(page, 'who-looked')
  })

  test('a case manager elsewhere traces her, opens her record in an emergency, and it is reviewed', async () => {
    const ana = await signInAs('Ana Ferreira')
    await ana.goto(`${origin}/trace`)
    await axeCheck(ana)
    await picture(ana, 'trace')
    await ana.goto(`${origin}/emergency`)
    await isForEverybody(ana)
    await picture(ana, 'emergency')
    await ana.getByRole('button', { name: 'Open the record now' }).click()
    await ana.getByText('There is a problem').waitFor()
    await axeCheck(ana)
    await picture(ana, 'emergency-problems')
    await ana.getByLabel('NHS number').fill('999 101 0106')
    await ana.getByLabel('Day').fill('14')
    await ana.getByLabel('Month').fill('3')
    await ana.getByLabel('Year').fill('1936')
    await ana.getByLabel('Somebody’s life or safety is at risk now').check()
    await ana.getByLabel('What is happening?').fill('Found collapsed at home')
    await ana.getByRole('button', { name: 'Open the record now' }).click()
    await ana.waitForURL(`**/people/${june}`)

    const miriam = await signInAs('Miriam Katz')
    await miriam.goto(`${origin}/privacy/openings`)
    await isForEverybody(miriam)
    await picture(miriam, 'openings')
    await miriam.getByRole('table').getByRole('link').first().click()
    await axeCheck(miriam)
    await picture(miriam, 'opening')
    await miriam.getByLabel('Justified', { exact: true }).check()
    await miriam.getByLabel('Why?').fill('The ambulance record agrees')
    await miriam.getByRole('button', { name: 'Save the review' }).click()
    await miriam.getByText(/Review of \w{6} saved/).waitFor()
  })

  test('the administrator’s pages are for everybody too', async () => {
    const jo = await signInAs('Jo Marchetti')
    for (const place of [
      'organisations/roles',
      'organisations/places',
      'organisations/staff',
      'programmes',
      'programmes/conrane',
      'post',
    ]) {
      await jo.goto(`${origin}/${place}`)
      await axeCheck(jo)
      await noSidewaysScroll(jo, [320])
      await picture(jo, place.replace('/', '-'))
    }
  })
})
