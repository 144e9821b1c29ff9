import { Chart } from './chart.tsx'

/** How many of 100 people, as dots. */
export type Dots100 = {
  /** "People with a record like this who had an emergency admission, of 100". */
  readonly name: string
  /** A whole number from 0 to 100. */
  readonly count: number
}

const rows = 5
const columns = 20
const gapPx = 17

/**
 * 100 dots, so many of them filled.
 *
 * @throws RangeError if count is not a whole number from 0 to 100. That is our mistake: the caller rounds.
 */
export function dots100({ name, count }: Dots100) {
  if (!Number.isInteger(count) || count < 0 || count > 100) {
    throw new RangeError(`dots need a whole number from 0 to 100, got ${count}`)
  }
  const table = {
    columns: [{ head: 'Of 100 people' }, { head: 'Number', isNumber: true }],
    rows: [
      ['Filled dots', String(count)],
      ['Empty dots', String(100 - count)],
    ],
  }
  return (
    <Chart
      name={name}
      description={`${count} of 100 dots are filled.`}
      heightPx={rows * gapPx}
      table={table}
      drawing={() => <Dots count={count} />}
    />
  )
}

function Dots({ count }: { readonly count: number }) {
  return Array.from({ length: rows * columns }, (_, index) => (
    <circle
      // biome-ignore lint/suspicious/noArrayIndexKey: a dot has no name but its place
      key={index}
      className={index < count ? 'kw-dot kw-dot--filled' : 'kw-dot'}
      cx={(index % columns) * gapPx + gapPx / 2}
      cy={Math.floor(index / columns) * gapPx + gapPx / 2}
      r="6"
    />
  ))
}
