import { beforeAll, describe, expect, it } from 'vitest'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { type House, openHouse, programmeId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { room } from './index.ts'

const conrane = programmeId('conrane')
let house: House
let people: readonly string[] = []

const equity = () =>
  house.as('yasmin', async (visit) => {
    const route = room.screens.find(({ path }) => path === '/case-finding/equity')
    if (!route) throw new Error('no page of groups')
    return wordsOf(pageOf(await route.answer(visit, askedWith())))
  })
/** Makes a list of the people from one place to another, each always behind the same pseudonym. */
const listOf = (from: number, to: number, indexOn: string) =>
  arrangeRun(
    house,
    conrane,
    people.slice(from, to).map((person) => ({ person })),
    { indexOn, first: 1 + from },
  )

beforeAll(async () => {
  house = await openHouse()
  people = await Promise.all(Array.from({ length: 50 }, () => house.arrangePerson()))
})

describe('how a list moves', () => {
  it('is not said of the first list there is', async () => {
    await listOf(0, 30, '2026-02-01')
    expect(await equity()).not.toContain('How the list moved')
  })

  it('is how many were on the list before, and how many were not', async () => {
    await listOf(10, 40, '2026-03-01')
    expect(await equity()).toContain(
      'Against the list of 1 February 2026: 20 were on it and 10 were not, 33 in 100 of this list.',
    )
  })

  it('tells no count under 8, nor the share that would give it away', async () => {
    await listOf(12, 42, '2026-04-01')
    const said = await equity()
    expect(said).toContain(
      'Against the list of 1 March 2026: not shown were on it and fewer than 8 were not.',
    )
    expect(said).not.toContain('in 100 of this list')
  })
})
