import type { LondonDate } from '#calendar'
import type { NationalCheck } from './opt-out.ts'

/** The files an extract may have. */
export type FileName =
  | 'practices'
  | 'people'
  | 'addresses'
  | 'objections'
  | 'conditions'
  | 'registers'
  | 'allergies'
  | 'prescriptions'
  | 'gp_contacts'
  | 'measurements'
  | 'inpatient'
  | 'emergency_department'
  | 'urgent_contacts'
  | 'outpatient'
  | 'social_care'
  | 'community_contacts'
  | 'outside_scores'
  | 'unit_costs'

/** Where a file came from and the days it speaks of, both ends included. */
export type Source = {
  readonly file: FileName
  readonly supplier: string
  readonly coversFrom?: LondonDate
  readonly coversTo: LondonDate
  readonly extractedOn: LondonDate
  readonly legalBasis: string
}

/** What became of one file: every row read was either taken or refused. */
export type FileCount = {
  readonly file: string
  readonly read: number
  readonly taken: number
  readonly refused: number
  /** Codes that are not on our lists, by column: kept as "not known" and counted. */
  readonly unknownCodes: Readonly<Record<string, number>>
  /** How it was read; loads before this was kept have none. */
  readonly reading?: FileReading
  /** Of objections: when the national opt-out service was last asked, where it ever was. */
  readonly nationalCheck?: NationalCheck
}

/** How one file was understood: which heading was read as which of our columns, and what was left unread. */
export type FileReading = {
  /** Its name as the sender wrote it. */
  readonly name: string
  readonly supplier: string
  /** The last day a row that was taken speaks of. */
  readonly latestOn?: LondonDate
  readonly columns: readonly ColumnRead[]
  /** Headings that are no column of ours, in the sender's words. */
  readonly unread: readonly string[]
}

/** One of our columns in a file. Counts are of rows that were not refused when they were read. */
export type ColumnRead = {
  readonly column: string
  /** More than one heading was joined. */
  readonly from: readonly string[]
  readonly how: 'our heading' | 'mapping.json' | 'SUS heading'
  readonly empty: number
  /** Codes on no list of ours, the most first: only those that 8 people or more have, for a rarer one may name somebody. */
  readonly unknown: readonly { readonly said: string; readonly rows: number }[]
}

/** A row that was not taken. `line` counts the heading as 1; of a Parquet file it is the row, from 1. */
export type RefusedRow = {
  readonly file: string
  readonly line: number
  readonly column?: string
  readonly reason: string
}

/** What a folder of FHIR bundles held: every resource was used, refused, or is of a kind nothing here uses. */
export type BundleCount = {
  readonly resources: number
  readonly used: number
  readonly refused: number
  readonly notUsed: Readonly<Record<string, number>>
}

/** How many people, by what became of a death that an extract sent or sends no more. None of a kind: it is absent. */
export type DeathsWeighed = {
  /** Not believed: somebody here has said that they are alive. */
  readonly heldBack?: number
  /** No longer sent, and nobody here has to do with them: taken off. */
  readonly takenOff?: number
  /** No longer sent, of people with us or of whom somebody else says so: it stands, and a worker is asked. */
  readonly asked?: number
  /** No longer sent, and so many at once that nothing was done. */
  readonly notBelieved?: number
}

export type LoadReport = {
  readonly loadId: string
  readonly kind: 'synthetic' | 'real'
  readonly indexOn: LondonDate
  readonly coveredTo: LondonDate
  readonly files: readonly FileCount[]
  readonly read: number
  readonly taken: number
  readonly refused: number
  /** Refused rows by file, column and reason, the most first, each with its first lines. */
  readonly reasons: readonly RefusedReason[]
  readonly people: {
    readonly known: number
    readonly added: number
    readonly ended: number
    /** Pairs newly put in the queue of doubtful identities. */
    readonly doubts: number
    /** What was not simply taken of what the extract says, or says no more, of deaths. */
    readonly deaths?: DeathsWeighed
  }
  /** People left out of case-finding because they object, by kind of objection. */
  readonly leftOut: Readonly<Record<string, number>>
  /** Only of FHIR bundles: the resources the rows were made from. */
  readonly bundles?: BundleCount
  readonly seconds: number
}

export type RefusedReason = {
  readonly file: string
  readonly column?: string
  readonly reason: string
  readonly rows: number
  readonly firstLines: readonly number[]
}

/** The extract readers see. Its Parquet files lie in `folder`, which is relative to the data folder. */
export type CurrentLoad = {
  readonly id: string
  readonly folder: string
  /** The day after the earliest "covered to" of the linked sources: the day a list speaks of. */
  readonly indexOn: LondonDate
  readonly coveredTo: LondonDate
  readonly sources: readonly Source[]
  readonly loadedAt: Date
}

/** The files of the population store. An absent source has no file. */
export type StoreFile =
  | 'people'
  | 'aliases'
  | 'registers'
  | 'conditions'
  | 'prescriptions'
  | 'gp_contacts'
  | 'measurements'
  | 'inpatient'
  | 'emergency_department'
  | 'urgent_contacts'
  | 'outpatient'
  | 'social_care'
  | 'community_contacts'
  | 'outside_scores'

declare module '#journal' {
  interface Notes {
    'extract loaded': { readonly loadId: string; readonly indexOn: string }
    'records joined': { readonly mergeId: string }
    'records parted': { readonly mergeId: string }
  }
}
