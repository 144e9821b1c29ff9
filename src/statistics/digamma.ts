/**
 * The slope of the logarithm of the gamma function, for x above 0; relative error below 1e-12.
 *
 * @source Abramowitz and Stegun 6.3.18, after the recurrence has raised x to 12 or more.
 */
export function digamma(x: number): number {
  let [raised, shift] = [x, 0]
  for (; raised < 12; raised++) shift += 1 / raised
  const square = 1 / (raised * raised)
  const terms = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12]
  return Math.log(raised) - 0.5 / raised - square * powerSeries(terms, square) - shift
}

/** The slope of `digamma`. @source Abramowitz and Stegun 6.4.12. */
export function trigamma(x: number): number {
  let [raised, shift] = [x, 0]
  for (; raised < 12; raised++) shift += 1 / (raised * raised)
  const square = 1 / (raised * raised)
  const terms = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6]
  return 1 / raised + square / 2 + (square * powerSeries(terms, square)) / raised + shift
}

const powerSeries = (terms: readonly number[], x: number) =>
  terms.reduceRight((sum, term) => sum * x + term, 0)
