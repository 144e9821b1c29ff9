declare module '#journal' {
  interface Notes {
    'purpose accepted': { readonly part: string }
    'purpose withdrawn': { readonly part: string }
    'role changed': {
      readonly organisationId: string
      readonly role: string
      readonly activity: string
      readonly change: 'given' | 'taken away'
    }
    'programme published': { readonly programmeKey: string; readonly version: number }
    'worker added': { readonly staffId: string; readonly organisationId: string; readonly role: string }
    'worker known by': { readonly staffId: string; readonly what: 'telephone' | 'reference' | 'both' }
    'post ended': { readonly postId: string; readonly role: string }
  }
}

/** What an administrator asks of a role at a place. */
export type RoleWish = {
  readonly organisationId: string
  readonly role: string
  readonly activity: string
  readonly wish: 'give' | 'take away'
}

export type NewWorker = {
  /** Somebody on the staff list already, who gets another post, a telephone or a reference; empty for somebody new. */
  readonly staffId: string
  readonly name: string
  readonly telephone: string
  readonly organisationId: string
  readonly role: string
  /** Who they are to the identity provider: both, or neither where there is none. */
  readonly issuer: string
  readonly subject: string
}
