import { describe, expect, it } from 'vitest'
import reference from '../../test/tables/reference.json' with { type: 'json' }
import { column, tableCalled, wordsOf } from '../../test/tables.ts'
import { digamma, trigamma } from './digamma.ts'
import { fitGlm, type GlmRows } from './glm.ts'
import { type Matrix, matrixOf } from './least-squares.ts'
import { fitNegativeBinomial } from './negative-binomial.ts'
import { randomStream } from './random.ts'
import { clusterRobustCovariance } from './sandwich.ts'

const quine = tableCalled('quine')
const ages = wordsOf('quine').age ?? []
const epil = tableCalled('epil')
const wool = tableCalled('warpbreaks')
const tension = wordsOf('warpbreaks').tension ?? []
const errors = (m: Matrix) =>
  Array.from({ length: m.rows }, (_, i) => Math.sqrt(m.values[i * m.columns + i] ?? 0))
const is = (yes: boolean) => (yes ? 1 : 0)

const build = (y: Float64Array, row: (i: number) => number[]): GlmRows => ({
  y,
  x: matrixOf(Array.from(y, (_, i) => [1, ...row(i)])),
})
const at = (table: typeof quine, name: string, i: number) => column(table, name)[i] ?? 0

const ofQuine = build(column(quine, 'days'), (i) => [
  at(quine, 'aboriginal', i),
  at(quine, 'male', i),
  ...['F1', 'F2', 'F3'].map((age) => is(ages[i] === age)),
  at(quine, 'slow', i),
])

const cases: [string, GlmRows, (typeof reference.negativeBinomial)['epil']][] = [
  ['days away from school', ofQuine, reference.negativeBinomial.quineAll],
  [
    'seizures',
    build(column(epil, 'seizures'), (i) =>
      ['treated', 'lbase', 'lage', 'V4'].map((name) => at(epil, name, i)),
    ),
    reference.negativeBinomial.epil,
  ],
  [
    'breaks of wool',
    build(column(wool, 'breaks'), (i) => [
      at(wool, 'woolB', i),
      is(tension[i] === 'L'),
      is(tension[i] === 'M'),
    ]),
    reference.negativeBinomial.warpbreaks,
  ],
]

describe('counts that vary more than chance', () => {
  it.each(cases)('agree with R’s glm.nb: %s', (name, rows, r) => {
    const found = fitNegativeBinomial(rows)
    expect([found.converged, found.isPoisson]).toEqual([true, false])
    expect(found.theta / r.theta).toBeCloseTo(1, 6)
    expect(found.thetaError / r.thetaSe).toBeCloseTo(1, 5)
    expect(found.logLikelihood).toBeCloseTo(r.loglik, 6)
    expect(found.fit.deviance).toBeCloseTo(r.deviance, 4)
    // R takes the high tension as the base, we the low: only the columns in common are compared.
    const same = name === 'breaks of wool' ? [1] : r.coefficients.map((_, j) => j)
    for (const j of same) {
      expect(found.fit.coefficients[j]).toBeCloseTo(r.coefficients[j] ?? Number.NaN, 6)
      expect(errors(found.fit.inverse)[j]).toBeCloseTo(r.se[j] ?? Number.NaN, 6)
    }
    expect(found.poissonP).toBeLessThan(1e-6)
  })

  it('quine with age, sex, origin and learning has the published theta of 1.274893', () => {
    const all = fitNegativeBinomial(ofQuine)
    expect(all.theta).toBeCloseTo(1.274893, 6)
    expect(all.theta).toBeCloseTo(reference.negativeBinomial.quineAll.theta, 5)
  })

  it('errors that allow for people who go together agree with R’s sandwich', () => {
    const { fit } = fitNegativeBinomial(ofQuine)
    const n = ofQuine.y.length
    const robust = clusterRobustCovariance(
      fit,
      ofQuine,
      Int32Array.from({ length: n }, (_, i) => i),
    )
    errors(robust).forEach((error, j) => {
      const expected = reference.negativeBinomial.quineAll.robust[j] ?? Number.NaN
      expect(error / Math.sqrt(n / (n - 1))).toBeCloseTo(expected, 5)
    })
  })

  it('that vary no more than chance fall back to Poisson, and say so', () => {
    const random = randomStream(1)
    const y = Float64Array.from({ length: 200 }, (_, i) => 3 + (i % 2) + Math.floor(random.uniform() * 2))
    const found = fitNegativeBinomial({ y, x: matrixOf(Array.from(y, () => [1])) })
    expect(found).toMatchObject({ isPoisson: true, theta: Number.POSITIVE_INFINITY, poissonP: 0.5 })
    expect(found.fit.family).toBe('poisson')
  })

  it('find the theta that made them', () => {
    const random = randomStream(2)
    const y = Float64Array.from({ length: 20_000 }, () => random.poisson((random.gamma(1.5) / 1.5) * 2))
    const { theta, thetaError } = fitNegativeBinomial({ y, x: matrixOf(Array.from(y, () => [1])) })
    expect(Math.abs(theta - 1.5)).toBeLessThan(4 * thetaError)
  })
})

describe('linear models', () => {
  it('agree with the published regression of wool breaks in R: 2 means and their difference', () => {
    const rows = build(column(wool, 'breaks'), (i) => [at(wool, 'woolB', i)])
    const fit = fitGlm('linear', rows)
    expect(fit.coefficients[0]).toBeCloseTo(31.03703703703704, 10)
    expect(fit.coefficients[1]).toBeCloseTo(-5.777777777777779, 10)
    expect([fit.converged, fit.separated]).toEqual([true, false])
  })
})

describe('the slopes of the gamma function', () => {
  it('agree with R', () => {
    ;[0.1, 1, 2.5, 40].forEach((x, i) => {
      expect(digamma(x)).toBeCloseTo(reference.gamma.digamma[i] ?? Number.NaN, 11)
      expect(trigamma(x)).toBeCloseTo(reference.gamma.trigamma[i] ?? Number.NaN, 10)
    })
  })
})
