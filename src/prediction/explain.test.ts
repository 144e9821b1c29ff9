import { describe, expect, it } from 'vitest'
import { madeRows } from '../../test/made-rows.ts'
import { explain, fitRidge, fitTrees, logOddsOf, type Model, type Table, type TreeNode } from './index.ts'
import { recalibrate } from './recalibration.ts'

const sample = madeRows(3000, 1)

async function everyReasonAddsUp(model: Model): Promise<void> {
  const line = await logOddsOf(model, sample.table)
  for (let row = 0; row < 500; row++) {
    const { base, parts, logOdds, risk } = explain(model, sample.table, row)
    const sum = parts.reduce((total, part) => total + part, base)
    expect(Math.abs(sum - (line[row] ?? 0))).toBeLessThan(1e-9)
    expect(logOdds).toBe(sum)
    expect(risk).toBeCloseTo(1 / (1 + Math.exp(-(line[row] ?? 0))), 12)
  }
}

/** The tree's mean over training rows when only the columns in the set are known of the row. */
function meanKnowing(tree: readonly TreeNode[], at: number, row: readonly number[], known: number): number {
  const node = tree[at]
  if (!node) return 0
  if (node.column < 0) return node.value
  const [left, right] = [node.left, node.right].map((child) => meanKnowing(tree, child, row, known))
  if ((known >> node.column) & 1) {
    const value = row[node.column] ?? Number.NaN
    return (Number.isNaN(value) ? node.missingLeft : value <= node.threshold) ? (left ?? 0) : (right ?? 0)
  }
  const share = (tree[node.left]?.cover ?? 0) / node.cover
  return share * (left ?? 0) + (1 - share) * (right ?? 0)
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

function shapleySlowly(
  trees: readonly (readonly TreeNode[])[],
  table: Table,
  row: number,
): readonly number[] {
  const values = table.columns.map((column) => column[row] ?? Number.NaN)
  const all = values.length
  const given = (known: number) => trees.reduce((sum, tree) => sum + meanKnowing(tree, 0, values, known), 0)
  return values.map((_, own) => {
    let sum = 0
    for (let set = 0; set < 2 ** all; set++) {
      if ((set >> own) & 1) continue
      const size = set.toString(2).replaceAll('0', '').length
      const weight = (factorial(size) * factorial(all - size - 1)) / factorial(all)
      sum += weight * (given(set | (1 << own)) - given(set))
    }
    return sum
  })
}

describe('why a risk is what it is', () => {
  it('adds up to the log-odds for everybody, of a ridge model with curves and products', async () => {
    await everyReasonAddsUp(
      await fitRidge(sample, { kind: 'keyworker', interactions: [['age', 'admissions']], lambda: 1 }),
    )
  })

  it('adds up to the log-odds for everybody, of trees, before and after they are brought up to date', async () => {
    const model = await fitTrees(sample, { kind: 'trees', trees: 50 })
    await everyReasonAddsUp(model)
    await everyReasonAddsUp(await recalibrate(model, madeRows(2000, 2), 'slope'))
  })

  it('is for trees what every set of columns, one by one, gives', async () => {
    const model = await fitTrees(sample, { kind: 'trees', trees: 10 })
    for (const row of [0, 1, 2, 3]) {
      const slowly = shapleySlowly(model.trees, sample.table, row)
      explain(model, sample.table, row).parts.forEach((part, j) => {
        expect(Math.abs(part - (slowly[j] ?? 0))).toBeLessThan(1e-12)
      })
    }
  })

  it('is nothing at all against a reference just like the person', async () => {
    const model = await fitRidge(sample, {
      kind: 'keyworker',
      interactions: [['age', 'admissions']],
      lambda: 1,
    })
    const same = Float64Array.from(sample.table.columns, (column) => column[7] ?? 0)
    const { parts, base, logOdds } = explain(model, sample.table, 7, same)
    expect([...parts].every((part) => part === 0)).toBe(true)
    expect(base).toBeCloseTo(logOdds, 12)
    const older = same.map((value, j) => (sample.table.names[j] === 'age' ? value + 20 : value))
    const against = explain(model, sample.table, 7, older)
    const moved = against.names.filter((_, j) => against.parts[j] !== 0)
    expect(moved).toEqual(['age', 'admissions'])
  })

  it('refuses a reference for trees, whose reference is their training rows', async () => {
    const model = await fitTrees(sample, { kind: 'trees', trees: 2 })
    expect(() => explain(model, sample.table, 0, new Float64Array(6))).toThrow('training rows')
  })
})
