import type { Instrument } from './types.ts'

/** An instrument of which a result may be kept and nothing shown: no words, no layout, no value set. */
export type ImportedOnly = Instrument & {
  /** The highest level of each of its five parts; 9 stands for a part not answered. */
  readonly levels: 3 | 5
}

type ValueSet = {
  /** Its published name, kept with every index worked out by it. */
  readonly name: string
  readonly instrument: string
  /** Said beside it where it is chosen. */
  readonly note: string
}

const eq5d = (levels: 3 | 5): ImportedOnly => {
  const name = `EQ-5D-${levels}L`
  return {
    key: name.toLowerCase(),
    version: name,
    name,
    about: 'health today, from a form used under licence',
    stem: '',
    credit: `${name}: EuroQol Research Foundation. No question of it is shown here: the result comes from a form that somebody used under their own licence.`,
    answeredBy: ['the person', 'a carer, for them', 'staff'],
    levels,
    items: [],
    scales: [
      { key: 'index', words: `${name} index`, items: [], lowest: -1, highest: 1, higherIs: 'better' },
      { key: 'vas', words: 'EQ VAS', items: [], highest: 100, higherIs: 'better' },
    ],
  }
}

/**
 * What may be written down from a licensed form and never asked here.
 *
 * @source clinical-content 2.1 (EQ-5D is RED: store profile string and index only) and 2.16 (five digits, 9 for missing,
 *   VAS 0 to 100; never compute an index; the name of the value set is stored with it).
 */
export const importedOnly: readonly ImportedOnly[] = [eq5d(5), eq5d(3)]

/**
 * Value sets by name alone: two indexes are compared only within one. None of their figures is here.
 *
 * @source design evaluation 6: UK 2026 is the one to use; England 2018 and values mapped to 3L are alternatives, labelled.
 */
export const valueSets: readonly ValueSet[] = [
  { name: 'EQ-5D-5L UK 2026', instrument: 'eq-5d-5l', note: 'the one to use' },
  { name: 'EQ-5D-5L England 2018', instrument: 'eq-5d-5l', note: 'NICE advises against it' },
  { name: 'EQ-5D-5L mapped to 3L UK', instrument: 'eq-5d-5l', note: 'for older comparisons' },
  { name: 'EQ-5D-3L UK 1997', instrument: 'eq-5d-3l', note: 'for older comparisons' },
]
