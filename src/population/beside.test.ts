import { expect, it } from 'vitest'
import { loadExtract } from '#population'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'beside')

it('people of one practice stand beside one another in the record, whatever order the extract has them in', async () => {
  const [first = {}] = smallExtract.people ?? []
  const people = Array.from({ length: 60 }, (_, at) => ({
    ...first,
    nhs_number: '',
    local_id: `A${at}`,
    family_name: `Okafor${at}`,
    practice_code: at % 3 ? 'Z00001' : 'Z00002',
  }))
  const { practices = [] } = smallExtract
  const outcome = await loadExtract(workshop, { folder: writeExtract('beside', { practices, people }) })
  expect(outcome).toMatchObject({ ok: true, value: { people: { added: 60 } } })
  const codes = async (order: string) => {
    const rows = await house.arrange(
      `select o.code from people.registration r join organisations.organisation o on o.id = r.practice_id order by ${order}`,
    )
    return rows.map(({ code }) => code)
  }
  const together = [...Array(40).fill('Z00001'), ...Array(20).fill('Z00002')]
  expect(await codes('r.person_id')).toEqual(together)
  expect(await codes('r.ctid')).toEqual(together)
  const ids = await house.arrange('select id::text from people.person')
  for (const { id } of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
})
