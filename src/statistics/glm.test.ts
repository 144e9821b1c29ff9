import { describe, expect, it } from 'vitest'
import { fitGlm } from './glm.ts'
import { matrixOf, solveTriangle, triangleOf } from './least-squares.ts'
import { randomStream } from './random.ts'
import { clusterRobustCovariance, ratioOf } from './sandwich.ts'

const longley = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
]

/** Space shuttle launches before 1986: temperature in degrees F, and whether an O-ring was damaged. */
const launches: [number, number][] = [
  [66, 0],
  [70, 1],
  [69, 0],
  [68, 0],
  [67, 0],
  [72, 0],
  [73, 0],
  [70, 0],
  [57, 1],
  [63, 1],
  [70, 1],
  [78, 0],
  [67, 0],
  [53, 1],
  [67, 0],
  [75, 0],
  [70, 0],
  [81, 0],
  [76, 0],
  [79, 0],
  [75, 1],
  [76, 0],
  [58, 1],
]

const dobson = [18, 17, 15, 20, 10, 20, 25, 13, 12]

function dobsonRows() {
  const x = matrixOf(
    dobson.map((_, i) => {
      const [outcome, treatment] = [i % 3, Math.floor(i / 3)]
      return [1, +(outcome === 1), +(outcome === 2), +(treatment === 1), +(treatment === 2)]
    }),
  )
  return { x, y: Float64Array.from(dobson) }
}

const firsts = (values: Float64Array) => Array.from(values)

describe('least squares', () => {
  it('meets the certified NIST values of the Longley data', () => {
    const x = matrixOf(longley.map((row) => [1, ...row.slice(1)]))
    const y = Float64Array.from(longley.map((row) => row[0] ?? 0))
    const found = solveTriangle(triangleOf(x, y, new Float64Array(16).fill(1)))
    const certified = [
      -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
      -0.0511041056535807, 1829.15146461355,
    ]
    certified.forEach((value, j) => {
      expect(Math.abs((found[j] ?? 0) / value - 1)).toBeLessThan(1e-8)
    })
  })
})

describe('Poisson models', () => {
  it('agree with R on the trial of Dobson', () => {
    const fit = fitGlm('poisson', dobsonRows())
    const expected = [Math.log(21), Math.log(40 / 63), Math.log(47 / 63), 0, 0]
    expected.forEach((value, j) => {
      expect(fit.coefficients[j]).toBeCloseTo(value, 10)
    })
    expect(fit.deviance).toBeCloseTo(5.129141, 6)
    expect(Math.sqrt(fit.inverse.values[0] ?? 0)).toBeCloseTo(0.1708987, 6)
    expect(Math.sqrt(fit.inverse.values[6] ?? 0)).toBeCloseTo(0.2021708, 6)
    expect([fit.converged, fit.ridged, fit.separated]).toEqual([true, false, false])
  })

  it('give the ratio of the two crude rates when only the group is asked', () => {
    const y = Float64Array.from([3, 1, 4, 2, 2, 0])
    const years = [1, 0.5, 1, 1, 1, 0.25]
    const x = matrixOf(Array.from(y, (_, i) => [1, +(i < 3)]))
    const fit = fitGlm('poisson', { x, y, offset: Float64Array.from(years.map(Math.log)) })
    expect(Math.exp(fit.coefficients[1] ?? 0)).toBeCloseTo(8 / 2.5 / (4 / 2.25), 10)
  })

  it('treat a weight of 2 as the row written twice', () => {
    const { x, y } = dobsonRows()
    const twice = { rows: 18, columns: 5, values: Float64Array.from([...x.values, ...x.values]) }
    const weighted = fitGlm('poisson', { x, y, weights: new Float64Array(9).fill(2) })
    const written = fitGlm('poisson', { x: twice, y: Float64Array.from([...y, ...y]) })
    firsts(written.inverse.values).forEach((value, j) => {
      expect(weighted.inverse.values[j]).toBeCloseTo(value, 10)
    })
  })

  it('of 24,000 rows, walked to by normal equations, is the same as of 9 rows that count for as many', () => {
    const { x, y } = dobsonRows()
    const counts = Array.from(y, (_, i) => 2000 + 500 * i)
    const written = counts.flatMap((count, i) => new Array<number>(count).fill(i))
    const long = {
      x: matrixOf(written.map((i) => Array.from(x.values.subarray(i * 5, i * 5 + 5)))),
      y: Float64Array.from(written, (i) => y[i] ?? 0),
    }
    expect(written.length).toBeGreaterThan(24_000)
    const many = fitGlm('poisson', long)
    const few = fitGlm('poisson', { x, y, weights: Float64Array.from(counts) })
    expect(many.converged).toBe(true)
    firsts(few.coefficients).forEach((value, j) => {
      expect(many.coefficients[j]).toBeCloseTo(value, 10)
    })
    firsts(few.inverse.values).forEach((value, j) => {
      expect(many.inverse.values[j]).toBeCloseTo(value, 12)
    })
  })

  it('survive a column that repeats another, and say so', () => {
    const { x, y } = dobsonRows()
    const rows = Array.from({ length: 9 }, (_, i) => [
      ...x.values.slice(i * 5, i * 5 + 5),
      x.values[i * 5 + 1] ?? 0,
    ])
    const fit = fitGlm('poisson', { x: matrixOf(rows), y })
    expect(fit.ridged).toBe(true)
    expect((fit.coefficients[1] ?? 0) + (fit.coefficients[5] ?? 0)).toBeCloseTo(Math.log(40 / 63), 5)
  })

  it('converge when one rate is a thousand times another', () => {
    const y = Float64Array.from([1, 0, 2, 1, 0, 1000, 1100, 900, 950, 1050])
    const x = matrixOf(Array.from(y, (_, i) => [1, +(i > 4)]))
    const fit = fitGlm('poisson', { x, y })
    expect(fit.converged).toBe(true)
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(1000 / 0.8), 9)
  })
})

describe('logistic models', () => {
  it('agree with the published values for the space shuttle', () => {
    const x = matrixOf(launches.map(([temperature]) => [1, temperature]))
    const fit = fitGlm('logistic', { x, y: Float64Array.from(launches.map(([, damaged]) => damaged)) })
    expect(fit.coefficients[0]).toBeCloseTo(15.0429, 4)
    expect(fit.coefficients[1]).toBeCloseTo(-0.2322, 4)
    expect(fit.deviance).toBeCloseTo(20.3152, 4)
    expect(Math.sqrt(fit.inverse.values[3] ?? 0)).toBeCloseTo(0.1082, 4)
  })

  it('say so when the groups are told apart without error', () => {
    const x = matrixOf([-3, -2, -1, 1, 2, 3].map((value) => [1, value]))
    expect(fitGlm('logistic', { x, y: Float64Array.from([0, 0, 0, 1, 1, 1]) }).separated).toBe(true)
  })
})

describe('cluster-robust errors', () => {
  it('equal the formula written out by hand for a model with a mean alone', () => {
    const y = Float64Array.from([4, 2, 0, 1, 5, 3])
    const rows = { x: matrixOf(Array.from(y, () => [1])), y }
    const cluster = Int32Array.from([0, 0, 1, 1, 2, 2])
    const covariance = clusterRobustCovariance(fitGlm('poisson', rows), rows, cluster)
    const scores = [6 - 5, 1 - 5, 8 - 5]
    const byHand = (1.5 * scores.reduce((sum, score) => sum + score * score, 0)) / 15 ** 2
    expect(covariance.values[0]).toBeCloseTo(byHand, 12)
  })

  it('cover the true ratio about 95 times in 100 when members of a cluster go together', () => {
    let covered = 0
    for (let seed = 1; seed <= 400; seed++) covered += coversTheTruth(seed)
    expect(covered / 400).toBeGreaterThan(0.91)
    expect(covered / 400).toBeLessThan(0.985)
  })
})

function coversTheTruth(seed: number): number {
  const random = randomStream(seed)
  const clusters = 80
  const rows: number[][] = []
  const y: number[] = []
  const cluster: number[] = []
  for (let g = 0; g < clusters; g++) {
    const level = random.gamma(2) / 2
    for (const helped of [1, 0, 0, 0]) {
      rows.push([1, helped])
      y.push(random.poisson(level * (helped ? 0.8 : 1)))
      cluster.push(g)
    }
  }
  const input = { x: matrixOf(rows), y: Float64Array.from(y) }
  const fit = fitGlm('poisson', input)
  const { low, high } = ratioOf(fit, clusterRobustCovariance(fit, input, Int32Array.from(cluster)), 1)
  return low <= 0.8 && high >= 0.8 ? 1 : 0
}
