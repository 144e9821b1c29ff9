import { beforeAll, expect, it } from 'vitest'
import { type House, openHouse, staffId } from '../../test/house.ts'
import { workshopFor } from '../work.ts'
import { room } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const ready = () =>
  room.tasks?.['ready months']?.(workshopFor(house.workPool, '/nowhere', 'ready months'), {})
const months = async () =>
  (
    await house.arrange(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'access.entry'::regclass and c.relname ~ '_20' order by 1`,
    )
  ).map(({ name }) => String(name))

it('three months to come always have their place in the access log, and the pages may not read it by name', async () => {
  const before = await months()
  const last = before.at(-1) ?? ''
  await house.arrange(`drop table access.${last}`)
  await ready()
  expect(await months()).toContain(last)
  expect((await months()).length).toBeGreaterThanOrEqual(4)
  await expect(house.pool.query(`select * from access.${last}`)).rejects.toThrow(/permission denied/)
})

it('a month that already has rows elsewhere is left as it is, and nothing is lost', async () => {
  const last = (await months()).at(-1) ?? ''
  await house.arrange(`drop table access.${last}`)
  await house.arrange(
    `insert into access.entry (at, staff_id, purpose, verb, outcome)
     values (to_date(right($1, 7), 'YYYY_MM') + interval '3 days', $2, 'direct care', 'x', 'done')`,
    [last, staffId('amina')],
  )
  await ready()
  await ready()
  expect(await months()).not.toContain(last)
  expect(await house.arrange(`select 1 from access.entry where verb = 'x'`)).toHaveLength(1)
})
