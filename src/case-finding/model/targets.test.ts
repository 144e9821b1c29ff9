import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '#access'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { arrangeRun } from '../../../test/population.ts'
import { room } from '../index.ts'
import { targetBySlug, targets } from './targets.data.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const ask = (who: Cast, method: 'GET' | 'POST', path: string, sent = {}): Promise<Answer> => {
  const route = room.screens.find((one) => one.method === method && one.path === path)
  if (!route) throw new Error(`no ${method} ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}

describe('R-016 a model of something other than admissions', () => {
  it('is never of death: that would be for choosing treatment, which is outside the purpose', () => {
    expect(Object.keys(targets)).toEqual(['emergency admission', 'A&E attendance', 'care home entry'])
    expect(targetBySlug('death')).toBeUndefined()
  })

  for (const [target, says] of [
    ['A&E attendance', 'attended A&E'],
    ['care home entry', 'moved into a care home'],
  ] as const)
    it(`says on its report of what it is, and nowhere that anybody was admitted: ${target}`, async () => {
      const { id } = await arrangeModel(house, { target })
      const words = wordsOf(pageOf(await ask('sofia', 'GET', '/models/:model', { params: { model: id } })))
      expect(words).toContain(`This model is of ${targets[target].of}`)
      expect(words).toContain(`Of 100 people at the top of its list, 45 ${says} within a year`)
      expect(words).toContain(`Of 100 listed, ${says}`)
      expect(words).toContain(`a model of ${targets[target].of} within 12 months`)
      expect(words).not.toMatch(/had an emergency admission/)
      expect(words).not.toMatch(/(\d|listed,|were|who were|people) admitted/)
      const all = wordsOf(pageOf(await ask('sofia', 'GET', '/models')))
      expect(all.toLowerCase()).toContain(targets[target].of.toLowerCase())
    })

  it('in use, is told on the list and of a person as what it is', async () => {
    const jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean' })
    const model = await arrangeModel(house, { target: 'A&E attendance' })
    await arrangeInUse(house, model)
    const scores = { charlson: { original: 0, quan2011: 0, words: [] }, elixhauser: 0 }
    const reasons = [{ family: 'A&E', words: '4 A&E visits', howMuch: 'A lot', part: 1.2 }]
    const told = { risk: 0.42, usualIn100: 11, base: -2.1, logOdds: -0.9, isShort: false, reasons }
    await arrangeRun(
      house,
      programmeId('conrane'),
      [
        {
          ...{ person: jean, visits: 4, risk: 0.42, usualIn100: 11, isRiskRising: false },
          told: { up: ['4 A&E visits in 12 months'], down: [] },
          records: { stays: [], conditions: [], gp: [], quarters: [], scores, told },
        },
      ],
      { modelId: model.id },
    )
    const list = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding')))
    expect(list).toContain('A&E attendance in 12 months')
    expect(list).not.toContain('Emergency admission in 12 months')
    const why = wordsOf(
      pageOf(await ask('drLund', 'GET', '/case-finding/:person', { params: { person: jean } })),
    )
    expect(why).toContain('About 42 in 100 people with a record like this attended A&E in the following')
    expect(why).not.toContain('had an emergency admission')
  })

  it('HZ14 in use, is told on paper, in a file, by group and to the person as what it is, never as an admission', async () => {
    const paper = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/print')))
    expect(paper).toContain('“In 100” is how many of 100 people with such a record attended A&E in the')
    const file = await ask('drLund', 'POST', '/case-finding/download', { form: { purpose: 'direct care' } })
    const rows = String(file.kind === 'file' && file.body)
    expect(rows).toContain(',ae_attendance_in_100,')
    expect(rows).toContain('with such a record attended A&E in the following 12 months here')
    expect(rows).not.toContain('admission_in_100')
    const groups = wordsOf(pageOf(await ask('yasmin', 'GET', '/case-finding/equity')))
    expect(groups).toContain('Of 100 who attended A&E, missed Attended A&E against expected')
    expect(groups).not.toContain('Of 100 admitted, missed')
    const [jean] = await house.arrange(`select person_id as id from people.name where family = 'Pillay'`)
    const leaflet = wordsOf(
      pageOf(
        await ask('drLund', 'GET', '/case-finding/:person/told', { params: { person: String(jean?.id) } }),
      ),
    )
    expect(leaflet).toContain('about 42 went to A&E in the next 12 months here')
    expect(leaflet).not.toContain('emergency stay')
  })

  it('of which too few were seen, says so of itself, not of admissions', async () => {
    const { id } = await arrangeModel(house, { target: 'care home entry', verdict: 'cannot tell' })
    const words = wordsOf(pageOf(await ask('sofia', 'GET', '/models/:model', { params: { model: id } })))
    expect(words).toContain('Cannot tell: too few people who moved into a care home.')
    expect(words).not.toContain('too few admissions')
  })
})
