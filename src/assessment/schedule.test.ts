import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '#access'
import { programmes } from '#organisations'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare } from '../../test/care.ts'
import { type Cast, type House, openHouse } from '../../test/house.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const route = (method: 'GET' | 'POST', path: string) => {
  const found = screens.find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no ${method} ${path}`)
  return found
}
const show = async (who: Cast, programme: string) =>
  pageOf(
    await house.as(
      who,
      (visit): Promise<Answer> =>
        route('GET', '/measures/schedule').answer(visit, askedWith({ query: { programme } })),
    ),
  )
const publish = (who: Cast, form: Readonly<Record<string, string | readonly string[]>>) =>
  house.as(
    who,
    (visit): Promise<Answer> => route('POST', '/measures/schedule').answer(visit, askedWith({ form })),
  )
const conrane = () =>
  house.as('jo', async (visit) => {
    const found = (await programmes(visit.db)).find(({ key }) => key === 'conrane')
    if (!found) throw new Error('no programme')
    return found
  })
const measuresPage = async (person: string) =>
  wordsOf(
    pageOf(
      await house.as(
        'amina',
        (visit): Promise<Answer> =>
          route('GET', '/people/:person/measures').answer(visit, askedWith({ params: { person } })),
      ),
    ),
  )

describe('R-186 what a programme asks, and when', () => {
  it('stands ticked as it is in force, with what needs a licence named', async () => {
    const html = await show('jo', 'conrane')
    expect(html.includes('name="at-ons4" checked="" value="3 months"')).toBe(true)
    expect(html.includes('name="at-phq-9" value="3 months"')).toBe(true)
    expect(wordsOf(html)).toContain(
      'Not available here: needs a licence. Asked from the day its words are put in',
    )
    expect(wordsOf(html)).toContain('Written down from a form used under its own licence')
  })

  it('is changed as the programme’s next version, and is what is due from then on', async () => {
    const person = await someoneInCare(house)
    expect(await measuresPage(person)).toContain('Ask PHQ-9 at the start')
    const before = await conrane()
    const form = {
      programme: 'conrane',
      from: String(before.version),
      'at-gad-7': ['baseline', 'closing'],
      'at-swemwbs': 'baseline',
    }
    expect(await publish('jo', form)).toMatchObject({ kind: 'go' })
    const after = await conrane()
    expect(after.version).toBe(before.version + 1)
    expect(after.template).toMatchObject({ ...before.template })
    const page = await measuresPage(person)
    expect(page).toContain('Ask GAD-7 at the start')
    expect(page).not.toContain('Ask PHQ-9 at the start')
    expect(page).not.toContain('Ask SWEMWBS at the start')
  })

  it('sent again with nothing changed is no version; written from an older one it is told', async () => {
    const { version } = await conrane()
    const same = { programme: 'conrane', 'at-gad-7': ['baseline', 'closing'], 'at-swemwbs': 'baseline' }
    expect(await publish('jo', { ...same, from: String(version) })).toMatchObject({
      saved: 'Nothing was changed.',
    })
    expect((await conrane()).version).toBe(version)
    await expect(
      publish('jo', { programme: 'conrane', from: String(version - 1), 'at-phq-9': 'baseline' }),
    ).rejects.toMatchObject({ kind: 'changed meanwhile' })
  })

  it('takes no measure and no moment that there is not', async () => {
    const { version } = await conrane()
    await publish('jo', {
      programme: 'conrane',
      from: String(version),
      'at-phq-9': ['baseline', 'tomorrow'],
      'at-magic': 'baseline',
    })
    expect((await conrane()).template).toMatchObject({
      measures: [{ instrument: 'phq-9', at: ['baseline'] }],
    })
  })

  it('is not for whoever does not run programmes', async () => {
    await expect(
      publish('amina', { programme: 'conrane', from: '1', 'at-phq-9': 'baseline' }),
    ).rejects.toMatchObject({ kind: 'not for you' })
  })
})
