import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrangeStranger, knockAs, leakOf, personRoutes, serverOver } from '../access-matrix.ts'
import { type Cast, cast, type House, openHouse } from '../house.ts'

let house: House
let app: Awaited<ReturnType<typeof serverOver>>
let stranger: string
beforeAll(async () => {
  house = await openHouse()
  app = await serverOver(house)
  stranger = await arrangeStranger(house, app)
})
afterAll(() => app.close())

it.each(Object.keys(cast) as Cast[])(
  'A01 A02 %s opens no page and sends no form about somebody they have nothing to do with',
  async (who) => {
    const knock = await knockAs(house, app, who)
    const leaks: string[] = []
    for (const route of personRoutes) {
      const leak = await leakOf(knock, route, stranger)
      if (leak) leaks.push(leak)
    }
    expect(leaks).toEqual([])
  },
)
