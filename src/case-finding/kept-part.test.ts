import { expect, it } from 'vitest'
import { openHouse, programmeId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { briefsOf } from './brief-rows.ts'

// Nothing known, everything known, and each yes as a no: an answer no and none are the same to a list.
const changes: readonly string[] = [
  `conditions = '{}', last_admission_on = null, is_care_home = null, lives_alone = null, flags = null`,
  `conditions = '{hf,copd,dm2}', last_admission_on = '2026-03-09', is_care_home = true, lives_alone = true,
    risk = 0.415, usual_in_100 = 11, is_risk_rising = true, flags = '{acsc,"end of life"}', ae_visits = 4`,
  `conditions = '{copd,hf}', is_care_home = false, lives_alone = false, is_risk_rising = false, flags = '{}'`,
  `conditions = '{dm2}', is_returned = true, ae_visits = 2`,
]

it('a practice’s part of a list keeps of each person what they were suggested with', async () => {
  const house = await openHouse()
  const people: string[] = []
  for (const family of ['Ash', 'Birch', 'Cedar', 'Elm']) people.push(await house.arrangePerson({ family }))
  await arrangeRun(
    house,
    programmeId('conrane'),
    people.map((person, at) => ({ person, admissions: 20 - at })),
  )
  for (const [at, change] of changes.entries()) {
    await house.arrange(`update case_finding.suggestion set ${change} where rank = $1`, [at + 1])
  }
  const kept = await house.arrange('select briefs from case_finding.listed_part', [])
  const suggested = await house.arrange(
    `select rank, emergency_admissions as "emergencyAdmissions", ae_visits as "aeVisits", conditions,
       last_admission_on as "lastAdmissionOn", nullif(is_care_home, false) as "isCareHome",
       nullif(lives_alone, false) as "livesAlone", is_returned as "isReturned", risk,
       nullif(is_risk_rising, false) as "isRiskRising", flags, usual_in_100 as "usualIn100"
     from case_finding.suggestion order by rank`,
    [],
  )
  expect(suggested).toHaveLength(4)
  const known = suggested.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])),
  )
  expect(kept.flatMap((row) => briefsOf(String(Object.values(row)[0])))).toEqual(known)
})
