/** A length or place as SVG reads it: a share of the drawing's width. */
export const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

/**
 * Round numbers from 0 up to and past the largest value, about four of them.
 *
 * @param largest the largest value to be drawn; 0 or less gives an axis from 0 to 1.
 */
export function ticksUpTo(largest: number): readonly number[] {
  const top = largest > 0 ? largest : 1
  const rough = top / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? power * 10
  const count = Math.ceil(top / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}
