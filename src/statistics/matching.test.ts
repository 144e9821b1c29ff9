import { describe, expect, it } from 'vitest'
import type { MatchedSet, MatchRows, MatchRule } from './match-rows.ts'
import { controlWeights, matchNearest } from './matching.ts'
import { checkMatches } from './matching-check.ts'
import { type RandomStream, randomStream } from './random.ts'

const rowsOf = (rows: readonly [string, string, number, number?][]): MatchRows => ({
  ids: rows.map(([id]) => id),
  strata: rows.map(([, stratum]) => stratum),
  scores: Float64Array.from(rows.map(([, , score]) => score)),
  near: [Float64Array.from(rows.map(([, , , near]) => near ?? 0))],
})

const rule: MatchRule = { ratio: 1, scoreCaliper: 1, nearCalipers: [5] }

const pairs = (treated: MatchRows, pool: MatchRows, sets: readonly MatchedSet[]) =>
  sets.map((set) => [treated.ids[set.treated], ...set.controls.map((control) => pool.ids[control])].join(' '))

describe('matching', () => {
  it('takes the nearest control of the same stratum', () => {
    const treated = rowsOf([['t1', 'woman', 0.5]])
    const pool = rowsOf([
      ['a', 'woman', 0.9],
      ['b', 'woman', 0.4],
      ['c', 'man', 0.5],
    ])
    expect(pairs(treated, pool, matchNearest(treated, pool, rule).sets)).toEqual(['t1 b'])
  })

  it('gives tied controls to the lower id, above and below, whatever the order of rows', () => {
    const treated = rowsOf([['t1', 's', 0.5]])
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const all: [string, string, number][] = [
        ['c', 's', 0.25],
        ['b', 's', 0.75],
        ['d', 's', 0.25],
      ]
      const pool = rowsOf(order.flatMap((i) => (all[i] ? [all[i]] : [])))
      expect(pairs(treated, pool, matchNearest(treated, pool, rule).sets)).toEqual(['t1 b'])
    }
  })

  it('lets the treated with the highest score choose first, one control a pass', () => {
    const treated = rowsOf([
      ['t1', 's', 0.5],
      ['t2', 's', 0.6],
    ])
    const pool = rowsOf([
      ['a', 's', 0.55],
      ['b', 's', 0.3],
      ['c', 's', 0.7],
    ])
    const { sets } = matchNearest(treated, pool, { ...rule, ratio: 2 })
    expect(pairs(treated, pool, sets)).toEqual(['t1 b', 't2 a c'])
  })

  it('never uses a person of the pool twice, though they stand in two months', () => {
    const treated = rowsOf([
      ['t1', 'May', 0.6],
      ['t2', 'June', 0.5],
    ])
    const pool = rowsOf([
      ['a', 'May', 0.6],
      ['a', 'June', 0.5],
      ['b', 'June', 0.9],
    ])
    expect(pairs(treated, pool, matchNearest(treated, pool, rule).sets)).toEqual(['t1 a', 't2 b'])
  })

  it('leaves out whom nobody is near enough to, by score or by age', () => {
    const treated = rowsOf([
      ['t1', 's', 3, 80],
      ['t2', 's', 0.5, 80],
    ])
    const pool = rowsOf([
      ['a', 's', 0.5, 74.9],
      ['b', 's', 1.4, 75],
    ])
    const { sets, unmatched } = matchNearest(treated, pool, rule)
    expect(pairs(treated, pool, sets)).toEqual(['t2 b'])
    expect(unmatched).toEqual([0])
  })

  it('keeps a distance equal to the caliper', () => {
    const treated = rowsOf([['t1', 's', 0.3]])
    const pool = rowsOf([['a', 's', 0.1]])
    expect(matchNearest(treated, pool, { ...rule, scoreCaliper: 0.2 }).sets).toHaveLength(1)
  })

  it('agrees with a search of every pair on 60 random problems, in any row order', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomStream(seed)
      const treated = randomRows(random, 'T', 30)
      const pool = randomRows(random, 'C', 90)
      const asked = { ratio: 1 + (seed % 3), scoreCaliper: 0.4, nearCalipers: [6] }
      const { sets } = matchNearest(treated, pool, asked)
      expect(pairs(treated, pool, sets)).toEqual(plainGreedy(treated, pool, asked))
      const [otherTreated, otherPool] = [reversed(treated), reversed(pool)]
      const again = matchNearest(otherTreated, otherPool, asked).sets
      expect(pairs(otherTreated, otherPool, again)).toEqual(pairs(treated, pool, sets))
    }
  })
})

describe('the check after matching', () => {
  const treated = rowsOf([
    ['t1', 's', 0.5, 80],
    ['t2', 's', 0.5, 80],
  ])
  const pool = rowsOf([
    ['a', 's', 0.5, 80],
    ['b', 'r', 0.5, 80],
    ['c', 's', 1.6, 80],
    ['d', 's', 0.5, 86],
    ['t1', 's', 0.5, 80],
  ])
  const look = (sets: MatchedSet[]) => () => checkMatches(treated, pool, rule, sets)

  it('passes what is right', () => {
    expect(look([{ treated: 0, controls: [0] }])).not.toThrow()
  })

  it('stops at the first pair that breaks a rule', () => {
    expect(look([{ treated: 0, controls: [1] }])).toThrow('must be equal')
    expect(look([{ treated: 0, controls: [2] }])).toThrow('score caliper')
    expect(look([{ treated: 0, controls: [3] }])).toThrow('caliper 1')
    expect(look([{ treated: 0, controls: [4] }])).toThrow('themselves')
    expect(
      look([
        { treated: 0, controls: [0] },
        { treated: 1, controls: [0] },
      ]),
    ).toThrow('used twice')
    expect(look([{ treated: 0, controls: [0, 3] }])).toThrow('expected 1 to 1')
  })
})

describe('weights', () => {
  it('make each set count once and add up to the number of controls', () => {
    const weights = controlWeights([
      { treated: 0, controls: [1, 2, 3] },
      { treated: 1, controls: [4] },
    ])
    expect(Array.from(weights)).toEqual([2 / 3, 2 / 3, 2 / 3, 2])
  })
})

function randomRows(random: RandomStream, letter: string, n: number): MatchRows {
  return rowsOf(
    Array.from({ length: n }, (_, i) => [
      `${letter}${String((i * 37) % n).padStart(3, '0')}`,
      random.uniform() < 0.5 ? 'June' : 'July',
      Math.round(random.normal() * 10) / 10,
      60 + Math.floor(random.uniform() * 20),
    ]),
  )
}

function reversed(rows: MatchRows): MatchRows {
  return {
    ids: [...rows.ids].reverse(),
    strata: [...rows.strata].reverse(),
    scores: rows.scores.slice().reverse(),
    near: rows.near.map((values) => values.slice().reverse()),
  }
}

/** The specification, word for word and slow. */
function plainGreedy(treated: MatchRows, pool: MatchRows, asked: MatchRule): string[] {
  const text = (a = '', b = '') => (a < b ? -1 : 1)
  const order = treated.ids
    .map((_, i) => i)
    .sort(
      (a, b) => (treated.scores[b] ?? 0) - (treated.scores[a] ?? 0) || text(treated.ids[a], treated.ids[b]),
    )
  const used = new Set<number>()
  const chosen = new Map<number, string[]>()
  for (let pass = 1; pass <= asked.ratio; pass++)
    for (const t of order) {
      const gap = (c: number) => Math.abs((treated.scores[t] ?? 0) - (pool.scores[c] ?? 0))
      const open = pool.ids
        .map((_, c) => c)
        .filter((c) => !used.has(c) && treated.strata[t] === pool.strata[c])
      const near = open.filter(
        (c) =>
          gap(c) <= asked.scoreCaliper + 1e-12 &&
          Math.abs((treated.near[0]?.[t] ?? 0) - (pool.near[0]?.[c] ?? 0)) <= (asked.nearCalipers[0] ?? 0),
      )
      const best = near.sort((a, b) =>
        Math.abs(gap(a) - gap(b)) <= 1e-12 ? text(pool.ids[a], pool.ids[b]) : gap(a) - gap(b),
      )[0]
      if (best === undefined) continue
      used.add(best)
      chosen.set(t, [...(chosen.get(t) ?? []), pool.ids[best] ?? ''])
    }
  return [...chosen].map(([t, controls]) => [treated.ids[t], ...controls].join(' ')).sort()
}
