import type { LondonDate } from '#calendar'

export type OrganisationKind =
  | 'umbrella'
  | 'locality'
  | 'practice'
  | 'team'
  | 'hospital'
  | 'provider'
  | 'charity'
  | 'ward'
  | 'out of hours'

export type Organisation = {
  readonly id: string
  readonly kind: OrganisationKind
  readonly code?: string
  readonly name: string
  readonly partOf?: string
  readonly telephone?: string
}

export type Staff = { readonly id: string; readonly name: string; readonly telephone?: string }

/** The roles that ship. An organisation may change what each may do; none is ever a job title. */
export type Role =
  | 'GP'
  | 'practice administrator'
  | 'case manager'
  | 'care co-ordinator'
  | 'ward clerk'
  | 'help desk'
  | 'community clinician'
  | 'social worker'
  | 'pharmacist'
  | 'out-of-hours clinician'
  | 'volunteer broker'
  | 'team lead'
  | 'analyst'
  | 'commissioner'
  | 'privacy officer'
  | 'clinical safety officer'
  | 'system administrator'

/** One thing somebody may do. A role is a named set of these. */
export type Activity =
  | 'see people'
  | 'see identity'
  | 'judge candidates'
  | 'add candidates'
  | 'accept referrals'
  | 'write plans'
  | 'record contacts'
  | 'do tasks'
  | 'arrange help'
  | 'close episodes'
  | 'run rounds'
  | 'see emergency summary'
  | 'trace people'
  | 'break glass'
  | 'claim relationship'
  | 'see evaluation'
  | 'lock studies'
  | 'see counts'
  | 'load data'
  | 'see loads'
  | 'settle identities'
  | 'review access'
  | 'see who looked'
  | 'change roles'
  | 'run programmes'
  | 'start again'
  | 'accept purposes'
  | 'approve lots'

/** Synthetic or real is decided by the first load and is for life. */
export type Installation = {
  readonly kind?: 'synthetic' | 'real'
  readonly name: string
  readonly dayOn?: LondonDate
}
