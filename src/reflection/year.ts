/** The year from April to March that a day lies in: "2024 to 2025". */
export function yearFromApril(on: string): string {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))]
  const first = month >= 4 ? year : year - 1
  return `${first} to ${first + 1}`
}
