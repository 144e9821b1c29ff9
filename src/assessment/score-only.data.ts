import type { Item, Review, Scale, Scoring } from './types.ts'

/** Arithmetic without words: whose licence a site needs before it may ask it, and what it is about. */
export type ScoreOnly = Scoring & {
  readonly owner: string
  readonly about: string
  readonly source: string
  readonly review?: Review
}

const upTo = (highest: number, from = 0) => Array.from({ length: highest - from + 1 }, (_, at) => from + at)
const inFives = (highest: number) => upTo(highest / 5).map((value) => value * 5)
const numbered = (values: readonly (readonly number[])[]): readonly Item[] =>
  values.map((allowed, at) => ({ key: String(at + 1), values: allowed }))
const keys = (from: number, to: number) => upTo(to, from).map(String)

const dependence = (words: string, highest: number): Scale => ({
  key: 'total',
  words,
  items: keys(1, 10),
  highest,
  higherIs: 'better',
})

const symptoms = (key: string, from: number, to: number): Scale => ({
  key,
  words: `IPOS ${key}`,
  items: keys(from, to),
  highest: (to - from + 1) * 4,
  higherIs: 'worse',
})

// Figures only. The registered copy is to be compared before a live site reports them.
const metric = [
  7, 9.51, 11.25, 12.4, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25, 19.98,
  20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.7, 32.55, 35,
]

/**
 * Instruments we can add up and may not show: a site brings the words with its licence, in a pack.
 *
 * The two forms of the Barthel index are two instruments and are never turned into one another.
 *
 * @source clinical-content 2.7 (Barthel: Mahoney and Barthel 1965; Collin and Wade 1988), 2.12 (IPOS) and 2.14 (SWEMWBS,
 *   conversion of Stewart-Brown and others 2009). A missing answer gives no score in any of them.
 */
export const scoreOnly: readonly ScoreOnly[] = [
  {
    key: 'swemwbs',
    version: 'SWEMWBS 7 items, metric',
    name: 'SWEMWBS',
    about: 'well-being',
    owner: 'NHS Health Scotland and the Universities of Warwick and Edinburgh; registration needed',
    source: 'clinical-content 2.14',
    items: numbered(Array.from({ length: 7 }, () => upTo(5, 1))),
    scales: [
      {
        key: 'metric',
        words: 'SWEMWBS metric score',
        items: keys(1, 7),
        highest: 35,
        higherIs: 'better',
        convert: Object.fromEntries(metric.map((value, at) => [at + 7, value])),
      },
    ],
  },
  {
    key: 'barthel-100',
    version: 'Barthel index 0 to 100',
    name: 'Barthel index, 0 to 100',
    about: 'what they can do for themselves',
    owner: 'Maryland State Medical Society; free when not commercial, cited',
    source: 'clinical-content 2.7',
    items: numbered([10, 5, 5, 10, 10, 10, 10, 15, 15, 10].map(inFives)),
    scales: [dependence('Barthel index of 100', 100)],
  },
  {
    key: 'barthel-20',
    version: 'Barthel index 0 to 20',
    name: 'Barthel index, 0 to 20',
    about: 'what they can do for themselves',
    owner: 'Maryland State Medical Society; free when not commercial, cited',
    source: 'clinical-content 2.7',
    // Bowels, bladder, grooming, toilet, feeding, transfer, mobility, dressing, stairs, bathing.
    items: numbered([2, 2, 1, 2, 2, 3, 3, 2, 2, 1].map((highest) => upTo(highest))),
    scales: [
      {
        ...dependence('Barthel index of 20', 20),
        bands: [
          { from: 0, words: 'very severe' },
          { from: 5, words: 'severe' },
          { from: 10, words: 'moderate' },
          { from: 15, words: 'mild' },
          { from: 20, words: 'independent' },
        ],
      },
    ],
  },
  {
    key: 'ipos',
    version: 'IPOS 17 items',
    name: 'IPOS',
    about: 'symptoms and worries of a serious illness',
    owner: 'Cicely Saunders Institute, King’s College London; free on registration',
    source: 'clinical-content 2.12',
    items: numbered(Array.from({ length: 17 }, () => upTo(4))),
    review: { items: keys(1, 10), from: 3, words: 'A physical symptom is severe or overwhelming' },
    scales: [
      symptoms('total', 1, 17),
      symptoms('physical', 1, 10),
      symptoms('emotional', 11, 14),
      symptoms('communication', 15, 17),
    ],
  },
]
