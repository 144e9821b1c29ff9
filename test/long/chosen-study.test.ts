import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, type LondonDate, readDate } from '#calendar'
import { withStore } from '#population'
import { randomStream } from '#statistics'
import type { Choices } from '../../src/evaluation/choice-types.ts'
import { protocolBy, usualChoices } from '../../src/evaluation/choices.ts'
import { type Joined, openPopulation, type Population } from '../../src/evaluation/cut-store.ts'
import { answerBy, prepareFor, type Studied } from '../../src/evaluation/sealed.ts'
import { verdictSaid } from '../../src/evaluation/sentences.ts'
import type { Answer, Plan, Protocol } from '../../src/evaluation/types.ts'
import { yearAfter } from '../../src/evaluation/year-after.ts'
import { testFolder } from '../house.ts'
import { pseudonym, type Recorded, writeRecords } from '../records.ts'

const day = (text: string): LondonDate => {
  const on = readDate(text)
  if (!on) throw new Error(`${text} is no day`)
  return on
}
const joinedOn = day('2025-01-15')
const folder = testFolder('chosen-study')

/**
 * A town of 20,000 in four practices. In the first two, one in four of those at A&E 2 to 4 times in a year joined a service
 * that prevents half their A&E visits and none of their admissions.
 */
function town(): { readonly people: readonly Recorded[]; readonly joined: readonly Joined[] } {
  const random = randomStream(7)
  const people = Array.from({ length: 20_000 }, (_, i): Recorded => {
    const often = random.gamma(0.8) / 0.8
    const daysOf = (aYear: number) =>
      Array.from({ length: random.poisson(often * aYear * 5) }, () =>
        String(addDays(day('2021-04-01'), Math.floor(random.uniform() * 1826))),
      )
    return {
      pseudonym: pseudonym(i + 1),
      birthYear: 1935 + Math.floor(random.uniform() * 30),
      sex: random.uniform() < 0.5 ? 'female' : 'male',
      deprivationTenth: 1 + Math.floor(random.uniform() * 10),
      practice: practiceOf(i + 1),
      admittedOn: daysOf(0.5),
      attendedOn: daysOf(1.2),
      homeCareFrom: i === 0 ? ['2023-01-01'] : [],
    }
  })
  const busy = ({ attendedOn = [] }: Recorded) =>
    attendedOn.filter((on) => on >= '2024-01-15' && on < joinedOn).length
  const traits = (one: Recorded) => `${one.sex} ${busy(one)} ${one.birthYear} ${one.practice}`
  const able = people
    .filter((one) => isReached(one) && busy(one) >= 2 && busy(one) <= 4)
    .sort((a, b) => traits(a).localeCompare(traits(b)))
  const helped = new Set(able.filter((_, i) => i % 4 === 0).map((one) => one.pseudonym))
  return {
    people: people.map((one) =>
      helped.has(one.pseudonym)
        ? { ...one, attendedOn: one.attendedOn?.filter((on) => on <= joinedOn || random.uniform() < 0.5) }
        : one,
    ),
    joined: [...helped].map((person) => ({ person, programmeId: 'conrane', openedOn: joinedOn })),
  }
}

const practiceOf = (number: number) => `Z0000${1 + (number % 4)}`
const placeOf = (person: string) => practiceOf(Number.parseInt(person, 16))
const isReached = ({ practice = '' }: Recorded) => practice === 'Z00001' || practice === 'Z00002'

const { people, joined } = town()
beforeAll(() => writeRecords(folder, people))

const asking = <T>(work: (population: Population) => Promise<T>): Promise<T> =>
  withStore(folder, async (store) =>
    work(
      await openPopulation(store, {
        coversFrom: { inpatient: day('2021-04-01'), emergency_department: day('2021-04-01') },
        dataTo: day('2026-03-31'),
        joined,
        listedOn: async () => [],
      }),
    ),
  )

const plan = (choices: Partial<Choices>): Plan => ({
  question: 'Does it change what was chosen?',
  ratio: 3,
  leastFollowUpDays: 90,
  smallestThatMattersPercent: 15,
  otherInitiatives: '',
  whatChanged: '',
  choices: { ...usualChoices, ...choices },
})

const inAYear: Partial<Choices> = { outcome: 'attendances', subgroups: ['women'], checks: ['closer'] }
const inHalfAYear: Partial<Choices> = {
  outcome: 'attendances',
  horizonDays: 180,
  further: ['emergencies', 'careHomeEntries'],
}

const studied: Studied = { id: 'conrane', fromAge: 18, joined: joined.length }

const answerTo = (protocol: Protocol): Promise<Answer> =>
  asking(async (population) => {
    const prepared = await prepareFor(population, protocol, studied)
    return prepared.kind === 'stopped' ? prepared.answer : answerBy(population, prepared, [])
  })
const known = new Map<string, Promise<Answer>>()
const answered = async (choices: Partial<Choices>) => {
  const key = JSON.stringify(choices)
  const asked = known.get(key) ?? answerTo(protocolBy(plan(choices), 2))
  known.set(key, asked)
  const answer = await asked
  if (answer.kind !== 'answered')
    throw new Error(`expected an answer, came ${JSON.stringify(answer).slice(0, 400)}`)
  return answer
}

describe('a service that prevents A&E visits and no admissions', () => {
  it('is judged by what was chosen: fewer A&E visits, in its own words', async () => {
    const answer = await answered(inHalfAYear)
    const { heading, lines } = verdictSaid(answer)
    expect(heading).toBe('Fewer A&E visits than matched people.')
    expect(lines[0]).toMatch(/^Over up to 180 days, \d+ people had \d\.\d\d A&E visits a person-year/)
    expect(answer.ratio.high).toBeLessThan(0.75)
    expect(answer.helped.years).toBeLessThan(0.5 * answer.helped.people)
    expect(
      yearAfter(answer)
        .map(({ what }) => what)
        .slice(0, 2),
    ).toEqual(['A&E visits', 'Emergency admissions'])
    const [admissions, careHome] = answer.further?.outcomes ?? []
    expect(admissions).toMatchObject({ outcome: 'emergencies' })
    expect(admissions?.adjustedP).toBeGreaterThan(0.05)
    expect(careHome).toEqual({ outcome: 'careHomeEntries', whyNone: 'not in the records' })
    expect(answer.further?.firstYear?.helped.free).toHaveLength(7)
  })

  it('HZ39 its fall anyway is worked out from A&E visits too, and not from admissions', async () => {
    const answer = await answered(inAYear)
    expect(answer.regression.ownChangePercent).toBeLessThan(answer.regression.controlChangePercent - 15)
    expect(answer.balance.map(({ name }) => name)).toContain('asked365')
    expect(Math.abs(answer.helped.rateBefore - answer.matched.rateBefore)).toBeLessThan(0.15)
  })

  it('what it could see follows what is counted, and for how long', async () => {
    const fall = async (choices: Partial<Choices>) => (await answered(choices)).detectableFallPercent
    const visits = await fall(inAYear)
    expect(await fall(inHalfAYear)).toBeGreaterThan(visits)
    const admissions = await asking((population) => prepareFor(population, protocolBy(plan({}), 2), studied))
    const seen = admissions.kind === 'sealed' ? admissions.compared : admissions.answer
    expect('detectableFallPercent' in seen && seen.detectableFallPercent).toBeGreaterThan(visits)
  })
})

describe('the people chosen', () => {
  it('are of the age, the place and the days of joining, and so are only those counted', async () => {
    const joinedOf = (choices: Partial<Choices>) =>
      asking(async (population) => {
        const prepared = await prepareFor(
          population,
          protocolBy(plan({ outcome: 'attendances', ...choices }), 2),
          studied,
        )
        if (prepared.kind === 'sealed') return prepared.compared.joined
        return 'joined' in prepared.answer ? prepared.answer.joined : Number.NaN
      })
    const older = await joinedOf({ cohort: { fromAge: 75 } })
    const here = await joinedOf({
      cohort: { place: { name: 'One', practices: ['Z00001'] } },
    })
    expect(await joinedOf({})).toBe(joined.length)
    expect(older).toBeLessThan(joined.length - 8)
    expect(here).toBe(joined.filter(({ person }) => placeOf(person) === 'Z00001').length)
    const nobody = await answerTo(protocolBy(plan({ cohort: { joinedFrom: day('2025-06-01') } }), 2))
    expect(nobody).toMatchObject({ kind: 'not ready', reason: 'nobody in the cohort', joined: 0 })
  })

  it('are compared first with practices nobody joined from, where that was chosen, and with everybody beside it', async () => {
    const answer = await answered({ outcome: 'attendances', pool: 'elsewhere' })
    expect(answer.further?.otherWays.at(-1)?.way).toBe('Compared with everybody who could have joined')
    const { practices, ways } = await asking(async (population) => {
      const prepared = await prepareFor(
        population,
        protocolBy(plan({ outcome: 'attendances', pool: 'elsewhere' }), 2),
        studied,
      )
      if (prepared.kind !== 'sealed') throw new Error('expected groups that are alike')
      const { persons } = prepared.cut.pool
      return {
        practices: new Set(persons.map(placeOf)),
        ways: prepared.cut.pool.values.reached,
      }
    })
    expect([...practices].sort()).toEqual(['Z00003', 'Z00004'])
    expect(new Set(ways)).toEqual(new Set([0]))
  })

  it('of one locality are never said to be unreached in another where somebody joined', async () => {
    const cohort = { place: { name: 'One', practices: ['Z00001'] } }
    const reached = await asking(async (population) => {
      const prepared = await prepareFor(
        population,
        protocolBy(plan({ outcome: 'attendances', cohort, pool: 'elsewhere' }), 2),
        studied,
      )
      if (prepared.kind !== 'sealed') throw new Error('expected groups that are alike')
      return prepared.cut.pool.persons.filter((person) => placeOf(person) === 'Z00002')
    })
    expect(reached).toEqual([])
  })

  it('R-322 are refused where they differ from another answer’s by fewer than 8, and no outcome is read', async () => {
    const narrower = protocolBy(plan({ cohort: { joinedTo: day('2025-01-31') } }), 2)
    const prepared = await asking((population) =>
      prepareFor(
        {
          ...population,
          joinedIn: async (id, cohort) => {
            const all = await population.joinedIn(id, cohort)
            return Object.keys(cohort).length > 0 ? all.slice(3) : all
          },
          outcomes: () => Promise.reject(new Error('an outcome was read')),
        },
        narrower,
        studied,
      ),
    )
    expect(prepared).toMatchObject({ answer: { kind: 'not ready', reason: 'leaves out too few' } })
  })
})

describe('what was chosen and is not there', () => {
  it('is told, and never counted as nothing', async () => {
    const answer = await answerTo(protocolBy(plan({ outcome: 'urgentContacts' }), 2))
    expect(answer).toMatchObject({ kind: 'not ready', reason: 'not recorded' })
    expect(verdictSaid(answer).lines[0]).toContain(
      'Urgent calls and visits are not in the records that were loaded.',
    )
  })
})

describe('a study from before there was anything to choose', () => {
  it('answers as one that chooses what ships, to the last digit', async () => {
    const { choices: _, ...old } = plan({})
    const [before, now] = [await answerTo(protocolBy(old, 2)), await answerTo(protocolBy(plan({}), 2))]
    expect(now.asked).toEqual({ outcome: 'emergencies', horizonDays: 365, pool: 'everywhere' })
    expect(before).toEqual({ ...now, asked: undefined })
  })

  it('is looked at for the groups that were chosen and no other', async () => {
    const answer = await answered(inAYear)
    expect(answer.further?.subgroups.map(({ group }) => group)).toEqual(['Women'])
    expect(answer.further?.otherWays.map(({ way }) => way)).toContain('Matched twice as closely')
  })
})
