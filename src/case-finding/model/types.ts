import type { LondonDate } from '#calendar'
import type {
  Estimate,
  leaveGroupsOut,
  optimism,
  Report,
  RidgeModel,
  Spread,
  Together,
  Update,
} from '#prediction'
import type { PracticeLevels } from './practice-levels.ts'
import type { PeerGroup } from './references.ts'
import type { SocialCareChange } from './social-care.ts'
import type { TargetKey } from './targets.data.ts'
import type { HeldOut } from './unaffected.ts'
import type { Judgement, Verdict } from './verdict.ts'

/** Everything needed to give one person a risk and say why. */
export type ModelSpec = {
  /** What it says how often it happens; a model of an earlier version is of emergency admissions. */
  readonly target?: TargetKey
  readonly columns: readonly string[]
  readonly model: RidgeModel
  readonly peers: readonly PeerGroup[]
  /** A model of an earlier version has none. */
  readonly levels?: PracticeLevels
  /**
   * The day of the year its recalibration brought it to. What is judged on that very year goes by the model as it was (`asTested`).
   */
  readonly broughtTo?: LondonDate
  /** How its risks and columns lay in the year it was tested on, to see later how far people have moved. An earlier version kept none. */
  readonly reference?: { readonly risk: Spread; readonly columns: Readonly<Record<string, Spread>> }
}

/** A year's people, from registered to counted. */
export type YearFlow = {
  readonly indexOn: LondonDate
  readonly people: number
  /** To how many what the model is of happened: admitted, unless the report says of what it is. */
  readonly admitted: number
  readonly died: number
  readonly left: number
}

/** What a training found, as the report page and its file show it. Counts and rates of groups: nobody's row. */
export type TrainingReport = {
  /** What it says how often it happens; a report of an earlier version is of emergency admissions. */
  readonly target?: TargetKey
  readonly name: string
  readonly kind: 'synthetic' | 'real'
  readonly trained: YearFlow
  readonly tested: YearFlow
  readonly listPercent: number
  readonly judgement: Judgement
  readonly figures: Report
  /** All groups looked at together; a report of an earlier version did not. */
  readonly together?: Together & { readonly names: readonly string[] }
  /** Not of a quick training. */
  readonly optimism?: Awaited<ReturnType<typeof optimism>>
  readonly leftOutPractices: Awaited<ReturnType<typeof leaveGroupsOut>>
  /** PPV at the list's cut: the model's less the rule's, on the same people. */
  readonly better: Estimate
  readonly challenger?: { readonly words: string; readonly ppvDifference: Estimate; readonly auc: number }
  /** What each rule or published score does on the same people. */
  readonly rivals: readonly {
    readonly words: string
    readonly auc: Estimate
    readonly ppv: Estimate
    readonly sensitivity: Estimate
  }[]
  /** How practices lie apart: how many have a level, and the lowest and highest, as times the odds of others. */
  readonly practices?: { readonly count: number; readonly lowest: number; readonly highest: number }
  /** What adding social care changed; a report of an earlier version does not say. */
  readonly socialCare?: SocialCareChange | 'not in it'
  /** Who lived in a care home on the day tested from. A report of an earlier version went by the day of the load and does not say. */
  readonly careHomes?: 'dated' | 'not known'
  /** How the numbers in use differ from those of this report; a report of an earlier version's are the same. */
  readonly update?: Update
  /** Where a hold-out ran in the year trained on. */
  readonly heldOut?: HeldOut
  readonly leaks: readonly string[]
  readonly leakScreens: number
  readonly columns: readonly string[]
  readonly leftOut: readonly { readonly number: number; readonly words: string; readonly why: string }[]
  readonly notLinked: readonly { readonly column: string; readonly people: number }[]
  readonly codeLists: readonly { readonly id: string; readonly version: string; readonly source: string }[]
  readonly lambda: number
  readonly terms: number
  readonly seed: number
  readonly recordsSha256: string
  readonly featuresSha256: string
  readonly seconds: number
}

/** A model kept: what may be shown of it. */
export type TrainedModel = {
  readonly id: string
  readonly name: string
  readonly kind: 'synthetic' | 'real'
  readonly loadId: string
  readonly trainedOn: LondonDate
  readonly testedOn: LondonDate
  readonly verdict: Verdict
  readonly report: TrainingReport
  readonly reportSha256: string
  readonly trainedAt: Date
}

/** A model in use, or that was: who answers for it. */
export type ModelSwitch = {
  readonly id: string
  readonly modelId: string
  readonly answeredForBy: string
  readonly onByName: string
  readonly onAt: Date
  readonly offByName?: string
  readonly offAt?: Date
}

declare module '#journal' {
  interface Notes {
    'model trained': { readonly modelId: string; readonly verdict: string }
    'training refused': { readonly refusalId: string }
    'model switched on': { readonly modelId: string; readonly switchId: string }
    'model switched off': { readonly modelId: string; readonly switchId: string }
  }
}
