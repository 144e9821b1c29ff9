import type { Lane } from '#population'
import type { Column } from '#prediction'
import type { FeaturePerson } from './feature-store.ts'

/** A feature as a column of the answer; counts need half the room. */
export type ReadColumn = { readonly key: string; readonly isWhole: boolean }

const personColumns = [
  'person',
  'pseudonym',
  'practiceCode',
  'sex',
  'ethnicity',
  'imdDecile',
  'isCareHome',
  'hasLearningDisability',
  'hasSevereMentalIllness',
  'isShort',
  'admissions730',
  'hasHappened',
  'isDeadWithin',
  'hasLeftWithin',
] as const satisfies readonly (keyof FeaturePerson)[]

/** One range of people, in their order: sorted here and not by the store, where each row is a hundred columns wide. */
export async function readPart(
  lane: Lane,
  sql: string,
  features: readonly ReadColumn[],
): Promise<{ readonly people: readonly FeaturePerson[]; readonly columns: (Column | undefined)[] }> {
  const people: FeaturePerson[] = []
  const found: Column[][] = features.map(() => [])
  const personOf = personReader()
  const names = [...personColumns, ...features.map(({ key }) => `f_${key}`)]
  await lane.pieces(sql, names, ({ rows, at }) => {
    for (let row = 0; row < rows; row++) people.push(personOf((column) => at(column, row)))
    for (const [j, { isWhole }] of features.entries()) {
      const column = isWhole ? new Float32Array(rows) : new Float64Array(rows)
      for (let row = 0; row < rows; row++) column[row] = numberOf(at(personColumns.length + j, row))
      found[j]?.push(column)
    }
  })
  const places = [...people.keys()].sort(
    (one, other) => (people[one]?.person ?? 0) - (people[other]?.person ?? 0),
  )
  return {
    people: places.flatMap((row) => people[row] ?? []),
    columns: found.map((pieces) => inOrder(pieces, places)),
  }
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : Number.NaN)

/** Makes a person of a row. A practice's code is one piece of text however many people are registered there. */
function personReader() {
  const words = new Map<string, string>()
  const once = (value: unknown) => {
    const text = String(value)
    const known = words.get(text)
    if (known === undefined) words.set(text, text)
    return known ?? text
  }
  return (at: (column: number) => unknown): FeaturePerson => {
    const [imdDecile, isCareHome] = [at(5), at(6)]
    return {
      person: numberOf(at(0)),
      pseudonym: String(at(1)),
      practiceCode: once(at(2)),
      sex: once(at(3)),
      ethnicity: once(at(4)),
      imdDecile: typeof imdDecile === 'number' ? imdDecile : null,
      isCareHome: typeof isCareHome === 'boolean' ? isCareHome : null,
      hasLearningDisability: at(7) === true,
      hasSevereMentalIllness: at(8) === true,
      isShort: at(9) === true,
      admissions730: numberOf(at(10)),
      hasHappened: at(11) === true,
      isDeadWithin: at(12) === true,
      hasLeftWithin: at(13) === true,
    }
  }
}

function inOrder(pieces: readonly Column[], places: readonly number[]): Column {
  const isWhole = pieces[0] instanceof Float32Array
  const all = isWhole ? new Float32Array(places.length) : new Float64Array(places.length)
  let from = 0
  for (const piece of pieces) {
    all.set(piece, from)
    from += piece.length
  }
  const sorted = all.slice()
  for (const [at, row] of places.entries()) sorted[at] = all[row] ?? Number.NaN
  return sorted
}
