import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffVisit } from '#access'
import type { Workshop } from '#jobs'
import { loadExtract } from '#population'
import { type Cast, type House, openHouse, testFolder } from '../../test/house.ts'
import { makeTown } from '../../town/index.ts'
import { practiceList, programmeFor } from './candidates.ts'
import { ofTab } from './list-rules.ts'
import { rank } from './rank.ts'

const folder = testFolder('street')
let house: House

beforeAll(async () => {
  house = await openHouse()
  const out = join(folder, 'town')
  await makeTown({ people: 2000, seed: 1, out, street: true })
  const workshop: Workshop = {
    folder: join(folder, 'data'),
    inVisit: (work) => house.asSystem('load', work),
    say: async () => {},
  }
  const report = await loadExtract(workshop, { folder: out })
  if (!report.ok) throw new Error(JSON.stringify(report.problems))
  await rank(workshop, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const listOf = (who: Cast) =>
  house.as(who, async (visit: StaffVisit) => {
    const programme = await programmeFor(visit, 'conrane')
    if (!programme) throw new Error('the house has no conrane')
    const list = await practiceList(visit, programme, { purpose: 'direct care', verb: 'read the list' })
    return ofTab(list.candidates, 'to judge', visit.caller.staffId)
  })
const namesOf = async (who: Cast) =>
  (await listOf(who)).map(({ person }) => `${person.givenName} ${person.familyName}`)
const inOrder = (names: readonly string[], wanted: readonly string[]) =>
  names.filter((name) => wanted.includes(name))

describe('the street on 1 April 2026, by the day-one rule', () => {
  it('Lund Street has Jean, then Eileen, then Callum', async () => {
    const wanted = ['Jean Pillay', 'Eileen Murphy', 'Callum Reid']
    expect(inOrder(await namesOf('drLund'), wanted)).toEqual(wanted)
  })

  it('Canal Side has Harold and Abdul by admissions, above Marcus by his A&E attendances', async () => {
    const names = await namesOf('drBello')
    const found = inOrder(names, ['Harold Whitcombe', 'Abdul Karim', 'Marcus Campbell'])
    expect(found).toHaveLength(3)
    expect(found.at(-1)).toBe('Marcus Campbell')
  })

  it('Jean’s five admissions are counted, and the last is 26 to 40 days before', async () => {
    const jean = (await listOf('drLund')).find(({ person }) => person.givenName === 'Jean')
    expect(jean?.suggestion).toMatchObject({ emergencyAdmissions: 5, lastAdmissionOn: '2026-02-20' })
  })

  it('Rukhsana is not suggested, and the twins are children and never are', async () => {
    const names = [...(await namesOf('drLund')), ...(await namesOf('drBello'))]
    expect(inOrder(names, ['Rukhsana Begum', 'Ayaan Hussain', 'Ayan Hussain', 'Piotr Nowak'])).toEqual([])
  })
})
