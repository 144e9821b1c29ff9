/** An estimate with its 95% interval and how that was made. NaN never: an unknown end is null. */
export type Estimate = {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly method: string
}

/** The top of the list by risk. */
export type Cut = {
  /** Of all people; null when the size of the list was given. */
  readonly percent: number | null
  readonly people: number
  readonly events: number
  /** The lowest risk on the list. */
  readonly threshold: number
  readonly ppv: Estimate
  readonly sensitivity: Estimate
  readonly lift: Estimate
  /** People looked at for each one who has the outcome. */
  readonly numberNeeded: Estimate
}

export type CurvePoint = {
  readonly risk: number
  readonly observed: number
  readonly low: number
  readonly high: number
}

export type RiskBin = CurvePoint & { readonly people: number; readonly events: number }

/** Net benefit at a threshold: true listings less false ones weighed by the odds of the threshold. */
export type NetBenefit = {
  readonly threshold: number
  readonly model: Estimate
  readonly everybody: Estimate
  /** By comparator name: a rule that lists some and not others. */
  readonly comparators: Readonly<Record<string, Estimate>>
}

/** Figures of a subgroup; null where under 10 events hide them. */
export type Subgroup = {
  readonly by: string
  readonly group: string
  readonly people: number
  readonly events: number | null
  readonly auc: Estimate | null
  readonly observedOverExpected: Estimate | null
  readonly slope: Estimate | null
  /** At the list's own cut, common to all. */
  readonly sensitivity: Estimate | null
  readonly ppv: Estimate | null
}

export type Performance = {
  readonly people: number
  readonly events: number
  readonly rate: Estimate
  readonly auc: Estimate
  readonly averagePrecision: Estimate
  readonly brier: Estimate
  readonly scaledBrier: Estimate
  readonly calibrationInTheLarge: Estimate
  readonly calibrationSlope: Estimate
  readonly observedOverExpected: Estimate
  /** Mean and 90th centile of the gap between risk and smoothed observed. */
  readonly ici: Estimate
  readonly e90: Estimate
  readonly cuts: readonly Cut[]
}

/** Everything the validation report shows about risks and what happened. */
export type Report = Performance & {
  readonly curve: readonly CurvePoint[]
  readonly bins: readonly RiskBin[]
  readonly decision: readonly NetBenefit[]
  readonly subgroups: readonly Subgroup[]
  /** Of the people on the list: how many have the mark, and the PPV among them. */
  readonly marked: readonly {
    readonly mark: string
    readonly people: number
    readonly share: Estimate
    readonly ppv: Estimate
  }[]
}

/** What the report is made from. */
export type Judged = {
  readonly risk: Float64Array
  readonly outcome: Uint8Array
  /** The site's list: a share of people (5 for 5%) or a number of them. */
  readonly list: { readonly percent: number } | { readonly people: number }
  readonly subgroups?: readonly {
    readonly by: string
    readonly codes: Int32Array
    readonly names: readonly string[]
    /** By code: see `expectedErrors`. Without it an interval counts the chance of the year tested on alone. */
    readonly learned?: Float64Array | undefined
  }[]
  /** The same of everybody together. */
  readonly learned?: number | undefined
  /** Rules to stand beside the model: 1 where the rule lists. */
  readonly comparators?: Readonly<Record<string, Uint8Array>>
  /** Marks of interest among those listed (no emergency admission in 2 years): 1 where it holds. */
  readonly marks?: Readonly<Record<string, Uint8Array>>
}

/** What looks like the outcome getting into the columns. */
export type Leak = {
  readonly column: string
  readonly kind:
    | 'copy of the outcome'
    | 'after the outcome'
    | 'order of ids'
    | 'after the index day'
    | 'too good'
  /** One sentence with the figures. */
  readonly reason: string
}

/** How much data a model needs, by each criterion. */
export type SampleSize = {
  readonly shrinkage: number
  readonly optimism: number
  readonly intercept: number
  /** The largest of the three. */
  readonly people: number
  readonly events: number
}
