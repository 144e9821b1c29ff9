import { describe, expect, it } from 'vitest'
import { openHouse } from '../../test/house.ts'
import { migrate } from './index.ts'

const house = await openHouse()
// As version 0.1.0 of 23 November, at noon and in the afternoon, had written them.
const atNoon = '5daa2648a45cf49e7e652d70fb1975a0c32a929ec051516a3825bb6f6da4ef7a'
const inTheAfternoon = '4074ee93c61ba98183802c62c7ebf5adfa993624542741714c53522a0c380575'

const ranAs = (number: number, sha256: string) =>
  house.arrange('update public.migration set sha256 = $2 where number = $1', [number, sha256])
const hasNext = async () =>
  (await house.arrange(`select proname, pronargs from pg_proc where proname = 'next_beside_tasks'`)).map(
    ({ pronargs }) => pronargs,
  )

describe('a record that an earlier version made', () => {
  it('is brought to this one where its migrations ran in the wording they went out with at noon', async () => {
    await ranAs(1062, atNoon)
    await house.arrange('delete from public.migration where number in (1070, 1071)')
    expect(await migrate(house.ownerUrl)).toBe(2)
    expect(await hasNext()).toEqual([0])
    expect(await migrate(house.ownerUrl)).toBe(0)
  })

  it('is opened as it is where they ran in the wording of the afternoon', async () => {
    await ranAs(1070, inTheAfternoon)
    expect(await migrate(house.ownerUrl)).toBe(0)
  })

  it('is refused where a migration ran in any other wording', async () => {
    await ranAs(1061, 'a'.repeat(64))
    await expect(migrate(house.ownerUrl)).rejects.toThrow('was changed after it ran')
  })
})
