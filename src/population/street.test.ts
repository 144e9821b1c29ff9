import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadExtract } from '#population'
import { testWorkshop } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { makeTown } from '../../town/index.ts'

const house = await openHouse()

it('the street’s fifteen source identities give Hua Li’s two and Piotr’s three to the queue, and the twins to nobody', async () => {
  const town = testFolder('street-town')
  for (const folder of [town, `${town}-truth`]) rmSync(folder, { recursive: true, force: true })
  await makeTown({ people: 100, seed: 1, out: town, street: true, futures: 0 })
  const outcome = await loadExtract(testWorkshop(house, 'street'), { folder: town })
  expect(outcome.ok ? outcome.value.refused : outcome.problems).toBe(0)
  const pairs = await house.arrange(
    `select array(select n.given || ' ' || n.family from people.name n where n.person_id in (d.person_id, d.other_person_id)
       and n.ended_at is null order by 1) as names from people.doubt d order by 1`,
  )
  const families = pairs.map(({ names }) => names)
  expect(families.filter((names) => String(names).includes('Chen'))).toHaveLength(1)
  expect(families.filter((names) => /No[wv]a/.test(String(names)))).toHaveLength(3)
  expect(families.filter((names) => String(names).includes('Hussain'))).toEqual([])
  const [numbers] = await house.arrange(
    `select count(*)::int as n from people.identifier where system = 'nhs' and value like '99910101%' or value like '99910102%'
       or value in ('9991010300', '9991010408', '9991010505', '9991010602', '9991010807', '9991010904', '9991011005', '9991011102', '9991011307')`,
  )
  expect(numbers?.n).toBe(11)
}, 240_000)
