import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { arrangeRun, pseudonym } from '../../test/population.ts'
import { practiceListUnnamed, programmeFor } from './candidates.ts'
import { room } from './index.ts'

const conrane = programmeId('conrane')
const surnames = [
  'Ash',
  'Birch',
  'Cedar',
  'Elm',
  'Fir',
  'Gorse',
  'Hazel',
  'Ivy',
  'Juniper',
  'Larch',
  'Maple',
  'Oak',
]
let house: House
let people: string[] = []

beforeAll(async () => {
  house = await openHouse()
  for (const family of surnames) people = [...people, await house.arrangePerson({ family })]
  await arrangeRun(
    house,
    conrane,
    people.map((person, at) => ({ person, admissions: 20 - at })),
  )
})

const personAt = (rank: number) => people[rank - 1] ?? ''
const ask = askerOf(room.screens, () => house)
const list = async () => wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding')))

/** Where everybody of the practice's part stands by rank, looked up wholly or only where something is recorded. */
const stands = (isWhole: boolean, who: Cast = 'drLund') =>
  house.as(who, async (visit) => {
    const programme = await programmeFor(visit, 'conrane')
    if (!programme) throw new Error('the house has no conrane')
    const { candidates, goneSince } = await practiceListUnnamed(visit, programme, { isWhole })
    const told = candidates.map(
      ({ suggestion, standing, elsewhere, inForce }) =>
        `${suggestion?.rank ?? '-'} ${standing.tab} ${'why' in standing ? standing.why : ''} ${elsewhere} ${inForce?.decision ?? ''}`,
    )
    return { told: told.sort(), goneSince }
  })

const recordedOf = async (rank: number) =>
  (await house.arrange('select from case_finding.with_history where pseudonym = $1', [pseudonym(rank)]))
    .length > 0

const episode = (rank: number, programme: string) => {
  const id = newId()
  return house.arrange(
    `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
       values ($1, $2, $3, '2026-01-05', 1, now()))
     insert into people.episode_turn values ($1, 1, $2, 'active', $4, $5, 'several teams', now(), now(), $4)`,
    [id, personAt(rank), programme, staffId('ana'), places.ward],
  )
}

const events: readonly (readonly [string, (rank: number) => Promise<unknown>])[] = [
  [
    'somebody dies',
    (n) => house.arrange(`update people.person set died_on = '2026-03-30' where id = $1`, [personAt(n)]),
  ],
  ['somebody is in this programme', (n) => episode(n, conrane)],
  ['somebody is known to another team', (n) => episode(n, programmeId('virtual-ward'))],
  [
    'somebody objects',
    (n) =>
      house.arrange(
        `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
         values ($1, $2, 'objection', 'type 1', 'yes', 'test', '2026-03-30', now())`,
        [newId(), personAt(n)],
      ),
  ],
  [
    'somebody moves to another practice',
    async (n) => {
      await house.arrange(
        `update people.registration set during = daterange(lower(during), '2026-03-20') where person_id = $1`,
        [personAt(n)],
      )
      await house.arrange(
        `insert into people.registration (id, person_id, practice_id, during)
         values ($1, $2, $3, '[2026-03-20,)')`,
        [newId(), personAt(n), places.canalSide],
      )
    },
  ],
  [
    'somebody is registered nowhere',
    (n) => house.arrange('delete from people.registration where person_id = $1', [personAt(n)]),
  ],
  [
    'somebody is declined',
    (n) =>
      ask('drLund', 'POST', '/case-finding/:person/decline', {
        params: { person: personAt(n) },
        form: { seen: '0', 'reason-declined': 'well supported' },
      }),
  ],
  [
    'a record is joined to another',
    (n) =>
      house.arrange(
        `insert into people.merge (id, kept_person_id, joined_person_id, proposed_by, proposed_at, agreed_by, agreed_at)
         values ($1, $2, $3, $4, now(), $5, now())`,
        [newId(), personAt(people.length), personAt(n), staffId('ana'), staffId('drBello')],
      ),
  ],
  [
    'a pseudonym is taken out of use',
    (n) =>
      house.arrange('update population.pseudonym set retired_at = now() where person_id = $1', [personAt(n)]),
  ],
  [
    'it is the reader’s own record',
    (n) =>
      house.arrange('update organisations.staff set own_person_id = $2 where id = $1', [
        staffId('drLund'),
        personAt(n),
      ]),
  ],
]

describe('whoever nothing was recorded of since they came onto a list', () => {
  it('is not looked up: a page re-identifies those it shows, once, and nobody’s record else', async () => {
    const reidentified = () =>
      house.arrange(
        `select l.people from access.entry e join access.people_list l on l.hash = e.list_hash
         where e.verb = 're-identify' order by e.id`,
      )
    const before = (await reidentified()).length
    const words = await list()
    expect(words).toContain(`${people.length} left to judge of ${people.length}`)
    const after = (await reidentified()).slice(before)
    expect(after).toHaveLength(1)
    expect(after[0]?.people).toEqual([...people].sort())
    const alone = (await reidentified()).length
    await stands(false)
    expect(await reidentified()).toHaveLength(alone)
  })

  it.each(events.map(([what, happens], at) => ({ what, happens, rank: at + 1 })))(
    'HZ13 when $what, the list without looking everybody up is the list with it',
    async ({ happens, rank }) => {
      expect(await recordedOf(rank)).toBe(false)
      await happens(rank)
      expect(await recordedOf(rank)).toBe(true)
      expect(await stands(false)).toEqual(await stands(true))
      expect(await stands(false, 'drBello')).toEqual(await stands(true, 'drBello'))
    },
  )

  it('and so it is on the next list, which knows from the first page what was recorded before it', async () => {
    await house.arrange('delete from case_finding.with_history')
    await arrangeRun(
      house,
      conrane,
      people.map((person) => ({ person, admissions: 3 })),
    )
    expect(await stands(false)).toEqual(await stands(true))
  })

  it('whoever may not be listed and is not known of is not shown, and the count is put right', async () => {
    await house.arrange('delete from case_finding.with_history')
    const words = await list()
    const { told } = await stands(true)
    const left = told.filter((one) => one.includes(' to judge ')).length
    expect(words).toContain(`${left} left to judge`)
    expect(words).not.toContain('ASH,')
  })
})

it('somebody judged at one practice is known of where they move to', async () => {
  const mover = await house.arrangePerson({ family: 'Rowan' })
  await ask('drLund', 'POST', '/case-finding/:person/add', {
    params: { person: mover },
    form: { seen: '0', 'reason-added': 'frailty' },
  })
  await house.arrange(
    `update people.registration set during = daterange(lower(during), '2026-03-20') where person_id = $1`,
    [mover],
  )
  await house.arrange(
    `insert into people.registration (id, person_id, practice_id, during) values ($1, $2, $3, '[2026-03-20,)')`,
    [newId(), mover, places.canalSide],
  )
  expect((await stands(false, 'drBello')).told).toContain('- to judge   added')
})

it('what a practice’s part is counted by is what its suggestions say, after one is added, corrected and taken away', async () => {
  const read = () =>
    house.as('drLund', async (visit) => {
      const programme = await programmeFor(visit, 'conrane')
      if (!programme) throw new Error('the house has no conrane')
      const { run, candidates } = await practiceListUnnamed(visit, programme, { isWhole: true })
      const told = candidates.flatMap(({ suggestion }) =>
        suggestion ? [`${suggestion.rank} ${suggestion.emergencyAdmissions}`] : [],
      )
      return { runId: run?.id ?? '', told: told.sort() }
    })
  const newcomer = await house.arrangePerson({ family: 'Zelkova' })
  await arrangeRun(house, conrane, [
    { person: people[8] ?? '', admissions: 5 },
    { person: people[9] ?? '', admissions: 4 },
    { person: newcomer, admissions: 2 },
  ])
  const { runId, told } = await read()
  expect(told).toContain('3 2')
  await house.arrange(
    `update case_finding.suggestion set emergency_admissions = 7 where run_id = $1 and rank = 3`,
    [runId],
  )
  expect((await read()).told).toContain('3 7')
  await house.arrange(`delete from case_finding.suggestion where run_id = $1 and rank = 3`, [runId])
  expect((await read()).told).toEqual(told.filter((one) => one !== '3 2'))
})
