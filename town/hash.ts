const mask = (1n << 64n) - 1n
const multiplier = 0xd6e8feb86659fd93n

/**
 * Mixes 64 bits, exactly as DuckDB 1.5.6 hashes a UBIGINT, so that the town can be made in either.
 *
 * @param x a whole number from 0 to 2^64 - 1; higher bits are dropped.
 * @returns a whole number from 0 to 2^64 - 1.
 */
export function h(x: bigint): bigint {
  let v = x & mask
  v ^= v >> 32n
  v = (v * multiplier) & mask
  v ^= v >> 32n
  v = (v * multiplier) & mask
  return v ^ (v >> 32n)
}

/** The key of a person: everything about them follows from it. */
export const keyOf = (seed: number, id: number): bigint => h(BigInt(id) ^ h(BigInt(seed) + 7777n))

/** A draw above 0 and below 1 for a key, a purpose and a counter. */
export function draw(key: bigint, purpose: number, counter: number): number {
  const bits = h(key ^ ((BigInt(purpose) << 32n) | BigInt(counter))) >> 11n
  return Number(bits) * 2 ** -53 + 5e-17
}

/** A logistic shape with mean 0 and variance 1. */
export const logisticShape = (u: number): number => 0.55133 * Math.log(u / (1 - u))

/** The tenth digit of an NHS number, or null where the first nine can have none. */
export function checkDigit(firstNine: string): number | null {
  const sum = [...firstNine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? null : check
}
