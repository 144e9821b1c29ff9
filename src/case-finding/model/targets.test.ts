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
})
