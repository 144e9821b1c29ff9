/** One column of a table: a number a row, missing is NaN. */
export type Column = Float64Array | Float32Array

/**
 * A table of numbers, column by column. Columns made by `newTable` lie in shared memory and are worked on where
 * they are; others are copied once.
 */
export type Table = {
  readonly rows: number
  readonly names: readonly string[]
  readonly columns: readonly Column[]
}

/** A table whose rows have had their outcome: what a model is fitted to or judged on. */
export type Sample = {
  readonly table: Table
  /** 1 where it happened, 0 where it did not. */
  readonly outcome: Uint8Array
  /** Rows that belong together (a practice): a code from 0 for each row. Folds never part them. */
  readonly groups?: Int32Array
  /** The group's name, by code. */
  readonly groupNames?: readonly string[]
}

/**
 * How a column enters a ridge model. `line`: as it is. `count`: capped at the 99.5th centile of training, then
 * log(1 + x). `curve`: a restricted cubic spline of 4 knots. A column with a missing value in training gets an
 * indicator beside it.
 */
export type Treatment = 'line' | 'count' | 'curve'

/** `plain`: every column standardised, nothing else. `keyworker`: treatments, indicators, interactions, a chosen λ. */
export type RidgeRecipe = {
  readonly kind: 'plain' | 'keyworker'
  /** By column name; what is not named is judged from its training values. Keyworker only. */
  readonly treatments?: Readonly<Record<string, Treatment>>
  /** Pairs of column names whose product enters. Keyworker only. */
  readonly interactions?: readonly (readonly [string, string])[]
  /** The penalty: half λ times the sum of squares of the coefficients. Plain: 1. Keyworker: chosen by folds. */
  readonly lambda?: number
}

export type TreesRecipe = {
  readonly kind: 'trees'
  /** 200 unless said. */
  readonly trees?: number
  /** 0.1 unless said. */
  readonly learningRate?: number
  /** By column name: 1 the risk may only rise with it, -1 only fall. */
  readonly signs?: Readonly<Record<string, 1 | -1>>
}

export type Recipe = RidgeRecipe | TreesRecipe

/** What a model's log-odds become on a later year: intercept + slope × log-odds, then the steps if there are any. */
export type Recalibration = {
  readonly intercept: number
  readonly slope: number
  /** An isotonic curve: risks in order and what each becomes, straight between them. */
  readonly steps?: { readonly from: readonly number[]; readonly to: readonly number[] }
}

/** How one column is read by a ridge model. */
export type Reading = {
  readonly name: string
  readonly treatment: Treatment
  /** Values above it are taken as it; null for none. */
  readonly cap: number | null
  /** Of the curve, in the column's own units; empty for a line or a count. */
  readonly knots: readonly number[]
  /** What a missing value is taken as: the training median. */
  readonly fill: number
  readonly hasMissing: boolean
}

/** One coefficient. It multiplies (value - mean) / spread. */
export type Term = {
  readonly name: string
  /** The column or the two columns it is made of. */
  readonly from: readonly string[]
  readonly part: 'value' | 'bend 1' | 'bend 2' | 'missing' | 'product'
  readonly mean: number
  /** Population standard deviation in training; 0 for a column that never varies, whose coefficient is 0. */
  readonly spread: number
  readonly coefficient: number
}

export type RidgeModel = {
  readonly kind: 'ridge'
  readonly recipe: 'plain' | 'keyworker'
  readonly readings: readonly Reading[]
  readonly terms: readonly Term[]
  readonly intercept: number
  readonly lambda: number
  /** How λ was chosen: held-out loss a row of each λ tried, and the standard error of its difference from the
   * least. Empty when it was given. */
  readonly path: readonly { readonly lambda: number; readonly loss: number; readonly error: number }[]
  readonly fit: Fitting
  readonly recalibration?: Recalibration
}

/** A tree of depth 3 at most, its nodes in an array. A leaf has column -1 and its value; a fork its two children. */
export type TreeNode = {
  readonly column: number
  /** A value up to and including it goes left. */
  readonly threshold: number
  readonly missingLeft: boolean
  readonly left: number
  readonly right: number
  /** Training rows that came here. */
  readonly cover: number
  /** Added to the log-odds; 0 at a fork. */
  readonly value: number
}

export type TreesModel = {
  readonly kind: 'trees'
  readonly names: readonly string[]
  readonly base: number
  readonly trees: readonly (readonly TreeNode[])[]
  readonly fit: Fitting
  readonly recalibration?: Recalibration
}

export type Fitting = {
  readonly rows: number
  readonly events: number
  /** Newton steps, or trees. */
  readonly steps: number
  /** Steps that had to be halved because they made things worse. */
  readonly halvings: number
  readonly converged: boolean
}

/** A fitted model: plain JSON, to be kept and read back as it is. */
export type Model = RidgeModel | TreesModel

/** Why one row's risk is what it is, on the log-odds: `base` and the parts add up to `logOdds`. */
export type Explanation = {
  readonly base: number
  /** One a column of the model, in the order of `names`. */
  readonly parts: Float64Array
  readonly names: readonly string[]
  readonly logOdds: number
  readonly risk: number
}
